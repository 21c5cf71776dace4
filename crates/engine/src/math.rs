//! The little numerical mathematics that the engine needs: the logistic and the normal curve, Gauss-Hermite
//! nodes and small Cholesky factors. Everything is deterministic down to the last bit on every platform.

use alloc::vec::Vec;

/// The logistic function: chance of success at a distance of `x` logits.
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + libm::exp(-x))
    } else {
        let e = libm::exp(x);
        e / (1.0 + e)
    }
}

/// The inverse of [`sigmoid`]. `p` strictly between 0 and 1.
pub fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

/// Chance that a standard normal value lies below `x`.
pub fn normal_below(x: f64) -> f64 {
    0.5 * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2)
}

/// Chance that a normal value lies between two bounds. A spread of 0 is a certain value.
pub fn normal_between(mean: f64, sd: f64, low: f64, high: f64) -> f64 {
    if sd <= 0.0 {
        return if (low..=high).contains(&mean) { 1.0 } else { 0.0 };
    }
    normal_below((high - mean) / sd) - normal_below((low - mean) / sd)
}

/// Nodes and weights of Gauss-Hermite quadrature for the standard normal distribution; the weights sum to 1.
pub type Rule = &'static [(f64, f64)];

/// Three nodes: enough for a spread that is small beside what is looked at.
pub const THREE: Rule = &[
    (-1.732_050_807_568_877_2, 0.166_666_666_666_666_66),
    (0.0, 0.666_666_666_666_666_6),
    (1.732_050_807_568_877_2, 0.166_666_666_666_666_66),
];

const FIVE: Rule = &[
    (-2.856_970_013_872_805_6, 0.011_257_411_327_720_7),
    (-1.355_626_179_974_265_7, 0.222_075_922_005_612_7),
    (0.0, 0.533_333_333_333_333_3),
    (1.355_626_179_974_265_7, 0.222_075_922_005_612_7),
    (2.856_970_013_872_805_6, 0.011_257_411_327_720_7),
];

const SEVEN: Rule = &[
    (-3.750_439_717_725_742, 0.000_548_268_855_972_218_5),
    (-2.366_759_410_734_541_5, 0.030_757_123_967_586_474),
    (-1.154_405_394_739_968, 0.240_123_178_605_012_75),
    (0.0, 0.457_142_857_142_857),
    (1.154_405_394_739_968, 0.240_123_178_605_012_75),
    (2.366_759_410_734_541_5, 0.030_757_123_967_586_474),
    (3.750_439_717_725_742, 0.000_548_268_855_972_218_5),
];

const NINE: Rule = &[
    (-4.512_745_863_399_783, 2.234_584_400_774_657_3e-5),
    (-3.205_429_002_856_470_3, 0.002_789_141_321_231_765),
    (-2.076_847_978_677_83, 0.049_916_406_765_217_865),
    (-1.023_255_663_789_132_4, 0.244_097_502_894_939_42),
    (0.0, 0.406_349_206_349_206_46),
    (1.023_255_663_789_132_4, 0.244_097_502_894_939_42),
    (2.076_847_978_677_83, 0.049_916_406_765_217_865),
    (3.205_429_002_856_470_3, 0.002_789_141_321_231_765),
    (4.512_745_863_399_783, 2.234_584_400_774_657_3e-5),
];

const FIFTEEN: Rule = &[
    (-6.363_947_888_829_839, 8.589_649_899_633_27e-10),
    (-5.190_093_591_304_781, 5.975_419_597_920_605e-7),
    (-4.196_207_711_269_015_5, 5.642_146_405_189_017e-5),
    (-3.289_082_424_398_766_4, 0.001_567_357_503_549_956_2),
    (-2.432_436_827_009_758, 0.017_365_774_492_137_605),
    (-1.606_710_069_028_729_7, 0.089_417_795_399_844_4),
    (-0.799_129_068_324_548, 0.232_462_293_609_732_22),
    (0.0, 0.318_259_518_259_518_26),
    (0.799_129_068_324_548, 0.232_462_293_609_732_22),
    (1.606_710_069_028_729_7, 0.089_417_795_399_844_4),
    (2.432_436_827_009_758, 0.017_365_774_492_137_605),
    (3.289_082_424_398_766_4, 0.001_567_357_503_549_956_2),
    (4.196_207_711_269_015_5, 5.642_146_405_189_017e-5),
    (5.190_093_591_304_781, 5.975_419_597_920_605e-7),
    (6.363_947_888_829_839, 8.589_649_899_633_27e-10),
];

/// The most nodes of any rule.
pub const MOST_NODES: usize = 15;

/// The rule by which belief is updated, for each number of dimensions: more nodes where there are few dimensions
/// to multiply.
pub fn rule(dimensions: usize) -> Rule {
    match dimensions {
        0 | 1 => FIFTEEN,
        2 => NINE,
        3 => SEVEN,
        _ => FIVE,
    }
}

/// Nodes by which a grade is looked at, in `n` dimensions (1 to 4): a rule of degree 5 with few nodes, none of whose
/// weights is below 0 (McNamee and Stenger 1967; for one dimension it is Gauss-Hermite with three nodes).
pub fn glance(n: usize) -> Vec<([f64; 4], f64)> {
    const FAR: f64 = 1.732_050_807_568_877_2;
    let d = n as f64;
    let mut nodes = Vec::with_capacity(2 * n * n + 1);
    nodes.push(([0.0; 4], (d * d - 7.0 * d + 18.0) / 18.0));
    for one in 0..n {
        for sign in [-FAR, FAR] {
            let mut node = [0.0; 4];
            node[one] = sign;
            if n < 4 {
                nodes.push((node, (4.0 - d) / 18.0));
            }
            for other in 0..one {
                for second in [-FAR, FAR] {
                    let mut node = node;
                    node[other] = second;
                    nodes.push((node, 1.0 / 36.0));
                }
            }
        }
    }
    nodes
}

/// Lower Cholesky factor of the leading `n` rows of a symmetric matrix. A pivot that rounding has pushed to
/// zero or below is taken as (almost) no variance: the factor is always finite.
pub fn cholesky<const N: usize>(matrix: &[[f64; N]; N], n: usize) -> [[f64; N]; N] {
    let mut factor = [[0.0; N]; N];
    for row in 0..n {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| factor[row][k] * factor[column][k]).sum();
            let rest = matrix[row][column] - known;
            factor[row][column] = if row == column {
                libm::sqrt(rest.max(1e-12))
            } else {
                rest / factor[column][column]
            };
        }
    }
    factor
}

/// Whether a symmetric matrix can be a covariance: no direction has less than no variance, but for rounding.
pub fn is_covariance<const N: usize>(matrix: &[[f64; N]; N]) -> bool {
    let mut factor = [[0.0; N]; N];
    for row in 0..N {
        let slack = 1e-8 * (1.0 + matrix[row][row]);
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| factor[row][k] * factor[column][k]).sum();
            let rest = matrix[row][column] - known;
            let pivot = factor[column][column];
            if row == column && rest < -slack
                || row != column && pivot == 0.0 && rest.abs() > libm::sqrt(slack)
            {
                return false;
            }
            factor[row][column] = if row != column {
                if pivot == 0.0 {
                    0.0
                } else {
                    rest / pivot
                }
            } else if rest <= slack {
                0.0
            } else {
                libm::sqrt(rest)
            };
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quadrature_has_the_moments_of_the_normal_distribution() {
        for n in 1..=3 {
            let moment = |power: i32| {
                rule(n)
                    .iter()
                    .map(|&(x, w)| w * libm::pow(x, f64::from(power)))
                    .sum::<f64>()
            };
            for (power, value) in [(0, 1.0), (1, 0.0), (2, 1.0), (3, 0.0), (4, 3.0)] {
                assert!(
                    (moment(power) - value).abs() < 1e-9,
                    "{n} dimensions, moment {power}"
                );
            }
        }
    }

    #[test]
    fn the_nodes_of_a_glance_have_the_moments_of_the_normal_distribution() {
        for n in 1..=4 {
            let nodes = glance(n);
            let mean =
                |value: &dyn Fn(&[f64; 4]) -> f64| nodes.iter().map(|(z, w)| w * value(z)).sum::<f64>();
            assert!(nodes.iter().all(|(_, weight)| *weight >= 0.0));
            assert!((mean(&|_| 1.0) - 1.0).abs() < 1e-12);
            for a in 0..n {
                assert!((mean(&|z| z[a] * z[a]) - 1.0).abs() < 1e-12);
                assert!((mean(&|z| z[a].powi(4)) - 3.0).abs() < 1e-12);
                for b in 0..a {
                    assert!((mean(&|z| z[a] * z[a] * z[b] * z[b]) - 1.0).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn a_factor_times_itself_is_the_matrix() {
        let matrix = [[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]];
        let factor = cholesky(&matrix, 3);
        for row in 0..3 {
            for column in 0..3 {
                let product: f64 = (0..3).map(|k| factor[row][k] * factor[column][k]).sum();
                assert!((product - matrix[row][column]).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn logistic_and_normal_curve_have_their_textbook_values() {
        assert!((sigmoid(logit(0.75)) - 0.75).abs() < 1e-15);
        assert!((logit(0.75) - 1.098_612_288_668_109_8).abs() < 1e-12);
        assert!((normal_below(1.96) - 0.975_002_104_851_78).abs() < 1e-12);
        assert_eq!(normal_between(0.0, 0.0, -1.0, 1.0), 1.0);
    }
}
