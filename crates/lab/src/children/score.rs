//! How good predictions were.

use serde::Serialize;

use super::records::Records;

/// Scores of predicted chances against what happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Mean of −ln of the chance that was given to what happened.
    pub log_loss: f64,
    /// Mean squared distance (Brier 1950).
    pub brier: f64,
    /// Chance that a pass was given a higher chance than a fail; `None` where only one of them happened.
    pub auc: Option<f64>,
    /// Mean distance of expected from seen shares in ten equal-width bins, weighted by what lies in each.
    pub calibration: f64,
    /// What that would be on average if every chance were exactly true and responses were independent: luck alone.
    pub calibration_by_luck: f64,
    /// The bins.
    #[serde(skip)]
    pub bins: [Bin; 10],
}

/// Predictions of one tenth of the scale.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many.
    pub count: f64,
    /// Their sum.
    pub expected: f64,
    /// How many passed.
    pub passed: f64,
    /// How far that would stray by itself: its variance.
    pub variance: f64,
}

/// −ln of the chance that was given to what happened; certainty that was wrong costs much, but not everything.
pub fn log_loss(p: f64, pass: bool) -> f64 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    -(if pass { p } else { 1.0 - p }).ln()
}

/// Scores the predictions of visits 2 and later.
pub fn score(records: &Records, predictions: &[f64]) -> Score {
    let rows = records
        .rows
        .iter()
        .zip(predictions)
        .filter(|(row, _)| row.predicted);
    let mut all: Vec<(f64, bool)> = rows.map(|(row, &p)| (p, row.pass)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let count = all.len().max(1) as f64;
    let mut bins = [Bin::default(); 10];
    let (mut loss, mut brier) = (0.0, 0.0);
    for &(p, pass) in &all {
        let passed = f64::from(u8::from(pass));
        loss += log_loss(p, pass);
        brier += (p - passed) * (p - passed);
        let bin = &mut bins[((p * 10.0) as usize).min(9)];
        bin.count += 1.0;
        bin.expected += p;
        bin.passed += passed;
        bin.variance += p * (1.0 - p);
    }
    Score {
        log_loss: loss / count,
        brier: brier / count,
        auc: auc(&all),
        calibration: bins
            .iter()
            .map(|bin| (bin.expected - bin.passed).abs())
            .sum::<f64>()
            / count,
        // The mean distance of a normal value from its mean is √(2/π) standard deviations.
        calibration_by_luck: bins
            .iter()
            .map(|bin| (bin.variance * 2.0 / std::f64::consts::PI).sqrt())
            .sum::<f64>()
            / count,
        bins,
    }
}

/// Area under the curve by ranks (Mann and Whitney 1947), ties counted half; of sorted predictions.
fn auc(sorted: &[(f64, bool)]) -> Option<f64> {
    let passes = sorted.iter().filter(|(_, pass)| *pass).count() as f64;
    let fails = sorted.len() as f64 - passes;
    if passes == 0.0 || fails == 0.0 {
        return None;
    }
    let (mut ranks, mut before) = (0.0, 0.0);
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let size = tied.len() as f64;
        let passed = tied.iter().filter(|(_, pass)| *pass).count() as f64;
        ranks += passed * (before + 0.5 * (size + 1.0));
        before += size;
    }
    Some((ranks - 0.5 * passes * (passes + 1.0)) / (passes * fails))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::children::records::Row;

    fn records(passes: &[bool]) -> Records {
        let row = |&pass| Row {
            child: 0,
            days: 2.0,
            item: 0,
            pass,
            predicted: true,
            earlier: None,
        };
        Records {
            rows: passes.iter().map(row).collect(),
            children: vec![(0, passes.len())],
            ..Records::default()
        }
    }

    #[test]
    fn scores_are_those_of_the_textbook() {
        let told = score(&records(&[true, false, true, false]), &[0.8, 0.8, 0.6, 0.2]);
        let loss = -(0.8f64.ln() + 0.2f64.ln() + 0.6f64.ln() + 0.8f64.ln()) / 4.0;
        assert!((told.log_loss - loss).abs() < 1e-12);
        assert!((told.brier - (0.04 + 0.64 + 0.16 + 0.04) / 4.0).abs() < 1e-12);
        // Of the four pairs of a pass and a fail two are in order, one is tied.
        assert!((told.auc.unwrap() - 2.5 / 4.0).abs() < 1e-12);
        assert!((told.calibration - (0.6 + 0.4 + 0.2) / 4.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_scored_is_none_and_never_no_number() {
        let told = score(&records(&[true, true]), &[1.0, 0.0]);
        assert!(told.auc.is_none() && told.log_loss.is_finite());
        let none = score(&Records::default(), &[]);
        assert_eq!(
            (none.log_loss, none.calibration, none.calibration_by_luck),
            (0.0, 0.0, 0.0)
        );
    }
}
