//! `lab intake`: the questionnaire against its peers, on recorded answers; and with `--areas`, what it gains from areas
//! that go together.

mod areas;
mod recorded;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Instant;

use just_right_engine::ability::Profile;
use just_right_engine::area::{Area, COUNT};
use just_right_engine::growth::Prior;
use just_right_engine::model::Model;
use just_right_engine::question::{Form, Question, Reply};
use just_right_engine::unit::Months;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::Told;
use recorded::{Item, Person};

/// Runs the suite.
pub fn run(arguments: &Arguments) -> Told {
    if arguments.has("areas") {
        return areas::run(arguments);
    }
    let read = |name: &str| {
        let path = arguments.need(name)?;
        std::fs::read_to_string(path).map_err(|problem| format!("--{name} {path}: {problem}"))
    };
    let bank = recorded::bank(&read("bank")?).map_err(|problem| format!("--bank: {problem}"))?;
    let people =
        recorded::people(&read("people")?, &bank).map_err(|problem| format!("--people: {problem}"))?;
    let lengths = lengths(arguments.text("length").unwrap_or("5,10,20"))?;
    let report = play(&bank, &people, &lengths)?;
    if arguments.has("json") {
        return serde_json::to_string(&report)
            .map(|text| text + "\n")
            .map_err(|problem| problem.to_string());
    }
    Ok(report.as_table())
}

fn lengths(text: &str) -> Result<Vec<usize>, String> {
    let mut lengths = text
        .split(',')
        .map(|one| one.trim().parse().ok().filter(|&length| length > 0))
        .collect::<Option<Vec<usize>>>()
        .ok_or_else(|| format!("--length {text}: whole numbers above 0 belong there, with commas between"))?;
    lengths.sort_unstable();
    lengths.dedup();
    Ok(lengths)
}

/// A child of a world with so many areas, of the textbook model: means of 0, and this covariance.
fn child(covariance: &[Vec<f64>]) -> Result<Profile, String> {
    let mut all = [[0.0; COUNT]; COUNT];
    for (all, row) in all.iter_mut().zip(covariance) {
        for (all, value) in all.iter_mut().zip(row) {
            *all = *value;
        }
    }
    let prior =
        Prior::new([0.0; COUNT], all).map_err(|problem| format!("the prior cannot be: {problem:?}"))?;
    Ok(Profile::new(Months::saturating(48.0), prior, Model::textbook()))
}

/// The one area that the recorded questions are about.
const AREA: Area = Area::ALL[0];

/// What came out after so many questions.
#[derive(Serialize)]
struct Figures {
    rmse: f64,
    /// Standard error of `rmse`.
    rmse_se: f64,
    bias: f64,
    /// Share of people within 1.96 spreads.
    coverage95: f64,
    /// To choose a question and to take in its answer: median over people.
    ms_per_step: f64,
}

#[derive(Serialize)]
struct Report {
    persons: usize,
    items: usize,
    lengths: BTreeMap<usize, Figures>,
}

impl Report {
    fn as_table(&self) -> String {
        let mut text = format!(
            "{} people, {} questions\nafter    rmse      se    bias  within 1.96 sd  ms a step\n",
            self.persons, self.items
        );
        for (length, found) in &self.lengths {
            let _ = writeln!(
                text,
                "{length:5} {:7.4} {:7.4} {:7.4} {:15.4} {:10.5}",
                found.rmse, found.rmse_se, found.bias, found.coverage95, found.ms_per_step
            );
        }
        text
    }
}

/// One person after so many questions.
struct Estimate {
    miss: f64,
    spread: f64,
    seconds_a_step: f64,
}

/// The first people warm the machine up: their time does not count. As with the peers.
const WARM_UP: usize = 5;

fn play(bank: &[Item], people: &[Person], lengths: &[usize]) -> Result<Report, String> {
    let questions: Vec<Question> = bank
        .iter()
        .map(|item| Question {
            area: AREA,
            at: item.at,
            spread: 0.0,
            slope: item.slope,
        })
        .collect();
    let start = child(&[vec![1.0]])?;
    let mut estimates: Vec<Vec<Estimate>> =
        lengths.iter().map(|_| Vec::with_capacity(people.len())).collect();
    for person in people.iter().take(WARM_UP) {
        ask(&start, &questions, person, lengths)?;
    }
    for person in people {
        for (estimates, one) in estimates
            .iter_mut()
            .zip(ask(&start, &questions, person, lengths)?)
        {
            estimates.push(one);
        }
    }
    Ok(Report {
        persons: people.len(),
        items: bank.len(),
        lengths: lengths
            .iter()
            .zip(&estimates)
            .map(|(&length, estimates)| (length, figures(estimates)))
            .collect(),
    })
}

/// Asks one person, each time the question that tells most, and looks at the estimate at each of the lengths.
fn ask(
    start: &Profile,
    questions: &[Question],
    person: &Person,
    lengths: &[usize],
) -> Result<Vec<Estimate>, String> {
    let mut profile = start.clone();
    let (mut open, mut answers): (Vec<Question>, Vec<bool>) = questions
        .iter()
        .zip(&person.answers)
        .filter_map(|(&question, &answer)| Some((question, answer?)))
        .unzip();
    let mut estimates = Vec::with_capacity(lengths.len());
    let mut asked = 0;
    let mut seconds = 0.0;
    for &length in lengths {
        while asked < length {
            let began = Instant::now();
            let next = profile.most_telling(&open, Form::YesNo).ok_or_else(|| {
                format!(
                    "{} answered {asked} questions, and {length} were to be asked",
                    person.id
                )
            })?;
            profile.reply(&open[next], Reply::Yes(answers[next]));
            seconds += began.elapsed().as_secs_f64();
            open.remove(next);
            answers.remove(next);
            asked += 1;
        }
        estimates.push(Estimate {
            miss: profile.ability(AREA).get() - person.ability,
            spread: profile.uncertainty(AREA),
            seconds_a_step: seconds / length as f64,
        });
    }
    Ok(estimates)
}

fn figures(estimates: &[Estimate]) -> Figures {
    let count = estimates.len() as f64;
    let mean = |value: &dyn Fn(&Estimate) -> f64| estimates.iter().map(value).sum::<f64>() / count;
    let square = mean(&|one| one.miss * one.miss);
    let rmse = square.sqrt();
    let variance = mean(&|one| (one.miss * one.miss - square).powi(2)) * count / (count - 1.0).max(1.0);
    let mut seconds: Vec<f64> = estimates.iter().map(|one| one.seconds_a_step).collect();
    seconds.sort_by(f64::total_cmp);
    Figures {
        rmse,
        rmse_se: if rmse > 0.0 {
            (variance / count).sqrt() / (2.0 * rmse)
        } else {
            0.0
        },
        bias: mean(&|one| one.miss),
        coverage95: mean(&|one| f64::from(u8::from(one.miss.abs() <= 1.959_964 * one.spread))),
        ms_per_step: 1000.0 * seconds.get(seconds.len() / 2).copied().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::dice::Dice;

    #[test]
    fn lengths_are_whole_numbers_in_order() {
        assert_eq!(lengths("20, 5,10,5"), Ok(vec![5, 10, 20]));
        for wrong in ["", "5,,10", "0", "-3", "five", "1.5"] {
            assert!(lengths(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn people_are_found_and_the_longer_the_better() {
        let mut dice = Dice::new(7);
        let mut bank = String::from("item,a,b\n");
        let items: Vec<(f64, f64)> = (0..60)
            .map(|_| ((0.3 * dice.normal()).exp(), 1.2 * dice.normal()))
            .collect();
        for (item, (a, b)) in items.iter().enumerate() {
            let _ = writeln!(bank, "q{item},{a},{b}");
        }
        let mut people = String::from("person,theta,item,response\n");
        for person in 0..150 {
            let theta = dice.normal();
            for (item, (a, b)) in items.iter().enumerate() {
                let passed = u8::from(dice.chance(1.0 / (1.0 + (-a * (theta - b)).exp())));
                let _ = writeln!(people, "p{person},{theta},q{item},{passed}");
            }
        }
        let bank = recorded::bank(&bank).unwrap();
        let people = recorded::people(&people, &bank).unwrap();
        let report = play(&bank, &people, &[5, 10, 20]).unwrap();
        let rmse: Vec<f64> = report.lengths.values().map(|found| found.rmse).collect();
        assert!(
            rmse[0] > rmse[1] && rmse[1] > rmse[2] && rmse[0] < 0.62 && rmse[2] < 0.42,
            "{rmse:?}"
        );
        for found in report.lengths.values() {
            assert!((0.9..=1.0).contains(&found.coverage95) && found.bias.abs() < 0.15);
        }
        assert!(play(&bank, &people, &[61]).is_err());
    }
}
