//! From logits to chances: the logistic curve with a share of careless answers, under a Gaussian belief.

/// Nodes and weights of Gauss-Hermite quadrature for the standard normal distribution, the positive half and the
/// middle. Eleven nodes integrate polynomials up to degree 21 exactly.
const MIDDLE: f64 = 0.369_408_369_408_369_3;
const PAIRS: [(f64, f64); 5] = [
    (0.928_868_997_381_064, 0.242_240_299_873_97),
    (1.876_035_020_154_846, 0.066_138_746_071_057_78),
    (2.865_123_160_643_645, 0.006_720_285_235_537_27),
    (3.936_166_607_129_977, 0.000_195_671_930_271_223_6),
    (5.188_001_224_374_870_5, 8.121_849_790_214_909e-7),
];

/// The logistic function.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Its inverse, for what lies safely between 0 and 1.
pub fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).ln()
}

/// Calls `each` with every node, its weight and the logistic curve there, under N(mean, sd²).
///
/// Nodes lie in pairs ±x and e^(−m∓sx) = e^(−m) e^(∓sx): one exponential serves two nodes.
#[inline]
fn nodes(mean: f64, sd: f64, mut each: impl FnMut(f64, f64, f64)) {
    let against = (-mean.clamp(-300.0, 300.0)).exp();
    each(0.0, MIDDLE, 1.0 / (1.0 + against));
    for (x, weight) in PAIRS {
        let step = (sd * x).min(300.0).exp();
        each(x, weight, 1.0 / (1.0 + against / step));
        each(-x, weight, 1.0 / (1.0 + against * step));
    }
}

/// The chance of a pass, where so many answers are passes, and as many fails, by chance alone.
#[inline]
pub fn chance(mean: f64, sd: f64, by_chance: f64) -> f64 {
    let mut sum = 0.0;
    nodes(mean, sd, |_, weight, success| sum += weight * success);
    by_chance + (1.0 - 2.0 * by_chance) * sum
}

/// After an answer: the mean in standard coordinates of the belief before, and by how much the variance shrank (1:
/// to nothing, 0: not at all). Moment matching (assumed density filtering; Opper 1998, Minka 2001).
#[inline]
pub fn learn(mean: f64, sd: f64, by_chance: f64, pass: bool) -> (f64, f64) {
    let (mut all, mut first, mut second) = (0.0, 0.0, 0.0);
    nodes(mean, sd, |x, weight, success| {
        let success = by_chance + (1.0 - 2.0 * by_chance) * success;
        let share = weight * if pass { success } else { 1.0 - success };
        all += share;
        first += share * x;
        second += share * x * x;
    });
    // Everything would have to be impossible; with answers by chance it never is, without them it may round to it.
    if all < 1e-280 {
        return (0.0, 0.0);
    }
    let moved = first / all;
    (moved, 1.0 - (second / all - moved * moved))
}

/// The chance of a pass, its derivative by the mean, and by the standard deviation.
#[inline]
pub fn slopes(mean: f64, sd: f64, by_chance: f64) -> (f64, f64, f64) {
    let (mut sum, mut by_mean, mut by_sd) = (0.0, 0.0, 0.0);
    nodes(mean, sd, |x, weight, success| {
        sum += weight * success;
        let slope = weight * success * (1.0 - success);
        by_mean += slope;
        by_sd += slope * x;
    });
    let honest = 1.0 - 2.0 * by_chance;
    (by_chance + honest * sum, honest * by_mean, honest * by_sd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sure_belief_gives_the_curve_itself() {
        assert!((chance(0.7, 0.0, 0.0) - sigmoid(0.7)).abs() < 1e-12);
        assert!((chance(0.7, 0.0, 0.01) - (0.01 + 0.98 * sigmoid(0.7))).abs() < 1e-12);
        assert!((logit(sigmoid(1.3)) - 1.3).abs() < 1e-9);
    }

    #[test]
    fn slopes_are_those_of_the_chance() {
        let (p, by_mean, by_sd) = slopes(0.4, 1.5, 0.003);
        assert!((p - chance(0.4, 1.5, 0.003)).abs() < 1e-12);
        let step = 1e-6;
        let there = chance(0.4 + step, 1.5, 0.003) - chance(0.4 - step, 1.5, 0.003);
        assert!((by_mean - there / (2.0 * step)).abs() < 1e-6);
        let there = chance(0.4, 1.5 + step, 0.003) - chance(0.4, 1.5 - step, 0.003);
        assert!((by_sd - there / (2.0 * step)).abs() < 1e-6);
    }

    #[test]
    fn a_pass_lifts_a_fail_lowers_and_both_make_surer() {
        let ((up, one), (down, other)) = (learn(0.0, 1.0, 0.003, true), learn(0.0, 1.0, 0.003, false));
        assert!(up > 0.0 && (up + down).abs() < 1e-12);
        assert!(one > 0.0 && (one - other).abs() < 1e-12 && one < 1.0);
        for mean in [-1e6, -40.0, 40.0, 1e6] {
            let (moved, sure) = learn(mean, 3.0, 0.0, mean < 0.0);
            assert!(moved.is_finite() && sure.is_finite());
        }
    }
}
