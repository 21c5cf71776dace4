//! The last word on a prediction: how what is said should be stretched, learned on children left out.

use super::link::{logit, sigmoid};
use super::matrix::Matrix;
use super::records::{Records, Row};

const FEATURES: usize = 7;

/// Coefficients of a ridge logistic regression on what a model said (Platt 1999), and on the child's latest earlier answer to the
/// same milestone. The model itself never sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recalibration {
    /// Of 1, L, f, s, L f, L s, tanh(L/2) with L the logit that was said, f an earlier fail, s an earlier pass. The last lets
    /// the middle of the scale be stretched otherwise than its ends.
    pub by: [f64; FEATURES],
}

/// Prior standard deviation of a coefficient; and what a response counts, because those of one child go together.
const SD: f64 = 0.2;
const WEIGHT: f64 = 0.5;

impl Recalibration {
    /// Learns it from predictions of children whom the model did not know.
    pub fn fit(records: &Records, predictions: &[f64]) -> Recalibration {
        let mut fitted = Recalibration { by: [0.0; FEATURES] };
        for _ in 0..25 {
            let mut gradient = fitted.by.map(|by| -by / (SD * SD));
            let mut bend = Matrix::alike(FEATURES, 1.0 / (SD * SD), 0.0);
            for (row, &p) in records
                .rows
                .iter()
                .zip(predictions)
                .filter(|(row, _)| row.predicted)
            {
                let features = features(row, p);
                let said = fitted.apply(row, p);
                let off = WEIGHT * (f64::from(u8::from(row.pass)) - said);
                let weight = WEIGHT * said * (1.0 - said);
                for i in 0..FEATURES {
                    gradient[i] += off * features[i];
                    for j in 0..FEATURES {
                        *bend.at_mut(i, j) += weight * features[i] * features[j];
                    }
                }
            }
            bend.factor().solve(&mut gradient);
            let mut largest: f64 = 0.0;
            for (by, step) in fitted.by.iter_mut().zip(gradient) {
                *by += step;
                largest = largest.max(step.abs());
            }
            if largest < 1e-9 {
                break;
            }
        }
        fitted
    }

    /// The chance of a pass, after it.
    pub fn apply(&self, row: &Row, p: f64) -> f64 {
        let features = features(row, p);
        let moved: f64 = self
            .by
            .iter()
            .zip(features)
            .map(|(by, feature)| by * feature)
            .sum();
        sigmoid(features[1] + moved)
    }

    /// The same for all responses.
    pub fn all(&self, records: &Records, predictions: &[f64]) -> Vec<f64> {
        records
            .rows
            .iter()
            .zip(predictions)
            .map(|(row, &p)| self.apply(row, p))
            .collect()
    }
}

/// On the day itself an earlier answer says nothing new; after a month it does.
fn features(row: &Row, p: f64) -> [f64; FEATURES] {
    let said = logit(p.clamp(1e-6, 1.0 - 1e-6));
    let (fail, pass) = match row.earlier {
        None => (0.0, 0.0),
        Some((days, passed)) => {
            let gate = 1.0 - (-days / 30.0).exp();
            if passed {
                (0.0, gate)
            } else {
                (gate, 0.0)
            }
        }
    };
    [
        1.0,
        said,
        fail,
        pass,
        said * fail,
        said * pass,
        (said / 2.0).tanh(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_too_much_is_brought_down_and_a_true_word_stands() {
        // Said .95, right in 8 of 10.
        let row = |at: usize| Row {
            child: at,
            days: 100.0,
            item: 0,
            pass: at % 10 < 8,
            predicted: true,
            earlier: None,
        };
        let records = Records {
            rows: (0..2000).map(row).collect(),
            ..Records::default()
        };
        let brought = Recalibration::fit(&records, &[0.95; 2000]).apply(&records.rows[0], 0.95);
        assert!((brought - 0.8).abs() < 0.02, "{brought}");
        let stands = Recalibration::fit(&records, &[0.8; 2000]).apply(&records.rows[0], 0.8);
        assert!((stands - 0.8).abs() < 0.005, "{stands}");
        let nothing = Recalibration::fit(&Records::default(), &[]);
        assert!((nothing.apply(&records.rows[0], 0.3) - 0.3).abs() < 1e-12);
    }
}
