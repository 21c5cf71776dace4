//! Each milestone's age curve: how the chance of a pass rises with age, and how steeply with the child.
//!
//! For a child of age t with deviation δ from the typical child in the milestone's area, the logit of a pass is
//! A + B (L(t) − L̄) + a δ, where L(t) = ln((t + 40 days) / a year) and L̄ is its mean over the milestone's rows: the
//! two-parameter logistic model (Birnbaum 1968) with a curve over age in the place of a difficulty.

use super::filter::Sight;
use super::link::{sigmoid, slopes};
use super::records::{Records, Row};

/// A milestone.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Index of its area.
    pub area: usize,
    /// L̄.
    pub centre: f64,
    /// A.
    pub level: f64,
    /// B.
    pub rise: f64,
    /// ln a.
    pub steep: f64,
}

impl Curve {
    /// The logit of a pass for the typical child of this age.
    pub fn logit(&self, days: f64) -> f64 {
        self.level + self.rise * (age(days) - self.centre)
    }

    /// a: how steeply success rises with the child's deviation.
    pub fn slope(&self) -> f64 {
        self.steep.exp()
    }
}

/// All milestones, and where their rises are drawn to.
#[derive(Clone, Debug, PartialEq)]
pub struct Curves {
    /// One for each milestone.
    pub all: Vec<Curve>,
    /// The usual rise: the prior mean of B.
    pub usual: f64,
}

/// Conception lies before birth, and early months count for less than a plain logarithm says: days added to the age.
const BEFORE_BIRTH: f64 = 40.0;

fn age(days: f64) -> f64 {
    ((days + BEFORE_BIRTH) / 365.25).ln()
}

/// The baseline's age: a plain logarithm. On the day of birth it would be no number.
fn plain_age(days: f64) -> f64 {
    (days.max(1.0) / 365.25).ln()
}

/// The rows of each milestone.
pub fn by_item(records: &Records, items: usize) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); items];
    for (at, row) in records.rows.iter().enumerate() {
        rows[row.item].push(at);
    }
    rows
}

/// Where each milestone's curve has its middle.
pub fn centres(records: &Records, items: usize) -> Vec<f64> {
    means(records, items, age)
}

fn means(records: &Records, items: usize, age: impl Fn(f64) -> f64) -> Vec<f64> {
    by_item(records, items)
        .iter()
        .map(|rows| {
            let sum: f64 = rows.iter().map(|&at| age(records.rows[at].days)).sum();
            sum / rows.len().max(1) as f64
        })
        .collect()
}

/// What age alone says of each milestone: a logistic regression of passing on the logarithm of age.
#[derive(Clone, Debug, PartialEq)]
pub struct AgeOnly(Vec<[f64; 3]>);

impl AgeOnly {
    /// Fits them.
    pub fn fit(records: &Records, items: usize) -> AgeOnly {
        let centres = means(records, items, plain_age);
        let (lines, _) = regressions(records, &centres, plain_age);
        let lines = lines.into_iter().zip(centres);
        AgeOnly(
            lines
                .map(|((level, rise), centre)| [level, rise, centre])
                .collect(),
        )
    }

    /// The logit of a pass.
    pub fn logit(&self, row: &Row) -> f64 {
        let [level, rise, centre] = self.0[row.item];
        level + rise * (plain_age(row.days) - centre)
    }
}

/// Level and rise of each milestone with age alone, and the usual rise, to which those of rare milestones are drawn.
fn regressions(records: &Records, centres: &[f64], age: impl Fn(f64) -> f64) -> (Vec<(f64, f64)>, f64) {
    let rows = by_item(records, centres.len());
    let mut usual = 6.0;
    let mut lines = Vec::new();
    for _ in 0..3 {
        lines = rows
            .iter()
            .zip(centres)
            .map(|(rows, centre)| {
                let points = rows.iter().map(|&at| {
                    let row = &records.rows[at];
                    (age(row.days) - centre, f64::from(u8::from(row.pass)))
                });
                regression(&points.collect::<Vec<_>>(), usual)
            })
            .collect();
        usual = median(lines.iter().map(|line: &(f64, f64)| line.1)).max(0.5);
    }
    (lines, usual)
}

/// Logistic regression with the priors level ~ N(0, 3²) and rise ~ N(usual, usual²), by Newton's method.
fn regression(points: &[(f64, f64)], usual: f64) -> (f64, f64) {
    let (mut level, mut rise) = (0.0, usual);
    let (of_level, of_rise) = (1.0 / 9.0, 1.0 / (usual * usual));
    for _ in 0..30 {
        let mut gradient = [-of_level * level, -of_rise * (rise - usual)];
        let mut bend = [of_level, 0.0, of_rise];
        for &(x, pass) in points {
            let p = sigmoid(level + rise * x);
            let weight = p * (1.0 - p) + 1e-9;
            gradient[0] += pass - p;
            gradient[1] += (pass - p) * x;
            bend[0] += weight;
            bend[1] += weight * x;
            bend[2] += weight * x * x;
        }
        let whole = bend[0] * bend[2] - bend[1] * bend[1];
        let by_level = ((bend[2] * gradient[0] - bend[1] * gradient[1]) / whole).clamp(-3.0, 3.0);
        let by_rise = ((bend[0] * gradient[1] - bend[1] * gradient[0]) / whole).clamp(-3.0, 3.0);
        level += by_level;
        rise += by_rise;
        if by_level.abs().max(by_rise.abs()) < 1e-8 {
            break;
        }
    }
    (level, rise)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        even if even % 2 == 0 => 0.5 * (values[middle - 1] + values[middle]),
        _ => values[middle],
    }
}

/// How far a milestone's rise may lie from the usual one, as a share of it; and ln a from 0.
const RISE_SD: f64 = 0.5;
const STEEP_SD: f64 = 0.35;

impl Curves {
    /// Where fitting begins: with age alone, made steeper because children of one age differ. A logistic curve blurred by
    /// a Gaussian of variance v is about one that is flatter by √(1 + .346 v).
    pub fn start(records: &Records, area_of: &[usize], centres: &[f64], variance: f64) -> Curves {
        let (lines, usual) = regressions(records, centres, age);
        let steeper = (1.0 + 0.346 * variance).sqrt();
        let all = lines.iter().zip(centres).zip(area_of);
        Curves {
            all: all
                .map(|((&(level, rise), &centre), &area)| Curve {
                    area,
                    centre,
                    level: level * steeper,
                    rise: rise * steeper,
                    steep: 0.0,
                })
                .collect(),
            usual: usual * steeper,
        }
    }

    /// Fits every milestone anew, given what was believed of each child just before each response.
    pub fn refit(&mut self, records: &Records, sights: &[Sight], rows: &[Vec<usize>], by_chance: f64) {
        for (curve, rows) in self.all.iter_mut().zip(rows) {
            if !rows.is_empty() {
                score(curve, records, sights, rows, self.usual, by_chance);
            }
        }
        // Only products of a and the spread of children can be known: the usual a is 1.
        let count = self.all.len().max(1) as f64;
        let middle = self.all.iter().map(|curve| curve.steep).sum::<f64>() / count;
        for curve in &mut self.all {
            curve.steep -= middle;
        }
        let logs: f64 = self.all.iter().map(|curve| curve.rise.max(0.5).ln()).sum();
        self.usual = (logs / count).exp();
    }
}

/// Fisher scoring (Rao 1948) of one milestone's A, B and ln a on the likelihood of p = E[link(N(μ, σ²))], where μ and σ²
/// are what the filter believed before the response.
fn score(curve: &mut Curve, records: &Records, sights: &[Sight], rows: &[usize], usual: f64, by_chance: f64) {
    let before = curve.slope();
    let precision = [
        1.0 / 25.0,
        1.0 / (RISE_SD * usual).powi(2),
        1.0 / (STEEP_SD * STEEP_SD),
    ];
    for _ in 0..6 {
        let at = [curve.level, curve.rise, curve.steep];
        let mut gradient = [
            -precision[0] * at[0],
            -precision[1] * (at[1] - usual),
            -precision[2] * at[2],
        ];
        let mut bend = [
            [precision[0], 0.0, 0.0],
            [0.0, precision[1], 0.0],
            [0.0, 0.0, precision[2]],
        ];
        let a = curve.slope();
        for &index in rows {
            let (row, sight) = (&records.rows[index], &sights[index]);
            let x = age(row.days) - curve.centre;
            let (shift, spread) = (
                a * sight.area_mean / before,
                a * a * sight.area_variance / (before * before),
            );
            let both = a * sight.both / before;
            let mean = curve.level + curve.rise * x + shift + sight.memory_mean;
            let sd = (spread + sight.memory_variance + 2.0 * both).max(1e-9).sqrt();
            let (p, by_mean, by_sd) = slopes(mean, sd, by_chance);
            let by_steep = by_mean * shift + by_sd / (2.0 * sd) * (2.0 * spread + 2.0 * both);
            let slopes = [by_mean, by_mean * x, by_steep];
            let weight = 1.0 / (p * (1.0 - p)).max(1e-9);
            let off = (f64::from(u8::from(row.pass)) - p) * weight;
            for i in 0..3 {
                gradient[i] += off * slopes[i];
                for j in 0..=i {
                    bend[i][j] += weight * slopes[i] * slopes[j];
                }
            }
        }
        let step = solve3(&bend, &gradient).map(|step| step.clamp(-1.5, 1.5));
        curve.level += step[0];
        curve.rise += step[1];
        curve.steep = (curve.steep + step[2]).clamp(-3.0, 3.0);
        if step.iter().all(|step| step.abs() < 1e-5) {
            break;
        }
    }
}

/// Solves a positive definite system of three, of which the lower half is given, by Cholesky's method.
fn solve3(matrix: &[[f64; 3]; 3], y: &[f64; 3]) -> [f64; 3] {
    let matrix = super::matrix::Matrix::of(3, |a, b| matrix[a.max(b)][a.min(b)]);
    let mut x = *y;
    matrix.factor().solve(&mut x);
    x
}
