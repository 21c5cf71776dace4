//! What the questionnaire gains from areas that go together: how many questions until the mean spread is
//! [`SURE_ENOUGH`], when all areas are believed in jointly, and when each stands for itself.

use std::fmt::Write as _;

use just_right_engine::ability::Profile;
use just_right_engine::area::{Area, PerArea};
use just_right_engine::question::{Answer, Form, Question, Reply, SURE_ENOUGH};
use just_right_engine::unit::Logit;
use serde::Serialize;

use super::child;
use crate::arguments::Arguments;
use crate::dice::Dice;
use crate::Told;

/// How strongly each area goes with general development: the product of two is their correlation, here from .43 to
/// .78, as between the areas of real children (.43 to .79).
const LOADINGS: [f64; 6] = [0.92, 0.85, 0.80, 0.74, 0.69, 0.63];

/// Questions an area.
const QUESTIONS: usize = 30;

/// By how much fewer questions should be needed.
const WANTED: f64 = 0.25;

/// Where one answer turns into the next, as in the engine's `question` module.
const HELP_CUTS: [f64; 4] = [-4.0, -2.5, -1.0, 0.0];

/// Runs the suite.
pub fn run(arguments: &Arguments) -> Told {
    let persons = arguments.number("persons", 200)?;
    let seed = arguments.number("seed", 1)?;
    let forms = [("yes-no", Form::YesNo), ("help", Form::Help)];
    let mut found = Vec::new();
    for (name, form) in forms {
        found.push(play(name, form, persons, seed)?);
    }
    if arguments.has("json") {
        return serde_json::to_string(&found)
            .map(|text| text + "\n")
            .map_err(|problem| problem.to_string());
    }
    Ok(as_table(&found))
}

/// What came out for one form of answers.
#[derive(Serialize)]
struct Found {
    form: &'static str,
    persons: usize,
    joint: Way,
    /// As if areas did not go together; the mean spread ends it, and the next question is still the best of all.
    apart: Way,
    /// The same, one area after the other, each to its end.
    one_by_one: Way,
    /// Share of questions that belief in all areas jointly saves, against the better of the others.
    saved: f64,
    saved_wanted: f64,
    met: bool,
}

/// Means over people.
#[derive(Default, Serialize)]
struct Way {
    questions: f64,
    rmse: f64,
    /// Share of areas within 1.96 spreads.
    coverage95: f64,
}

fn as_table(found: &[Found]) -> String {
    let mut text = format!(
        "Questions until the mean spread of {} areas is {SURE_ENOUGH}, of {QUESTIONS} an area\n",
        LOADINGS.len()
    );
    for found in found {
        let _ = writeln!(
            text,
            "\n{} ({} people)\n             questions   rmse  within 1.96 sd",
            found.form, found.persons
        );
        for (name, way) in [
            ("jointly", &found.joint),
            ("apart", &found.apart),
            ("one by one", &found.one_by_one),
        ] {
            let _ = writeln!(
                text,
                "{name:12} {:9.1} {:6.3} {:15.3}",
                way.questions, way.rmse, way.coverage95
            );
        }
        let _ = writeln!(
            text,
            "{:.0} % fewer; at least {:.0} % were wanted: {}",
            100.0 * found.saved,
            100.0 * found.saved_wanted,
            if found.met { "met" } else { "NOT met" }
        );
    }
    text
}

fn areas() -> &'static [Area] {
    static ALL: PerArea<Area> = Area::ALL;
    &ALL[..LOADINGS.len()]
}

fn covariance(together: bool) -> Vec<Vec<f64>> {
    let row = |a: usize| {
        let value = |b: usize| match (a == b, together) {
            (true, _) => 1.0,
            (false, true) => LOADINGS[a] * LOADINGS[b],
            (false, false) => 0.0,
        };
        (0..LOADINGS.len()).map(value).collect()
    };
    (0..LOADINGS.len()).map(row).collect()
}

fn play(name: &'static str, form: Form, persons: usize, seed: u64) -> Result<Found, String> {
    let mut dice = Dice::new(seed);
    let bank: Vec<Question> = areas()
        .iter()
        .flat_map(|&area| (0..QUESTIONS).map(move |_| area))
        .map(|area| Question {
            area,
            at: Logit::saturating(1.2 * dice.normal()),
            spread: 0.0,
            slope: (0.3 * dice.normal()).exp(),
        })
        .collect();
    let (together, apart) = (child(&covariance(true))?, child(&covariance(false))?);
    let mut ways = [Way::default(), Way::default(), Way::default()];
    for _ in 0..persons {
        let general = dice.normal();
        let truth: Vec<f64> = LOADINGS
            .iter()
            .map(|loading| loading * general + (1.0 - loading * loading).sqrt() * dice.normal())
            .collect();
        // All answers are thrown beforehand: each way meets the same person.
        let replies: Vec<Reply> = bank
            .iter()
            .map(|question| reply(question, &truth, form, &mut dice))
            .collect();
        let mut profiles = [together.clone(), apart.clone(), apart.clone()];
        let [joint, separate, one_by_one] = &mut profiles;
        let sure = |profile: &Profile| profile.mean_uncertainty() <= SURE_ENOUGH;
        let mut asked = [0, 0, 0];
        asked[0] = ask(joint, &bank, &replies, form, |_| true, sure);
        asked[1] = ask(separate, &bank, &replies, form, |_| true, sure);
        for &area in areas() {
            let sure = |profile: &Profile| profile.uncertainty(area) <= SURE_ENOUGH;
            asked[2] += ask(one_by_one, &bank, &replies, form, |one| one == area, sure);
        }
        for ((way, profile), asked) in ways.iter_mut().zip(&profiles).zip(asked) {
            way.questions += asked as f64;
            for (&area, truth) in areas().iter().zip(&truth) {
                let miss = profile.ability(area).get() - truth;
                way.rmse += miss * miss;
                way.coverage95 += f64::from(u8::from(miss.abs() <= 1.959_964 * profile.uncertainty(area)));
            }
        }
    }
    for way in &mut ways {
        let people = persons.max(1) as f64;
        let all = people * LOADINGS.len() as f64;
        way.questions /= people;
        way.rmse = (way.rmse / all).sqrt();
        way.coverage95 /= all;
    }
    let [joint, apart, one_by_one] = ways;
    let other = apart.questions.min(one_by_one.questions);
    let saved = if other > 0.0 {
        1.0 - joint.questions / other
    } else {
        0.0
    };
    Ok(Found {
        form: name,
        persons,
        joint,
        apart,
        one_by_one,
        saved,
        saved_wanted: WANTED,
        met: saved >= WANTED,
    })
}

/// What a person answers.
fn reply(question: &Question, truth: &[f64], form: Form, dice: &mut Dice) -> Reply {
    let ability = truth.get(question.area.index()).copied().unwrap_or_default();
    let e = question.slope * (ability - question.at.get());
    let thrown = dice.unit();
    let above = |cut: f64| thrown < 1.0 / (1.0 + (cut - e).exp());
    match form {
        Form::YesNo => Reply::Yes(above(0.0)),
        Form::Help => {
            let passed = HELP_CUTS.into_iter().filter(|&cut| above(cut)).count();
            Reply::Help(Answer::ALL[passed.min(4)])
        }
    }
}

/// Asks the questions about some areas, each time the one that tells most, until it is enough: how many.
fn ask(
    profile: &mut Profile,
    bank: &[Question],
    replies: &[Reply],
    form: Form,
    about: impl Fn(Area) -> bool,
    enough: impl Fn(&Profile) -> bool,
) -> usize {
    let (mut open, mut replies): (Vec<Question>, Vec<Reply>) = bank
        .iter()
        .zip(replies)
        .filter(|(question, _)| about(question.area))
        .unzip();
    let mut asked = 0;
    while !enough(profile) {
        let Some(next) = profile.most_telling(&open, form) else {
            break;
        };
        profile.reply(&open.remove(next), replies.remove(next));
        asked += 1;
    }
    asked
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn areas_that_go_together_need_a_quarter_fewer_questions() {
        for (name, form) in [("yes-no", Form::YesNo), ("help", Form::Help)] {
            let found = play(name, form, 20, 3).unwrap();
            assert!(found.met, "{name}: {}", found.saved);
            assert!((0.85..=1.0).contains(&found.joint.coverage95));
        }
    }
}
