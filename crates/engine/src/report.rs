//! What a parent saw after an activity, in five levels, and what it tells of the child.

use crate::ability::Profile;
use crate::demand::Demands;
use crate::model::Model;
use crate::outcome::Outcome;

/// How it went. Ordered: each is more success than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Level {
    /// Not this time.
    NotThisTime,
    /// With a lot of help (more than this grade already gives).
    LotOfHelp,
    /// With a little help. From here on it counts as success.
    LittleHelp,
    /// By themselves.
    ByThemselves,
    /// Easily.
    Easily,
}

/// Ordered categories around the logit e of success: at least level j has probability σ(e − cut_j). The first
/// three are the design's reference (−1.5, 0, 1); "easily" lies 1.5 logits above "by themselves".
const CUTS: [f64; 4] = [-1.5, 0.0, 1.0, 2.5];

impl Level {
    /// All levels, from the least success to the most.
    pub const ALL: [Level; 5] = [
        Level::NotThisTime,
        Level::LotOfHelp,
        Level::LittleHelp,
        Level::ByThemselves,
        Level::Easily,
    ];

    /// Whether it counts as success: with a little help, by themselves, easily.
    pub fn is_success(self) -> bool {
        self >= Level::LittleHelp
    }

    /// The name used in exports and events.
    pub const fn id(self) -> &'static str {
        match self {
            Level::NotThisTime => "not-this-time",
            Level::LotOfHelp => "lot-of-help",
            Level::LittleHelp => "little-help",
            Level::ByThemselves => "by-themselves",
            Level::Easily => "easily",
        }
    }

    /// The level with this [`id`](Level::id).
    pub fn from_id(id: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.id() == id)
    }

    /// Chance of this level where the logit of success is `e`, careless reports included.
    pub fn likelihood(self, model: &Model, e: f64) -> f64 {
        Told::Level(self).outcome(model, 1.0).likelihood(libm::exp(-e))
    }
}

/// How finely somebody tells how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// On the five levels.
    Level(Level),
    /// On four, where "easily" is not told apart from "by themselves".
    OfFour(Level),
    /// Only whether it was a success.
    Success(bool),
}

impl Told {
    pub(crate) fn outcome(self, model: &Model, soft: f64) -> Outcome {
        match self {
            Told::Level(level) => Outcome::ordered(&CUTS, level as usize, soft, model.careless),
            Told::OfFour(level) => {
                Outcome::ordered(&CUTS[..3], (level as usize).min(3), soft, model.careless)
            }
            Told::Success(success) => {
                Outcome::ordered(&CUTS[1..2], usize::from(success), soft, model.careless)
            }
        }
    }
}

impl Profile {
    /// Learns from how it went at a version of an activity.
    pub fn report(&mut self, demands: &Demands, level: Level) {
        self.hear(demands, Told::Level(level));
    }

    /// The same, however finely it was told.
    pub fn hear(&mut self, demands: &Demands, told: Told) {
        let shape = self.shape(demands);
        let soft = self.model().softening(shape.left_of(demands.spread()));
        let outcome = told.outcome(self.model(), soft);
        self.observe(demands.raw(), 1.0, shape.gap, soft, &outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: Model = Model::DEFAULT;

    #[test]
    fn the_levels_share_all_the_chance_and_rise_with_ability() {
        for e in [-6.0, -1.0, 0.0, 1.1, 5.0] {
            let all: f64 = Level::ALL
                .into_iter()
                .map(|level| level.likelihood(&MODEL, e))
                .sum();
            assert!((all - 1.0).abs() < 1e-12);
        }
        assert!(Level::Easily.likelihood(&MODEL, 3.0) > Level::Easily.likelihood(&MODEL, 1.0));
        assert!(Level::NotThisTime.likelihood(&MODEL, 3.0) < Level::NotThisTime.likelihood(&MODEL, 1.0));
    }

    #[test]
    fn a_level_is_found_by_its_id() {
        for level in Level::ALL {
            assert_eq!(Level::from_id(level.id()), Some(level));
        }
    }
}
