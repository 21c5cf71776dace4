//! What one version of an activity asks, and how likely a child is to succeed at it.
//!
//! Success is conjunctive (Sympson's noncompensatory model; Chalmers 2020): the chance is the product of one
//! logistic factor for each loaded area, so a task fails at its weakest area, however strong the others are.

use crate::area::{Area, Areas};
use crate::math::{self, normal_between};
use crate::unit::Logit;

/// The most areas that one version of an activity may load.
pub const MAX_LOADED: usize = 4;

/// How unsure an authored demand is when nothing better is known, in logits (standard deviation).
pub const JUDGEMENT_SPREAD: f64 = 1.0;

/// The demands of one version of an activity: 1 to 4 areas, each with the ability at which half succeed.
///
/// What a search reads of every grade stands first, in one line of the processor's cache.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C)]
pub struct Demands {
    /// exp(demand), so that a search need not take it again and again.
    odds: [f64; MAX_LOADED],
    areas: Areas,
    count: u8,
    spread: f64,
    /// In the order of [`Area::ALL`].
    loaded: [(Area, f64); MAX_LOADED],
}

/// Why an area could not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// More than [`MAX_LOADED`] areas.
    TooMany,
    /// The area is loaded already.
    Twice(Area),
}

impl Default for Demands {
    fn default() -> Self {
        Demands::new()
    }
}

impl Demands {
    /// Nothing asked yet, with the spread of an author's judgement.
    pub const fn new() -> Demands {
        Demands {
            odds: [0.0; MAX_LOADED],
            areas: Areas::EMPTY,
            count: 0,
            spread: JUDGEMENT_SPREAD,
            loaded: [(Area::SelfCare, 0.0); MAX_LOADED],
        }
    }

    /// Says how sure the numbers are: standard deviation in logits, 0 to 3.
    pub fn with_spread(mut self, spread: f64) -> Demands {
        self.spread = if spread.is_nan() {
            JUDGEMENT_SPREAD
        } else {
            spread.clamp(0.0, 3.0)
        };
        self
    }

    /// Adds an area: half of the children with ability `at` meet what is asked of it.
    pub fn load(&mut self, area: Area, at: Logit) -> Result<(), LoadError> {
        if self.areas.has(area) {
            return Err(LoadError::Twice(area));
        }
        let count = usize::from(self.count);
        if count == MAX_LOADED {
            return Err(LoadError::TooMany);
        }
        let place = self.raw().iter().take_while(|(known, _)| *known < area).count();
        self.loaded.copy_within(place..count, place + 1);
        self.odds.copy_within(place..count, place + 1);
        self.loaded[place] = (area, at.get());
        self.odds[place] = libm::exp(at.get());
        self.areas = self.areas.with(area);
        self.count += 1;
        Ok(())
    }

    /// The loaded areas with their demands.
    pub fn iter(&self) -> impl Iterator<Item = (Area, Logit)> + '_ {
        self.raw().iter().map(|&(area, at)| (area, Logit::saturating(at)))
    }

    /// Whether this area is loaded.
    pub fn loads(&self, area: Area) -> bool {
        self.areas.has(area)
    }

    /// All loaded areas.
    pub fn areas(&self) -> Areas {
        self.areas
    }

    pub(crate) fn odds(&self) -> &[f64] {
        &self.odds[..usize::from(self.count)]
    }

    /// How unsure the demands are: standard deviation in logits.
    pub fn spread(&self) -> f64 {
        self.spread
    }

    /// Moves every demand by what `shift` says for its area: below 0 makes it easier.
    pub fn shifted(&self, shift: impl Fn(Area) -> f64) -> Demands {
        let mut moved = *self;
        for ((area, at), odds) in moved.loaded[..usize::from(self.count)]
            .iter_mut()
            .zip(&mut moved.odds)
        {
            let by = shift(*area);
            if by != 0.0 {
                *at = Logit::saturating(*at + by).get();
                *odds = libm::exp(*at);
            }
        }
        moved
    }

    /// Lowers all demands alike until a child whose ability is `ability` in every area succeeds half the
    /// time.
    ///
    /// An author knows at which age half of the children manage the *whole* rung. Several areas at that same
    /// age would each let half through, and together a quarter or less; this gives the areas what they
    /// really ask.
    pub fn halving_at(&self, ability: Logit) -> Demands {
        let at = |offset: f64| {
            let moved = self.shifted(|_| -offset);
            moved
                .raw()
                .iter()
                .map(|&(_, demand)| math::sigmoid(ability.get() - demand))
                .product::<f64>()
        };
        // The product rises with the offset; one area alone needs none, four equal ones 1.7 logits.
        let (mut low, mut high) = (-10.0, 10.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if at(middle) < 0.5 {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.shifted(|_| -0.5 * (low + high))
    }

    pub(crate) fn raw(&self) -> &[(Area, f64)] {
        &self.loaded[..usize::from(self.count)]
    }
}

/// Logit of the product of logistic factors, from `odds[k] = exp(demand_k − ability_k)`.
///
/// With x = odds, 1/p = Π(1 + x), so the odds against success are Π(1 + x) − 1, summed here without
/// cancellation.
pub(crate) fn logit_of_success(odds: impl Iterator<Item = f64>) -> f64 {
    let against = odds.fold(0.0, |sum, x| sum + x + sum * x);
    -libm::log(against.max(1e-18))
}

/// One hump of what the logit of success may be: one part of the mixture that is believed of the child.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Hump {
    pub(crate) weight: f64,
    pub(crate) centre: f64,
    pub(crate) spread: f64,
}

impl Hump {
    const NONE: Hump = Hump {
        weight: 0.0,
        centre: 0.0,
        spread: 1.0,
    };
}

/// No drop in a loaded area, one, or two; and none or one where strong areas make up for weak ones.
pub(crate) const MOST_HUMPS: usize = 2 * (1 + MAX_LOADED) + MAX_LOADED * (MAX_LOADED - 1) / 2;

/// What is expected of one child at one version of an activity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Expected chance of success (the mean over what is believed of the child and of the activity).
    pub success: f64,
    /// Mean of the logit of the chance of success.
    pub centre: f64,
    /// Its standard deviation: child and activity together.
    pub spread: f64,
    humps: [Hump; MOST_HUMPS],
    count: u8,
}

impl Outlook {
    pub(crate) const fn empty() -> Outlook {
        Outlook {
            success: 0.0,
            centre: 0.0,
            spread: 0.0,
            humps: [Hump::NONE; MOST_HUMPS],
            count: 0,
        }
    }

    pub(crate) fn add(&mut self, hump: Hump, success: f64) {
        self.success += hump.weight * success;
        self.centre += hump.weight * hump.centre;
        if let Some(slot) = self.humps.get_mut(usize::from(self.count)) {
            *slot = hump;
            self.count += 1;
        }
    }

    pub(crate) fn finished(mut self) -> Outlook {
        let centre = self.centre;
        let variance: f64 = self
            .humps()
            .iter()
            .map(|hump| {
                let off = hump.centre - centre;
                hump.weight * (hump.spread * hump.spread + off * off)
            })
            .sum();
        self.spread = libm::sqrt(variance);
        self.success = self.success.clamp(0.0, 1.0);
        self
    }

    pub(crate) fn humps(&self) -> &[Hump] {
        &self.humps[..usize::from(self.count)]
    }

    /// Chance that the logit of success lies between two.
    pub(crate) fn chance_between(&self, low: f64, high: f64) -> f64 {
        self.humps()
            .iter()
            .map(|hump| hump.weight * normal_between(hump.centre, hump.spread, low, high))
            .sum()
    }

    /// Chance that the true chance of success lies in a band.
    pub fn chance_in(&self, band: Band) -> f64 {
        self.chance_between(math::logit(band.low), math::logit(band.high))
    }

    /// Chance that the child would rather not succeed than succeed: true chance of success below one half.
    pub fn chance_too_hard(&self) -> f64 {
        self.chance_between(f64::NEG_INFINITY, 0.0)
    }

    /// The middle 80 % of what the chance of success may be: (low, high).
    pub fn interval(&self) -> (f64, f64) {
        (
            math::sigmoid(self.quantile(0.1)),
            math::sigmoid(self.quantile(0.9)),
        )
    }

    /// The logit of success below which this share of what may be lies.
    fn quantile(&self, share: f64) -> f64 {
        let (mut low, mut high) = (-60.0, 60.0);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            if self.chance_between(f64::NEG_INFINITY, middle) < share {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }
}

/// A band of the chance of success.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    low: f64,
    high: f64,
}

impl Band {
    /// The just-right band: 65 to 85 %.
    pub const JUST_RIGHT: Band = Band {
        low: 0.65,
        high: 0.85,
    };
    /// An easy win, for a hard day: 78 to 93 %.
    pub const EASY_WIN: Band = Band {
        low: 0.78,
        high: 0.93,
    };
    /// A stretch: 50 to 72 %.
    pub const STRETCH: Band = Band {
        low: 0.50,
        high: 0.72,
    };

    /// A band of one's own. `None` unless 0 < low < high < 1.
    pub fn new(low: f64, high: f64) -> Option<Band> {
        (0.0 < low && low < high && high < 1.0).then_some(Band { low, high })
    }

    /// The lower end.
    pub fn low(self) -> f64 {
        self.low
    }

    /// The upper end.
    pub fn high(self) -> f64 {
        self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demands(loads: &[(Area, f64)]) -> Demands {
        let mut demands = Demands::new();
        for &(area, at) in loads {
            demands.load(area, Logit::new(at).unwrap()).unwrap();
        }
        demands
    }

    #[test]
    fn an_area_is_loaded_once_and_four_are_the_most() {
        let mut four = demands(&[
            (Area::FineMotor, 0.0),
            (Area::VisualMotor, 0.0),
            (Area::Attention, 0.0),
            (Area::SelfCare, 0.0),
        ]);
        let zero = Logit::saturating(0.0);
        assert_eq!(
            four.load(Area::FineMotor, zero),
            Err(LoadError::Twice(Area::FineMotor))
        );
        assert_eq!(four.load(Area::Sensory, zero), Err(LoadError::TooMany));
    }

    #[test]
    fn half_of_the_typical_children_manage_the_whole_at_the_authored_age() {
        let several = demands(&[
            (Area::FineMotor, 3.0),
            (Area::VisualMotor, 3.0),
            (Area::Attention, 1.0),
        ]);
        let halved = several.halving_at(Logit::saturating(3.0));
        let chance: f64 = halved
            .raw()
            .iter()
            .map(|&(_, at)| math::sigmoid(3.0 - at))
            .product();
        assert!((chance - 0.5).abs() < 1e-9);
        let alone = demands(&[(Area::FineMotor, 3.0)]);
        assert!((alone.halving_at(Logit::saturating(3.0)).raw()[0].1 - 3.0).abs() < 1e-9);
    }

    #[test]
    fn the_logit_of_a_conjunction_is_that_of_the_product() {
        let (x, y): (f64, f64) = (0.4, 1.7);
        let p = 1.0 / ((1.0 + x) * (1.0 + y));
        assert!((logit_of_success([x, y].into_iter()) - math::logit(p)).abs() < 1e-12);
    }
}
