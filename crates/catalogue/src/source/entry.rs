//! An activity as its author writes it: the keys of its file. What stands here is the format, and the JSON Schema for
//! editors is made from it, so each comment is also a help that an author reads.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use just_right_engine::area::Area;
use just_right_engine::safety::{Allergen, Hazard, Limit, Supervision};

use crate::content::{Kitchen, Mess, Movement, Noise, Place, Sense, Suit};
use crate::id::{words_of_a_file, Id};

words_of_a_file! {
    /// What changes from one rung to the next.
    ChangeOf, "a kind of change" {
        Material = "material", Steps = "steps", Precision = "precision", Form = "form", Amount = "amount",
        Distance = "distance", Speed = "speed", Thinking = "thinking", Company = "company"
    }
    /// From which end a task is learned.
    Chaining, "a direction of chaining" { Forward = "forward", Backward = "backward" }
}

/// One activity, graded for a child: assets/activities/<occupation>/<id>.toml
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActivityFile {
    /// What the family calls it.
    pub(crate) title: String,
    /// One line: what the child gets to do.
    pub(crate) promise: String,
    /// Its drawing: the name of a file in assets/pictures, without `.svg`.
    pub(crate) picture: String,
    /// Areas that are trained and cannot stop the child: no demand.
    pub(crate) also_practised: Vec<Id<Area>>,
    /// ICF codes such as d440; never their texts.
    pub(crate) icf: Vec<String>,
    /// From which end the task is learned, where it is a chain of steps.
    #[serde(rename = "chaining")]
    pub(crate) _chaining: Option<Id<Chaining>>,
    /// Children for whom it works as it stands, or with what its own words say.
    #[serde(default)]
    pub(crate) suits: Vec<Id<Suit>>,
    /// Kitchens in which what it uses is at home; `any` stands alone.
    #[serde(default)]
    pub(crate) kitchen: Vec<Id<Kitchen>>,
    pub(crate) needs: Needs,
    pub(crate) safety: SafetyEntry,
    /// Preconditions, each with what stands in for it.
    #[serde(default)]
    pub(crate) gates: Vec<GateEntry>,
    /// 4 to 8 versions, from easiest to hardest.
    pub(crate) rungs: Vec<RungEntry>,
    #[serde(default)]
    pub(crate) levers: LeverEntry,
    pub(crate) watch: Watch,
    #[serde(default)]
    pub(crate) links: Links,
}

/// What one needs.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Needs {
    /// Things, with what a household has instead.
    pub(crate) materials: Vec<MaterialEntry>,
    /// Whether a usual home lacks something of it.
    pub(crate) bought: bool,
    pub(crate) minutes: MinutesEntry,
    /// Where it takes place.
    pub(crate) place: Id<Place>,
    /// Children needed besides this one.
    pub(crate) partners: u8,
    /// How loud it is.
    pub(crate) noise: Id<Noise>,
    /// How much there is to clean.
    pub(crate) mess: Id<Mess>,
    /// How much the child moves.
    pub(crate) movement: Id<Movement>,
    /// Channels that it stirs.
    pub(crate) senses: Vec<Id<Sense>>,
}

/// One thing that is needed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MaterialEntry {
    /// What.
    pub(crate) what: String,
    /// What a household has instead.
    pub(crate) instead: Option<String>,
}

/// Honest minutes, at most 90 in all.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MinutesEntry {
    /// To get it ready.
    pub(crate) prepare: u16,
    /// To do it.
    pub(crate) r#do: u16,
    /// To clear it away.
    pub(crate) clear: u16,
}

/// What the engine enforces. Nothing may be left out: write [] where there is none.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SafetyEntry {
    /// How near the adult stays.
    pub(crate) supervision: Id<Supervision>,
    /// Dangers of every rung.
    pub(crate) hazards: Vec<Id<Hazard>>,
    /// Allergens of every rung.
    pub(crate) allergens: Vec<Id<Allergen>>,
    /// Medical limits under which it is not offered.
    pub(crate) limits: Vec<Id<Limit>>,
    /// Said on the page, in calm words.
    pub(crate) notes: Vec<String>,
    /// Dangers that a word here speaks of and that do not apply, each with the reason: "small-parts: the beads are
    /// as large as a fist".
    #[serde(default)]
    pub(crate) not: Vec<String>,
}

/// A precondition.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GateEntry {
    /// An id of assets/gates.toml.
    pub(crate) gate: String,
    /// This activity's own words for what stands in for it.
    pub(crate) support: Option<String>,
}

/// One version.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RungEntry {
    /// What changes, in a parent's words.
    pub(crate) name: String,
    /// What changes from the rung before.
    pub(crate) change: Id<ChangeOf>,
    /// 1 to 4 areas that can stop the child, each with the age in months at which half of all children manage this rung
    /// without help, as far as that area is concerned.
    pub(crate) demands: BTreeMap<Id<Area>, f32>,
    /// `data NAME` (an anchor such as lid_off, or an effect such as tower_2..tower_8), `list WHICH` or `judgement`.
    pub(crate) source: String,
    /// Why its age lies more than a logit from the anchor that it names.
    pub(crate) because: Option<String>,
    /// How unsure the ages are, in logits. Left out: data 0.5, list 1.0, judgement 1.0.
    pub(crate) spread: Option<f32>,
    /// Dangers of this rung alone.
    #[serde(default)]
    pub(crate) hazards: Vec<Id<Hazard>>,
    /// Allergens of this rung alone.
    #[serde(default)]
    pub(crate) allergens: Vec<Id<Allergen>>,
    /// Dangers that a word of this rung speaks of and that do not apply, each with the reason.
    #[serde(default)]
    pub(crate) not: Vec<String>,
    /// What to get ready.
    pub(crate) set_up: Vec<String>,
    /// What to do and say.
    pub(crate) steps: Vec<String>,
}

/// How the general levers of assets/levers.toml apply here.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeverEntry {
    /// Levers that do not apply: help, seat, place, amount.
    #[serde(default)]
    pub(crate) off: Vec<String>,
    /// This activity's own words for a setting: "help.steadied" = "Hold the box still."
    #[serde(default)]
    pub(crate) words: BTreeMap<String, String>,
}

/// What the adult looks out for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Watch {
    /// Signs to go easier right now.
    pub(crate) easier_when: Vec<String>,
    /// Signs to go harder.
    pub(crate) harder_when: Vec<String>,
    /// Signs that deserve an OT, a physio or a doctor; calm words.
    pub(crate) ask_someone: Vec<String>,
}

/// Other activities, by their ids.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Links {
    /// What comes before it.
    #[serde(default)]
    pub(crate) before: Vec<String>,
    /// What is like it.
    #[serde(default)]
    pub(crate) similar: Vec<String>,
    /// What comes after it.
    #[serde(default)]
    pub(crate) next: Vec<String>,
}

impl ActivityFile {
    /// All that a family reads, in the order of the file.
    pub(crate) fn texts(&self) -> Vec<&String> {
        let mut texts = vec![&self.title];
        texts.extend(self.labels());
        texts.extend(self.prose());
        texts
    }

    /// What is read as a label and not as a sentence: things and the names of rungs.
    fn labels(&self) -> impl Iterator<Item = &String> {
        let things = self.needs.materials.iter();
        things
            .flat_map(|thing| [Some(&thing.what), thing.instead.as_ref()])
            .flatten()
            .chain(self.rungs.iter().map(|rung| &rung.name))
    }

    /// What is read as sentences.
    pub(crate) fn prose(&self) -> Vec<&String> {
        let mut prose = vec![&self.promise];
        prose.extend(&self.safety.notes);
        prose.extend(
            self.rungs
                .iter()
                .flat_map(|rung| rung.set_up.iter().chain(&rung.steps)),
        );
        prose.extend(self.levers.words.values());
        prose.extend(self.gates.iter().filter_map(|gate| gate.support.as_ref()));
        prose.extend(&self.watch.easier_when);
        prose.extend(&self.watch.harder_when);
        prose.extend(&self.watch.ask_someone);
        prose
    }
}
