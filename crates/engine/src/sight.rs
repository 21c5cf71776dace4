//! A child seen through the areas that an activity loads: nodes that serve every grade of it, and bounds that say which
//! grades need not be looked at.
#![allow(
    clippy::needless_range_loop,
    reason = "sums over the indices of matrices, as they are written in books"
)]

use alloc::vec::Vec;
use core::cell::OnceCell;

use crate::ability::Profile;
use crate::area::{Area, Areas, PerArea, COUNT};
use crate::belief::{Part, MAKING_UP};
use crate::demand::{logit_of_success, Demands, Hump, Outlook, MAX_LOADED};
use crate::math::{self, sigmoid};
use crate::unit::Logit;

/// Sights of one child, kept for every set of areas that was asked for.
pub(crate) struct Eyes<'a> {
    profile: &'a Profile,
    curve: Curve,
    sights: Vec<Sight>,
    /// For each set of areas, one more than its index into `sights`; 0: not looked at yet.
    index: Vec<u16>,
    /// What each list of levers can do.
    reaches: Vec<(Vec<usize>, [Reach; REACHES])>,
}

impl<'a> Eyes<'a> {
    pub(crate) fn of(profile: &'a Profile) -> Eyes<'a> {
        Eyes {
            profile,
            curve: Curve::drawn(),
            sights: Vec::new(),
            index: alloc::vec![0; 1 << COUNT],
            reaches: Vec::new(),
        }
    }

    fn on(&mut self, areas: Areas) -> (&Sight, &Curve) {
        let slot = &mut self.index[areas.bits()];
        if *slot == 0 {
            self.sights.push(Sight::of(self.profile, areas));
            *slot = self.sights.len() as u16;
        }
        (&self.sights[usize::from(*slot) - 1], &self.curve)
    }

    /// What these levers can do, worked out once.
    pub(crate) fn reaches(
        &mut self,
        levers: &[usize],
        found: impl Fn() -> [Reach; REACHES],
    ) -> [Reach; REACHES] {
        if let Some((_, known)) = self.reaches.iter().find(|(known, _)| known == levers) {
            return *known;
        }
        let found = found();
        if self.reaches.len() < 32 {
            self.reaches.push((levers.to_vec(), found));
        }
        found
    }

    /// Everything that is expected at these demands.
    pub(crate) fn outlook(&mut self, demands: &Demands) -> Outlook {
        self.on(demands.areas()).0.outlook(demands)
    }

    /// What a search has to know of these demands.
    pub(crate) fn sketch(&mut self, demands: &Demands) -> Outlook {
        self.on(demands.areas()).0.sketch(demands)
    }

    /// The chance that a logit of success lies between two.
    pub(crate) fn chance_between(&self, seen: &Outlook, low: f64, high: f64) -> f64 {
        seen.humps()
            .iter()
            .map(|hump| hump.weight * self.curve.between(hump.centre, hump.spread, low, high))
            .sum()
    }

    /// The odds against success at the middle of the hump that weighs most.
    pub(crate) fn against(&mut self, demands: &Demands) -> f64 {
        self.on(demands.areas()).0.against(demands)
    }

    /// For each reach, no less than the chance that a logit of success lies between two when each area may be eased by as much.
    ///
    /// Each hump moves by itself, as near to the middle of the band as it can come, and is as narrow as its areas can
    /// make it. How far it can come: the logit of a conjunction is −log Σ exp of sums of abilities, so it is concave and rises by no
    /// more than its slopes here say; and what is not known of the abilities takes away from it at best nothing.
    pub(crate) fn most_when_easier(
        &mut self,
        demands: &Demands,
        seen: &Outlook,
        reaches: &[Reach],
        low: f64,
        high: f64,
    ) -> [f64; REACHES] {
        let (sight, curve) = self.on(demands.areas());
        let mut most = [0.0; REACHES];
        for (hump, here) in sight.humps.iter().zip(seen.humps()) {
            hump.most_when_easier(demands, here, reaches, curve, low, high, &mut most);
        }
        most
    }

    /// An estimate of the same for a first look: all humps move alike by at most `rise`, in steps of a quarter logit, and their
    /// spreads shrink a little.
    pub(crate) fn likely_when_easier(&self, seen: &Outlook, rise: f64, low: f64, high: f64) -> f64 {
        const STEP: f64 = 0.25;
        let at = seen.humps().first().map_or(0.0, |hump| hump.centre);
        let last = rise.min((high - at).max(0.0) + STEP);
        let mut by = (low - at - STEP).clamp(0.0, last);
        let mut most: f64 = 0.0;
        loop {
            let chance = |hump: &Hump| {
                hump.weight
                    * self
                        .curve
                        .between(hump.centre + by, SHRINKS * hump.spread, low, high)
            };
            most = most.max(seen.humps().iter().map(chance).sum());
            if by >= last {
                return most;
            }
            by = (by + STEP).min(last);
        }
    }

    /// The chance that a logit of success lies between two is hardly more than this, whatever these areas are asked by
    /// demands that are unsure by `spread`: the most for any choice of areas that ask alike while the others ask nothing.
    pub(crate) fn peak(&mut self, areas: Areas, spread: f64, low: f64, high: f64) -> f64 {
        let (sight, curve) = self.on(areas);
        let n = areas.iter().count();
        let mut most: f64 = 0.0;
        for pattern in 1..1_usize << n {
            let asking = pattern.count_ones() as f64;
            // Where so many ask alike, each lets through this share when the whole is in the middle of the band.
            let share = libm::pow(sigmoid(0.5 * (low + high)), 1.0 / asking);
            let mut demands = Demands::new().with_spread(spread);
            for (place, area) in areas.iter().enumerate() {
                let asks = if pattern >> place & 1 == 1 {
                    math::logit(share)
                } else {
                    NOTHING
                };
                let mean = sight.humps.first().map_or(0.0, |hump| hump.mean[place]);
                let _ = demands.load(area, Logit::saturating(mean - asks));
            }
            let seen = sight.sketch(&demands);
            for by in [-0.4, -0.2, 0.0, 0.2, 0.4, 0.7] {
                let chance =
                    |hump: &Hump| hump.weight * curve.between(hump.centre + by, hump.spread, low, high);
                most = most.max(seen.humps().iter().map(chance).sum());
            }
        }
        PEAK_SLACK + most
    }
}

/// How far an adaptation that favours some areas is taken to narrow the spread of the logit of success in a first look.
const SHRINKS: f64 = 0.9;

/// Ways to adapt are looked at in groups of what they cost.
pub(crate) const REACHES: usize = 4;

/// What the ways to adapt an activity that cost about the same can do.
#[derive(Clone, Copy)]
pub(crate) struct Reach {
    /// None of them costs less.
    pub(crate) cost: f64,
    /// None of them eases an area by more.
    pub(crate) ease: PerArea<f64>,
}

/// A demand so far below the ability asks nothing.
const NOTHING: f64 = 6.0;

/// Between the patterns that a peak is looked for in there may be a little more.
const PEAK_SLACK: f64 = 0.01;

/// The normal curve as a table: a search reads it a hundred thousand times.
struct Curve(Vec<f64>);

impl Curve {
    const PER_UNIT: f64 = 64.0;
    const END: f64 = 6.0;

    fn drawn() -> Curve {
        let last = (2.0 * Curve::END * Curve::PER_UNIT) as usize;
        let at = |place: usize| math::normal_below(place as f64 / Curve::PER_UNIT - Curve::END);
        Curve((0..=last).map(at).collect())
    }

    /// Chance that a standard normal value lies below `x`, by linear interpolation: exact to a hundred thousandth.
    #[inline]
    fn below(&self, x: f64) -> f64 {
        let place = (x + Curve::END) * Curve::PER_UNIT;
        let last = self.0.len() - 1;
        if place.is_nan() || place <= 0.0 {
            return 0.0;
        }
        let floor = place as usize;
        if floor >= last {
            return 1.0;
        }
        let share = place - floor as f64;
        self.0[floor] + share * (self.0[floor + 1] - self.0[floor])
    }

    #[inline]
    fn between(&self, mean: f64, spread: f64, low: f64, high: f64) -> f64 {
        let per = 1.0 / spread.max(1e-9);
        self.below((high - mean) * per) - self.below((low - mean) * per)
    }
}

/// Drops that weigh less than this are seen as one, whichever areas they are in.
const LITTLE: f64 = 0.03;

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
    covariance: [[f64; MAX_LOADED]; MAX_LOADED],
    /// No demands make the abilities' part of the variance smaller than this.
    least_variance: f64,
    /// Made when first needed: a search mostly sketches.
    nodes: OnceCell<Vec<Node>>,
}

struct Node {
    weight: f64,
    /// exp(−ability): times exp(demand) these are the odds against.
    ease: [f64; MAX_LOADED],
}

impl Sight {
    pub(crate) fn of(profile: &Profile, here: Areas) -> Sight {
        let areas: Vec<Area> = here.iter().take(MAX_LOADED).collect();
        let mut groups: Vec<((bool, Areas), Marginal)> = Vec::new();
        for part in profile.parts().iter().filter(|part| part.weight > 1e-5) {
            let kind = (part.makes_up, part.dropped.common(here));
            let place = groups
                .iter()
                .position(|(known, _)| *known == kind)
                .unwrap_or_else(|| {
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
        humps.sort_by(|a, b| b.weight.total_cmp(&a.weight));
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
                .nodes(demands.raw().len())
                .iter()
                .map(|node| node.weight * sigmoid((node.logit(demands) + lift.mean) / soft))
                .sum();
            outlook.add(hump.sketch(demands), success);
        }
        outlook.finished()
    }

    /// The humps alone, which is enough for a search.
    fn sketch(&self, demands: &Demands) -> Outlook {
        let mut outlook = Outlook::empty();
        for hump in &self.humps {
            outlook.add(hump.sketch(demands), 0.0);
        }
        outlook
    }

    /// The odds against success at the mean abilities of the first hump.
    fn against(&self, demands: &Demands) -> f64 {
        let ease = self.humps.first().map_or([1.0; MAX_LOADED], |hump| hump.ease);
        let odds = demands.odds().iter().zip(&ease);
        odds.fold(0.0, |sum, (odds, ease)| {
            let x = odds * ease;
            sum + x + sum * x
        })
    }
}

/// How the rest of the state lifts a hump, and what is not known of the activity.
struct Lift {
    mean: f64,
    variance: f64,
    activity: f64,
}

impl Seeing {
    /// The points in `n` areas at which success is averaged.
    fn nodes(&self, n: usize) -> &[Node] {
        self.nodes.get_or_init(|| {
            let factor = math::cholesky(&self.covariance, n);
            let node = |(standard, weight): ([f64; MAX_LOADED], f64)| {
                let mut ease = [0.0; MAX_LOADED];
                for a in 0..n {
                    let step: f64 = (0..=a).map(|k| factor[a][k] * standard[k]).sum();
                    ease[a] = libm::exp(-(self.mean[a] + step));
                }
                Node { weight, ease }
            };
            math::glance(n).into_iter().map(node).collect()
        })
    }

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

    /// At the mean abilities: the chance that each loaded area fails the child, and the odds against success in all.
    fn failing(&self, demands: &Demands) -> ([f64; MAX_LOADED], f64) {
        let (mut fails, mut against) = ([0.0; MAX_LOADED], 0.0);
        for (k, odds) in demands.odds().iter().enumerate() {
            let x = odds * self.ease[k];
            against += x + against * x;
            fails[k] = x / (1.0 + x);
        }
        (fails, against.clamp(1e-18, 1e18))
    }

    #[allow(clippy::too_many_arguments, reason = "two of them are the band")]
    /// Adds this hump's share of [`Eyes::most_when_easier`].
    fn most_when_easier(
        &self,
        demands: &Demands,
        here: &Hump,
        reaches: &[Reach],
        curve: &Curve,
        low: f64,
        high: f64,
        most: &mut [f64; REACHES],
    ) {
        // Far too easy already.
        if here.centre > high + 4.5 * here.spread {
            return;
        }
        let n = demands.raw().len();
        let (fails, against) = self.failing(demands);
        let steep = (1.0 + against) / against;
        let from = here.centre;
        let (mut at, mut beyond) = (-libm::log(against), 0.0);
        let makes_up = self.making_up != 0.0 && n > 1;
        if makes_up {
            let surplus: f64 = (0..n).map(|k| self.mean[k] - demands.raw()[k].1).sum();
            at += (surplus / n as f64 - at).clamp(0.0, MOST_GAP) * self.making_up;
            beyond = (self.making_up - 1.0).max(-self.making_up).max(0.0);
        }
        let least = libm::sqrt(self.least_variance + demands.spread() * demands.spread() / n.max(1) as f64);
        for (reach, most) in reaches.iter().zip(most) {
            let (mut rise, mut all) = (0.0, 0.0);
            for (k, &(area, _)) in demands.raw().iter().enumerate() {
                rise += fails[k] * steep * reach.ease[area.index()];
                all += reach.ease[area.index()];
            }
            if makes_up {
                rise = (1.0 + beyond) * rise.max(all / n as f64);
            }
            let to = from.max(at + rise);
            // Out of reach.
            if to < low - 4.0 * here.spread {
                continue;
            }
            let centre = (0.5 * (low + high)).clamp(from, to);
            let mut spread = least;
            // Outside of the band the best is to be as wide as reaches it.
            let (off, width) = ((low - centre).max(centre - high), high - low);
            if off > 0.0 {
                let wide = width * (2.0 * off + width) / (2.0 * libm::log((off + width) / off));
                spread = spread.max(libm::sqrt(wide));
            }
            *most += self.weight * curve.between(centre, spread, low, high);
        }
    }

    /// Mean and spread of the logit of success to second order around the mean abilities: with the odds against success A, P =
    /// 1 + A and the factors' chances of failing s, its slopes are g = s P / A and its curvature g gᵀ / P − diag(g (1 − s)).
    fn sketch(&self, demands: &Demands) -> Hump {
        let n = demands.raw().len();
        let (fails, against) = self.failing(demands);
        let at = -libm::log(against);
        let unsure = demands.spread() * demands.spread();
        let mut slopes = [0.0; MAX_LOADED];
        let (mut bent, mut variance, mut squares) = (0.0, 0.0, 0.0);
        for k in 0..n {
            let slope = fails[k] * (1.0 + against) / against;
            slopes[k] = slope;
            bent += slope * (1.0 - fails[k]) * self.covariance[k][k];
            squares += slope * slope;
            let across: f64 = (0..k).map(|j| slopes[j] * self.covariance[k][j]).sum();
            variance += slope * (2.0 * across + slope * self.covariance[k][k]);
        }
        let mut hump = Hump {
            weight: self.weight,
            centre: at + 0.5 * (variance / (1.0 + against) - bent),
            spread: 0.0,
        };
        if self.making_up_variance > 0.0 && n > 1 {
            let surplus: f64 = (0..n).map(|k| self.mean[k] - demands.raw()[k].1).sum();
            let gap = (surplus / n as f64 - at).clamp(0.0, MOST_GAP);
            let with: f64 = (0..n).map(|k| slopes[k] * self.making_up_with[k]).sum();
            hump.centre += gap * self.making_up;
            variance = (variance + gap * (gap * self.making_up_variance + 2.0 * with)).max(0.0);
        }
        hump.spread = libm::sqrt(variance + unsure * squares.min(1.0));
        hump
    }
}

impl Node {
    #[inline]
    fn logit(&self, demands: &Demands) -> f64 {
        logit_of_success(
            demands
                .odds()
                .iter()
                .zip(&self.ease)
                .map(|(odds, ease)| odds * ease),
        )
    }
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
        let making_up_variance = if making_up_variance > 1e-9 {
            making_up_variance
        } else {
            0.0
        };
        Seeing {
            weight: self.weight,
            least_variance: least_variance(&covariance, n, making_up_variance, &making_up_with),
            mean,
            ease: mean.map(|ability| libm::exp(-ability)),
            making_up: off[n],
            making_up_variance,
            making_up_with,
            covariance,
            nodes: OnceCell::new(),
        }
    }
}

/// No less than the least variance of a mean of the abilities with any weights, the making up subtracted. The slopes of the
/// logit of success sum to 1 at least, so its variance is no smaller.
fn least_variance(
    covariance: &[[f64; MAX_LOADED]; MAX_LOADED],
    n: usize,
    making_up_variance: f64,
    making_up_with: &[f64; MAX_LOADED],
) -> f64 {
    const STEPS: usize = 4;
    let mut least = f64::INFINITY;
    let mut weigh = |parts: [usize; MAX_LOADED]| {
        if parts[n..].iter().any(|&part| part > 0) {
            return;
        }
        let share = parts.map(|part| part as f64 / STEPS as f64);
        let (mut variance, mut with) = (0.0, 0.0);
        for a in 0..n {
            let across: f64 = (0..a).map(|b| share[b] * covariance[a][b]).sum();
            variance += share[a] * (2.0 * across + share[a] * covariance[a][a]);
            with += share[a] * making_up_with[a];
        }
        if making_up_variance > 0.0 {
            variance -= with * with / making_up_variance;
        }
        least = least.min(variance);
    };
    for a in 0..=STEPS {
        for b in 0..=STEPS - a {
            for c in 0..=STEPS - a - b {
                weigh([a, b, c, STEPS - a - b - c]);
            }
        }
    }
    // Between the steps there may be a little less.
    (0.97 * least).max(0.0)
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
