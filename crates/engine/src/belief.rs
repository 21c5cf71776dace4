//! Belief as a mixture of Gaussians: the arithmetic below [`Profile`](crate::ability::Profile).
//!
//! One part says "no area of this child carries an extra drop", each other part that a certain one does. An
//! observation moves every part by matching moments on the loaded areas (and on the reporter, who is a dimension of
//! the state like any area), carries the change to the rest by regression, and weighs the part by how well
//! it had expected what was seen. No step size, nothing that can fail to converge.
#![allow(
    clippy::needless_range_loop,
    reason = "sums over the indices of matrices, as they are written in books"
)]

use alloc::vec::Vec;

use crate::area::{Area, Areas, PerArea, COUNT};
use crate::demand::MAX_LOADED;
use crate::growth::Prior;
use crate::math::{self, Rule};
use crate::model::Model;
use crate::outcome::Outcome;

/// The areas, the reporter, and how far strong areas make up for weak ones.
pub(crate) const STATE: usize = COUNT + 2;

/// The place of the reporter in the state: by how many logits they tell more success than there was.
pub(crate) const REPORTER: usize = COUNT;

/// The place of the share by which strong areas make up for weak ones.
pub(crate) const MAKING_UP: usize = COUNT + 1;

/// Dimensions that one observation may load: the areas, and by how much the rest of the state lifts it.
const MAX_SEEN: usize = MAX_LOADED + 1;

/// None, one or two areas dropped.
const MOST_PARTS: usize = 1 + COUNT + COUNT * (COUNT - 1) / 2;

pub(crate) type State = [f64; STATE];
pub(crate) type StateMatrix = [[f64; STATE]; STATE];

/// A Gaussian over the deviations of the areas from the typical child, and over the reporter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// The areas that carry a drop.
    pub(crate) dropped: Areas,
    /// Whether strong areas make up for weak ones.
    pub(crate) makes_up: bool,
    pub(crate) weight: f64,
    pub(crate) mean: State,
    pub(crate) covariance: StateMatrix,
}

impl Part {
    /// Before anything was seen: no area dropped, one, or two.
    pub(crate) fn all(prior: &Prior, model: &Model) -> Vec<Part> {
        let with_drops = |dropped: Areas, weight: f64, makes_up: bool| {
            let mut part = Part {
                dropped,
                makes_up,
                weight,
                mean: [0.0; STATE],
                covariance: [[0.0; STATE]; STATE],
            };
            part.mean = part.home(model);
            let spread = part.spread_at_home(prior, model);
            for (row, spread) in part.covariance.iter_mut().zip(spread) {
                row[..COUNT].copy_from_slice(&spread);
            }
            part.covariance[REPORTER][REPORTER] = model.reporter_sd * model.reporter_sd;
            if makes_up {
                part.covariance[MAKING_UP][MAKING_UP] = model.making_up_sd * model.making_up_sd;
            }
            part
        };
        let chance = model.drop.clamp(0.0, 0.5);
        let odds = chance / (1.0 - chance);
        let used: Vec<Area> = Area::ALL.into_iter().filter(|&area| prior.knows(area)).collect();
        let mut parts = Vec::with_capacity(MOST_PARTS);
        let making_up = model.making_up.clamp(0.0, 0.5);
        for (makes_up, weight) in [(false, 1.0 - making_up), (true, making_up)] {
            if weight <= 0.0 {
                continue;
            }
            parts.push(with_drops(Areas::EMPTY, weight, makes_up));
            for (place, &one) in used.iter().enumerate() {
                if odds <= 0.0 {
                    break;
                }
                parts.push(with_drops(Areas::EMPTY.with(one), weight * odds, makes_up));
                for &other in used[place + 1..].iter().filter(|_| !makes_up) {
                    let both = Areas::EMPTY.with(one).with(other);
                    parts.push(with_drops(both, weight * odds * odds, makes_up));
                }
            }
        }
        normalise(&mut parts);
        parts
    }

    /// Where the mean of this part fades to.
    fn home(&self, model: &Model) -> State {
        let mut home = [0.0; STATE];
        for area in self.dropped.iter() {
            home[area.index()] = -model.drop_mean;
        }
        if self.makes_up {
            home[MAKING_UP] = model.making_up_mean;
        }
        home
    }

    /// And its spread.
    fn spread_at_home(&self, prior: &Prior, model: &Model) -> PerArea<PerArea<f64>> {
        let mut spread = *prior.covariance();
        for area in self.dropped.iter() {
            spread[area.index()][area.index()] += model.drop_sd * model.drop_sd;
        }
        spread
    }

    /// Time passes: the deviations keep this share of what they were, and the rest comes back from the prior.
    pub(crate) fn fade(&mut self, kept: f64, prior: &Prior, model: &Model) {
        let home = self.home(model);
        let spread = self.spread_at_home(prior, model);
        for a in 0..COUNT {
            self.mean[a] = home[a] + kept * (self.mean[a] - home[a]);
            for lift in [REPORTER, MAKING_UP] {
                self.covariance[a][lift] *= kept;
                self.covariance[lift][a] *= kept;
            }
            for b in 0..COUNT {
                self.covariance[a][b] =
                    kept * kept * self.covariance[a][b] + (1.0 - kept * kept) * spread[a][b];
            }
        }
    }

    /// Learns from what was seen; returns how probable that was.
    fn observe(&mut self, seen: &Seen, lattice: &Lattice) -> f64 {
        let local = Local::of(self, seen);
        let moments = local.moments(seen, lattice);
        if moments.evidence.is_nan() || moments.evidence <= 1e-280 {
            return 0.0;
        }
        self.carry(&local, &moments);
        moments.evidence
    }

    /// Carries a change of the seen dimensions to all by regression. With G = S·,L (Lᵀ)⁻¹, where S_LL = L Lᵀ, and
    /// the moments μ, C in the standard coordinates of L: m += G μ and S += G (C − 1) Gᵀ.
    fn carry(&mut self, local: &Local, moments: &Moments) {
        let n = local.dims;
        let mut reach = [[0.0; MAX_SEEN]; STATE];
        for (row, reach) in reach.iter_mut().enumerate() {
            for k in 0..n {
                let known: f64 = (0..k).map(|j| reach[j] * local.factor[k][j]).sum();
                let with = local.directions[k].across(&self.covariance[row]);
                reach[k] = (with - known) / local.factor[k][k];
            }
        }
        for row in 0..STATE {
            let by: f64 = (0..n).map(|k| reach[row][k] * moments.mean[k]).sum();
            self.mean[row] = (self.mean[row] + by).clamp(-20.0, 20.0);
            let mut changed = [0.0; MAX_SEEN];
            for k in 0..n {
                changed[k] = (0..n).map(|j| reach[row][j] * moments.change[j][k]).sum();
            }
            for column in 0..=row {
                let by: f64 = (0..n).map(|k| changed[k] * reach[column][k]).sum();
                let mut value = self.covariance[row][column] + by;
                if row == column && self.covariance[row][row] > 0.0 {
                    // However many reports: a child is never known to the last hair.
                    value = value.max(1e-4);
                }
                self.covariance[row][column] = value;
                self.covariance[column][row] = value;
            }
        }
    }

    /// Reports that contradict each other may leave a child less known than before, but not without end: a
    /// spread of twice that of all children of this age is the most. Otherwise absurd reports would be
    /// believed more and more.
    fn stay_a_child(&mut self, prior: &Prior, model: &Model) {
        let home = self.spread_at_home(prior, model);
        for row in 0..STATE {
            let usual = match row {
                REPORTER => model.reporter_sd * model.reporter_sd,
                MAKING_UP => model.making_up_sd * model.making_up_sd,
                _ => home[row][row],
            };
            let variance = self.covariance[row][row];
            if variance > 4.0 * usual && variance > 0.0 {
                // A row and a column alike: correlations stay what they are.
                let by = libm::sqrt(4.0 * usual / variance);
                for column in 0..STATE {
                    self.covariance[row][column] *= by;
                    self.covariance[column][row] *= by;
                }
            }
        }
    }
}

/// Lets every part learn from what was seen, and weighs them anew.
pub(crate) fn observe(parts: &mut [Part], seen: &Seen, prior: &Prior, model: &Model) {
    let n = seen.loads.len();
    let (fine, coarse) = (Lattice::fine(n), Lattice::coarse(n));
    for part in parts.iter_mut() {
        let lattice = if part.weight < LITTLE { &coarse } else { &fine };
        part.weight *= part.observe(seen, lattice);
        part.stay_a_child(prior, model);
    }
    normalise(parts);
}

/// A part that weighs less is integrated more coarsely.
const LITTLE: f64 = 0.03;

/// Points at which an observation is integrated over the loaded areas: indices into the nodes of each dimension, and
/// the weight.
struct Lattice {
    rule: Rule,
    points: Vec<([u8; MAX_LOADED], f64)>,
}

impl Lattice {
    /// All combinations of the nodes, but for those that weigh next to nothing.
    fn fine(n: usize) -> Lattice {
        let rule = math::rule(n);
        let mut points = Vec::new();
        let mut at = [0; MAX_LOADED];
        'combinations: loop {
            let weight: f64 = at[..n].iter().map(|&i| rule[usize::from(i)].1).product();
            if weight > LEAST_WEIGHT {
                points.push((at, weight));
            }
            for i in &mut at[..n] {
                *i += 1;
                if usize::from(*i) < rule.len() {
                    continue 'combinations;
                }
                *i = 0;
            }
            break;
        }
        Lattice { rule, points }
    }

    /// The few points of a glance.
    fn coarse(n: usize) -> Lattice {
        if n == 1 {
            return Lattice::fine(1);
        }
        let point = |(z, weight): ([f64; MAX_LOADED], f64)| {
            let index = z.map(|z| {
                if z < 0.0 {
                    0
                } else if z > 0.0 {
                    2
                } else {
                    1
                }
            });
            (index, weight)
        };
        Lattice {
            rule: math::THREE,
            points: math::glance(n).into_iter().map(point).collect(),
        }
    }
}

/// Makes the weights sum to 1. A part is never given up for good: what seems impossible today may be what
/// explains tomorrow.
fn normalise(parts: &mut [Part]) {
    const NEVER_LESS: f64 = 1e-6;
    let total: f64 = parts.iter().map(|part| part.weight).sum();
    let sound = total.is_finite() && total > 0.0;
    let equal = 1.0 / parts.len() as f64;
    for part in parts.iter_mut() {
        part.weight = if sound {
            (part.weight / total).max(NEVER_LESS)
        } else {
            equal
        };
    }
}

/// An observation: areas with their demands, how steeply success rises there, and what was seen.
pub(crate) struct Seen<'a> {
    /// Loaded areas, each with the demand less the typical ability: what is asked of the deviation.
    pub(crate) loads: &'a [(Area, f64)],
    /// Discrimination: 1 for activities.
    pub(crate) slope: f64,
    /// How many logits it would be easier if strong areas made up for weak ones entirely.
    pub(crate) gap: f64,
    /// By what the logit is divided.
    pub(crate) soft: f64,
    pub(crate) outcome: &'a Outcome,
}

/// A direction in the state that an observation depends on.
#[derive(Clone, Copy)]
enum Direction {
    Area(usize),
    /// The reporter, and so many times the making up.
    Lift(f64),
}

impl Direction {
    /// What a row of a covariance, or a mean, is in this direction.
    fn across(self, row: &State) -> f64 {
        match self {
            Direction::Area(at) => row[at],
            Direction::Lift(gap) => row[REPORTER] + gap * row[MAKING_UP],
        }
    }
}

/// A part, seen through the dimensions of one observation.
struct Local {
    dims: usize,
    directions: [Direction; MAX_SEEN],
    mean: [f64; MAX_SEEN],
    factor: [[f64; MAX_SEEN]; MAX_SEEN],
}

/// Moments after an observation, in the standard coordinates of the factor.
struct Moments {
    evidence: f64,
    mean: [f64; MAX_SEEN],
    /// Covariance less the unit matrix.
    change: [[f64; MAX_SEEN]; MAX_SEEN],
}

impl Local {
    fn of(part: &Part, seen: &Seen) -> Local {
        let mut directions = [Direction::Lift(seen.gap); MAX_SEEN];
        let mut dims = seen.loads.len();
        for (direction, (area, _)) in directions.iter_mut().zip(seen.loads) {
            *direction = Direction::Area(area.index());
        }
        let lifted = part.covariance[REPORTER][REPORTER] + seen.gap * part.covariance[MAKING_UP][MAKING_UP];
        if lifted > 0.0 {
            dims += 1;
        }
        let mut matrix = [[0.0; MAX_SEEN]; MAX_SEEN];
        let mut mean = [0.0; MAX_SEEN];
        for a in 0..dims {
            mean[a] = directions[a].across(&part.mean);
            // The covariance of this direction with the whole state.
            let mut row = [0.0; STATE];
            for (value, state) in row.iter_mut().zip(&part.covariance) {
                *value = directions[a].across(state);
            }
            for b in 0..dims {
                matrix[a][b] = directions[b].across(&row);
            }
        }
        Local {
            dims,
            directions,
            mean,
            factor: math::cholesky(&matrix, dims),
        }
    }

    /// Integrates over the areas on a lattice, and over the reporter on three nodes inside.
    ///
    /// The exponentials factor over the nodes of each dimension, so they are taken once a dimension and node and
    /// not once a lattice point.
    fn moments(&self, seen: &Seen, lattice: &Lattice) -> Moments {
        let tables = Tables::of(self, seen, lattice.rule);
        let mut sums = Sums::default();
        for (at, weight) in &lattice.points {
            tables.point(self, seen, lattice.rule, &at.map(usize::from), *weight, &mut sums);
        }
        sums.moments(self.dims)
    }
}

/// Lattice points of less weight than this are left out: together they would weigh less than a thousandth.
const LEAST_WEIGHT: f64 = 1e-5;

/// The factors of the exponentials, for each dimension and node.
struct Tables {
    /// Area j, standard coordinate k, node i: exp(−slope · L_jk z_i).
    ease: [[[f64; math::MOST_NODES]; MAX_LOADED]; MAX_LOADED],
    /// Odds against success in area j at the mean.
    base: [f64; MAX_LOADED],
    /// The reporter's tilt of the softened odds, by coordinate and node.
    tilt: [[f64; math::MOST_NODES]; MAX_LOADED],
    /// And by the reporter's own nodes, the mean included.
    own: [f64; 3],
    /// Whether there is a reporter at all.
    reported: bool,
}

impl Tables {
    fn of(local: &Local, seen: &Seen, rule: Rule) -> Tables {
        let n = seen.loads.len();
        let reported = local.dims > n;
        let mut tables = Tables {
            ease: [[[1.0; math::MOST_NODES]; MAX_LOADED]; MAX_LOADED],
            base: [0.0; MAX_LOADED],
            tilt: [[1.0; math::MOST_NODES]; MAX_LOADED],
            own: [1.0; 3],
            reported,
        };
        for (j, &(_, at)) in seen.loads.iter().enumerate() {
            tables.base[j] = libm::exp(seen.slope * (at - local.mean[j]));
            for k in 0..=j {
                for (i, &(z, _)) in rule.iter().enumerate() {
                    tables.ease[j][k][i] = libm::exp(-seen.slope * local.factor[j][k] * z);
                }
            }
        }
        if reported {
            let by = -seen.slope / seen.soft;
            for k in 0..n {
                for (i, &(z, _)) in rule.iter().enumerate() {
                    tables.tilt[k][i] = libm::exp(by * local.factor[n][k] * z);
                }
            }
            for (own, &(z, _)) in tables.own.iter_mut().zip(math::THREE) {
                *own = libm::exp(by * (local.mean[n] + local.factor[n][n] * z));
            }
        }
        tables
    }

    /// Adds one lattice point.
    #[inline]
    fn point(
        &self,
        local: &Local,
        seen: &Seen,
        rule: Rule,
        at: &[usize; MAX_LOADED],
        weight: f64,
        sums: &mut Sums,
    ) {
        let n = seen.loads.len();
        let mut against = 0.0;
        for j in 0..n {
            let mut x = self.base[j];
            for k in 0..=j {
                x *= self.ease[j][k][at[k]];
            }
            against += x + against * x;
        }
        let against = against.clamp(1e-18, 1e18);
        let mut softened = if seen.soft == 1.0 {
            against
        } else {
            libm::exp(libm::log(against) / seen.soft)
        };
        // Of the likelihood over the reporter's nodes: its sum, and those weighted with z and z².
        let (mut sum, mut first, mut second) = (0.0, 0.0, 0.0);
        if self.reported {
            for k in 0..n {
                softened *= self.tilt[k][at[k]];
            }
            for (&own, &(z, share)) in self.own.iter().zip(math::THREE) {
                let likelihood = share * seen.outcome.likelihood(softened * own);
                sum += likelihood;
                first += likelihood * z;
                second += likelihood * z * z;
            }
        } else {
            sum = seen.outcome.likelihood(softened);
        }
        sums.evidence += weight * sum;
        for k in 0..n {
            let z = rule[at[k]].0;
            sums.first[k] += weight * sum * z;
            for j in 0..=k {
                sums.second[k][j] += weight * sum * z * rule[at[j]].0;
            }
            sums.second[n][k] += weight * first * z;
        }
        if local.dims > n {
            sums.first[n] += weight * first;
            sums.second[n][n] += weight * second;
        }
    }
}

#[derive(Default)]
struct Sums {
    evidence: f64,
    first: [f64; MAX_SEEN],
    second: [[f64; MAX_SEEN]; MAX_SEEN],
}

impl Sums {
    fn moments(&self, dims: usize) -> Moments {
        let mut moments = Moments {
            evidence: self.evidence,
            mean: [0.0; MAX_SEEN],
            change: [[0.0; MAX_SEEN]; MAX_SEEN],
        };
        for a in 0..dims {
            moments.mean[a] = self.first[a] / self.evidence;
        }
        for a in 0..dims {
            for b in 0..=a {
                let unit = if a == b { 1.0 } else { 0.0 };
                let change = self.second[a][b] / self.evidence - moments.mean[a] * moments.mean[b] - unit;
                moments.change[a][b] = change;
                moments.change[b][a] = change;
            }
        }
        moments
    }
}
