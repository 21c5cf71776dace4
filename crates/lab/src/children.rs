//! `lab children`: real children. A calibration on some is tried on others, visit after visit.
//!
//! Every response of a second or later visit is predicted from the child's earlier visits, by age alone, by Elo and by the
//! engine: as it is in the app, where `Profile` follows each child; and with one thing that the app has no use for,
//! because a family seldom repeats the very same grade, but a clinic asks the same milestones again: a memory of what is
//! particular to a child and a milestone, in the same kind of Gaussian state. The latter is called `engine` here.
//!
//! Read on: [`records`] (the file), [`curve`] (milestones by age), [`filter`] and [`link`] (belief), [`fit`] (calibration),
//! [`engine`] and [`strands`] (the app's engine on these children), [`recalibrate`], [`elo`], [`score`], [`told`].

mod curve;
mod elo;
mod engine;
mod filter;
mod fit;
mod link;
mod matrix;
mod recalibrate;
mod records;
mod score;
mod strands;
mod told;

use std::time::Instant;

use serde_json::json;

use crate::arguments::Arguments;
use crate::Told;

use curve::AgeOnly;
use fit::{both, Ground, Hyper, Rounds, WITH_ENGINE, WITH_MEMORY, WITH_STRANDS};
use link::sigmoid;
use recalibrate::Recalibration;
use records::{Names, Records};
use score::score;
use strands::Strands;
use told::{Model, Outcome};

/// Runs the suite.
///
/// # Errors
/// What is wrong with the options or the files, and how to mend it.
pub fn run(arguments: &Arguments) -> Told {
    let (fit, test) = (arguments.need("fit")?, arguments.need("test")?);
    let (names, to_fit) = records::to_fit(fit, &read(fit)?)?;
    engine::areas(&names.areas)?;
    let to_test = records::to_test(test, &read(test)?, &names)?;
    if to_test.to_predict() == 0 {
        return Err(format!(
            "{test}: nothing to predict. It needs children with two or more visits, and milestones that {fit} has too"
        ));
    }
    let told = compare(&names, &to_fit, &to_test)?;
    if let Some(file) = arguments.text("html") {
        std::fs::write(file, told.html())
            .map_err(|problem| format!("{file}: {problem}. Give --html a file to write"))?;
    }
    if arguments.has("json") {
        told.json()
    } else {
        Ok(told.table())
    }
}

fn read(file: &str) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|problem| format!("{file}: {problem}. Give the path of a CSV file"))
}

/// How long each model is trained: in the search, on three quarters of the children, and finally.
const SEARCH: Rounds = Rounds { curves: 1, memory: 8 };
const FOLD: Rounds = Rounds {
    curves: 3,
    memory: 15,
};
const FINAL: Rounds = Rounds {
    curves: 4,
    memory: 25,
};
const ENGINE_SEARCH: Rounds = Rounds { curves: 2, memory: 0 };
const ENGINE: Rounds = Rounds { curves: 8, memory: 0 };

/// Calibrates everything on one set of children, and scores it on the other.
fn compare(names: &Names, to_fit: &Records, to_test: &Records) -> Result<Outcome, String> {
    let clock = Instant::now();
    let loud = to_fit.rows.len() > 10_000;
    let say = |what: &str| {
        if loud {
            eprintln!("{:5.1} s  {what}", clock.elapsed().as_secs_f64());
        }
    };
    let centres = curve::centres(to_fit, names.items.len());
    let ground = Ground {
        area_of: &names.area_of,
        areas: names.areas.len(),
        centres: &centres,
        together: None,
    };
    let age = AgeOnly::fit(to_fit, names.items.len());
    let step = elo::fit(to_fit, names, &age);

    let with_memory = ground.search(to_fit, &Hyper::MEMORY, &WITH_MEMORY, SEARCH, &|what| {
        say(&format!("engine with item memory: {what}"));
    });
    let memory = ground.train(to_fit, &with_memory, None, FINAL);
    let for_engine = ground.search(to_fit, &Hyper::ENGINE, &WITH_ENGINE, ENGINE_SEARCH, &|what| {
        say(&format!("engine: {what}"));
    });
    let app = ground.train(to_fit, &for_engine, None, ENGINE);
    let strands = Strands::of(&memory);
    let by_strand = strands.ground(&ground);
    let for_strands = by_strand.search(to_fit, &Hyper::STRANDS, &WITH_STRANDS, ENGINE_SEARCH, &|what| {
        say(&format!("engine by strand: {what}"));
    });
    let app_by_strand = by_strand.train(to_fit, &for_strands, None, ENGINE);

    // What the models say of children whom they do not know, to learn how their words should be stretched.
    say("predictions for each quarter of the children by the others");
    let left_out = quarters(to_fit, |known, unknown| {
        let age = AgeOnly::fit(known, names.items.len());
        let app = ground.train(known, &for_engine, None, ENGINE);
        let memory = ground.train(known, &with_memory, None, FOLD);
        let strands = Strands::of(&memory);
        let app_by_strand = strands.ground(&ground).train(known, &for_strands, None, ENGINE);
        Ok([
            elo::predict(unknown, names, &age, step),
            engine::predict(unknown, &app)?,
            engine::predict(unknown, &app_by_strand)?,
            memory.predict(unknown),
        ])
    })?;
    let recalibrations = left_out.map(|predictions| Recalibration::fit(to_fit, &predictions));

    say("the children who were not calibrated on");
    let by_age: Vec<f64> = to_test.rows.iter().map(|row| sigmoid(age.logit(row))).collect();
    let said = [
        elo::predict(to_test, names, &age, step),
        engine::predict(to_test, &app)?,
        engine::predict(to_test, &app_by_strand)?,
        memory.predict(to_test),
    ];
    let [elo, app_alone, by_strand_alone, memory_alone] = said.each_ref().map(|said| score(to_test, said));
    let mut stretched = said
        .iter()
        .zip(&recalibrations)
        .map(|(said, last)| score(to_test, &last.all(to_test, said)));
    let mut models = vec![Model {
        name: "age_only",
        title: "age only",
        score: score(to_test, &by_age),
        beside: None,
    }];
    models.extend(stretched.next().map(|score| Model {
        name: "elo",
        title: "Elo",
        score: elo,
        beside: Some(("recalibrated", "recalibrated", score)),
    }));
    let engines = [
        ("engine_as_in_the_app", "engine as in the app", app_alone),
        (
            "engine_as_in_the_app_by_strand",
            "  the same by strand",
            by_strand_alone,
        ),
        ("engine", "engine, with item memory", memory_alone),
    ];
    models.extend(
        engines
            .into_iter()
            .zip(stretched)
            .map(|((name, title, alone), score)| Model {
                name,
                title,
                score,
                beside: Some(("before_recalibration", "before recalibration", alone)),
            }),
    );
    let [of_elo, of_engine, of_strands, of_memory] = &recalibrations;
    Ok(Outcome {
        n: to_test.to_predict(),
        children: (to_fit.children.len(), to_test.children.len()),
        unknown: to_test.unknown,
        repeated: to_fit.repeated + to_test.repeated,
        models,
        fitted: json!({
            "elo": { "step": step, "recalibration": of_elo.by },
            "engine_as_in_the_app": { "numbers": for_engine, "recalibration": of_engine.by },
            "engine_as_in_the_app_by_strand": { "numbers": for_strands, "recalibration": of_strands.by, "strands": strands.count },
            "engine": { "numbers": with_memory, "recalibration": of_memory.by },
        }),
        seconds: clock.elapsed().as_secs_f64(),
    })
}

/// What four models each say of every response.
type Said = [Vec<f64>; 4];

/// Lets each quarter of the children be predicted from the others, on two threads.
fn quarters(
    records: &Records,
    predict: impl Fn(&Records, &Records) -> Result<Said, String> + Sync,
) -> Result<Said, String> {
    let quarter = |quarter: usize| {
        let known = records.only(|place| place % 4 != quarter);
        let unknown = records.only(|place| place % 4 == quarter);
        predict(&known, &unknown)
    };
    let halves = both(|half| [quarter(half), quarter(half + 2)]);
    let mut all: Said = std::array::from_fn(|_| vec![0.0; records.rows.len()]);
    for (half, quarters) in halves.into_iter().enumerate() {
        for (said, of) in quarters.into_iter().zip([half, half + 2]) {
            let said = said?;
            let children = records.children.iter().skip(of).step_by(4);
            for (from, at) in children.flat_map(|&(from, to)| from..to).enumerate() {
                for (all, said) in all.iter_mut().zip(&said) {
                    all[at] = said[from];
                }
            }
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::fmt::Write as _;

    use super::*;
    use crate::dice::Dice;

    /// Children who differ in two areas and milestone by milestone, seen a few times.
    pub(super) fn children(count: usize, seed: u64) -> String {
        let mut dice = Dice::new(seed);
        let mut text = String::from("child,age_days,item,area,pass\n");
        for child in 0..count {
            let hands = 1.5 * dice.normal();
            let legs = 0.7 * hands + dice.normal();
            let own: Vec<f64> = (0..8).map(|_| dice.normal()).collect();
            for visit in 0..5 {
                let days = 40.0 + 90.0 * f64::from(visit) + dice.between(0.0, 20.0).round();
                for (item, own) in own.iter().enumerate() {
                    let (area, ability) = if item % 2 == 0 {
                        ("Hände", hands)
                    } else {
                        ("legs, feet", legs)
                    };
                    let usual = 60.0 + 50.0 * item as f64;
                    let pass = dice.chance(sigmoid(6.0 * (days / usual).ln() + ability + own));
                    let _ = writeln!(text, "c{child},{days},m{item},\"{area}\",{}", u8::from(pass));
                }
            }
        }
        text
    }

    fn told(fit: &str, test: &str) -> Outcome {
        let (names, fit) = records::to_fit("F", fit.as_bytes()).unwrap();
        engine::areas(&names.areas).unwrap();
        let test = records::to_test("T", test.as_bytes(), &names).unwrap();
        compare(&names, &fit, &test).unwrap()
    }

    fn sound(outcome: &Outcome) {
        for model in &outcome.models {
            for score in [Some(model.score), model.beside.map(|(.., score)| score)]
                .into_iter()
                .flatten()
            {
                for value in [
                    score.log_loss,
                    score.brier,
                    score.calibration,
                    score.calibration_by_luck,
                ] {
                    assert!(value.is_finite() && value >= 0.0, "{}: {score:?}", model.name);
                }
                assert!(score.auc.is_none_or(|auc| (0.0..=1.0).contains(&auc)));
            }
        }
        assert!(!outcome.json().unwrap().contains("null") || outcome.models[0].score.auc.is_none());
        assert!(!outcome.table().contains("NaN") && !outcome.html().contains("NaN"));
    }

    #[test]
    fn the_engine_knows_children_better_than_their_age_does() {
        let outcome = told(&children(40, 1), &children(40, 2));
        sound(&outcome);
        assert_eq!(outcome.n, 40 * 4 * 8);
        let losses: Vec<f64> = outcome.models.iter().map(|model| model.score.log_loss).collect();
        let [age, _, engine, strand, memory] = losses[..] else {
            panic!("{losses:?}")
        };
        assert!(
            engine < age - 0.01 && strand < age - 0.01 && memory < age - 0.01,
            "{losses:?}"
        );
    }

    #[test]
    fn the_same_files_say_the_same() {
        let (fit, test) = (children(16, 3), children(6, 4));
        let (one, two) = (told(&fit, &test), told(&fit, &test));
        let scores = |outcome: &Outcome| outcome.models.iter().map(|model| model.score).collect::<Vec<_>>();
        assert_eq!(scores(&one), scores(&two));
        assert_eq!(one.fitted, two.fitted);
    }

    #[test]
    fn little_and_odd_records_have_a_sound_answer() {
        let one_child = children(1, 5);
        let all_pass = one_child
            .lines()
            .map(|line| format!("{}1\n", line.trim_end_matches(['0', '1'])));
        let all_pass: String = all_pass.collect::<String>().replacen("pass1", "pass", 1);
        let test = "child,age_days,item,area,pass\na,0,m0,x,1\na,0.5,m0,x,0\na,0.5,m7,x,1\na,44999,m7,x,0\na,44999,none,x,0\n";
        for fit in [&one_child, &all_pass, &children(4, 6), &children(10, 7)] {
            sound(&told(fit, test));
            sound(&told(fit, &one_child));
        }
        assert_eq!(told(&one_child, test).unknown, 1);
    }

    #[test]
    fn one_area_and_eleven_and_more_milestones_than_go_together() {
        let mut dice = Dice::new(8);
        for (areas, items) in [(1, 14), (11, 22), (11, 130)] {
            let mut text = String::from("child,age_days,item,area,pass\n");
            for child in 0..16 {
                for days in [100, 400] {
                    for item in (child % 3..items).step_by(3) {
                        let _ = writeln!(
                            text,
                            "{child},{days},i{item},a{},{}",
                            item % areas,
                            u8::from(dice.chance(0.6))
                        );
                    }
                }
            }
            sound(&told(&text, &text));
        }
        let names: Vec<String> = (0..12).map(|area| area.to_string()).collect();
        assert!(engine::areas(&names).unwrap_err().contains("12 areas"));
    }

    #[test]
    fn the_suite_reads_files_and_says_what_is_missing() {
        let directory = std::env::temp_dir().join(format!("just-right-children-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let file = |name: &str| directory.join(name).to_string_lossy().into_owned();
        std::fs::write(file("F.csv"), children(8, 9)).unwrap();
        std::fs::write(file("once.csv"), "child,age_days,item,area,pass\na,1,m0,x,1\n").unwrap();
        let run =
            |words: &[&str]| run(&Arguments::parse(words.iter().map(|word| (*word).to_owned())).unwrap());
        let told = run(&[
            "--fit",
            &file("F.csv"),
            "--test",
            &file("F.csv"),
            "--json",
            "--html",
            &file("out.html"),
        ])
        .unwrap();
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        for model in ["age_only", "elo", "engine", "engine_as_in_the_app"] {
            for score in ["log_loss", "brier", "auc", "calibration"] {
                assert!(told["models"][model][score].is_f64(), "{model} {score}");
            }
        }
        assert!(std::fs::read_to_string(file("out.html"))
            .unwrap()
            .contains("<caption>Scores"));
        assert!(run(&["--fit", &file("F.csv"), "--test", &file("F.csv")])
            .unwrap()
            .contains("engine, with item memory"));
        assert!(run(&["--fit", &file("F.csv")])
            .unwrap_err()
            .contains("--test is missing"));
        assert!(run(&["--fit", &file("none.csv"), "--test", "x"])
            .unwrap_err()
            .contains("none.csv"));
        let nothing = run(&["--fit", &file("F.csv"), "--test", &file("once.csv")]);
        assert!(nothing.unwrap_err().contains("nothing to predict"));
        std::fs::remove_dir_all(&directory).unwrap();
    }
}
