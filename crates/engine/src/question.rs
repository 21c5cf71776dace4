//! The questionnaire: one area a question, answered in levels of *help*, asked in the order that tells most.

use crate::ability::Profile;
use crate::area::Area;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::unit::Logit;

/// How much help the child needs, as the parent has seen it this week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Answer {
    /// Not yet, even with help.
    NotYet,
    /// I do most of it.
    IDoMost,
    /// With my hands helping a bit.
    HandsHelp,
    /// By themselves after a reminder or after seeing it.
    Reminder,
    /// By themselves most times.
    Alone,
}

/// Where one answer turns into the next, relative to doing it alone half of the time, in logits: the lever
/// sizes of help (adult does most −4, hand under hand −2.5, steadying −1, shown −.8) at the borders between
/// the answers.
const CUTS: [f64; 4] = [-4.0, -2.5, -1.0, 0.0];

impl Answer {
    /// All answers, from most help to least.
    pub const ALL: [Answer; 5] = [
        Answer::NotYet,
        Answer::IDoMost,
        Answer::HandsHelp,
        Answer::Reminder,
        Answer::Alone,
    ];

    /// The name used in exports.
    pub const fn id(self) -> &'static str {
        match self {
            Answer::NotYet => "not-yet",
            Answer::IDoMost => "i-do-most",
            Answer::HandsHelp => "hands-help",
            Answer::Reminder => "reminder",
            Answer::Alone => "alone",
        }
    }

    /// The answer with this [`id`](Answer::id).
    pub fn from_id(id: &str) -> Option<Answer> {
        Answer::ALL.into_iter().find(|answer| answer.id() == id)
    }
}

/// A question that may be asked: half of the children with ability `at` do it by themselves most times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// The one area that it is about.
    pub area: Area,
    /// Its difficulty.
    pub at: Logit,
    /// How unsure the difficulty is, in logits.
    pub spread: f64,
    /// Discrimination: how steeply success rises with ability. 1 unless it was measured; 0.05 to 20.
    pub slope: f64,
}

/// What was answered to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// In levels of help.
    Help(Answer),
    /// Yes or no.
    Yes(bool),
}

impl Reply {
    fn outcome(self, model: &Model, soft: f64) -> Outcome {
        match self {
            Reply::Help(answer) => Outcome::ordered(&CUTS, answer as usize, soft, model.careless),
            Reply::Yes(yes) => Outcome::ordered(&[0.0], usize::from(yes), soft, model.careless),
        }
    }
}

/// In which form questions are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In levels of help.
    Help,
    /// Yes or no.
    YesNo,
}

impl Form {
    /// Fisher information about the logit e: the sum over the replies of (dL/de)² / L.
    fn information(self, model: &Model, e: f64, soft: f64) -> f64 {
        const STEP: f64 = 1e-3;
        let likelihood = |reply: Reply, e: f64| reply.outcome(model, soft).likelihood(libm::exp(-e / soft));
        self.replies()
            .map(|reply| {
                let rise = likelihood(reply, e + STEP) - likelihood(reply, e - STEP);
                let slope = rise / (2.0 * STEP);
                slope * slope / likelihood(reply, e).max(1e-12)
            })
            .sum()
    }

    fn replies(self) -> impl Iterator<Item = Reply> {
        let (help, yes): (&[Answer], &[bool]) = match self {
            Form::Help => (&Answer::ALL, &[]),
            Form::YesNo => (&[], &[false, true]),
        };
        let help = help.iter().map(|&answer| Reply::Help(answer));
        help.chain(yes.iter().map(|&yes| Reply::Yes(yes)))
    }
}

/// How a parent sees a child beside the typical child of this age: a first rough rating of one area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rating {
    /// Much earlier on the way.
    MuchEarlier,
    /// A little earlier.
    Earlier,
    /// About there.
    About,
    /// A little further.
    Further,
    /// Much further.
    MuchFurther,
}

impl Rating {
    /// All of them, from the earliest on the way.
    pub const ALL: [Rating; 5] = [
        Rating::MuchEarlier,
        Rating::Earlier,
        Rating::About,
        Rating::Further,
        Rating::MuchFurther,
    ];
}

/// Ratings change at half and at one and a half spreads between children on either side, for a parent who sees
/// exactly; what parents see is blurred by [`RATING_SLOPE`].
const RATING_CUTS: [f64; 4] = [-1.5, -0.5, 0.5, 1.5];

/// Slope of the logistic blur, by spread between children: an error of about .7 spreads (1.7 / .7). Judgement.
const RATING_SLOPE: f64 = 2.4;

/// Questions that may be asked before the questionnaire ends by itself.
pub const MOST_QUESTIONS: usize = 16;

/// The mean spread at which no more questions are needed, in logits.
pub const SURE_ENOUGH: f64 = 0.6;

impl Profile {
    /// Learns from an answer.
    pub fn answer(&mut self, question: &Question, answer: Answer) {
        self.reply(question, Reply::Help(answer));
    }

    /// The same, in either form.
    pub fn reply(&mut self, question: &Question, reply: Reply) {
        let slope = question.steepness();
        let soft = self.model().softening(slope * question.spread);
        let outcome = reply.outcome(self.model(), soft);
        self.observe(&[(question.area, question.at.get())], slope, 0.0, soft, &outcome);
    }

    /// Learns from a rating of one area. An area that this child's world does not have teaches nothing.
    pub fn rate(&mut self, area: Area, rating: Rating) {
        let spread = self.prior().spread(area);
        if spread <= 0.0 {
            return;
        }
        let slope = RATING_SLOPE / spread;
        let cuts = RATING_CUTS.map(|cut| cut * RATING_SLOPE);
        let outcome = Outcome::ordered(&cuts, rating as usize, 1.0, self.model().careless);
        self.observe(&[(area, self.prior().typical(area))], slope, 0.0, 1.0, &outcome);
    }

    /// Mean spread over all areas, in logits.
    pub fn mean_uncertainty(&self) -> f64 {
        let (sum, count) = self.areas().fold((0.0, 0.0), |(sum, count), area| {
            (sum + self.uncertainty(area), count + 1.0)
        });
        if count > 0.0 {
            sum / count
        } else {
            0.0
        }
    }

    /// Which of these questions tells most about this child now: the index of the one that is expected to
    /// take away most variance over all areas. `None` when there is none, or when [`MOST_QUESTIONS`] were
    /// asked or all is [sure enough](SURE_ENOUGH). Ties go to the first.
    pub fn next_question(&self, open: &[Question], asked: usize) -> Option<usize> {
        if asked >= MOST_QUESTIONS || self.mean_uncertainty() <= SURE_ENOUGH {
            return None;
        }
        self.most_telling(open, Form::Help)
    }

    /// The same without an end: the index of the most telling question while there is one.
    pub fn most_telling(&self, open: &[Question], form: Form) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        for (index, question) in open.iter().enumerate() {
            let gain = self.gain(question, form);
            if best.is_none_or(|(_, most)| gain > most) {
                best = Some((index, gain));
            }
        }
        best.map(|(index, _)| index)
    }

    /// Expected reduction of the variance summed over all areas: in the asked area from v to about v / (1 + I v), where I is
    /// the Fisher information of the question at the mean; the others gain by regression. On simulated banks no rule
    /// that costs more asked better questions (`docs/COMPARE.md`).
    fn gain(&self, question: &Question, form: Form) -> f64 {
        let variance = self.covariance(question.area, question.area).max(1e-9);
        let slope = question.steepness();
        let soft = self.model().softening(slope * question.spread);
        let off = self.ability(question.area).get() - question.at.get();
        let information = form.information(self.model(), slope * off, soft) * slope * slope;
        let reach: f64 = self
            .areas()
            .map(|area| {
                let shared = self.covariance(question.area, area);
                shared * shared / variance
            })
            .sum();
        information * variance / (1.0 + information * variance) * reach
    }
}

impl Question {
    fn steepness(&self) -> f64 {
        if self.slope.is_nan() {
            1.0
        } else {
            self.slope.clamp(0.05, 20.0)
        }
    }
}
