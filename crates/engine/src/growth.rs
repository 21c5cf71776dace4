//! The typical child: ability by age, and how far children of one age lie apart.
//!
//! The curve is `7.17 · ln(age in years) − 3.41`, fitted to 339 milestones of real children of 8 to 50 months
//! (r = .991, residual 0.48 logit; derived from the CC BY 4.0 cohorts of the R package childdevdata). Beyond
//! 50 months it is an extrapolation, which is why the spread widens there.

use crate::area::{Area, PerArea, COUNT};
use crate::math;
use crate::unit::{Logit, Months};

const SLOPE: f64 = 7.17;
const AT_ONE_YEAR: f64 = -3.41;

/// The ability of the typical child of this age, in every area alike.
pub fn typical(age: Months) -> Logit {
    Logit::saturating(SLOPE * libm::log(age.years()) + AT_ONE_YEAR)
}

/// The age at which the typical child has this ability: the inverse of [`typical`].
pub fn age_of(ability: Logit) -> Months {
    Months::saturating(12.0 * libm::exp((ability.get() - AT_ONE_YEAR) / SLOPE))
}

/// The last age that the curve was fitted on, in months. Beyond it the app says that it is less sure.
pub const FITTED_UP_TO: f64 = 50.0;

/// Standard deviation between children of one age, in logits: 0.85 up to four years, 1.3 at eight, 1.6 at
/// twelve.
pub fn spread(age: Months) -> f64 {
    let months = age.get();
    if months <= 48.0 {
        0.85
    } else if months <= 96.0 {
        0.85 + 0.45 * (months - 48.0) / 48.0
    } else {
        (1.3 + 0.3 * (months - 96.0) / 48.0).min(1.6)
    }
}

/// How strongly each area goes with general development. The product of two is the correlation of two areas
/// at equal age, which makes the matrix positive definite whatever the entries. Chosen to lie near the
/// correlations of real children (.43 to .79): hands and thinking .77 (seen .79), hands and whole body .57
/// (.58), whole body and thinking .57 (.51). Areas that the records do not hold have a judged, lower value.
const LOADING: PerArea<f64> = [0.82, 0.65, 0.87, 0.80, 0.88, 0.78, 0.62, 0.72, 0.78, 0.84, 0.78];

/// Correlation of two areas between children of one age.
pub fn correlation(a: Area, b: Area) -> f64 {
    if a == b {
        1.0
    } else {
        LOADING[a.index()] * LOADING[b.index()]
    }
}

/// Covariance of the areas between children of this age: what is known of a child before anything was
/// reported.
pub fn covariance(age: Months) -> PerArea<PerArea<f64>> {
    let variance = spread(age) * spread(age);
    let mut matrix = [[0.0; COUNT]; COUNT];
    for a in Area::ALL {
        for b in Area::ALL {
            matrix[a.index()][b.index()] = variance * correlation(a, b);
        }
    }
    matrix
}

/// What is known of a child before anything was reported: the typical child, and how children lie around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Prior {
    typical: PerArea<f64>,
    covariance: PerArea<PerArea<f64>>,
}

/// Why a prior cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriorError {
    /// A number that is not finite, or an ability beyond ±40 or a variance beyond 400.
    Number,
    /// Two areas go with each other differently from either side.
    Asymmetric,
    /// A variance below 0, or correlations that no children could have.
    NotACovariance,
}

impl Prior {
    /// Of a child of this age.
    pub fn of_age(age: Months) -> Prior {
        Prior {
            typical: [typical(age).get(); COUNT],
            covariance: covariance(age),
        }
    }

    /// Any other. An area whose variance is 0 is one that this child's world does not have.
    ///
    /// # Errors
    /// What makes it impossible.
    pub fn new(typical: PerArea<f64>, covariance: PerArea<PerArea<f64>>) -> Result<Prior, PriorError> {
        let sound = |value: &f64, most: f64| value.is_finite() && value.abs() <= most;
        if !typical.iter().all(|one| sound(one, 40.0))
            || !covariance.iter().flatten().all(|one| sound(one, 400.0))
        {
            return Err(PriorError::Number);
        }
        for (a, row) in covariance.iter().enumerate() {
            for (b, &value) in row.iter().enumerate() {
                if (value - covariance[b][a]).abs() > 1e-9 * (1.0 + value.abs()) {
                    return Err(PriorError::Asymmetric);
                }
            }
        }
        if math::is_covariance(&covariance) {
            Ok(Prior { typical, covariance })
        } else {
            Err(PriorError::NotACovariance)
        }
    }

    /// Whether there is anything to know of this area.
    pub fn knows(&self, area: Area) -> bool {
        self.covariance[area.index()][area.index()] > 0.0
    }

    /// Ability of the typical child, in logits.
    pub fn typical(&self, area: Area) -> f64 {
        self.typical[area.index()]
    }

    /// How far children lie from it in this area: standard deviation in logits.
    pub fn spread(&self, area: Area) -> f64 {
        libm::sqrt(self.covariance[area.index()][area.index()])
    }

    pub(crate) fn covariance(&self) -> &PerArea<PerArea<f64>> {
        &self.covariance
    }

    /// The typical child grows by so many logits in each area. What is no number counts as no growth.
    pub(crate) fn grow(&mut self, by: &PerArea<f64>) {
        for (ability, by) in self.typical.iter_mut().zip(by) {
            if by.is_finite() {
                *ability = (*ability + by).clamp(-40.0, 40.0);
            }
        }
    }

    /// Children come to lie further apart, by this factor.
    pub(crate) fn widen(&mut self, by: f64) {
        for value in self.covariance.iter_mut().flatten() {
            *value *= by * by;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Anchors of the linked cohorts (mean ability by age): 12 months −3.53, 24 months 1.35, 36 months 4.41.
    #[test]
    fn the_curve_passes_where_real_children_are() {
        for (months, logit) in [(12.0, -3.53), (24.0, 1.35), (36.0, 4.41), (42.0, 5.52)] {
            let curve = typical(Months::new(months).unwrap()).get();
            assert!(
                (curve - logit).abs() < 0.5,
                "{months} months: {curve} against {logit}"
            );
        }
    }

    #[test]
    fn age_and_ability_are_each_other_backwards() {
        for months in [6.0, 12.0, 37.0, 100.0, 144.0] {
            let there_and_back = age_of(typical(Months::new(months).unwrap())).get();
            assert!((there_and_back - months).abs() < 1e-9);
        }
    }

    #[test]
    fn children_lie_further_apart_when_older() {
        let at = |months| spread(Months::new(months).unwrap());
        assert!(at(24.0) < at(72.0) && at(72.0) < at(96.0) && at(96.0) < at(144.0));
        assert!((at(48.0) - 0.85).abs() < 1e-12 && (at(96.0) - 1.3).abs() < 1e-12);
    }
}
