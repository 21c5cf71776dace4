//! What the reference numbers are when nothing is approximated: prior times likelihood on a fine grid, point by point.
//!
//! It shares nothing with the engine: no quadrature, no moments, not even the logistic function.

/// The logistic function.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Evenly spaced values.
fn spaced(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> + Clone {
    let count = ((to - from) / step).round() as usize;
    (0..=count).map(move |place| from + place as f64 * step)
}

/// A distribution over one ability.
pub struct Line {
    points: Vec<(f64, f64)>,
}

impl Line {
    /// Normal, on a grid.
    pub fn normal(mean: f64, sd: f64, (from, to, step): (f64, f64, f64)) -> Line {
        let density = |x: f64| (-0.5 * ((x - mean) / sd).powi(2)).exp();
        Line {
            points: spaced(from, to, step).map(|x| (x, density(x))).collect(),
        }
    }

    /// Standard normal, on a grid that is fine enough for ten digits.
    pub fn standard() -> Line {
        Line::normal(0.0, 1.0, (-12.0, 12.0, 0.005))
    }

    /// Learns from what was seen.
    pub fn see(&mut self, likelihood: impl Fn(f64) -> f64) {
        for (x, weight) in &mut self.points {
            *weight *= likelihood(*x);
        }
    }

    fn expect(&self, value: impl Fn(f64) -> f64) -> f64 {
        let total: f64 = self.points.iter().map(|(_, weight)| weight).sum();
        let sum: f64 = self.points.iter().map(|&(x, weight)| weight * value(x)).sum();
        sum / total
    }

    /// Mean.
    pub fn mean(&self) -> f64 {
        self.expect(|x| x)
    }

    /// Standard deviation.
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        self.expect(|x| (x - mean).powi(2)).sqrt()
    }
}

/// A distribution over two abilities.
pub struct Plane {
    points: Vec<([f64; 2], f64)>,
}

impl Plane {
    /// Normal with variances of 1.
    pub fn normal(correlation: f64) -> Plane {
        let determinant = 1.0 - correlation * correlation;
        let axis = spaced(-9.0, 9.0, 0.05);
        let points = axis.clone().flat_map(|x| axis.clone().map(move |y| [x, y]));
        let density =
            |[x, y]: [f64; 2]| (-0.5 * (x * x - 2.0 * correlation * x * y + y * y) / determinant).exp();
        Plane {
            points: points.map(|at| (at, density(at))).collect(),
        }
    }

    /// Learns from what was seen.
    pub fn see(&mut self, likelihood: impl Fn([f64; 2]) -> f64) {
        for (at, weight) in &mut self.points {
            *weight *= likelihood(*at);
        }
    }

    /// Mean of a value.
    pub fn expect(&self, value: impl Fn([f64; 2]) -> f64) -> f64 {
        let total: f64 = self.points.iter().map(|(_, weight)| weight).sum();
        let sum: f64 = self.points.iter().map(|&(at, weight)| weight * value(at)).sum();
        sum / total
    }

    /// Means.
    pub fn mean(&self) -> [f64; 2] {
        [self.expect(|at| at[0]), self.expect(|at| at[1])]
    }

    /// Covariance of two of the abilities.
    pub fn covariance(&self, a: usize, b: usize) -> f64 {
        let mean = self.mean();
        self.expect(|at| (at[a] - mean[a]) * (at[b] - mean[b]))
    }
}

/// A question with a discrimination, a difficulty and a chance to guess.
#[derive(Clone, Copy)]
pub struct Item {
    pub a: f64,
    pub b: f64,
    pub c: f64,
}

impl Item {
    /// Of the Rasch model.
    pub const fn rasch(b: f64) -> Item {
        Item { a: 1.0, b, c: 0.0 }
    }

    /// Chance of what was answered.
    pub fn likelihood(self, theta: f64, passed: bool) -> f64 {
        let p = self.chance(theta);
        if passed {
            p
        } else {
            1.0 - p
        }
    }

    fn chance(self, theta: f64) -> f64 {
        self.c + (1.0 - self.c) * sigmoid(self.a * (theta - self.b))
    }

    /// Slope of the log likelihood.
    fn score(self, theta: f64, passed: bool) -> f64 {
        let p = self.chance(theta);
        let seen = if passed { 1.0 } else { 0.0 };
        self.a * (p - self.c) / (1.0 - self.c) / p * (seen - p)
    }

    fn information(self, theta: f64) -> f64 {
        let p = self.chance(theta);
        (self.a * (p - self.c) / (1.0 - self.c)).powi(2) * (1.0 - p) / p
    }
}

/// The most likely ability, or with a standard normal prior the most probable one.
pub fn most_likely(answers: &[(Item, bool)], with_prior: bool) -> f64 {
    let prior = if with_prior { 1.0 } else { 0.0 };
    let log = |theta: f64| {
        let all: f64 = answers
            .iter()
            .map(|&(item, passed)| item.likelihood(theta, passed).ln())
            .sum();
        all - 0.5 * prior * theta * theta
    };
    let slope = |theta: f64| {
        let all: f64 = answers
            .iter()
            .map(|&(item, passed)| item.score(theta, passed))
            .sum();
        all - prior * theta
    };
    // With guessing there may be several hills: the grid finds the highest, the bisection its top.
    const STEP: f64 = 0.01;
    let best = spaced(-8.0, 8.0, STEP).max_by(|&a, &b| log(a).total_cmp(&log(b)));
    let best = best.unwrap_or_default();
    let (mut low, mut high) = (best - STEP, best + STEP);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if slope(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The standard error of maximum likelihood at an ability.
pub fn standard_error(answers: &[(Item, bool)], theta: f64) -> f64 {
    let all: f64 = answers.iter().map(|(item, _)| item.information(theta)).sum();
    1.0 / all.sqrt()
}
