//! A child seen through the areas that an activity loads: nodes that serve every grade of it.
#![allow(
    clippy::needless_range_loop,
    reason = "sums over the indices of matrices, as they are written in books"
)]

use alloc::vec::Vec;

use crate::ability::Profile;
use crate::area::Area;
use crate::belief::Part;
use crate::demand::{logit_of_success, Demands, Hump, Outlook, MAX_LOADED};
use crate::math::{self, sigmoid};

pub(crate) struct Sight {
    areas: Vec<Area>,
    humps: Vec<Seeing>,
    child_sd: f64,
}

/// A Gaussian over the loaded areas: a drop in one of them, or all the rest of the mixture.
struct Seeing {
    weight: f64,
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
        };
        for part in parts.clone() {
            for a in 0..n {
                all.mean[a] += part.weight / weight * part.mean[areas[a].index()];
            }
        }
        for part in parts {
            for a in 0..n {
                let off = part.mean[areas[a].index()] - all.mean[a];
                for b in 0..n {
                    let across = off * (part.mean[areas[b].index()] - all.mean[b]);
                    let within = part.covariance[areas[a].index()][areas[b].index()];
                    all.covariance[a][b] += part.weight / weight * (within + across);
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
        let dropped_here = |part: &&Part| part.dropped.is_some_and(|area| areas.contains(&area));
        let rest = parts.iter().filter(|part| !dropped_here(part));
        let mut humps = Vec::with_capacity(n + 1);
        humps.push(Marginal::of(profile, &areas, rest).seen(n));
        for part in parts.iter().filter(dropped_here) {
            humps.push(Marginal::of(profile, &areas, core::iter::once(part)).seen(n));
        }
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
        let activity = demands.spread() * demands.spread();
        let soft = libm::sqrt(1.0 + 0.346 * (activity + self.child_sd * self.child_sd));
        let mut outlook = Outlook::empty();
        for part in &self.humps {
            let (mut first, mut second, mut success) = (0.0, 0.0, 0.0);
            for node in &part.nodes {
                let e = logit_of_success((0..n).map(|k| node.ease[k] * odds[k]));
                first += node.weight * e;
                second += node.weight * e * e;
                success += node.weight * sigmoid(e / soft);
            }
            outlook.add(
                Hump {
                    weight: part.weight,
                    centre: first,
                    spread: libm::sqrt((second - first * first).max(0.0) + activity),
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
