//! A child seen through the areas that an activity loads: nodes that serve every grade of it.
#![allow(
    clippy::needless_range_loop,
    reason = "sums over the indices of matrices, as they are written in books"
)]

use alloc::vec::Vec;

use crate::ability::Profile;
use crate::area::{Area, Areas};
use crate::belief::{Part, MAKING_UP};
use crate::demand::{logit_of_success, Demands, Hump, Outlook, MAX_LOADED};
use crate::math::{self, sigmoid};

/// What weighs less in a mixture says nothing that could be seen in an outlook.
const LEAST_WEIGHT: f64 = 0.004;

pub(crate) struct Sight {
    areas: Vec<Area>,
    humps: Vec<Seeing>,
    child_sd: f64,
}

/// A Gaussian over the loaded areas: a drop in one of them, or all the rest of the mixture.
struct Seeing {
    weight: f64,
    /// Mean abilities.
    mean: [f64; MAX_LOADED],
    /// By how much strong areas make up for weak ones: mean, variance, and covariance with the abilities.
    making_up: f64,
    making_up_variance: f64,
    making_up_with: [f64; MAX_LOADED],
    nodes: Vec<Node>,
    /// 1 / Σ S⁻¹: see [`Sight::least_spread`].
    least_variance: f64,
}

struct Node {
    weight: f64,
    /// exp(−ability): times exp(demand) these are the odds against.
    ease: [f64; MAX_LOADED],
}

/// Weight, mean and covariance of abilities in the loaded areas.
struct Marginal {
    weight: f64,
    mean: [f64; MAX_LOADED],
    covariance: [[f64; MAX_LOADED]; MAX_LOADED],
    making_up: f64,
    making_up_variance: f64,
    making_up_with: [f64; MAX_LOADED],
}

impl Marginal {
    /// The mixture of these parts as one Gaussian with the same moments. A drop in an area that is not loaded shows
    /// only by what goes along with it, so all those parts look alike here.
    fn of<'a>(profile: &Profile, areas: &[Area], parts: impl Iterator<Item = &'a Part> + Clone) -> Marginal {
        let n = areas.len();
        let weight: f64 = parts.clone().map(|part| part.weight).sum();
        let mut all = Marginal {
            weight,
            mean: [0.0; MAX_LOADED],
            covariance: [[0.0; MAX_LOADED]; MAX_LOADED],
            making_up: 0.0,
            making_up_variance: 0.0,
            making_up_with: [0.0; MAX_LOADED],
        };
        for part in parts.clone() {
            all.making_up += part.weight / weight * part.mean[MAKING_UP];
            for a in 0..n {
                all.mean[a] += part.weight / weight * part.mean[areas[a].index()];
            }
        }
        for part in parts {
            let share = part.weight / weight;
            let lift = part.mean[MAKING_UP] - all.making_up;
            all.making_up_variance += share * (part.covariance[MAKING_UP][MAKING_UP] + lift * lift);
            for a in 0..n {
                let off = part.mean[areas[a].index()] - all.mean[a];
                let within = part.covariance[areas[a].index()][MAKING_UP];
                all.making_up_with[a] += share * (within + off * lift);
                for b in 0..n {
                    let across = off * (part.mean[areas[b].index()] - all.mean[b]);
                    let within = part.covariance[areas[a].index()][areas[b].index()];
                    all.covariance[a][b] += share * (within + across);
                }
            }
        }
        for a in 0..n {
            all.mean[a] += profile.prior().typical(areas[a]);
        }
        all
    }

    fn seen(&self, n: usize) -> Seeing {
        let factor = math::cholesky(&self.covariance, n);
        let rule = math::glance(n);
        let count = (0..n).fold(1, |product, _| product * rule.len());
        let nodes = (0..count)
            .map(|index| {
                let (mut rest, mut weight, mut standard) = (index, 1.0, [0.0; MAX_LOADED]);
                for value in &mut standard[..n] {
                    let (x, w) = rule[rest % rule.len()];
                    rest /= rule.len();
                    weight *= w;
                    *value = x;
                }
                let mut ease = [0.0; MAX_LOADED];
                for a in 0..n {
                    let step: f64 = (0..=a).map(|k| factor[a][k] * standard[k]).sum();
                    ease[a] = libm::exp(-(self.mean[a] + step));
                }
                Node { weight, ease }
            })
            .collect();
        let mut ones = [0.0; MAX_LOADED];
        ones[..n].fill(1.0);
        let sum: f64 = math::solve(&factor, &ones, n)[..n].iter().sum();
        Seeing {
            weight: self.weight,
            mean: self.mean,
            making_up: self.making_up,
            making_up_variance: self.making_up_variance,
            making_up_with: self.making_up_with,
            nodes,
            least_variance: if sum > 0.0 { 1.0 / sum } else { 0.0 },
        }
    }
}

impl Sight {
    pub(crate) fn of(profile: &Profile, demands: &Demands) -> Sight {
        let areas: Vec<Area> = demands.raw().iter().map(|&(area, _)| area).collect();
        let n = areas.len();
        let parts = profile.parts();
        let here = areas.iter().fold(Areas::EMPTY, |set, &area| set.with(area));
        let kind_of = |part: &Part| (part.makes_up, part.dropped.common(here));
        let mut kinds: Vec<(bool, Areas)> = parts.iter().map(kind_of).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let marginals: Vec<Marginal> = kinds
            .into_iter()
            .map(|kind| {
                let alike = parts.iter().filter(move |part| kind_of(part) == kind);
                Marginal::of(profile, &areas, alike)
            })
            .collect();
        let mut humps: Vec<Seeing> = marginals
            .iter()
            .filter(|marginal| marginal.weight >= LEAST_WEIGHT)
            .map(|marginal| marginal.seen(n))
            .collect();
        let total: f64 = humps.iter().map(|hump| hump.weight).sum();
        for hump in &mut humps {
            hump.weight /= total;
        }
        Sight {
            areas,
            humps,
            child_sd: profile.model().child_sd,
        }
    }

    /// Whether this sight was made for the same areas in the same order.
    pub(crate) fn serves(&self, demands: &Demands) -> bool {
        self.areas.len() == demands.raw().len()
            && self
                .areas
                .iter()
                .zip(demands.raw())
                .all(|(area, (loaded, _))| area == loaded)
    }

    fn odds(&self, demands: &Demands) -> [f64; MAX_LOADED] {
        let mut odds = [0.0; MAX_LOADED];
        for (value, &(_, at)) in odds.iter_mut().zip(demands.raw()) {
            *value = libm::exp(at);
        }
        odds
    }

    pub(crate) fn outlook(&self, demands: &Demands) -> Outlook {
        let odds = self.odds(demands);
        let n = self.areas.len();
        let mut outlook = Outlook::empty();
        for hump in &self.humps {
            let mut surplus = [0.0; MAX_LOADED];
            for (k, &(_, at)) in demands.raw().iter().enumerate() {
                surplus[k] = hump.mean[k] - at;
            }
            let shape = Shape::of(&surplus[..n]);
            let activity = shape.left_of(demands.spread());
            let activity = activity * activity;
            let lift = shape.gap * hump.making_up;
            // What is not known of the making up, alone and together with the abilities.
            let with: f64 = (0..n).map(|k| shape.slopes[k] * hump.making_up_with[k]).sum();
            let lifted = shape.gap * (shape.gap * hump.making_up_variance + 2.0 * with);
            let soft = libm::sqrt(
                (1.0 + 0.346 * (activity + lifted + self.child_sd * self.child_sd)).max(1.0),
            );
            let (mut first, mut second, mut success) = (0.0, 0.0, 0.0);
            for node in &hump.nodes {
                let e = logit_of_success((0..n).map(|k| node.ease[k] * odds[k]));
                first += node.weight * e;
                second += node.weight * e * e;
                success += node.weight * sigmoid((e + lift) / soft);
            }
            outlook.add(
                Hump {
                    weight: hump.weight,
                    centre: first + lift,
                    spread: libm::sqrt(((second - first * first).max(0.0) + lifted).max(0.0) + activity),
                },
                success,
            );
        }
        outlook.finished()
    }

    /// The spread of the logit of success is at least this in every part of the mixture, whatever these areas are
    /// asked.
    ///
    /// Its slopes over the areas are none below 0 and sum to 1 or more, and the variance of a function is at
    /// least that of the plane with its mean slopes (Cacoullos 1982): at least the smallest wᵀSw with Σw
    /// = 1, which is 1 / Σ S⁻¹. A tenth is taken off because a quadrature is not quite an integral.
    pub(crate) fn least_spread(&self, demands: &Demands) -> f64 {
        let least = self.humps.iter().map(|hump| hump.least_variance);
        let child = 0.9 * least.fold(f64::INFINITY, f64::min);
        libm::sqrt(child + demands.spread() * demands.spread())
    }
}

/// What a grade asks at one point of the abilities.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Slopes of the logit of success over the areas.
    slopes: [f64; MAX_LOADED],
    /// How many logits it would be easier if strong areas made up for weak ones entirely: the mean surplus less the
    /// logit of the conjunction.
    pub(crate) gap: f64,
}

/// A gap is not believed to be larger than this.
const MOST_GAP: f64 = 3.0;

impl Shape {
    /// At these surpluses: ability less demand, for each loaded area.
    pub(crate) fn of(surplus: &[f64]) -> Shape {
        let n = surplus.len();
        let mut odds = [0.0; MAX_LOADED];
        let mut against = 0.0;
        for (x, surplus) in odds.iter_mut().zip(surplus) {
            *x = libm::exp(-surplus);
            against += *x + against * *x;
        }
        let against = against.max(1e-12);
        let mut slopes = [0.0; MAX_LOADED];
        for (slope, x) in slopes.iter_mut().zip(&odds[..n]) {
            *slope = x / (1.0 + x) * (1.0 + against) / against;
        }
        let gap = if n < 2 {
            0.0
        } else {
            let mean = surplus.iter().sum::<f64>() / n as f64;
            (mean + libm::log(against)).clamp(0.0, MOST_GAP)
        };
        Shape { slopes, gap }
    }

    /// What is left in the whole of an error that each demand has by itself: all of it for one area, 1/√2 for two
    /// that ask alike.
    pub(crate) fn left_of(&self, spread: f64) -> f64 {
        let squares: f64 = self.slopes.iter().map(|slope| slope * slope).sum();
        spread * libm::sqrt(squares.min(1.0))
    }
}
