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
use crate::demand::{logit_of_success, Demands, Hump, Outlook, MAX_LOADED, MOST_HUMPS};
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
        let against = sight.humps.first().map_or(0.0, |hump| hump.against(demands));
        let reached = if rise > 0.0 { against * libm::exp(-rise) } else { against };
        if against < window.least || reached > window.most {
            return window.outside;
        }
        sight.most_chance(demands, rise, low, high)
    }
}

/// Drops that weigh less than this are seen as one, whichever areas they are in.
const LITTLE: f64 = 0.03;

/// For each hump, a slope for each loaded area.
pub(crate) type Slopes = [[f64; MAX_LOADED]; MOST_HUMPS];

/// A child seen through one set of areas.
pub(crate) struct Sight {
    humps: Vec<Seeing>,
    child_sd: f64,
}

/// A Gaussian over the loaded areas: all parts of the mixture that look alike here.
struct Seeing {
    weight: f64,
    /// How many areas.
    areas: f64,
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
        let mut groups: Vec<((bool, Areas), Marginal)> = Vec::new();
        for part in profile.parts().iter().filter(|part| part.weight > 1e-5) {
            let kind = (part.makes_up, part.dropped.common(here));
            let place = groups.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
                groups.push((kind, Marginal::NONE));
                groups.len() - 1
            });
            groups[place].1.add(part, &areas);
        }
        let mut others = Marginal::NONE;
        let mut humps: Vec<Seeing> = Vec::with_capacity(groups.len());
        for (_, group) in &groups {
            if group.weight >= LITTLE {
                humps.push(group.seen(profile, &areas));
            } else {
                others.merge(group);
            }
        }
        if others.weight > 1e-3 || humps.is_empty() {
            humps.push(others.seen(profile, &areas));
        }
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

    /// How steeply the mean logit of success of each hump rises over the areas, the first hump first.
    pub(crate) fn slopes(&self, demands: &Demands) -> Slopes {
        let mut slopes: Slopes = [[0.0; MAX_LOADED]; MOST_HUMPS];
        let n = demands.raw().len();
        for (slopes, hump) in slopes.iter_mut().zip(&self.humps) {
            for node in &hump.nodes {
                let mut odds = [0.0; MAX_LOADED];
                let mut against = 0.0;
                for k in 0..n {
                    odds[k] = demands.odds()[k] * node.ease[k];
                    against += odds[k] + against * odds[k];
                }
                let by = node.weight * (1.0 + against) / against.max(1e-18);
                for k in 0..n {
                    slopes[k] += by * odds[k] / (1.0 + odds[k]);
                }
            }
            // What is lifted by the making up rises by at most as much again: the mean of the areas.
            for slope in &mut slopes[..n] {
                *slope += hump.making_up.abs() * (1.0 / n as f64);
            }
        }
        slopes
    }

    /// The chance that a logit of success lies between `low` and `high` is at most this when every demand of a grade with
    /// this outlook is lowered: the logit then rises by `least` at least, and by `most` of each hump at most.
    pub(crate) fn most_chance_from(
        &self,
        outlook: &Outlook,
        spread: f64,
        least: f64,
        most: impl Fn(usize) -> f64,
        low: f64,
        high: f64,
    ) -> f64 {
        let middle = 0.5 * (low + high);
        let humps = self.humps.iter().zip(outlook.humps()).enumerate();
        humps
            .map(|(place, (hump, seen))| {
                if hump.making_up_variance > 0.0 {
                    return hump.most_ever(low, high);
                }
                let nearest = middle.max(seen.centre + least).min(seen.centre + most(place));
                let least_spread = libm::sqrt(hump.least_variance + spread * spread / hump.areas);
                hump.weight * most_between(nearest, least_spread, low, high)
            })
            .sum()
    }

    /// The chance that a logit of success lies between `low` and `high` is at most this at these demands made easier by at
    /// most `rise`. Each hump is looked at in one point only.
    pub(crate) fn most_chance(&self, demands: &Demands, rise: f64, low: f64, high: f64) -> f64 {
        let chance = |hump: &Seeing| {
            let at = -libm::log(hump.against(demands).max(1e-18));
            hump.most_chance_at(at, rise, demands.spread(), low, high)
        };
        self.humps.iter().map(chance).sum()
    }

    /// The logit of success in the middle of the first hump.
    pub(crate) fn middle(&self, demands: &Demands) -> f64 {
        let against = self.humps.first().map_or(1.0, |hump| hump.against(demands));
        -libm::log(against.max(1e-18))
    }

    /// Between which odds against success, at the middle of the first hump, there may be more than this share of the most
    /// that is ever possible; outside there is not.
    pub(crate) fn window(&self, share: f64, low: f64, high: f64) -> Window {
        let Some((first, others)) = self.humps.split_first() else {
            return Window::ALL;
        };
        let most = self.most_ever(low, high);
        let rest: f64 = others.iter().map(|hump| hump.most_ever(low, high)).sum();
        let enough = |at: f64| first.most_chance_at(at, 0.0, 0.0, low, high) + rest > share * most;
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
        let inside = (0.5 * (low + high)).max(0.0);
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

    /// The odds against success at the mean abilities.
    #[inline]
    fn against(&self, demands: &Demands) -> f64 {
        let odds = demands.odds().iter().zip(&self.ease);
        odds.fold(0.0, |sum, (odds, ease)| {
            let x = odds * ease;
            sum + x + sum * x
        })
    }

    /// This hump's share of the band is at most this where the logit of success at its mean is `at`, or higher by `rise`
    /// at most, and the demands are unsure by `spread` each.
    fn most_chance_at(&self, at: f64, rise: f64, spread: f64, low: f64, high: f64) -> f64 {
        if self.making_up_variance > 0.0 {
            return self.most_ever(low, high);
        }
        let middle = 0.5 * (low + high);
        // The mean of the logit is never above the logit at the mean (it is concave), and below it by the sag.
        let from = if middle >= 0.0 { at - self.most_sag } else { f64::MIN };
        let nearest = middle.max(from).min(at + rise);
        let least = libm::sqrt(self.least_variance + spread * spread / self.areas);
        self.weight * most_between(nearest, least, low, high)
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

/// A mixture of parts as one Gaussian with the same moments, in the loaded areas and in the making up: weight, and
/// weighted sums of values and of products. A drop in an area that is not loaded shows only by what goes along with it,
/// so parts that differ only there look alike.
#[derive(Clone)]
struct Marginal {
    weight: f64,
    first: [f64; MAX_LOADED + 1],
    second: [[f64; MAX_LOADED + 1]; MAX_LOADED + 1],
}

impl Marginal {
    const NONE: Marginal = Marginal {
        weight: 0.0,
        first: [0.0; MAX_LOADED + 1],
        second: [[0.0; MAX_LOADED + 1]; MAX_LOADED + 1],
    };

    fn add(&mut self, part: &Part, areas: &[Area]) {
        let mut places = [MAKING_UP; MAX_LOADED + 1];
        for (place, area) in places.iter_mut().zip(areas) {
            *place = area.index();
        }
        let n = areas.len();
        self.weight += part.weight;
        for a in 0..=n {
            let mean = part.mean[places[a]];
            self.first[a] += part.weight * mean;
            for b in 0..=a {
                let product = part.covariance[places[a]][places[b]] + mean * part.mean[places[b]];
                self.second[a][b] += part.weight * product;
            }
        }
    }

    fn merge(&mut self, other: &Marginal) {
        self.weight += other.weight;
        for a in 0..=MAX_LOADED {
            self.first[a] += other.first[a];
            for b in 0..=a {
                self.second[a][b] += other.second[a][b];
            }
        }
    }

    fn seen(&self, profile: &Profile, areas: &[Area]) -> Seeing {
        let n = areas.len();
        let weight = self.weight.max(1e-300);
        let mut off = [0.0; MAX_LOADED + 1];
        let mut mean = [0.0; MAX_LOADED];
        let mut covariance = [[0.0; MAX_LOADED]; MAX_LOADED];
        let mut making_up_with = [0.0; MAX_LOADED];
        for a in 0..=n {
            off[a] = self.first[a] / weight;
        }
        for a in 0..n {
            mean[a] = profile.prior().typical(areas[a]) + off[a];
            making_up_with[a] = self.second[n][a] / weight - off[n] * off[a];
            for b in 0..=a {
                covariance[a][b] = self.second[a][b] / weight - off[a] * off[b];
                covariance[b][a] = covariance[a][b];
            }
        }
        let making_up_variance = (self.second[n][n] / weight - off[n] * off[n]).max(0.0);
        let factor = math::cholesky(&covariance, n);
        let mut most_sag = 0.0;
        let nodes = math::glance(n)
            .into_iter()
            .map(|(standard, weight)| {
                let mut ease = [0.0; MAX_LOADED];
                let mut least = f64::INFINITY;
                for a in 0..n {
                    let step: f64 = (0..=a).map(|k| factor[a][k] * standard[k]).sum();
                    least = step.min(least);
                    ease[a] = libm::exp(-(mean[a] + step));
                }
                most_sag -= weight * least_lift(least, n);
                Node { weight, ease }
            })
            .collect();
        Seeing {
            weight: self.weight,
            areas: n as f64,
            mean,
            ease: mean.map(|ability| libm::exp(-ability)),
            making_up: off[n],
            making_up_variance: if making_up_variance > 1e-9 { making_up_variance } else { 0.0 },
            making_up_with,
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
    let kept = if n == 1 { 1.0 - 1e-9 } else { 0.8 };
    if sum > 0.0 {
        kept / sum
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
