//! The questionnaire: one area a question, answered in levels of *help*, asked in the order that tells most.

use alloc::vec::Vec;

use crate::ability::Profile;
use crate::area::Area;
use crate::demand::Demands;
use crate::math;
use crate::report::ordered;
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

    fn likelihood(self, e: f64) -> f64 {
        ordered(&CUTS, self as usize, e)
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
}

impl Question {
    fn demands(&self) -> Demands {
        let mut demands = Demands::new().with_spread(self.spread);
        // One area into an empty list always fits.
        let _ = demands.load(self.area, self.at);
        demands
    }
}

/// Questions that may be asked before the questionnaire ends by itself.
pub const MOST_QUESTIONS: usize = 16;

/// The mean spread at which no more questions are needed, in logits.
pub const SURE_ENOUGH: f64 = 0.6;

impl Profile {
    /// Learns from an answer.
    pub fn answer(&mut self, question: &Question, answer: Answer) {
        self.observe(&question.demands(), |e| answer.likelihood(e));
    }

    /// Mean spread over all areas, in logits.
    pub fn mean_uncertainty(&self) -> f64 {
        Area::ALL
            .into_iter()
            .map(|area| self.uncertainty(area))
            .sum::<f64>()
            / Area::ALL.len() as f64
    }

    /// Which of these questions tells most about this child now: the index of the one that is expected to
    /// take away most variance over all areas. `None` when there is none, or when [`MOST_QUESTIONS`] were
    /// asked or all is [sure enough](SURE_ENOUGH). Ties go to the first.
    pub fn next_question(&self, open: &[Question], asked: usize) -> Option<usize> {
        if asked >= MOST_QUESTIONS || self.mean_uncertainty() <= SURE_ENOUGH {
            return None;
        }
        let gains: Vec<f64> = open.iter().map(|question| self.gain(question)).collect();
        let best = gains
            .iter()
            .enumerate()
            .fold(None, |best: Option<(usize, f64)>, (index, &gain)| match best {
                Some((_, most)) if gain <= most => best,
                _ => Some((index, gain)),
            })?;
        Some(best.0)
    }

    /// Expected reduction of the variance summed over all areas. In the asked area it is the variance minus
    /// the expected variance after the answer; the others gain by regression.
    fn gain(&self, question: &Question) -> f64 {
        let variance = self.covariance(question.area, question.area);
        let sd = libm::sqrt(variance);
        let mean = self.ability(question.area).get();
        let soft = question.demands().softening();
        let rule = math::rule(1);
        let mut left = 0.0;
        for answer in Answer::ALL {
            let (mut chance, mut first, mut second) = (0.0, 0.0, 0.0);
            for &(x, weight) in rule {
                let weight = weight * answer.likelihood((mean + sd * x - question.at.get()) / soft);
                chance += weight;
                first += weight * x;
                second += weight * x * x;
            }
            if chance > 1e-12 {
                left += second - first * first / chance;
            }
        }
        let reach: f64 = Area::ALL
            .into_iter()
            .map(|area| {
                let shared = self.covariance(question.area, area);
                shared * shared / variance.max(1e-9)
            })
            .sum();
        (1.0 - left) * reach
    }
}
