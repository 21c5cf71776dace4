//! What can be seen after a child tried something: a stretch of an ordered scale around the logit of success.

/// That the outcome lay above one cut and not above another, with the share that a careless tap has of it.
///
/// Where e is the logit of success, an outcome above a cut has the chance σ(e − cut).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Outcome {
    /// exp(cut / soft) of the cut that was passed; `None`: the scale's lower end.
    above: Option<f64>,
    /// The same of the cut that was not passed; `None`: the scale's upper end.
    below: Option<f64>,
    /// Chance that a careless tap lands here.
    by_chance: f64,
    careless: f64,
}

impl Outcome {
    /// From the cuts in logits (`None` at the ends), for a link softened by `soft`.
    pub(crate) fn between(
        above: Option<f64>,
        below: Option<f64>,
        soft: f64,
        by_chance: f64,
        careless: f64,
    ) -> Outcome {
        let factor = |cut: f64| libm::exp(cut / soft);
        Outcome {
            above: above.map(factor),
            below: below.map(factor),
            by_chance,
            careless,
        }
    }

    /// Category `index` of an ordered scale with these cuts.
    pub(crate) fn ordered(cuts: &[f64], index: usize, soft: f64, careless: f64) -> Outcome {
        let above = index.checked_sub(1).and_then(|below| cuts.get(below)).copied();
        let by_chance = 1.0 / (cuts.len() + 1) as f64;
        Outcome::between(above, cuts.get(index).copied(), soft, by_chance, careless)
    }

    /// Chance of it where the softened odds against success are exp(−e / soft).
    #[inline]
    pub(crate) fn likelihood(&self, against: f64) -> f64 {
        let passed = |cut: Option<f64>, end: f64| cut.map_or(end, |factor| 1.0 / (1.0 + against * factor));
        let honest = (passed(self.above, 1.0) - passed(self.below, 0.0)).max(0.0);
        (1.0 - self.careless) * honest + self.careless * self.by_chance
    }
}
