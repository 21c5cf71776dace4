//! Elo: what many learning platforms use (Pelánek 2016). A rating for each area, added to what age says.

use super::curve::AgeOnly;
use super::fit::loss;
use super::link::sigmoid;
use super::records::{Names, Records};

/// The steps that are tried.
const STEPS: [f64; 6] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.7];

/// The step with which Elo predicts best what it is calibrated on.
pub fn fit(records: &Records, names: &Names, age: &AgeOnly) -> f64 {
    let tried = STEPS.map(|step| (loss(records, &predict(records, names, age, step)), step));
    tried
        .into_iter()
        .fold(tried[0], |a, b| if b.0 < a.0 { b } else { a })
        .1
}

/// The chance of a pass for each response, before its visit.
pub fn predict(records: &Records, names: &Names, age: &AgeOnly, step: f64) -> Vec<f64> {
    let mut predictions = vec![0.0; records.rows.len()];
    for &child in &records.children {
        let mut rating = vec![0.0; names.areas.len()];
        for (from, to) in records.visits(child) {
            for (row, said) in records.rows[from..to].iter().zip(&mut predictions[from..to]) {
                *said = sigmoid(age.logit(row) + rating[names.area_of[row.item]]);
            }
            for row in &records.rows[from..to] {
                let rating = &mut rating[names.area_of[row.item]];
                let expected = sigmoid(age.logit(row) + *rating);
                *rating += step * (f64::from(u8::from(row.pass)) - expected);
            }
        }
    }
    predictions
}
