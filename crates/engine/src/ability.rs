//! What is believed of one child: a Gaussian over how far each area lies from the typical child of that age.
//!
//! θ = g(age) + δ. The state is the mean and the full covariance of δ, so a report about one area also says
//! something of the areas that go with it. Updates match moments by quadrature over the loaded areas only (1
//! to 4 dimensions) and carry the change to the others by regression: no step size, nothing that can fail to
//! converge.
#![allow(
    clippy::needless_range_loop,
    reason = "sums over the indices of matrices, as they are written in books"
)]

use alloc::vec::Vec;

use crate::area::{Area, PerArea, COUNT};
use crate::demand::{logit_of_success, Demands, Outlook, MAX_LOADED};
use crate::growth;
use crate::math::{self, sigmoid};
use crate::unit::{Logit, Months};

/// Mean time over which a deviation from the typical child fades, in days: on real children visits three
/// months apart correlate at about .75 (AR(1)).
const FADING_DAYS: f64 = 91.0 / 0.287_682_072_451_780_9;

/// One child: an age, and what is believed of each area.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    age: Months,
    mean: PerArea<f64>,
    covariance: PerArea<PerArea<f64>>,
}

impl Profile {
    /// A child of whom only the age is known.
    pub fn of_age(age: Months) -> Profile {
        Profile {
            age,
            mean: [0.0; COUNT],
            covariance: growth::covariance(age),
        }
    }

    /// The child's age.
    pub fn age(&self) -> Months {
        self.age
    }

    /// Expected ability in an area, on the developmental scale.
    pub fn ability(&self, area: Area) -> Logit {
        Logit::saturating(growth::typical(self.age).get() + self.mean[area.index()])
    }

    /// How unsure that is: standard deviation in logits.
    pub fn uncertainty(&self, area: Area) -> f64 {
        libm::sqrt(self.covariance[area.index()][area.index()].max(0.0))
    }

    /// Expected distance from the typical child of this age, in logits.
    pub fn deviation(&self, area: Area) -> f64 {
        self.mean[area.index()]
    }

    /// Covariance of two areas.
    pub fn covariance(&self, a: Area, b: Area) -> f64 {
        self.covariance[a.index()][b.index()]
    }

    /// Time passes. The child grows along the typical curve, the deviation fades a little toward 0 and
    /// uncertainty comes back slowly; a clock that went back changes nothing.
    pub fn elapse(&mut self, days: f64) {
        if days.is_nan() || days <= 0.0 {
            return;
        }
        let days = days.min(36_525.0);
        self.age = Months::saturating(self.age.get() + days / 30.4375);
        let kept = libm::exp(-days / FADING_DAYS);
        let prior = growth::covariance(self.age);
        for a in 0..COUNT {
            self.mean[a] *= kept;
            for b in 0..COUNT {
                self.covariance[a][b] =
                    kept * kept * self.covariance[a][b] + (1.0 - kept * kept) * prior[a][b];
            }
        }
    }

    /// What is expected of this child at a version of an activity.
    pub fn outlook(&self, demands: &Demands) -> Outlook {
        Sight::of(self, demands).outlook(demands)
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
        self.factors(demands).first().map(|&(area, _)| area)
    }

    /// Learns from an outcome: `likelihood` says how probable what was seen is, given the (softened) logit of
    /// success.
    pub(crate) fn observe(&mut self, demands: &Demands, likelihood: impl Fn(f64) -> f64) {
        let sight = Sight::of(self, demands);
        let n = sight.areas.len();
        if n == 0 {
            return;
        }
        let soft = demands.softening();
        let odds = sight.odds(demands);
        let mut evidence = 0.0;
        let mut first = [0.0; MAX_LOADED];
        let mut second = [[0.0; MAX_LOADED]; MAX_LOADED];
        for node in &sight.nodes {
            let weight = node.weight * likelihood(logit_of_success(node.odds(&odds, n)) / soft);
            evidence += weight;
            for a in 0..n {
                first[a] += weight * node.step[a];
                for b in 0..=a {
                    second[a][b] += weight * node.step[a] * node.step[b];
                }
            }
        }
        if evidence.is_nan() || evidence <= 1e-300 {
            return;
        }
        // Moments of the step from the old mean, for the loaded areas.
        let mut moved = [0.0; MAX_LOADED];
        let mut spread = [[0.0; MAX_LOADED]; MAX_LOADED];
        for a in 0..n {
            moved[a] = first[a] / evidence;
        }
        for a in 0..n {
            for b in 0..=a {
                spread[a][b] = second[a][b] / evidence - moved[a] * moved[b];
                spread[b][a] = spread[a][b];
            }
        }
        self.carry(&sight, &moved, &spread);
    }

    /// Carries a change of the loaded areas to all areas by regression: with B = S·,L S_LL⁻¹,
    /// m += B Δm and S += B (S_LL' − S_LL) Bᵀ.
    fn carry(&mut self, sight: &Sight, moved: &[f64; MAX_LOADED], spread: &[[f64; MAX_LOADED]; MAX_LOADED]) {
        let n = sight.areas.len();
        let mut slope = [[0.0; MAX_LOADED]; COUNT];
        for (area, row) in slope.iter_mut().enumerate() {
            let mut across = [0.0; MAX_LOADED];
            for (k, loaded) in sight.areas.iter().enumerate() {
                across[k] = self.covariance[area][loaded.index()];
            }
            *row = solve(&sight.factor, &across, n);
        }
        let mut change = [[0.0; MAX_LOADED]; MAX_LOADED];
        for a in 0..n {
            for b in 0..n {
                let before = self.covariance[sight.areas[a].index()][sight.areas[b].index()];
                change[a][b] = spread[a][b] - before;
            }
        }
        for i in 0..COUNT {
            self.mean[i] += (0..n).map(|k| slope[i][k] * moved[k]).sum::<f64>();
            self.mean[i] = self.mean[i].clamp(-20.0, 20.0);
        }
        for i in 0..COUNT {
            for j in 0..=i {
                let mut sum = 0.0;
                for a in 0..n {
                    for b in 0..n {
                        sum += slope[i][a] * change[a][b] * slope[j][b];
                    }
                }
                let mut value = self.covariance[i][j] + sum;
                if i == j {
                    // However many reports: a child is never known to the last hair.
                    value = value.max(1e-4);
                }
                self.covariance[i][j] = value;
                self.covariance[j][i] = value;
            }
        }
        self.stay_a_child();
    }

    /// Reports that contradict each other may leave a child less known than before, but not without end: a
    /// spread of twice that of all children of this age is the most. Otherwise absurd reports would be
    /// believed more and more.
    fn stay_a_child(&mut self) {
        let most = 2.0 * growth::spread(self.age);
        for i in 0..COUNT {
            let spread = libm::sqrt(self.covariance[i][i]);
            if spread > most {
                // A row and a column alike: correlations stay what they are.
                for j in 0..COUNT {
                    self.covariance[i][j] *= most / spread;
                    self.covariance[j][i] *= most / spread;
                }
            }
        }
    }
}

/// Solves S x = y with the Cholesky factor of S.
fn solve(factor: &[[f64; MAX_LOADED]; MAX_LOADED], y: &[f64; MAX_LOADED], n: usize) -> [f64; MAX_LOADED] {
    let mut x = *y;
    for i in 0..n {
        let known: f64 = (0..i).map(|k| factor[i][k] * x[k]).sum();
        x[i] = (x[i] - known) / factor[i][i];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| factor[k][i] * x[k]).sum();
        x[i] = (x[i] - known) / factor[i][i];
    }
    x
}

/// A child seen through the areas that an activity loads: quadrature nodes that serve every grade of it.
pub(crate) struct Sight {
    areas: Vec<Area>,
    factor: [[f64; MAX_LOADED]; MAX_LOADED],
    nodes: Vec<Node>,
}

struct Node {
    weight: f64,
    /// From the mean, in logits.
    step: [f64; MAX_LOADED],
    /// exp(−ability): times exp(demand) these are the odds against.
    ease: [f64; MAX_LOADED],
}

impl Node {
    fn odds<'a>(&'a self, demand: &'a [f64; MAX_LOADED], n: usize) -> impl Iterator<Item = f64> + 'a {
        (0..n).map(move |k| self.ease[k] * demand[k])
    }
}

impl Sight {
    pub(crate) fn of(profile: &Profile, demands: &Demands) -> Sight {
        let areas: Vec<Area> = demands.raw().iter().map(|&(area, _)| area).collect();
        let n = areas.len();
        let mut loaded = [[0.0; MAX_LOADED]; MAX_LOADED];
        let mut ability = [0.0; MAX_LOADED];
        for (a, one) in areas.iter().enumerate() {
            ability[a] = profile.ability(*one).get();
            for (b, other) in areas.iter().enumerate() {
                loaded[a][b] = profile.covariance[one.index()][other.index()];
            }
        }
        let factor = math::cholesky(&loaded, n);
        let rule = math::rule(n);
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
                let (mut step, mut ease) = ([0.0; MAX_LOADED], [0.0; MAX_LOADED]);
                for a in 0..n {
                    step[a] = (0..=a).map(|k| factor[a][k] * standard[k]).sum();
                    ease[a] = libm::exp(-(ability[a] + step[a]));
                }
                Node { weight, step, ease }
            })
            .collect();
        Sight { areas, factor, nodes }
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

    /// Mean and standard deviation of the logit of success, as in [`Outlook`]: half the work, enough for a
    /// search.
    pub(crate) fn logit(&self, demands: &Demands) -> (f64, f64) {
        let odds = self.odds(demands);
        let (mut first, mut second) = (0.0, 0.0);
        for node in &self.nodes {
            let e = logit_of_success(node.odds(&odds, self.areas.len()));
            first += node.weight * e;
            second += node.weight * e * e;
        }
        let activity = demands.spread() * demands.spread();
        (first, libm::sqrt((second - first * first).max(0.0) + activity))
    }

    pub(crate) fn outlook(&self, demands: &Demands) -> Outlook {
        let odds = self.odds(demands);
        let soft = demands.softening();
        let success: f64 = self
            .nodes
            .iter()
            .map(|node| node.weight * sigmoid(logit_of_success(node.odds(&odds, self.areas.len())) / soft))
            .sum();
        let (centre, spread) = self.logit(demands);
        Outlook {
            success: success.clamp(0.0, 1.0),
            centre,
            spread,
        }
    }

    /// The spread of the logit of success is at least this, whatever these areas are asked.
    ///
    /// Its slopes over the areas are none below 0 and sum to 1 or more, and the variance of a function is at
    /// least that of the plane with its mean slopes (Cacoullos 1982): at least the smallest wᵀSw with Σw
    /// = 1, which is 1 / Σ S⁻¹. A tenth is taken off because a quadrature is not quite an integral.
    pub(crate) fn least_spread(&self, demands: &Demands) -> f64 {
        let n = self.areas.len();
        let mut ones = [0.0; MAX_LOADED];
        ones[..n].fill(1.0);
        let sum: f64 = solve(&self.factor, &ones, n)[..n].iter().sum();
        let child = if sum > 0.0 { 0.9 / sum } else { 0.0 };
        libm::sqrt(child + demands.spread() * demands.spread())
    }
}
