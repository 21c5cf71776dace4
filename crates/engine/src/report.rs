//! What a parent saw after an activity, in five levels, and what it tells of the child.

use crate::ability::Profile;
use crate::demand::Demands;
use crate::math::sigmoid;

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

/// A small share of reports is careless: tapped at random.
pub const CARELESS: f64 = 0.06;

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
    pub fn likelihood(self, e: f64) -> f64 {
        ordered(&CUTS, self as usize, e)
    }
}

/// Chance of category `index` of an ordered scale with these cuts, with a floor for carelessness.
pub(crate) fn ordered(cuts: &[f64], index: usize, e: f64) -> f64 {
    let at_least = |category: usize| match category {
        0 => 1.0,
        n if n <= cuts.len() => sigmoid(e - cuts[n - 1]),
        _ => 0.0,
    };
    let honest = (at_least(index) - at_least(index + 1)).max(0.0);
    (1.0 - CARELESS) * honest + CARELESS / (cuts.len() + 1) as f64
}

impl Profile {
    /// Learns from how it went at a version of an activity.
    pub fn report(&mut self, demands: &Demands, level: Level) {
        self.observe(demands, |e| level.likelihood(e));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_levels_share_all_the_chance_and_rise_with_ability() {
        for e in [-6.0, -1.0, 0.0, 1.1, 5.0] {
            let all: f64 = Level::ALL.into_iter().map(|level| level.likelihood(e)).sum();
            assert!((all - 1.0).abs() < 1e-12);
        }
        assert!(Level::Easily.likelihood(3.0) > Level::Easily.likelihood(1.0));
        assert!(Level::NotThisTime.likelihood(3.0) < Level::NotThisTime.likelihood(1.0));
    }

    #[test]
    fn a_level_is_found_by_its_id() {
        for level in Level::ALL {
            assert_eq!(Level::from_id(level.id()), Some(level));
        }
    }
}
