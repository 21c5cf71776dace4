//! The app's engine on real children: its own [`Profile`] follows each child, as it does in the app.

use just_right_engine::ability::Profile;
use just_right_engine::area::{Area, COUNT};
use just_right_engine::growth::Prior;
use just_right_engine::model::Model;
use just_right_engine::question::{Question, Reply};
use just_right_engine::unit::{Logit, Months};

use super::fit::{both, Fitted};
use super::link::chance;
use super::records::Records;

/// Areas of the file stand for the engine's in order of first appearance.
///
/// # Errors
/// Where there are more than the engine has.
pub fn areas(names: &[String]) -> Result<(), String> {
    if names.len() > COUNT {
        return Err(format!(
            "the records name {} areas ({}, …), the engine knows {COUNT}. Merge some of them",
            names.len(),
            names[..COUNT].join(", ")
        ));
    }
    Ok(())
}

/// Lets the engine go through all children, on two threads; the chance of a pass for each response, before its visit.
///
/// The typical child of the engine stands still at 0 and the milestones move: one of curve c(t) and slope a is asked as a
/// question at −c(t)/a, so that the logit of a pass is c(t) + a δ.
///
/// # Errors
/// Where what was fitted is no prior that the engine takes.
pub fn predict(records: &Records, fitted: &Fitted) -> Result<Vec<f64>, String> {
    let hyper = &fitted.hyper;
    let spread = fitted.fading();
    let mut covariance = [[0.0; COUNT]; COUNT];
    for (a, row) in covariance.iter_mut().enumerate().take(spread.n) {
        for (b, value) in row.iter_mut().enumerate().take(spread.n) {
            *value = spread.at(a, b);
        }
    }
    let prior = Prior::new([0.0; COUNT], covariance)
        .map_err(|problem| format!("the engine does not take the fitted spread of children: {problem:?}"))?;
    let model = Model {
        careless: 2.0 * hyper.by_chance,
        fading_days: hyper.fading_days,
        ..Model::textbook()
    };
    let [one, other] = both(|half| {
        let mut predictions = Vec::new();
        for (_, &child) in records
            .children
            .iter()
            .enumerate()
            .filter(|(place, _)| place % 2 == half)
        {
            one_child(
                records,
                child,
                fitted,
                Profile::new(Months::saturating(1.0), prior.clone(), model),
                &mut predictions,
            );
        }
        predictions
    });
    let mut all = vec![0.0; records.rows.len()];
    for (at, p) in one.into_iter().chain(other) {
        all[at] = p;
    }
    Ok(all)
}

fn one_child(
    records: &Records,
    child: (usize, usize),
    fitted: &Fitted,
    mut profile: Profile,
    predictions: &mut Vec<(usize, f64)>,
) {
    let mut last = None;
    for (from, to) in records.visits(child) {
        let day = records.rows[from].days;
        if let Some(last) = last {
            profile.grow(day - last, &[0.0; COUNT]);
        }
        last = Some(day);
        for at in from..to {
            let curve = &fitted.curves.all[records.rows[at].item];
            let area = Area::ALL[curve.area];
            let mean = curve.logit(day) + curve.slope() * profile.deviation(area);
            let sd = curve.slope() * profile.uncertainty(area);
            predictions.push((at, chance(mean, sd, fitted.hyper.by_chance)));
        }
        for row in &records.rows[from..to] {
            let curve = &fitted.curves.all[row.item];
            let question = Question {
                area: Area::ALL[curve.area],
                at: Logit::saturating(-curve.logit(day) / curve.slope()),
                spread: 0.0,
                slope: curve.slope(),
            };
            profile.reply(&question, Reply::Yes(row.pass));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::children::fit::{Ground, Hyper, Rounds};
    use crate::children::{curve, records, tests};

    /// Two ways to the same numbers: the app's `Profile` with fifteen nodes, and the lab's filter with eleven.
    #[test]
    fn the_engine_and_the_filter_that_calibrates_it_agree() {
        let (names, records) = records::to_fit("F", tests::children(20, 11).as_bytes()).unwrap();
        let centres = curve::centres(&records, names.items.len());
        let ground = Ground {
            area_of: &names.area_of,
            areas: names.areas.len(),
            centres: &centres,
            together: None,
        };
        let fitted = ground.train(&records, &Hyper::ENGINE, None, Rounds { curves: 2, memory: 0 });
        for (engine, filter) in predict(&records, &fitted)
            .unwrap()
            .iter()
            .zip(fitted.predict(&records))
        {
            assert!((engine - filter).abs() < 1e-3, "{engine} {filter}");
        }
    }
}
