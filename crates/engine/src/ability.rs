//! What is believed of one child: how far each area lies from the typical child of that age, and how sure that is.
//!
//! θ = g(age) + δ. The state is a mixture of Gaussians over δ (see `belief`): a report about one area also says
//! something of the areas that go with it, and a child with one specific difficulty is expected from the start.

use alloc::vec::Vec;

use crate::area::{Area, PerArea, COUNT};
use crate::belief::{self, Part, Seen, REPORTER, STATE};
use crate::demand::{Demands, Outlook, MAX_LOADED};
use crate::growth::{self, Prior};
use crate::math::sigmoid;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::sight::{Shape, Sight};
use crate::unit::{Logit, Months};

/// One child: an age, and what is believed of each area.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    age: Months,
    model: Model,
    prior: Prior,
    parts: Vec<Part>,
    whole: Whole,
}

/// Mean and covariance of the whole mixture.
#[derive(Clone, Debug, PartialEq)]
struct Whole {
    mean: [f64; STATE],
    covariance: [[f64; STATE]; STATE],
}

impl Whole {
    fn of(parts: &[Part]) -> Whole {
        let mut whole = Whole {
            mean: [0.0; STATE],
            covariance: [[0.0; STATE]; STATE],
        };
        let total: f64 = parts.iter().map(|part| part.weight).sum();
        for part in parts {
            for (mean, one) in whole.mean.iter_mut().zip(part.mean) {
                *mean += part.weight / total * one;
            }
        }
        for part in parts {
            let share = part.weight / total;
            for row in 0..STATE {
                let off = part.mean[row] - whole.mean[row];
                for column in 0..STATE {
                    let across = off * (part.mean[column] - whole.mean[column]);
                    whole.covariance[row][column] += share * (part.covariance[row][column] + across);
                }
            }
        }
        whole
    }
}

impl Profile {
    /// A child of whom only the age is known.
    pub fn of_age(age: Months) -> Profile {
        Profile::new(age, Prior::of_age(age), Model::DEFAULT)
    }

    /// A child of whom something else is known beforehand, in a world that may be otherwise than the app's.
    pub fn new(age: Months, prior: Prior, model: Model) -> Profile {
        let parts = Part::all(&prior, &model);
        Profile {
            age,
            model,
            prior,
            whole: Whole::of(&parts),
            parts,
        }
    }

    /// The child's age.
    pub fn age(&self) -> Months {
        self.age
    }

    /// What the world is taken to be.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What was known of the child before anything was reported, grown along with the child.
    pub fn prior(&self) -> &Prior {
        &self.prior
    }

    /// The areas that this child's prior knows of: all eleven in the app.
    pub fn areas(&self) -> impl Iterator<Item = Area> + '_ {
        Area::ALL.into_iter().filter(|&area| self.prior.knows(area))
    }

    /// Expected ability in an area, on the developmental scale.
    pub fn ability(&self, area: Area) -> Logit {
        Logit::saturating(self.prior.typical(area) + self.whole.mean[area.index()])
    }

    /// How unsure that is: standard deviation in logits.
    pub fn uncertainty(&self, area: Area) -> f64 {
        libm::sqrt(self.covariance(area, area).max(0.0))
    }

    /// Expected distance from the typical child of this age, in logits.
    pub fn deviation(&self, area: Area) -> f64 {
        self.whole.mean[area.index()]
    }

    /// Covariance of two areas.
    pub fn covariance(&self, a: Area, b: Area) -> f64 {
        self.whole.covariance[a.index()][b.index()]
    }

    /// By how many logits this reporter tells more success than there was: expected, and how unsure that is.
    pub fn reporter(&self) -> (f64, f64) {
        let variance = self.whole.covariance[REPORTER][REPORTER];
        (self.whole.mean[REPORTER], libm::sqrt(variance.max(0.0)))
    }

    /// Time passes. The child grows along the typical curve, the deviation fades a little toward where it
    /// began and uncertainty comes back slowly; a clock that went back changes nothing.
    pub fn elapse(&mut self, days: f64) {
        if days.is_nan() || days <= 0.0 {
            return;
        }
        let before = self.age;
        self.age = Months::saturating(before.get() + days.min(MOST_DAYS) / 30.4375);
        let grown = growth::typical(self.age).get() - growth::typical(before).get();
        self.prior
            .widen(growth::spread(self.age) / growth::spread(before));
        self.grow(days, &[grown; COUNT]);
    }

    /// Time passes, and the typical child grows by so many logits in each area. A clock that went back, and growth
    /// that is no number, change nothing.
    pub fn grow(&mut self, days: f64, growth: &PerArea<f64>) {
        self.prior.grow(growth);
        if days.is_nan() || days <= 0.0 {
            return;
        }
        let kept = libm::exp(-days.min(MOST_DAYS) / self.model.fading_days);
        for part in &mut self.parts {
            part.fade(kept, &self.prior, &self.model);
        }
        self.whole = Whole::of(&self.parts);
    }

    /// What is expected of this child at a version of an activity.
    pub fn outlook(&self, demands: &Demands) -> Outlook {
        Sight::of(self, demands.areas()).outlook(demands)
    }

    /// The areas of a version of an activity with the chance that each lets the child through, weakest first:
    /// the first is the *bottleneck*. Equal chances stand in the order of [`Area::ALL`].
    pub fn factors(&self, demands: &Demands) -> Vec<(Area, f64)> {
        let mut factors: Vec<(Area, f64)> = demands
            .iter()
            .map(|(area, at)| (area, sigmoid(self.ability(area).get() - at.get())))
            .collect();
        factors.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        factors
    }

    /// The first of the [`factors`](Profile::factors).
    pub(crate) fn bottleneck(&self, demands: &Demands) -> Option<Area> {
        let surplus = |&(area, at): &(Area, Logit)| self.ability(area).get() - at.get();
        demands
            .iter()
            .min_by(|a, b| surplus(a).total_cmp(&surplus(b)).then(a.0.cmp(&b.0)))
            .map(|(area, _)| area)
    }

    /// What a grade asks of the child as believed on average: how much an error of each demand by itself shows in the
    /// whole, and how much easier it would be if strong areas made up for weak ones.
    pub(crate) fn shape(&self, demands: &Demands) -> Shape {
        let mut odds = [0.0; MAX_LOADED];
        let mut surplus = 0.0;
        for (odds, &(area, at)) in odds.iter_mut().zip(demands.raw()) {
            let over = self.ability(area).get() - at;
            *odds = libm::exp(-over);
            surplus += over;
        }
        let n = demands.raw().len();
        Shape::of(&odds[..n], surplus / n.max(1) as f64)
    }

    /// The parts of the mixture that matter.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Learns from an outcome at these loads, whose success rises with this slope under a link softened by `soft`.
    pub(crate) fn observe(
        &mut self,
        loads: &[(Area, f64)],
        slope: f64,
        gap: f64,
        soft: f64,
        outcome: &Outcome,
    ) {
        let mut relative = [(Area::SelfCare, 0.0); MAX_LOADED];
        let mut count = 0;
        for (slot, &(area, at)) in relative.iter_mut().zip(loads) {
            *slot = (area, at - self.prior.typical(area));
            count += 1;
        }
        if count == 0 {
            return;
        }
        let seen = Seen {
            loads: &relative[..count],
            slope,
            gap,
            soft,
            outcome,
        };
        belief::observe(&mut self.parts, &seen, &self.prior, &self.model);
        self.whole = Whole::of(&self.parts);
    }
}

/// Longer than anybody is away: a century.
const MOST_DAYS: f64 = 36_525.0;
