//! What is believed of a child, visit by visit: one Gaussian, moved by each answer.
//!
//! The state of a child holds for each area a deviation that stays (u) and one that fades (v), and for each milestone
//! what is particular to this child and it (e, its *memory*). An answer depends on A + B L(t) + a (u + v) + e; belief
//! moves by matching the moments of that sum and by carrying the change to the rest of the state by regression.

use super::curve::Curves;
use super::link;
use super::matrix::Matrix;
use super::records::{Records, Row};

/// What children are taken to be like.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// Covariance over areas of the deviations that stay; without any, all fade.
    pub staying: Option<&'a Matrix>,
    /// Covariance over areas of those that fade, at any one time.
    pub fading: &'a Matrix,
    /// How fast: mean time in days.
    pub fading_days: f64,
    /// Share of answers that are passes by chance alone, and as many fails.
    pub by_chance: f64,
    /// What is particular to a child and a milestone, if that is kept at all.
    pub memory: Option<&'a Memory>,
}

/// How what is particular to a child and a milestone goes together over milestones.
#[derive(Clone, Debug, PartialEq)]
pub enum Memory {
    /// Covariance of all milestones.
    Together(Matrix),
    /// Variance of each, where there are too many for more.
    Apart(Vec<f64>),
}

impl Memory {
    /// More milestones than this are not taken together: time and memory grow with their square.
    const MOST_TOGETHER: usize = 120;

    /// Before anything is known of it.
    pub fn start(items: usize, sd: f64) -> Memory {
        if items <= Memory::MOST_TOGETHER {
            Memory::Together(Matrix::alike(items, sd * sd, 0.0))
        } else {
            Memory::Apart(vec![sd * sd; items])
        }
    }

    /// Covariance of two milestones.
    pub fn at(&self, a: usize, b: usize) -> f64 {
        match self {
            Memory::Together(matrix) => matrix.at(a, b),
            Memory::Apart(variances) if a == b => variances[a],
            Memory::Apart(_) => 0.0,
        }
    }
}

/// What was believed before a response, and what it said of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sight {
    /// Chance of a pass.
    pub p: f64,
    /// Of the logit: mean and variance of what comes from the area, the milestone's slope included.
    pub area_mean: f64,
    /// See there.
    pub area_variance: f64,
    /// Mean of what comes from the memory.
    pub memory_mean: f64,
    /// Its variance.
    pub memory_variance: f64,
    /// Covariance of the two.
    pub both: f64,
}

/// Goes through all children: what was believed before each response, and, where `learn`, the memory as these children
/// have it (one step of expectation-maximisation; Dempster, Laird and Rubin 1977), drawn to `prior` as by so many
/// children more.
pub fn through(
    records: &Records,
    curves: &Curves,
    world: &World,
    learn: Option<(f64, f64)>,
) -> (Vec<Sight>, Option<Memory>) {
    let mut sights = vec![Sight::default(); records.rows.len()];
    let mut lesson = world
        .memory
        .zip(learn)
        .map(|(memory, (prior, strength))| Lesson::new(memory, prior, strength));
    let mut child = State::new(curves.all.len());
    for &range in &records.children {
        let rows = &records.rows[range.0..range.1];
        child.begin(rows, world);
        let mut last = None;
        for (from, to) in records.visits(range) {
            let day = records.rows[from].days;
            if let Some(last) = last {
                child.fade(day - last, world);
            }
            last = Some(day);
            for (row, sight) in records.rows[from..to].iter().zip(&mut sights[from..to]) {
                *sight = child.look(row, curves, world).sight;
            }
            for row in &records.rows[from..to] {
                child.learn(row, curves, world);
            }
        }
        if let (Some(lesson), Some(memory)) = (&mut lesson, world.memory) {
            lesson.add(&child, memory);
        }
    }
    (sights, lesson.map(Lesson::memory))
}

/// The belief about one child: the memory of milestones, then what stays, then what fades. Only milestones that the child
/// ever meets are dimensions of it: those that it does not meet change nothing.
struct State {
    /// Where that which stays begins, where anything does, and where that which fades.
    staying: Option<usize>,
    fading: usize,
    /// Dimensions.
    n: usize,
    mean: Vec<f64>,
    /// Lower half of the covariance, rows of full length.
    covariance: Vec<f64>,
    /// Milestones that the child meets, and for each milestone its place among them.
    met: Vec<usize>,
    place: Vec<usize>,
    /// Covariance of the state with the logit of the response that is looked at.
    with: Vec<f64>,
}

/// A response as believed: mean and standard deviation of its logit.
struct Look {
    sight: Sight,
    mean: f64,
    variance: f64,
}

impl State {
    fn new(items: usize) -> State {
        State {
            staying: None,
            fading: 0,
            n: 0,
            mean: Vec::new(),
            covariance: Vec::new(),
            met: Vec::new(),
            place: vec![usize::MAX; items],
            with: Vec::new(),
        }
    }

    /// A child of whom nothing is known yet.
    fn begin(&mut self, rows: &[Row], world: &World) {
        self.met.clear();
        if world.memory.is_some() {
            self.met.extend(rows.iter().map(|row| row.item));
            self.met.sort_unstable();
            self.met.dedup();
        }
        for (at, &item) in self.met.iter().enumerate() {
            self.place[item] = at;
        }
        self.staying = world.staying.map(|_| self.met.len());
        self.fading = self.met.len() + world.staying.map_or(0, |staying| staying.n);
        self.n = self.fading + world.fading.n;
        let n = self.n;
        self.mean.clear();
        self.mean.resize(n, 0.0);
        self.with.clear();
        self.with.resize(n, 0.0);
        self.covariance.clear();
        self.covariance.resize(n * n, 0.0);
        if let Some(memory) = world.memory {
            for (a, &one) in self.met.iter().enumerate() {
                for (b, &other) in self.met[..=a].iter().enumerate() {
                    self.covariance[a * n + b] = memory.at(one, other);
                }
            }
        }
        let staying = self.staying.zip(world.staying);
        for (from, matrix) in staying.into_iter().chain([(self.fading, world.fading)]) {
            for a in 0..matrix.n {
                for b in 0..=a {
                    self.covariance[(from + a) * n + from + b] = matrix.at(a, b);
                }
            }
        }
    }

    fn at(&self, a: usize, b: usize) -> f64 {
        self.covariance[a.max(b) * self.n + a.min(b)]
    }

    /// Time passes: what fades keeps the share f = exp(−days / τ), and new variance comes for what went.
    fn fade(&mut self, days: f64, world: &World) {
        let kept = (-days / world.fading_days).exp();
        let (n, from) = (self.n, self.fading);
        for i in from..n {
            self.mean[i] *= kept;
            let (rest, faded) = self.covariance[i * n..=i * n + i].split_at_mut(from);
            rest.iter_mut().for_each(|value| *value *= kept);
            for (j, value) in faded.iter_mut().enumerate() {
                *value = kept * kept * *value + (1.0 - kept * kept) * world.fading.at(i - from, j);
            }
        }
    }

    /// Adds to `with`, `by` times the covariance of the state with one of its dimensions.
    fn add_row(&mut self, dimension: usize, by: f64) {
        let n = self.n;
        let row = &self.covariance[dimension * n..dimension * n + dimension];
        for (with, value) in self.with.iter_mut().zip(row) {
            *with += by * value;
        }
        let column = self.covariance[dimension * n + dimension..].iter().step_by(n);
        for (with, value) in self.with[dimension..].iter_mut().zip(column) {
            *with += by * value;
        }
    }

    fn look(&mut self, row: &Row, curves: &Curves, world: &World) -> Look {
        let curve = &curves.all[row.item];
        let slope = curve.slope();
        let fades = self.fading + curve.area;
        self.with.fill(0.0);
        self.add_row(fades, slope);
        let mut sight = Sight {
            area_mean: slope * self.mean[fades],
            ..Sight::default()
        };
        if let Some(stays) = self.staying.map(|staying| staying + curve.area) {
            self.add_row(stays, slope);
            sight.area_mean += slope * self.mean[stays];
            sight.area_variance += slope * self.with[stays];
        }
        sight.area_variance += slope * self.with[fades];
        let mut variance = sight.area_variance;
        if world.memory.is_some() {
            let memory = self.place[row.item];
            sight.both = self.with[memory];
            sight.memory_mean = self.mean[memory];
            sight.memory_variance = self.at(memory, memory);
            self.add_row(memory, 1.0);
            variance += sight.memory_variance + 2.0 * sight.both;
        }
        let variance = variance.max(1e-9);
        let mean = curve.logit(row.days) + sight.area_mean + sight.memory_mean;
        sight.p = link::chance(mean, variance.sqrt(), world.by_chance);
        Look {
            sight,
            mean,
            variance,
        }
    }

    fn learn(&mut self, row: &Row, curves: &Curves, world: &World) {
        let Look { mean, variance, .. } = self.look(row, curves, world);
        let sd = variance.sqrt();
        let (moved, sure) = link::learn(mean, sd, world.by_chance, row.pass);
        let (by_mean, by_variance) = (moved / sd, sure / variance);
        for (mean, with) in self.mean.iter_mut().zip(&self.with) {
            *mean += with * by_mean;
        }
        for (i, row) in self.covariance.chunks_exact_mut(self.n).enumerate() {
            let by = self.with[i] * by_variance;
            for (value, with) in row[..=i].iter_mut().zip(&self.with) {
                *value -= by * with;
            }
        }
    }
}

/// Sums over children from which the memory's covariance is learned.
struct Lesson {
    sum: Memory,
    children: Vec<f64>,
    prior: f64,
    strength: f64,
}

impl Lesson {
    fn new(memory: &Memory, prior: f64, strength: f64) -> Lesson {
        let (sum, items) = match memory {
            Memory::Together(matrix) => (Memory::Together(Matrix::alike(matrix.n, 0.0, 0.0)), 1),
            Memory::Apart(variances) => (Memory::Apart(vec![0.0; variances.len()]), variances.len()),
        };
        Lesson {
            sum,
            children: vec![0.0; items],
            prior,
            strength,
        }
    }

    /// Adds the second moments of one child's memory. What the child did not meet follows from what it met by regression:
    /// with G = R_ro R_oo⁻¹ its mean is G m_o and its covariance R_rr − G (R_oo − P_oo) Gᵀ.
    fn add(&mut self, child: &State, memory: &Memory) {
        let (met, mean) = (&child.met, &child.mean);
        let sum = match &mut self.sum {
            Memory::Apart(variances) => {
                for (at, &item) in met.iter().enumerate() {
                    variances[item] += mean[at] * mean[at] + child.at(at, at);
                    self.children[item] += 1.0;
                }
                return;
            }
            Memory::Together(sum) => sum,
        };
        self.children[0] += 1.0;
        let mut add = |a: usize, b: usize, value: f64| {
            *sum.at_mut(a, b) += value;
            if a != b {
                *sum.at_mut(b, a) += value;
            }
        };
        for (a, &one) in met.iter().enumerate() {
            for (b, &other) in met[..=a].iter().enumerate() {
                add(one, other, mean[a] * mean[b] + child.at(a, b));
            }
        }
        let rest: Vec<usize> = (0..child.place.len())
            .filter(|item| met.binary_search(item).is_err())
            .collect();
        if rest.is_empty() {
            return;
        }
        let factor = Matrix::of(met.len(), |a, b| memory.at(met[a], met[b])).factor();
        // For each unmet milestone its regression on the met ones, its mean, and G P_oo.
        let mut regressed: Vec<(usize, Vec<f64>, f64, Vec<f64>)> = Vec::with_capacity(rest.len());
        for &item in &rest {
            let mut by: Vec<f64> = met.iter().map(|&other| memory.at(item, other)).collect();
            factor.solve(&mut by);
            let expected: f64 = by.iter().zip(mean).map(|(by, mean)| by * mean).sum();
            let with: Vec<f64> = (0..met.len())
                .map(|a| (0..met.len()).map(|b| by[b] * child.at(a, b)).sum())
                .collect();
            for (at, &other) in met.iter().enumerate() {
                add(item, other, expected * mean[at] + with[at]);
            }
            regressed.push((item, by, expected, with));
            for (other, by_other, expected_other, _) in &regressed {
                let known: f64 = met
                    .iter()
                    .zip(by_other)
                    .map(|(&met, by)| memory.at(item, met) * by)
                    .sum();
                let left: f64 = regressed[regressed.len() - 1]
                    .3
                    .iter()
                    .zip(by_other)
                    .map(|(with, by)| with * by)
                    .sum();
                add(
                    item,
                    *other,
                    expected * expected_other + memory.at(item, *other) - known + left,
                );
            }
        }
    }

    fn memory(self) -> Memory {
        let before = self.strength * self.prior * self.prior;
        match self.sum {
            Memory::Together(mut sum) => {
                let children = self.children[0] + self.strength;
                for at in 0..sum.n {
                    *sum.at_mut(at, at) += before;
                }
                sum.values.iter_mut().for_each(|value| *value /= children);
                Memory::Together(sum)
            }
            Memory::Apart(sums) => {
                let children = self.children.iter().map(|count| count + self.strength);
                Memory::Apart(
                    sums.iter()
                        .zip(children)
                        .map(|(sum, children)| (sum + before) / children)
                        .collect(),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;
    use crate::children::curve::Curve;

    fn curves(items: usize) -> Curves {
        let curve = |item: usize| Curve {
            area: item % 2,
            centre: -1.0,
            level: 0.3,
            rise: 5.0,
            steep: 0.2,
        };
        Curves {
            all: (0..items).map(curve).collect(),
            usual: 5.0,
        }
    }

    fn row(child: usize, days: f64, item: usize, pass: bool) -> Row {
        Row {
            child,
            days,
            item,
            pass,
            predicted: false,
            earlier: None,
        }
    }

    fn records(rows: Vec<Row>) -> Records {
        let children = vec![(0, rows.len())];
        Records {
            rows,
            children,
            ..Records::default()
        }
    }

    fn world<'a>(fading: &'a Matrix, memory: Option<&'a Memory>) -> World<'a> {
        World {
            staying: None,
            fading,
            fading_days: 300.0,
            by_chance: 0.003,
            memory,
        }
    }

    #[test]
    fn what_was_seen_changes_what_is_expected_most_where_it_is_nearest() {
        let (fading, memory) = (Matrix::alike(2, 1.0, 0.5), Memory::start(4, 1.0));
        let later = |pass| {
            let rows = vec![
                row(0, 100.0, 0, pass),
                row(0, 130.0, 0, true),
                row(0, 130.0, 2, true),
                row(0, 130.0, 1, true),
            ];
            let sights = through(&records(rows), &curves(4), &world(&fading, Some(&memory)), None).0;
            [sights[1].p, sights[2].p, sights[3].p]
        };
        let (passed, failed) = (later(true), later(false));
        let moved: Vec<f64> = passed
            .iter()
            .zip(failed)
            .map(|(pass, fail)| pass - fail)
            .collect();
        // The same milestone, one of the same area, one of the other.
        assert!(
            moved[0] > moved[1] && moved[1] > moved[2] && moved[2] > 0.01,
            "{moved:?}"
        );
    }

    #[test]
    fn the_memory_of_unmet_milestones_is_what_was_believed_of_them() {
        // Two milestones alike but for a hair: who does one does the other, whether it was asked or not.
        let memory = Memory::Together(Matrix::of(2, |a, b| if a == b { 1.0 } else { 0.999_999 }));
        let fading = Matrix::alike(2, 1e-6, 0.0);
        let rows = vec![row(0, 100.0, 0, true), row(0, 200.0, 0, true)];
        let learned = through(
            &records(rows),
            &curves(2),
            &world(&fading, Some(&memory)),
            Some((1.0, 0.0)),
        )
        .1;
        let Some(Memory::Together(learned)) = learned else {
            panic!("the memory was to be learned")
        };
        for (a, b) in [(0, 1), (1, 1)] {
            assert!((learned.at(a, b) - learned.at(0, 0)).abs() < 1e-4, "{learned:?}");
        }
    }

    #[test]
    fn what_fades_is_forgotten_and_what_is_kept_apart_learned_apart() {
        let (fading, memory) = (Matrix::alike(2, 1.0, 0.5), Memory::Apart(vec![1e-9; 4]));
        let rows = vec![row(0, 100.0, 0, true), row(0, 44_000.0, 0, true)];
        let world = world(&fading, Some(&memory));
        let (sights, learned) = through(&records(rows), &curves(4), &world, Some((1.0, 3.0)));
        assert!(sights[1].area_mean.abs() < 1e-9);
        let Some(Memory::Apart(learned)) = learned else {
            panic!("the memory was to be learned")
        };
        assert!(
            (learned[0] - 0.75).abs() < 1e-6 && (learned[1] - 1.0).abs() < 1e-6,
            "{learned:?}"
        );
    }
}
