//! What happened: answers of the questionnaire and activities that were done. Each carries what was asked at that time, so
//! that it keeps its meaning when the content changes.

use just_right_catalogue::Id;
use just_right_engine::area::Area;
use just_right_engine::question::Answer;
use just_right_engine::report::Level;

use super::named::named;
use super::{Day, Note};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A question was answered.
    Answered(Answered),
    /// An activity was done.
    Reported(Report),
}

impl Happening {
    /// When.
    pub fn day(&self) -> Day {
        match self {
            Happening::Answered(answered) => answered.on,
            Happening::Reported(report) => report.on,
        }
    }

    /// Rounds its numbers to the millionth. Nothing is known so finely, and such a number is the same after writing and reading; one of
    /// sixteen digits is not.
    pub fn round(&mut self) {
        let round = |number: &mut f64| *number = (*number * 1e6).round() / 1e6;
        match self {
            Happening::Answered(answered) => [&mut answered.at, &mut answered.spread]
                .into_iter()
                .for_each(round),
            Happening::Reported(report) => {
                let asked = report.asked.iter_mut().map(|(_, at)| at);
                asked
                    .chain([&mut report.spread, &mut report.expected])
                    .for_each(round);
            }
        }
    }
}

/// An answer of the questionnaire. It carries what was asked, so that it keeps its meaning when the question
/// changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Id of the question.
    pub question: String,
    /// Its area.
    pub area: Id<Area>,
    /// Its difficulty, in logits.
    pub at: f64,
    /// How unsure that was, in logits.
    pub spread: f64,
    /// The answer; `None`: no chance to try, which tells nothing.
    pub answer: Option<Id<Answer>>,
    /// When.
    pub on: Day,
}

/// How an activity went. It carries what was asked, so that it keeps its meaning when the catalogue changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Id of the activity.
    pub activity: String,
    /// The grade, as the engine's token.
    pub grade: String,
    /// What the grade asked: area and logit.
    pub asked: Vec<(Id<Area>, f64)>,
    /// How unsure that was, in logits. Snapshots of version 1 do not know it: they were all judgement.
    pub spread: f64,
    /// The chance of success that was expected.
    pub expected: f64,
    /// How it went.
    pub level: Id<Level>,
    /// Whether the child enjoyed it; `None`: not said.
    pub enjoyed: Option<Enjoyed>,
    /// What the family wants to remember of it.
    pub note: Option<Note>,
    /// When.
    pub on: Day,
}

named! {
    /// Whether the child enjoyed it.
    Enjoyed, "whether it was enjoyed" {
        /// Very much.
        Loved = "loved",
        /// It was fine.
        Fine = "fine",
        /// Not today.
        NotToday = "not-today",
    }
}
