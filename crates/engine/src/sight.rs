//! A child seen through the areas that an activity loads: nodes that serve every grade of it, and bounds that say which
//! grades need not be looked at.
#![allow(
    clippy::needless_range_loop,
    reason = "sums over the indices of matrices, as they are written in books"
)]

use alloc::vec::Vec;

use crate::ability::Profile;
use crate::area::{Area, Areas, COUNT};
use crate::belief::{Part, MAKING_UP};
use crate::demand::{logit_of_success, Demands, Hump, Outlook, MAX_LOADED};
use crate::math::{self, normal_between, sigmoid};

/// Sights of one child, kept for every set of areas that was asked for.
pub(crate) struct Eyes<'a> {
    profile: &'a Profile,
    sights: Vec<Sight>,
    /// For each set of areas, one more than its index into `sights`; 0: not looked at yet.
    index: Vec<u16>,
}

impl<'a> Eyes<'a> {
    pub(crate) fn of(profile: &'a Profile) -> Eyes<'a> {
        Eyes {
            profile,
            sights: Vec::new(),
            index: alloc::vec![0; 1 << COUNT],
        }
    }

    pub(crate) fn on(&mut self, areas: Areas) -> &Sight {
        let slot = &mut self.index[areas.bits()];
        if *slot == 0 {
            self.sights.push(Sight::of(self.profile, areas));
            *slot = self.sights.len() as u16;
        }
        &self.sights[usize::from(*slot) - 1]
    }

    pub(crate) fn outlook(&mut self, demands: &Demands) -> Outlook {
        self.on(demands.areas()).outlook(demands)
    }
}

/// Windows of one wish, kept for every set of areas: what lies outside is bounded without a logarithm.
pub(crate) struct Windows {
    low: f64,
    high: f64,
    found: Vec<Option<Window>>,
}

/// Outside of its window a grade is worth at most this share of the most that is possible.
const OUTSIDE: f64 = 0.7;

impl Windows {
    pub(crate) fn of(low: f64, high: f64) -> Windows {
        Windows {
            low,
            high,
            found: alloc::vec![None; 1 << COUNT],
        }
    }

    /// The chance that these demands, made easier by at most `rise`, lie in the band is at most this.
    pub(crate) fn most_chance(&mut self, eyes: &mut Eyes, demands: &Demands, rise: f64) -> f64 {
        let (low, high) = (self.low, self.high);
        let sight = eyes.on(demands.areas());
        let window =
            self.found[demands.areas().bits()].get_or_insert_with(|| sight.window(OUTSIDE, low, high));
        let against = sight.against(demands);
        let reached = if rise > 0.0 { against * libm::exp(-rise) } else { against };
        if against < window.least || reached > window.most {
            return window.outside;
        }
        sight.most_chance_at(-libm::log(against.max(1e-18)), rise, low, high)
    }
}

/// What weighs less in a mixture says nothing that could be seen in an outlook.
const LEAST_WEIGHT: f64 = 0.004;

/// A child seen through one set of areas.
pub(crate) struct Sight {
    humps: Vec<Seeing>,
    child_sd: f64,
}

/// A Gaussian over the loaded areas: all parts of the mixture that look alike here.
struct Seeing {
    weight: f64,
    /// Mean abilities, and exp(−ability) there.
    mean: [f64; MAX_LOADED],
    ease: [f64; MAX_LOADED],
    /// By how much strong areas make up for weak ones: mean, variance, and covariance with the abilities.
    making_up: f64,
    making_up_variance: f64,
    making_up_with: [f64; MAX_LOADED],
    nodes: Vec<Node>,
    /// The spread of the logit of success is at least the root of this, whatever is asked: see
    /// [`least_variance`].
    least_variance: f64,
    /// Where the logit of success is above 0 at the mean abilities, its mean lies below that by at most this.
    most_sag: f64,
}

struct Node {
    weight: f64,
    /// exp(−ability): times exp(demand) these are the odds against.
    ease: [f64; MAX_LOADED],
}

impl Sight {
    fn of(profile: &Profile, here: Areas) -> Sight {
        let areas: Vec<Area> = here.iter().take(MAX_LOADED).collect();
        let kind_of = |part: &Part| (part.makes_up, part.dropped.common(here));
        let heavy = || profile.parts().iter().filter(|part| part.weight > 1e-5);
        let mut kinds: Vec<(bool, Areas)> = heavy().map(kind_of).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let marginals = kinds.into_iter().map(|kind| {
            let alike = heavy().filter(move |part| kind_of(part) == kind);
            Marginal::of(profile, &areas, alike)
        });
        let mut humps: Vec<Seeing> = marginals
            .filter(|marginal| marginal.weight >= LEAST_WEIGHT)
            .map(|marginal| marginal.seen(areas.len()))
            .collect();
        let total: f64 = humps.iter().map(|hump| hump.weight).sum();
        for hump in &mut humps {
            hump.weight /= total;
        }
        Sight {
            humps,
            child_sd: profile.model().child_sd,
        }
    }

    /// Everything that is expected at these demands, which load the areas of this sight.
    pub(crate) fn outlook(&self, demands: &Demands) -> Outlook {
        let mut outlook = Outlook::empty();
        for hump in &self.humps {
            let lift = hump.lift(demands);
            let unsure = lift.activity + lift.variance + self.child_sd * self.child_sd;
            let soft = libm::sqrt((1.0 + 0.346 * unsure).max(1.0));
            let success = hump
                .nodes
                .iter()
                .map(|node| node.weight * sigmoid((node.logit(demands) + lift.mean) / soft))
                .sum();
            outlook.add(hump.glimpse(demands, &lift), success);
        }
        outlook.finished()
    }

    /// The humps alone: half the work, enough for a search.
    pub(crate) fn glimpse(&self, demands: &Demands) -> Outlook {
        let mut outlook = Outlook::empty();
        for hump in &self.humps {
            outlook.add(hump.glimpse(demands, &hump.lift(demands)), 0.0);
        }
        outlook
    }

    /// The odds against success at the middle of the first hump.
    fn against(&self, demands: &Demands) -> f64 {
        let ease = self.humps.first().map_or([1.0; MAX_LOADED], |hump| hump.ease);
        let odds = demands.odds().iter().zip(&ease);
        odds.fold(0.0, |sum, (odds, ease)| {
            let x = odds * ease;
            sum + x + sum * x
        })
    }

    /// The chance that a logit of success lies between `low` and `high` is at most this at these demands made easier by at
    /// most `rise`. Only the first hump is looked at, at one point; from the others the most is taken that they could ever
    /// give.
    pub(crate) fn most_chance(&self, demands: &Demands, rise: f64, low: f64, high: f64) -> f64 {
        let at = -libm::log(self.against(demands).max(1e-18));
        self.most_chance_at(at, rise, low, high)
    }

    fn most_chance_at(&self, at: f64, rise: f64, low: f64, high: f64) -> f64 {
        let Some((first, others)) = self.humps.split_first() else {
            return 1.0;
        };
        let rest: f64 = others.iter().map(|hump| hump.most_ever(low, high)).sum();
        if first.making_up_variance > 0.0 {
            return rest + first.most_ever(low, high);
        }
        let middle = 0.5 * (low + high);
        // The mean of the logit is never above the logit at the mean (it is concave), and below it by the sag.
        let from = if middle >= 0.0 { at - first.most_sag } else { f64::MIN };
        let nearest = middle.max(from).min(at + rise);
        rest + first.weight * most_between(nearest, libm::sqrt(first.least_variance), low, high)
    }

    /// Between which odds against success, at the middle of the first hump, there may be more than this share of the most
    /// that is ever possible; outside there is not.
    pub(crate) fn window(&self, share: f64, low: f64, high: f64) -> Window {
        let most = self.most_ever(low, high);
        let enough = |at: f64| self.most_chance_at(at, 0.0, low, high) > share * most;
        let middle = 0.5 * (low + high);
        let border = |mut inside: f64, mut outside: f64| {
            if enough(outside) {
                return outside;
            }
            for _ in 0..12 {
                let between = 0.5 * (inside + outside);
                if enough(between) {
                    inside = between;
                } else {
                    outside = between;
                }
            }
            outside
        };
        let inside = middle.max(0.0);
        if !enough(inside) {
            return Window::ALL;
        }
        Window {
            least: libm::exp(-border(inside, inside + 12.0)),
            most: libm::exp(-border(inside, inside - 12.0)),
            outside: share * most,
        }
    }

    /// And whatever is asked.
    pub(crate) fn most_ever(&self, low: f64, high: f64) -> f64 {
        self.humps.iter().map(|hump| hump.most_ever(low, high)).sum()
    }
}

/// Odds against success that are worth a look.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    least: f64,
    most: f64,
    /// The chance that is never exceeded outside.
    outside: f64,
}

impl Window {
    /// Everything is worth a look.
    const ALL: Window = Window {
        least: 0.0,
        most: f64::INFINITY,
        outside: 0.0,
    };
}

/// How the rest of the state lifts a hump, and what is not known of the activity.
struct Lift {
    mean: f64,
    variance: f64,
    activity: f64,
}

impl Seeing {
    fn lift(&self, demands: &Demands) -> Lift {
        let n = demands.raw().len();
        if n == 1 {
            let activity = demands.spread() * demands.spread();
            return Lift {
                mean: 0.0,
                variance: 0.0,
                activity,
            };
        }
        let mut odds = [0.0; MAX_LOADED];
        for (k, at) in demands.odds().iter().enumerate() {
            odds[k] = at * self.ease[k];
        }
        let mut surplus = 0.0;
        for (k, &(_, at)) in demands.raw().iter().enumerate() {
            surplus += self.mean[k] - at;
        }
        let shape = Shape::of(&odds[..n], surplus / n as f64);
        let left = shape.left_of(demands.spread());
        // What is not known of the making up, alone and together with the abilities.
        let with: f64 = (0..n).map(|k| shape.slopes[k] * self.making_up_with[k]).sum();
        Lift {
            mean: shape.gap * self.making_up,
            variance: shape.gap * (shape.gap * self.making_up_variance + 2.0 * with),
            activity: left * left,
        }
    }

    fn glimpse(&self, demands: &Demands, lift: &Lift) -> Hump {
        let (mut first, mut second) = (0.0, 0.0);
        for node in &self.nodes {
            let e = node.logit(demands);
            first += node.weight * e;
            second += node.weight * e * e;
        }
        let child = (second - first * first).max(0.0);
        Hump {
            weight: self.weight,
            centre: first + lift.mean,
            spread: libm::sqrt((child + lift.variance).max(0.0) + lift.activity),
        }
    }

    fn most_ever(&self, low: f64, high: f64) -> f64 {
        // Where making up is in play, its covariance may take variance away.
        let least = if self.making_up_variance > 0.0 {
            0.0
        } else {
            libm::sqrt(self.least_variance)
        };
        self.weight * most_between(0.5 * (low + high), least, low, high)
    }
}

impl Node {
    #[inline]
    fn logit(&self, demands: &Demands) -> f64 {
        logit_of_success(demands.odds().iter().zip(&self.ease).map(|(odds, ease)| odds * ease))
    }
}

/// The most that a normal value can lie between two bounds when its mean is this near and its spread at least so
/// much.
fn most_between(mean: f64, spread: f64, low: f64, high: f64) -> f64 {
    // Within the bounds less spread is better; outside them the spread has to reach in: at the spread where both bounds
    // are equally dense.
    let (near, far) = if mean < low {
        (low - mean, high - mean)
    } else {
        (mean - high, mean - low)
    };
    let reaching = if near > 0.0 {
        libm::sqrt((far * far - near * near) / (2.0 * libm::log(far / near)))
    } else {
        0.0
    };
    normal_between(mean, spread.max(reaching), low, high)
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
        let mut most_sag = 0.0;
        let nodes = math::glance(n)
            .into_iter()
            .map(|(standard, weight)| {
                let mut ease = [0.0; MAX_LOADED];
                let mut least = f64::INFINITY;
                for a in 0..n {
                    let step: f64 = (0..=a).map(|k| factor[a][k] * standard[k]).sum();
                    least = step.min(least);
                    ease[a] = libm::exp(-(self.mean[a] + step));
                }
                most_sag -= weight * least_lift(least, n);
                Node { weight, ease }
            })
            .collect();
        Seeing {
            weight: self.weight,
            mean: self.mean,
            ease: self.mean.map(|ability| libm::exp(-ability)),
            making_up: self.making_up,
            making_up_variance: self.making_up_variance,
            making_up_with: self.making_up_with,
            nodes,
            least_variance: least_variance(&factor, n),
            most_sag,
        }
    }
}

/// Where a child would rather succeed than not, abilities that all lie by `step` or more beside the mean move the logit
/// of success by this at least. Upwards its slopes sum to 1 or more; downwards it falls most where all areas ask alike.
fn least_lift(step: f64, n: usize) -> f64 {
    if step >= 0.0 {
        return step;
    }
    let alike = libm::pow(2.0, 1.0 / n as f64) - 1.0;
    -libm::log(libm::pow(1.0 + alike * libm::exp(-step), n as f64) - 1.0)
}

/// The variance of the logit of success is at least this, whatever these areas are asked.
///
/// Its slopes over the areas are none below 0 and sum to 1 or more, and the variance of a function is at
/// least that of the plane with its mean slopes (Cacoullos 1982): at least the smallest wᵀSw with Σw
/// = 1, which is 1 / Σ S⁻¹. A fifth is taken off because a few nodes are not quite an integral.
fn least_variance(factor: &[[f64; MAX_LOADED]; MAX_LOADED], n: usize) -> f64 {
    let mut ones = [0.0; MAX_LOADED];
    ones[..n].fill(1.0);
    let sum: f64 = math::solve(factor, &ones, n)[..n].iter().sum();
    if sum > 0.0 {
        0.8 / sum
    } else {
        0.0
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
    /// From the odds against success in each loaded area, and the mean surplus of ability over demand.
    pub(crate) fn of(odds: &[f64], surplus: f64) -> Shape {
        let against = odds.iter().fold(0.0, |sum, x| sum + x + sum * x).max(1e-12);
        let mut slopes = [0.0; MAX_LOADED];
        for (slope, x) in slopes.iter_mut().zip(odds) {
            *slope = x / (1.0 + x) * (1.0 + against) / against;
        }
        let gap = if odds.len() < 2 {
            0.0
        } else {
            (surplus + libm::log(against)).clamp(0.0, MOST_GAP)
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
