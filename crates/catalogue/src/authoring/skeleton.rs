//! The beginning of an activity: a file in which each place that needs a thought is a problem of the check, so that
//! the check leads its author through.

use crate::content::Occupation;
use crate::id::slug;

/// The two files that an activity begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skeleton {
    /// Its id.
    pub id: String,
    /// Below the project's root, with what is in it.
    pub activity: (String, String),
    /// The same of its drawing.
    pub drawing: (String, String),
}

/// The skeleton of an activity with this title; `None` where no id can be made of it.
pub fn skeleton(title: &str, occupation: Occupation) -> Option<Skeleton> {
    let id = slug(title);
    if id.is_empty() {
        return None;
    }
    let quoted = title.trim().replace('\\', "\\\\").replace('"', "\\\"");
    let rungs: String = RUNGS
        .iter()
        .map(|change| RUNG.replace("{change}", change))
        .collect();
    let activity = ACTIVITY
        .replace("{title}", &quoted)
        .replace("{id}", &id)
        .replace("{rungs}", &rungs);
    Some(Skeleton {
        activity: (
            format!("assets/activities/{}/{id}.toml", occupation.id()),
            activity,
        ),
        drawing: (format!("assets/pictures/{id}.svg"), DRAWING.to_owned()),
        id,
    })
}

const RUNGS: [&str; 4] = ["material", "amount", "steps", "precision"];

const DRAWING: &str = "\
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 160\">
  <title></title>
</svg>
";

const ACTIVITY: &str = r#"# docs/CONTENT-FORMAT.md explains each key. Fill in what is empty or "?"; `cargo xtask content {id}` says what is left.
title = "{title}"
promise = ""                    # one line: what the child gets to do
picture = "{id}"                # draw assets/pictures/{id}.svg
also_practised = []             # areas that are trained and cannot stop the child
icf = []                        # codes only, such as "d440"
suits = []                      # wheelchair, one-hand, low-vision, low-hearing, no-speech

[needs]
materials = [
  { what = "", instead = "" },  # with what a household has instead, or without `instead`
]
bought = false                  # true when a usual home lacks something of it
minutes = { prepare = 0, do = 0, clear = 0 }
place = "table"                 # table, floor, kitchen, bathroom, open-space, outdoors, anywhere
partners = 0                    # children needed besides this one
noise = "quiet"                 # quiet, some, loud
mess = "none"                   # none, some, messy
movement = "still"              # still, some, lots
senses = []                     # touch, sound, movement, taste-smell, light

# What could go wrong? The engine enforces only what stands here. Write [] where there is none.
[safety]
supervision = "arms-reach"      # arms-reach, same-room, nearby
hazards = ["?"]                 # small-parts, choking-food, latex-balloon, cord, water, heat, sharp, height, inedible, fast-object
allergens = ["?"]               # wheat, egg, milk, nuts, sesame, soy, latex
limits = ["?"]                  # seizure, heart, joints, swallowing, skin
notes = [""]                    # calm words for the page

[[gates]]
gate = "sits-alone"             # an id of assets/gates.toml; remove the table where there is no precondition

{rungs}[watch]
easier_when = [""]              # what you see when it is too hard right now
harder_when = [""]              # what you see when it is too easy
ask_someone = [""]              # signs that deserve an OT, a physio or a doctor
"#;

const RUNG: &str = r#"[[rungs]]                       # from easiest to hardest, 4 to 8
name = ""                       # what changes, in a parent's words
change = "{change}"
demands = {}                    # { fine-motor = 24, attention = 20 }: months at which half manage it, 1 to 4 areas
source = "judgement"            # data NAME (cargo xtask content --anchors), list WHICH, or judgement
set_up = []
steps = []                      # what to do and say, two at least

"#;
