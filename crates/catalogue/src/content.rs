//! The content as the app reads it: checked, complete, and small to carry. It comes in three parts, because a
//! first pick needs only the first:
//!
//! - [`Catalogue`]: what is needed to rank everything and to show a card, numbers and titles above all. It
//!   travels inside the app.
//! - [`Texts`]: all words of the activities, names of rungs included, and the advice. Fetched right after the
//!   first picture of the page.
//! - [`Drawings`]: fetched with them.

use std::collections::BTreeMap;

use serde::Deserialize;

use just_right_engine::area::Area;
use just_right_engine::demand::Demands;
use just_right_engine::growth;
use just_right_engine::repertoire::{self, Repertoire};
use just_right_engine::safety::{Allergen, Hazard, Limit, Safety, Supervision};
use just_right_engine::unit::{Logit, Minutes, Months};

use crate::id::{named, words_of_a_file, Id};

/// All content, as the reader gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// What is needed to rank.
    pub catalogue: Catalogue,
    /// All words.
    pub texts: Texts,
    /// All drawings.
    pub drawings: Drawings,
}

/// What is needed to rank all activities, to show them as cards, and to ask questions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// General levers.
    pub levers: Vec<Lever>,
    /// Preconditions.
    pub gates: Vec<Gate>,
    /// Activities, in the order of their ids.
    pub activities: Vec<Activity>,
    /// Questions, in the order of [`Area::ALL`] and of age.
    pub questions: Vec<Question>,
    /// Things that a household may not have at hand.
    pub things: Vec<Thing>,
    /// For each of [`Sense::ALL`] the settings that help a child who avoids it, the best first: (lever, setting).
    pub eases: Vec<Vec<(u8, u8)>>,
}

/// All words that are read once an activity or a page of advice is opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    /// Of each activity, at the index that it has in [`Catalogue::activities`].
    pub activities: Vec<ActivityText>,
    /// Pages of advice.
    pub advice: Vec<Page>,
    /// The channels of the senses, in the order of [`Sense::ALL`].
    pub channels: Vec<Channel>,
    /// What is asked, at the index that it has in [`Catalogue::questions`]: what the child does.
    pub questions: Vec<String>,
    /// Why each area is asked about.
    pub whys: BTreeMap<Id<Area>, String>,
}

impl Texts {
    /// The page of advice with this id.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.advice.iter().find(|page| page.id == id)
    }
}

/// All drawings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawings(pub Vec<Picture>);

impl Drawings {
    /// The drawing with this name.
    pub fn picture(&self, name: &str) -> Option<&Picture> {
        self.0.iter().find(|picture| picture.name == name)
    }
}

/// What another language than English says before an activity is opened: it takes the place of what is built in. The rest
/// is [`Texts`] of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Speech {
    /// The texts of the interface, in the order of their keys.
    pub interface: Vec<String>,
    /// The same catalogue in its words.
    pub catalogue: Catalogue,
    /// What is seen on each drawing, in the order of [`Drawings`].
    pub pictures: Vec<String>,
    /// Activities whose words are English still: indices into [`Catalogue::activities`].
    pub in_english: Vec<u16>,
}

impl Catalogue {
    /// The activity with this id.
    pub fn activity(&self, id: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.id == id)
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// What the engine needs of it. Activities, levers, settings and gates keep their indices.
    pub fn repertoire(&self) -> Repertoire {
        Repertoire {
            levers: self.levers.iter().map(Lever::for_engine).collect(),
            gates: self.gates.iter().map(Gate::for_engine).collect(),
            activities: self.activities.iter().map(Activity::for_engine).collect(),
        }
    }
}

/// Where in life an activity belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occupation {
    /// Looking after oneself.
    SelfCare,
    /// Play.
    Play,
    /// Learning and school.
    Learning,
    /// Helping at home.
    Chores,
    /// Outdoors and moving.
    Outdoors,
    /// Together with others.
    Together,
}

impl Occupation {
    /// All of them.
    pub const ALL: [Occupation; 6] = [
        Occupation::SelfCare,
        Occupation::Play,
        Occupation::Learning,
        Occupation::Chores,
        Occupation::Outdoors,
        Occupation::Together,
    ];

    /// Its folder.
    pub const fn id(self) -> &'static str {
        match self {
            Occupation::SelfCare => "self-care",
            Occupation::Play => "play",
            Occupation::Learning => "learning",
            Occupation::Chores => "chores",
            Occupation::Outdoors => "outdoors",
            Occupation::Together => "together",
        }
    }
}
named!(Occupation, "an occupation");

/// A child for whom an activity works as it stands, or with what its own words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suit {
    /// Who uses a wheelchair.
    Wheelchair,
    /// Who works with one hand.
    OneHand,
    /// Who sees little.
    LowVision,
    /// Who hears little.
    LowHearing,
    /// Who does not speak.
    NoSpeech,
}

impl Suit {
    /// All of them.
    pub const ALL: [Suit; 5] = [
        Suit::Wheelchair,
        Suit::OneHand,
        Suit::LowVision,
        Suit::LowHearing,
        Suit::NoSpeech,
    ];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Suit::Wheelchair => "wheelchair",
            Suit::OneHand => "one-hand",
            Suit::LowVision => "low-vision",
            Suit::LowHearing => "low-hearing",
            Suit::NoSpeech => "no-speech",
        }
    }
}
named!(Suit, "a child whom it suits");

/// A kitchen in which what an activity uses is at home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kitchen {
    /// South Asian.
    SouthAsian,
    /// East Asian.
    EastAsian,
    /// Latin American.
    LatinAmerican,
    /// African.
    African,
    /// Middle Eastern.
    MiddleEastern,
    /// European.
    European,
    /// North American.
    NorthAmerican,
    /// Of the Pacific.
    Pacific,
    /// Any of them.
    Any,
}

impl Kitchen {
    /// All of them.
    pub const ALL: [Kitchen; 9] = [
        Kitchen::SouthAsian,
        Kitchen::EastAsian,
        Kitchen::LatinAmerican,
        Kitchen::African,
        Kitchen::MiddleEastern,
        Kitchen::European,
        Kitchen::NorthAmerican,
        Kitchen::Pacific,
        Kitchen::Any,
    ];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Kitchen::SouthAsian => "south-asian",
            Kitchen::EastAsian => "east-asian",
            Kitchen::LatinAmerican => "latin-american",
            Kitchen::African => "african",
            Kitchen::MiddleEastern => "middle-eastern",
            Kitchen::European => "european",
            Kitchen::NorthAmerican => "north-american",
            Kitchen::Pacific => "pacific",
            Kitchen::Any => "any",
        }
    }
}
named!(Kitchen, "a kitchen");

words_of_a_file! {
    /// Where an activity takes place.
    Place, "a place" {
        Table = "table", Floor = "floor", Kitchen = "kitchen", Bathroom = "bathroom", OpenSpace = "open-space",
        Outdoors = "outdoors", Anywhere = "anywhere"
    }
    /// How loud it is.
    Noise, "a loudness" { Quiet = "quiet", Some = "some", Loud = "loud" }
    /// How much there is to clean.
    Mess, "a mess" { None = "none", Some = "some", Messy = "messy" }
    /// How much the child moves.
    Movement, "an amount of movement" { Still = "still", Some = "some", Lots = "lots" }
}

/// A thing that a household may not have at hand just now.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// Unique.
    pub id: String,
    /// What the family calls it.
    pub name: String,
}

/// A channel of the senses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// Touch.
    Touch,
    /// Sound.
    Sound,
    /// Movement.
    Movement,
    /// Taste and smell.
    TasteSmell,
    /// Light and sight.
    Light,
}

impl Sense {
    /// All of them.
    pub const ALL: [Sense; 5] = [
        Sense::Touch,
        Sense::Sound,
        Sense::Movement,
        Sense::TasteSmell,
        Sense::Light,
    ];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Sense::Touch => "touch",
            Sense::Sound => "sound",
            Sense::Movement => "movement",
            Sense::TasteSmell => "taste-smell",
            Sense::Light => "light",
        }
    }
}
named!(Sense, "a sense");

/// A channel of the senses with what is asked of it. No ladder: whoever avoids and whoever looks for it need
/// opposite things, so the answer chooses levers and is no ability.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Which.
    pub sense: Id<Sense>,
    /// The question.
    pub ask: String,
    /// For a child who avoids it.
    pub avoids: Response,
    /// For a child who is fine with it.
    pub fine: Response,
    /// For a child who looks for it.
    pub looks_for: Response,
}

/// An answer about a channel, and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The answer.
    pub name: String,
    /// Settings that help, the best first: (lever, setting).
    pub levers: Vec<(u8, u8)>,
    /// What the adult does, where something follows.
    pub words: Option<String>,
}

/// One activity, as far as ranking and cards need it.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Its file's name.
    pub id: String,
    /// What the family calls it.
    pub title: String,
    /// Its occupation.
    pub occupation: Id<Occupation>,
    /// Name of its drawing.
    pub picture: String,
    /// To get it ready, to do it, to clear it away.
    pub minutes: [u16; 3],
    /// Preconditions: indices into [`Catalogue::gates`].
    pub gates: Vec<u8>,
    /// Versions, easiest first.
    pub rungs: Vec<Rung>,
    /// Levers that may be moved: indices into [`Catalogue::levers`].
    pub levers: Vec<u8>,
    /// Where it takes place.
    pub place: Id<Place>,
    /// Children needed besides this one.
    pub partners: u8,
    /// How loud it is.
    pub noise: Id<Noise>,
    /// How much there is to clean.
    pub mess: Id<Mess>,
    /// How much the child moves.
    pub movement: Id<Movement>,
    /// Channels of the senses that it stirs.
    pub senses: Vec<Id<Sense>>,
    /// Things that it does not go without: indices into [`Catalogue::things`].
    pub things: Vec<u8>,
}

/// The words of one activity.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityText {
    /// What the child gets to do.
    pub promise: String,
    /// Areas that are trained without being demanded.
    pub also_practised: Vec<Id<Area>>,
    /// ICF codes.
    pub icf: Vec<String>,
    /// Children for whom it works without a change.
    pub suits: Vec<Id<Suit>>,
    /// Kitchens in which what it uses is at home.
    pub kitchen: Vec<Id<Kitchen>>,
    /// What one needs.
    pub materials: Vec<Material>,
    /// What to keep in mind for safety.
    pub safety_notes: Vec<String>,
    /// Of each rung, at its index.
    pub rungs: Vec<RungText>,
    /// This activity's own words for settings, as (lever, setting, words).
    pub words: Vec<(u8, u8, String)>,
    /// This activity's own words for what stands in for a gate, as (gate, words).
    pub supports: Vec<(u8, String)>,
    /// Signs to make it easier right now.
    pub easier_when: Vec<String>,
    /// Signs to make it harder.
    pub harder_when: Vec<String>,
    /// Signs to ask a professional about.
    pub ask_someone: Vec<String>,
    /// Ids of activities that lead up to it.
    pub before: Vec<String>,
}

/// The words of one rung.
#[derive(Clone, Debug, PartialEq)]
pub struct RungText {
    /// What changes, in a parent's words.
    pub name: String,
    /// Where its difficulty comes from.
    pub source: Source,
    /// What to get ready.
    pub set_up: Vec<String>,
    /// What to do.
    pub steps: Vec<String>,
}

impl Activity {
    /// From getting it ready to having cleared it away.
    pub fn total_minutes(&self) -> Minutes {
        Minutes(self.minutes.iter().sum())
    }

    fn for_engine(&self) -> repertoire::Activity {
        repertoire::Activity {
            id: self.id.clone(),
            rungs: self.rungs.iter().map(Rung::for_engine).collect(),
            gates: self.gates.iter().map(|&gate| usize::from(gate)).collect(),
            levers: self.levers.iter().map(|&lever| usize::from(lever)).collect(),
            minutes: self.total_minutes(),
        }
    }
}

/// One thing that is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Material {
    /// What.
    pub what: String,
    /// What a household has instead.
    pub instead: Option<String>,
}

/// One version of an activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// Age in months at which half of all children manage it, as far as each area is concerned.
    pub months: BTreeMap<Id<Area>, f32>,
    /// How unsure that is, in logits.
    pub spread: f32,
    /// Dangers.
    pub hazards: Vec<Id<Hazard>>,
    /// Allergens.
    pub allergens: Vec<Id<Allergen>>,
    /// Limits under which it is not offered.
    pub limits: Vec<Id<Limit>>,
    /// How near the adult stays.
    pub supervision: Id<Supervision>,
}

impl Rung {
    /// The age at which half of all children manage the whole rung: that of the area that asks most.
    pub fn age(&self) -> Months {
        Months::saturating(
            self.months
                .values()
                .fold(0.0, |most: f32, &months| most.max(months))
                .into(),
        )
    }

    /// What it asks, so that half of the typical children of [`age`](Rung::age) manage the whole.
    pub fn demands(&self) -> Demands {
        let mut demands = Demands::new().with_spread(self.spread.into());
        for (&Id(area), &months) in &self.months {
            // The reader has seen to it that there are at most four areas; a map has none twice.
            let _ = demands.load(area, growth::typical(Months::saturating(months.into())));
        }
        demands.halving_at(growth::typical(self.age()))
    }

    fn for_engine(&self) -> repertoire::Rung {
        repertoire::Rung {
            demands: self.demands(),
            safety: Safety {
                hazards: self.hazards.iter().map(|id| id.0).collect(),
                allergens: self.allergens.iter().map(|id| id.0).collect(),
                limits: self.limits.iter().map(|id| id.0).collect(),
                supervision: self.supervision.0,
            },
        }
    }
}

/// Where a difficulty comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Records of real children: the name of the anchor or lever effect.
    Data(String),
    /// A published list of ages: which kind.
    List(String),
    /// An author's judgement.
    Judgement,
}

impl Source {
    /// Spread of a difficulty from this source when the author says nothing else, in logits. Lists differ by
    /// up to two years for one skill.
    pub fn spread(&self) -> f32 {
        match self {
            Source::Data(_) => 0.5,
            Source::List(_) | Source::Judgement => 1.0,
        }
    }
}

/// A general lever with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// Unique.
    pub id: String,
    /// What a family calls it.
    pub name: String,
    /// Its settings; the first is the usual one.
    pub settings: Vec<Setting>,
}

impl Lever {
    fn for_engine(&self) -> repertoire::Lever {
        repertoire::Lever {
            id: self.id.clone(),
            settings: self
                .settings
                .iter()
                .map(|setting| repertoire::Setting {
                    id: setting.id.clone(),
                    shift: Area::ALL.map(|area| setting.shift[area.index()].into()),
                    intrusion: setting.intrusion.into(),
                    therapist_only: setting.therapist_only,
                })
                .collect(),
        }
    }
}

/// One setting of a lever.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Unique in its lever.
    pub id: String,
    /// Its name.
    pub name: String,
    /// A few words that complete "For Mia: …".
    pub short: String,
    /// What the adult does.
    pub words: String,
    /// Logits by area, in the order of [`Area::ALL`].
    pub shift: Vec<f32>,
    /// How much it takes over.
    pub intrusion: f32,
    /// Only where a therapist has switched it on.
    pub therapist_only: bool,
}

/// A precondition with its supports.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Unique.
    pub id: String,
    /// The area that it is about.
    pub area: Id<Area>,
    /// The ability at which half pass, in logits.
    pub at: f32,
    /// What stands in for it.
    pub supports: Vec<String>,
}

impl Gate {
    fn for_engine(&self) -> repertoire::Gate {
        repertoire::Gate {
            id: self.id.clone(),
            area: self.area.0,
            at: Logit::saturating(self.at.into()),
            supports: self.supports.len(),
        }
    }
}

/// A question of the questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Unique.
    pub id: String,
    /// Its area.
    pub area: Id<Area>,
    /// Age in months at which half do it by themselves most times.
    pub months: f32,
    /// How unsure that is, in logits.
    pub spread: f32,
}

impl Question {
    /// Its difficulty: half of the children with this ability do it by themselves most times.
    pub fn at(&self) -> Logit {
        growth::typical(Months::saturating(self.months.into()))
    }
}

/// A page of advice.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its file's name.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub intro: String,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Unique in its page.
    pub id: String,
    /// Heading.
    pub heading: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// Points.
    pub list: Vec<String>,
}

/// A drawing: shapes in theme colours, drawn by the app itself, so that it follows the theme and never is
/// markup.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Its file's name.
    pub name: String,
    /// What is seen.
    pub title: String,
    /// Width and height of the drawing's own coordinates.
    pub size: (u16, u16),
    /// What is drawn, back to front.
    pub shapes: Vec<Shape>,
}

/// One shape or group.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Index into [`Shape::TAGS`].
    pub tag: u8,
    /// Attributes: index into [`Shape::ATTRIBUTES`], and value.
    pub attributes: Vec<(u8, String)>,
    /// What a group holds.
    pub children: Vec<Shape>,
}

impl Shape {
    /// Elements that a drawing may use.
    pub const TAGS: [&'static str; 8] = [
        "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    ];

    /// Attributes that a drawing may use.
    pub const ATTRIBUTES: [&'static str; 24] = [
        "transform",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "opacity",
        "d",
        "x",
        "y",
        "width",
        "height",
        "rx",
        "ry",
        "cx",
        "cy",
        "r",
        "x1",
        "y1",
        "x2",
        "y2",
        "points",
        "fill-opacity",
        "fill-rule",
    ];

    /// Its element, if it has one that exists.
    pub fn element(&self) -> Option<&'static str> {
        Shape::TAGS.get(usize::from(self.tag)).copied()
    }

    /// Its attributes by name.
    pub fn named_attributes(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.attributes
            .iter()
            .filter_map(|(name, value)| Some((*Shape::ATTRIBUTES.get(usize::from(*name))?, value.as_str())))
    }
}
