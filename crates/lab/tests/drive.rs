//! The black box from outside: the built binary, fed with lines, as researchers and critics feed it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::{json, Value};

fn spawn() -> Child {
    Command::new(env!("CARGO_BIN_EXE_lab"))
        .arg("drive")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What the binary answers, line by line, to what `write` writes.
fn drive_with(write: impl FnOnce(&mut ChildStdin) + Send) -> Vec<String> {
    let mut lab = spawn();
    let mut input = lab.stdin.take().unwrap();
    let output = BufReader::new(lab.stdout.take().unwrap());
    let answers = std::thread::scope(|scope| {
        scope.spawn(move || write(&mut input));
        output.lines().map(|line| line.unwrap()).collect()
    });
    assert!(lab.wait().unwrap().success(), "it ended badly after {answers:?}");
    answers
}

/// The same for whole lines: as many answers as lines, each one JSON object that is fit to be read.
fn drive<T: AsRef<[u8]> + Sync>(lines: &[T]) -> Vec<Value> {
    let answers = drive_with(|input| {
        for line in lines {
            input.write_all(line.as_ref()).unwrap();
            input.write_all(b"\n").unwrap();
        }
    });
    assert_eq!(
        answers.len(),
        lines.len(),
        "the last answer is {:?}",
        answers.last()
    );
    let answers = answers.iter().zip(lines).map(|(answer, line)| {
        let value: Value = serde_json::from_str(answer).unwrap();
        assert!(value.is_object());
        if let Err(problem) = sound(&value) {
            let line = String::from_utf8_lossy(line.as_ref());
            panic!("{problem} in {answer} to {line:.300}");
        }
        value
    });
    answers.collect()
}

/// Numbers are numbers (a NaN would have become null), and chances lie between 0 and 1.
fn sound(value: &Value) -> Result<(), String> {
    const CHANCES: [&str; 4] = ["success", "in_band", "too_hard", "chance"];
    const NUMBERS: [&str; 6] = ["mean", "sd", "cov", "centre", "spread", "interval"];
    fn numbers(value: &Value, least: f64, most: f64) -> bool {
        match value {
            Value::Array(all) => all.iter().all(|one| numbers(one, least, most)),
            _ => value.as_f64().is_some_and(|one| (least..=most).contains(&one)),
        }
    }
    match value {
        Value::Array(all) => all.iter().try_for_each(sound),
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| {
            let name = name.as_str();
            let in_refusal = name == "success" && fields.contains_key("reason");
            let fit = if CHANCES.contains(&name) || name == "interval" {
                in_refusal && value.is_null() || numbers(value, -1e-12, 1.0 + 1e-12)
            } else if name == "sd" || name == "spread" {
                numbers(value, 0.0, 1e3)
            } else {
                !NUMBERS.contains(&name) || numbers(value, -1e6, 1e6)
            };
            if fit {
                sound(value)
            } else {
                Err(format!("{name} is {value}"))
            }
        }),
        _ => Ok(()),
    }
}

fn lines(all: &[Value]) -> Vec<String> {
    all.iter().map(Value::to_string).collect()
}

/// Drives with lines of which each is understood.
fn drive_well(all: &[Value]) -> Vec<Value> {
    let answers = drive(&lines(all));
    for (answer, line) in answers.iter().zip(all) {
        assert!(answer.get("error").is_none(), "{answer} to {line}");
    }
    answers
}

#[track_caller]
fn near(value: &Value, expected: f64, within: f64) {
    let value = value.as_f64().unwrap();
    assert!(
        (value - expected).abs() <= within,
        "{value} is not within {within} of {expected}"
    );
}

fn textbook() -> Value {
    json!({"drop": 0, "careless": 0, "item_sd": 0, "child_sd": 0})
}

fn one_area(model: Value) -> Value {
    json!({
        "op": "start", "areas": ["a"], "prior": {"mean": [0], "cov": [[1]]}, "model": model,
        "activities": [{"id": "x", "grades": [{"id": "g", "demands": {"a": 0}}, {"id": "h", "demands": {"a": 1}}]}],
    })
}

/// Two areas and seven activities of three grades.
fn two_areas() -> Value {
    let activity = |n: i32| {
        let at = f64::from(n) * 0.5 - 3.0;
        json!({"id": format!("x{n}"), "grades": [
            {"id": "easy", "demands": {"a": at - 1.0}},
            {"id": "middling", "demands": {"a": at, "b": at - 0.5}},
            {"id": "hard", "demands": {"b": at + 1.0}},
        ]})
    };
    json!({
        "op": "start", "seed": 1, "areas": ["a", "b"], "prior": {"mean": [0.1, 0.3], "cov": [[1, 0.5], [0.5, 1]]},
        "activities": (0..7).map(activity).collect::<Vec<_>>(), "band": {"low": 0.65, "high": 0.85}, "no_repeat": 4,
    })
}

#[test]
fn every_op_of_the_protocol_is_answered_as_it_says() {
    let answers = drive_well(&[
        json!({"op":"start","seed":1,"areas":["a","b"],"prior":{"mean":[0.1,0.3],"cov":[[1,0.5],[0.5,1]]},
            "activities":[{"id":"x1","grades":[{"id":"g0","demands":{"a":-1.2,"b":0.4}}]}],
            "band":{"low":0.65,"high":0.85},"no_repeat":20,
            "model":{"drop":0.12,"drop_mean":1.5,"drop_sd":1.2,"careless":0.06,"item_sd":0.35,"child_sd":0.35}}),
        json!({"op":"rate","area":"a","level":-2}),
        json!({"op":"pick","count":3}),
        json!({"op":"report","activity":"x1","grade":"g0","level":3}),
        json!({"op":"report","activity":"x1","grade":"g0","success":true}),
        json!({"op":"predict","activity":"x1","grade":"g0"}),
        json!({"op":"ability"}),
        json!({"op":"elapse","days":7,"growth":[0.05,0.05]}),
        json!({"op":"questions","items":[{"id":"q1","area":"a","a":1.1,"b":0.3}]}),
        json!({"op":"ask"}),
        json!({"op":"answer","question":"q1","success":true}),
        json!({"op":"ask"}),
        json!({"op":"explain","activity":"x1","grade":"g0"}),
    ]);
    assert_eq!(answers[0], json!({"ok": true, "activities": 1, "grades": 1}));
    for ok in [1, 3, 4, 7, 10] {
        assert_eq!(answers[ok], json!({"ok": true}));
    }
    let pick = &answers[2]["picks"][0];
    assert_eq!((&pick["activity"], &pick["grade"]), (&json!("x1"), &json!("g0")));
    assert_eq!(pick["bottleneck"], "b");
    assert_eq!(answers[8], json!({"ok": true, "items": 1}));
    assert_eq!(answers[9], json!({"question": "q1"}));
    assert_eq!(answers[11], json!({"question": null}));
    assert_eq!(answers[6]["cov"][0][1], answers[6]["cov"][1][0]);
    let explained = &answers[12];
    assert_eq!(explained["done"], 2);
    assert_eq!(explained["rests"], 20);
    assert_eq!(explained["factors"][0]["area"], explained["bottleneck"]);
}

/// The four-level numbers of the design, and the yes/no ones of the Rasch model, on the plain textbook model.
#[test]
fn with_everything_switched_off_the_textbook_model_remains() {
    for (level, mean, sd) in [
        (0, -0.669_473, 0.917_118),
        (1, -0.209_497, 0.852_098),
        (2, 0.145_768, 0.843_373),
        (3, 0.586_758, 0.910_621),
    ] {
        let report = json!({"op": "report", "activity": "x", "grade": "g", "level": level});
        let answers = drive_well(&[one_area(textbook()), report, json!({"op": "ability"})]);
        near(&answers[2]["mean"][0], mean, 1e-4);
        near(&answers[2]["sd"][0], sd, 1e-4);
    }
    // One yes/no report at b = 0: EAP = E[θ σ(θ)] / ½ = 0.413242.
    let report = json!({"op": "report", "activity": "x", "grade": "g", "success": true});
    let answers = drive_well(&[one_area(textbook()), report, json!({"op": "ability"})]);
    near(&answers[2]["mean"][0], 0.413_242, 1e-4);
}

/// What the app adds to the textbook goes only when all four are switched off, and fields that are given override it.
#[test]
fn a_model_is_the_apps_with_what_is_given_in_its_place() {
    let after = |model: Value| {
        let report = json!({"op": "report", "activity": "x", "grade": "g", "level": 0});
        let answers = drive_well(&[one_area(model), report, json!({"op": "ability"})]);
        answers[2]["mean"][0].as_f64().unwrap()
    };
    let app =
        json!({"drop":0.15,"drop_mean":3.0,"drop_sd":1.0,"careless":0.06,"item_sd":0.35,"child_sd":0.35});
    assert_eq!(after(Value::Null), after(app));
    assert_eq!(after(Value::Null), after(json!({})));
    assert!(
        after(json!({"careless": 0.4})) > after(json!({})),
        "careless reports move belief less"
    );
    let all_but_one = json!({"drop": 0, "careless": 0, "item_sd": 0, "child_sd": 0.01});
    assert!(
        after(textbook()) < after(all_but_one),
        "a reporter who is unsure is believed less"
    );
}

#[test]
fn an_activity_rests_as_long_as_was_said_even_among_few() {
    for no_repeat in [0, 1, 3, 5, 6] {
        let mut lab = spawn();
        let mut input = lab.stdin.take().unwrap();
        let mut output = BufReader::new(lab.stdout.take().unwrap()).lines();
        // The answer has to come while the input is still open: every line is flushed.
        let mut ask = |line: Value| -> Value {
            writeln!(input, "{line}").unwrap();
            serde_json::from_str(&output.next().unwrap().unwrap()).unwrap()
        };
        let mut start = two_areas();
        start["no_repeat"] = json!(no_repeat);
        ask(start);
        let mut done: Vec<String> = Vec::new();
        for _ in 0..25 {
            let picks = ask(json!({"op": "pick", "count": 2}))["picks"].clone();
            let pick = &picks[0];
            let name = pick["activity"].as_str().unwrap().to_owned();
            let resting = &done[done.len().saturating_sub(no_repeat)..];
            for one in picks.as_array().unwrap() {
                assert!(
                    !resting.iter().any(|name| one["activity"] == name.as_str()),
                    "{one} rests"
                );
            }
            let rests = &ask(json!({"op": "explain", "activity": name, "grade": "easy"}))["rests"];
            assert_eq!(*rests, 0);
            ask(json!({"op": "report", "activity": name, "grade": pick["grade"], "level": done.len() % 4}));
            let rests = &ask(json!({"op": "explain", "activity": name, "grade": "easy"}))["rests"];
            assert_eq!(*rests, no_repeat);
            done.push(name);
        }
        drop(input);
        assert!(lab.wait().unwrap().success());
    }
}

#[test]
fn where_everything_rests_something_is_offered_all_the_same() {
    let mut start = one_area(json!({}));
    start["no_repeat"] = json!(9);
    let report = json!({"op": "report", "activity": "x", "grade": "g", "level": 2});
    let answers = drive_well(&[start, report, json!({"op": "pick", "count": 1})]);
    assert_eq!(answers[2]["picks"][0]["activity"], "x");
}

#[test]
fn picks_come_best_first_and_never_more_than_there_are() {
    for (count, found) in [
        (json!(0), 0),
        (json!(1), 1),
        (json!(3), 3),
        (json!(1e9), 7),
        (json!(1e300), 7),
    ] {
        let answers = drive_well(&[two_areas(), json!({"op": "pick", "count": count})]);
        let picks = answers[1]["picks"].as_array().unwrap();
        assert_eq!(picks.len(), found);
        if let (Some(first), Some(last)) = (picks.first(), picks.last()) {
            assert!(first["in_band"].as_f64() >= last["in_band"].as_f64());
        }
    }
    let nothing =
        json!({"op": "start", "areas": ["a"], "prior": {"mean": [0], "cov": [[1]]}, "activities": []});
    let answers = drive_well(&[nothing, json!({"op": "pick", "count": 3}), json!({"op": "ask"})]);
    assert_eq!(answers[0], json!({"ok": true, "activities": 0, "grades": 0}));
    assert_eq!(answers[1], json!({"picks": []}));
    assert_eq!(answers[2], json!({"question": null}));
}

#[test]
fn success_raises_what_is_predicted_and_failure_lowers_it() {
    for (report, up) in [
        (json!({"level": 3}), true),
        (json!({"level": 0}), false),
        (json!({"success": true}), true),
        (json!({"success": false}), false),
    ] {
        let mut line = json!({"op": "report", "activity": "x3", "grade": "middling"});
        line.as_object_mut()
            .unwrap()
            .extend(report.as_object().unwrap().clone());
        let predict = json!({"op": "predict", "activity": "x3", "grade": "middling"});
        let answers = drive_well(&[two_areas(), predict.clone(), line, predict]);
        let [before, after] = [1, 3].map(|at: usize| answers[at]["success"].as_f64().unwrap());
        assert_eq!(after > before, up, "{before} {after}");
    }
}

#[test]
fn time_lets_a_child_grow_and_uncertainty_come_back() {
    let report = json!({"op": "report", "activity": "x3", "grade": "easy", "level": 3});
    let ability = json!({"op": "ability"});
    let answers = drive_well(&[
        two_areas(),
        report,
        ability.clone(),
        json!({"op": "elapse", "days": 0, "growth": [0, 0]}),
        ability.clone(),
        json!({"op": "elapse", "days": 90, "growth": [0.5, 0]}),
        ability.clone(),
        json!({"op": "elapse", "days": 36525}),
        ability,
    ]);
    assert_eq!(answers[2], answers[4]);
    for area in [0, 1] {
        let sd = |at: usize| answers[at]["sd"][area].as_f64().unwrap();
        assert!(sd(6) > sd(4));
    }
    // After a century only the typical child is left, and whether an area carries a drop, which does not fade: about what a
    // fresh start says, and growth.
    let fresh = drive_well(&[two_areas(), json!({"op": "ability"})]);
    for (area, growth) in [(0, 0.5), (1, 0.0)] {
        let began = fresh[1]["mean"][area].as_f64().unwrap();
        near(&answers[8]["mean"][area], began + growth, 0.5);
    }
}

#[test]
fn questions_are_asked_until_none_is_left_and_may_be_asked_anew() {
    let items = json!([
        {"id": "far", "area": "a", "a": 1, "b": 9}, {"id": "near", "area": "a", "a": 1.5, "b": 0.2},
    ]);
    let ask = json!({"op": "ask"});
    let answers = drive(&lines(&[
        two_areas(),
        json!({"op": "questions", "items": items}),
        ask.clone(),
        json!({"op": "answer", "question": "near", "success": true}),
        json!({"op": "answer", "question": "near", "success": true}),
        ask.clone(),
        json!({"op": "answer", "question": "far", "success": false}),
        ask.clone(),
        json!({"op": "questions", "items": items}),
        ask,
    ]));
    let asked = [2, 5, 7, 9].map(|at: usize| answers[at]["question"].clone());
    assert_eq!(asked, [json!("near"), json!("far"), Value::Null, json!("near")]);
    assert!(answers[4]["error"].as_str().unwrap().contains("already"));
    assert_eq!(answers[1]["items"], 2);
}

#[test]
fn an_explanation_names_the_neighbours_and_why_an_activity_is_refused() {
    let mut start = one_area(textbook());
    start["activities"] = json!([
        {"id": "ladder", "grades": [
            {"id": "low", "demands": {"a": -2}}, {"id": "middle", "demands": {"a": -1}}, {"id": "high", "demands": {"a": 0}},
        ]},
        {"id": "out of reach", "grades": [{"id": "only", "demands": {"a": 9}}]},
        {"id": "outgrown", "grades": [{"id": "only", "demands": {"a": -9}}]},
    ]);
    let explain =
        |activity: &str, grade: &str| json!({"op": "explain", "activity": activity, "grade": grade});
    let answers = drive_well(&[
        start,
        explain("ladder", "middle"),
        explain("ladder", "high"),
        explain("out of reach", "only"),
        explain("outgrown", "only"),
    ]);
    let ladder = &answers[1];
    assert_eq!(
        (&ladder["easier"]["grade"], &ladder["harder"]["grade"]),
        (&json!("low"), &json!("high"))
    );
    assert!(ladder["easier"]["success"].as_f64() > ladder["success"].as_f64());
    assert!(ladder["interval"][0].as_f64() < ladder["success"].as_f64());
    assert_eq!(ladder["refused"], Value::Null);
    assert_eq!(answers[2]["harder"], Value::Null);
    assert_eq!(answers[2]["best"]["grade"], ladder["best"]["grade"]);
    assert_eq!(answers[3]["refused"]["reason"], "too-hard");
    assert_eq!(answers[3]["refused"]["area"], "a");
    assert_eq!(answers[4]["refused"]["reason"], "too-easy");
    assert_eq!(answers[4]["best"], Value::Null);
}

/// What is wrong in each of these lines, by a word that the answer has to say. The session goes on as if they had not
/// been sent.
#[test]
fn a_line_that_cannot_be_understood_says_what_and_where_and_changes_nothing() {
    let started = |name: &str, value: Value| {
        let mut start = two_areas();
        start[name] = value;
        start.to_string()
    };
    let prior = |mean: &str, cov: &str| {
        format!(r#"{{"op":"start","areas":["a","b"],"prior":{{"mean":{mean},"cov":{cov}}}}}"#)
    };
    let grades = |grades: Value| started("activities", json!([{"id": "x", "grades": grades}]));
    let demands = |demands: Value| grades(json!([{"id": "g", "demands": demands}]));
    let report = |fields: &str| format!(r#"{{"op":"report","activity":"x1","grade":"easy"{fields}}}"#);
    let item = |fields: &str| format!(r#"{{"op":"questions","items":[{{"id":"q",{fields}}}]}}"#);
    let five: Value = (0..5)
        .map(|k| (format!("k{k}"), json!(0)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let mut five_loaded = two_areas();
    five_loaded["areas"] = json!(["k0", "k1", "k2", "k3", "k4"]);
    five_loaded["prior"] = json!({"mean": vec![0; 5], "cov": (0..5).map(|a| (0..5).map(|b| i32::from(a == b)).collect()).collect::<Vec<Vec<i32>>>()});
    five_loaded["activities"] = json!([{"id": "x", "grades": [{"id": "g", "demands": five}]}]);
    let many: Vec<Value> = (0..300)
        .map(|n| json!({"id": n.to_string(), "demands": {"a": 0}}))
        .collect();
    let twelve: Vec<String> = (0..12).map(|n| n.to_string()).collect();
    let cases: Vec<(String, &str)> = vec![
        ("".into(), "empty"),
        ("   \r".into(), "empty"),
        ("hello".into(), "JSON"),
        ("[1,2]".into(), "object"),
        ("null".into(), "object"),
        ("{}".into(), "op"),
        (r#"{"op":7}"#.into(), "op"),
        (r#"{"op":"dance"}"#.into(), "dance"),
        (r#"{"op":"ability","op":"ask"}"#.into(), "twice"),
        (r#"{"op":"ability"} {"op":"ability"}"#.into(), "JSON"),
        (r#"{"op":"ability""#.into(), "JSON"),
        (
            format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)),
            "recursion",
        ),
        (
            format!(r#"{{"op":{}1{}}}"#, r#"{"a":"#.repeat(5000), "}".repeat(5000)),
            "recursion",
        ),
        (r#"{"op":"start"}"#.into(), "areas"),
        (started("areas", json!([])), "areas"),
        (started("areas", json!(["a", "a"])), "twice"),
        (started("areas", json!(["a", 1])), "areas[1]"),
        (started("areas", json!(twelve)), "1 to 11"),
        (started("seed", json!("one")), "seed"),
        (prior("[0]", "[[1,0],[0,1]]"), "prior.mean"),
        (prior("[0,0]", "[[1,0]]"), "prior.cov"),
        (prior("[0,0]", "[[1,0],[0]]"), "prior.cov[1]"),
        (prior("[0,0]", "[[1,0.5],[0.4,1]]"), "symmetric"),
        (prior("[0,0]", "[[1,2],[2,1]]"), "covariance"),
        (prior("[0,0]", "[[-1,0],[0,1]]"), "covariance"),
        (prior("[0,1e999]", "[[1,0],[0,1]]"), "number"),
        (prior("[0,-1e999]", "[[1,0],[0,1]]"), "number"),
        (prior("[0,1e9]", "[[1,0],[0,1]]"), "prior.mean[1]"),
        (prior("[0,\"NaN\"]", "[[1,0],[0,1]]"), "NaN"),
        (prior("[0,\"Infinity\"]", "[[1,0],[0,1]]"), "Infinity"),
        (prior("[0,NaN]", "[[1,0],[0,1]]"), "JSON"),
        (prior("[0,null]", "[[1,0],[0,1]]"), "null"),
        (prior("[0,0]", "[[1e300,0],[0,1]]"), "prior.cov[0][0]"),
        (prior("0", "1"), "list"),
        (started("band", json!({"low": 0.8, "high": 0.8})), "band"),
        (started("band", json!({"low": 0.9, "high": 0.6})), "band"),
        (started("band", json!({"low": 0, "high": 1})), "band"),
        (started("band", json!({"low": -0.5, "high": 0.6})), "band.low"),
        (started("band", json!({"low": 0.5})), "high"),
        (started("no_repeat", json!(-1)), "no_repeat"),
        (started("no_repeat", json!(2.5)), "no_repeat"),
        (started("model", json!({"dorp": 0.1})), "dorp"),
        (started("model", json!({"reporter_sd": 0.1})), "reporter_sd"),
        (started("model", json!({"drop": 2})), "model.drop"),
        (started("model", json!({"item_sd": -1})), "model.item_sd"),
        (started("model", json!([])), "model"),
        (started("activities", json!([{"id": "x"}])), "grades"),
        (started("activities", json!([{"grades": []}])), "id"),
        (started("activities", json!([7])), "activities[0]"),
        (
            started(
                "activities",
                json!([{"id": "x", "grades": [{"id": "g", "demands": {"a": 0}}]}, {"id": "x", "grades": []}]),
            ),
            "activities[1]",
        ),
        (grades(json!([])), "empty"),
        (grades(json!([{"id": "g"}])), "demands"),
        (
            grades(json!([{"id": "g", "demands": {"a": 0}}, {"id": "g", "demands": {"a": 0}}])),
            "grades[1].id",
        ),
        (grades(json!(many)), "255"),
        (demands(json!({})), "nothing is asked"),
        (demands(json!({"c": 0})), "“a”, “b”"),
        (demands(json!({"a": "0"})), "demands.a"),
        (demands(json!({"a": 1e5})), "demands.a"),
        (five_loaded.to_string(), "more than 4"),
        (
            two_areas()
                .to_string()
                .replace(r#""a":-4.0"#, r#""a":-4.0,"a":1"#),
            "twice",
        ),
        (r#"{"op":"rate","area":"c","level":0}"#.into(), "“c”"),
        (r#"{"op":"rate","area":"a","level":3}"#.into(), "level"),
        (r#"{"op":"rate","area":"a","level":0.5}"#.into(), "level"),
        (r#"{"op":"rate","area":"a","level":"NaN"}"#.into(), "level"),
        (r#"{"op":"rate","area":"a"}"#.into(), "level"),
        (r#"{"op":"pick"}"#.into(), "count"),
        (r#"{"op":"pick","count":-1}"#.into(), "count"),
        (r#"{"op":"pick","count":1.5}"#.into(), "count"),
        (r#"{"op":"pick","count":"3"}"#.into(), "count"),
        (report(r#","level":4"#), "level"),
        (report(r#","level":7"#), "level"),
        (report(r#","level":-1"#), "level"),
        (report(r#","level":1.5"#), "level"),
        (report(r#","level":true"#), "level"),
        (report(r#","success":1"#), "success"),
        (report(r#","level":2,"success":true"#), "both"),
        (report(""), "neither"),
        (
            r#"{"op":"report","activity":"nope","grade":"easy","level":1}"#.into(),
            "nope",
        ),
        (
            r#"{"op":"report","activity":"x1","grade":"nope","level":1}"#.into(),
            "“easy”",
        ),
        (
            r#"{"op":"report","activity":["x1"],"grade":"easy","level":1}"#.into(),
            "activity",
        ),
        (r#"{"op":"predict","activity":"x1"}"#.into(), "grade"),
        (r#"{"op":"predict","activity":"","grade":""}"#.into(), "activity"),
        (
            r#"{"op":"explain","activity":"nope","grade":"easy"}"#.into(),
            "nope",
        ),
        (r#"{"op":"elapse","days":-1,"growth":[0,0]}"#.into(), "days"),
        (r#"{"op":"elapse","days":1e300,"growth":[0,0]}"#.into(), "days"),
        (r#"{"op":"elapse","days":"NaN","growth":[0,0]}"#.into(), "days"),
        (r#"{"op":"elapse","days":1,"growth":[0]}"#.into(), "growth"),
        (r#"{"op":"elapse","days":1,"growth":[0,0,0]}"#.into(), "growth"),
        (
            r#"{"op":"elapse","days":1,"growth":[0,1e30]}"#.into(),
            "growth[1]",
        ),
        (item(r#""area":"c","a":1,"b":0"#), "“c”"),
        (item(r#""area":"a","a":-1,"b":0"#), "items[0].a"),
        (item(r#""area":"a","a":0,"b":0"#), "items[0].a"),
        (item(r#""area":"a","a":1,"b":1e30"#), "items[0].b"),
        (item(r#""area":"a","a":1"#), "items[0]"),
        (
            r#"{"op":"questions","items":[{"id":"q","area":"a","b":0},{"id":"q","area":"a","b":0}]}"#.into(),
            "items[1].id",
        ),
        (r#"{"op":"answer","question":"q","success":true}"#.into(), "“q”"),
        (r#"{"op":"answer","question":"q"}"#.into(), "“q”"),
    ];
    let ability = r#"{"op":"ability"}"#.to_owned();
    let mut all = vec![two_areas().to_string(), report(r#","level":1"#), ability.clone()];
    for (line, _) in &cases {
        all.extend([line.clone(), ability.clone()]);
    }
    let answers = drive(&all);
    for ((line, word), answer) in cases.iter().zip(answers[3..].chunks(2)) {
        let error = answer[0]["error"]
            .as_str()
            .unwrap_or_else(|| panic!("{} to {line:.300}", answer[0]));
        assert!(error.contains(word), "“{error}” does not say {word}");
        assert!(error.len() < 400, "{error}");
        assert_eq!(answer[1], answers[2], "{line:.300} changed the session");
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error_and_what_shells_add_is_not() {
    let start = two_areas().to_string();
    let answers = drive::<Vec<u8>>(&[
        [b"\xEF\xBB\xBF".as_slice(), start.as_bytes(), b"\r"].concat(),
        b"{\"op\":\"rate\",\"area\":\"\xFF\",\"level\":0}".into(),
        b"\x00\x01\x02".into(),
        b"\"\\ud800\"".into(),
        b"{\"op\":\"ability\"}".into(),
    ]);
    assert_eq!(answers[0]["ok"], true);
    assert!(answers[1]["error"].as_str().unwrap().contains("UTF-8"));
    assert!(answers[2]["error"].is_string() && answers[3]["error"].is_string());
    assert!(answers[4]["mean"].is_array());
}

#[test]
fn a_hundred_megabytes_in_one_line_are_left_out_and_the_next_line_is_answered() {
    let answers = drive_with(|input| {
        writeln!(input, "{}", two_areas()).unwrap();
        let piece = vec![b'['; 1 << 20];
        for _ in 0..100 {
            input.write_all(&piece).unwrap();
        }
        // Without an end: what stands behind the last line's end is a line, too.
        write!(input, "\n{{\"op\":\"ask\"}}").unwrap();
    });
    assert_eq!(answers.len(), 3);
    assert!(
        answers[1].contains("error") && answers[1].contains("16 MiB"),
        "{}",
        answers[1]
    );
    assert_eq!(answers[2], r#"{"question":null}"#);
}

#[test]
fn who_closes_the_pipe_has_seen_enough() {
    let mut lab = spawn();
    let mut input = lab.stdin.take().unwrap();
    drop(lab.stdout.take());
    for _ in 0..100 {
        if writeln!(input, "{{\"op\":\"ability\"}}").is_err() {
            break;
        }
    }
    drop(input);
    assert!(lab.wait().unwrap().success());
}

#[test]
fn before_the_start_every_op_is_an_error_and_a_second_start_starts_anew() {
    let ops = [
        "rate",
        "pick",
        "report",
        "predict",
        "ability",
        "elapse",
        "questions",
        "ask",
        "answer",
        "explain",
    ];
    let mut all: Vec<Value> = ops.iter().map(|op| json!({"op": op})).collect();
    let ability = json!({"op": "ability"});
    all.extend([
        two_areas(),
        ability.clone(),
        json!({"op": "report", "activity": "x1", "grade": "hard", "level": 0}),
        json!({"op": "questions", "items": [{"id": "q", "area": "a", "b": 0}]}),
        two_areas(),
        ability,
        json!({"op": "ask"}),
    ]);
    let answers = drive(&lines(&all));
    for answer in &answers[..ops.len()] {
        assert!(answer["error"].as_str().unwrap().contains("start"));
    }
    let answers = &answers[ops.len()..];
    assert_eq!(answers[1], answers[5]);
    assert_eq!(answers[6], json!({"question": null}));
}

/// Priors at the edge of what a prior can be, and ten thousand reports that contradict each other: every number stays one.
#[test]
fn ten_thousand_careless_reports_leave_every_number_finite() {
    let identity = json!([[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
    let all_one = json!([[1, 1, 1], [1, 1, 1], [1, 1, 1]]);
    let one_fixed = json!([[0, 0, 0], [0, 1, 0.5], [0, 0.5, 1]]);
    let huge = json!([[400, 399.9, 0], [399.9, 400, 0], [0, 0, 1e-12]]);
    let against = json!([[1, -1, 0], [-1, 1, 0], [0, 0, 0]]);
    for (number, cov) in [identity, all_one, one_fixed, huge, against]
        .into_iter()
        .enumerate()
    {
        for model in [json!({}), textbook()] {
            let mut dice = Dice(number as u64);
            let grades: Vec<Value> = (0..12)
                .map(|n| {
                    let at = f64::from(n) - 6.0;
                    let demands = match n % 4 {
                        0 => json!({"a": at}),
                        1 => json!({"a": at, "b": -at}),
                        2 => json!({"a": at, "b": at, "c": at}),
                        _ => json!({"b": 40.0, "c": -40.0}),
                    };
                    json!({"id": n.to_string(), "demands": demands})
                })
                .collect();
            let mut all = vec![json!({
                "op": "start", "areas": ["a", "b", "c"], "prior": {"mean": [0, 1, -1], "cov": cov}, "model": model,
                "activities": [{"id": "x", "grades": grades}],
            })];
            for round in 0..5000 {
                let grade = dice.below(12).to_string();
                all.push(json!({"op": "report", "activity": "x", "grade": grade, "level": dice.below(4)}));
                all.push(
                    json!({"op": "report", "activity": "x", "grade": "3", "success": dice.below(2) == 0}),
                );
                if round % 500 == 0 {
                    all.push(json!({"op": "ability"}));
                    all.push(json!({"op": "explain", "activity": "x", "grade": grade}));
                    all.push(json!({"op": "elapse", "days": 3}));
                    all.push(json!({"op": "rate", "area": "a", "level": 2}));
                }
            }
            all.push(json!({"op": "pick", "count": 3}));
            all.push(json!({"op": "ability"}));
            drive_well(&all);
        }
    }
}

#[test]
fn the_same_lines_give_the_same_answers() {
    let all = lines(&[
        two_areas(),
        json!({"op": "rate", "area": "b", "level": -2}),
        json!({"op": "report", "activity": "x1", "grade": "middling", "level": 1}),
        json!({"op": "pick", "count": 5}),
        json!({"op": "explain", "activity": "x1", "grade": "middling"}),
        json!({"op": "ability"}),
    ]);
    assert_eq!(drive(&all), drive(&all));
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Something that could stand in a line, or could not.
fn odd(dice: &mut Dice) -> Value {
    let odd = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1),
        json!(2),
        json!(3),
        json!(0.5),
        json!(-0.0),
        json!(40),
        json!(-40),
        json!(1e300),
        json!(-1e300),
        json!(1e-300),
        json!(5e-324),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("a"),
        json!("b"),
        json!("x1"),
        json!("easy"),
        json!("q1"),
        json!("NaN"),
        json!("1e999"),
        json!([]),
        json!({}),
        json!([0, 0]),
        json!([[1, 0], [0, 1]]),
        json!([[0, 0], [0, 0]]),
        json!([[1, 1], [1, 1]]),
        json!({"a": 0}),
        json!([{"id": "x1", "grades": [{"id": "easy", "demands": {"a": 40, "b": -40}}]}]),
    ];
    dice.one(&odd).clone()
}

/// Changes one place somewhere inside.
fn mutate(dice: &mut Dice, value: &mut Value) {
    match value {
        Value::Object(fields) if !fields.is_empty() && dice.below(8) > 0 => {
            let name = dice.one(&fields.keys().cloned().collect::<Vec<_>>()).clone();
            match dice.below(12) {
                0 => drop(fields.remove(&name)),
                1 => drop(fields.insert(
                    ["a", "b", "level", "model", "growth"][dice.below(5)].into(),
                    odd(dice),
                )),
                _ => mutate(dice, &mut fields[&name]),
            }
        }
        Value::Array(all) if !all.is_empty() && dice.below(8) > 0 => {
            let at = dice.below(all.len());
            match dice.below(12) {
                0 => drop(all.remove(at)),
                1 => all.push(all[at].clone()),
                2 => all.insert(at, odd(dice)),
                _ => mutate(dice, &mut all[at]),
            }
        }
        Value::Number(number) if dice.below(2) == 0 => {
            let factor = [-1.0, 0.0, 10.0, 1e-3, 1e6, 1.5][dice.below(6)];
            *value = json!(number.as_f64().unwrap() * factor);
        }
        _ => *value = odd(dice),
    }
}

/// Thousands of lines that are almost right, and some that are far from it. Whatever comes: an answer, fit to be read.
#[test]
fn whatever_stands_in_a_line_gets_one_answer_that_can_be_read() {
    let right = [
        two_areas(),
        json!({"op": "rate", "area": "a", "level": 1}),
        json!({"op": "pick", "count": 3}),
        json!({"op": "report", "activity": "x1", "grade": "middling", "level": 2}),
        json!({"op": "report", "activity": "x2", "grade": "easy", "success": false}),
        json!({"op": "predict", "activity": "x1", "grade": "easy"}),
        json!({"op": "ability"}),
        json!({"op": "elapse", "days": 7, "growth": [0.05, 0.05]}),
        json!({"op": "questions", "items": [{"id": "q1", "area": "a", "a": 1.1, "b": 0.3}, {"id": "q2", "area": "b", "b": 1}]}),
        json!({"op": "ask"}),
        json!({"op": "answer", "question": "q1", "success": true}),
        json!({"op": "explain", "activity": "x1", "grade": "easy"}),
    ];
    let mut with_model = two_areas();
    with_model["model"] =
        json!({"drop": 0.2, "drop_mean": 1, "drop_sd": 2, "careless": 0, "item_sd": 0, "child_sd": 1});
    let starts = [two_areas(), with_model];
    let seeds: Vec<u64> = (0..6).collect();
    for seed in seeds {
        let mut dice = Dice(seed);
        let mut all: Vec<Vec<u8>> = vec![two_areas().to_string().into()];
        while all.len() < 1500 {
            let mut value = if dice.below(6) == 0 {
                dice.one(&starts).clone()
            } else {
                dice.one(&right).clone()
            };
            for _ in 0..dice.below(4) {
                mutate(&mut dice, &mut value);
            }
            let mut line = value.to_string().into_bytes();
            if dice.below(6) == 0 {
                for _ in 0..=dice.below(4) {
                    let at = dice.below(line.len());
                    match dice.below(4) {
                        0 => line[at] = dice.next() as u8,
                        1 => drop(line.remove(at)),
                        2 => line.insert(at, *dice.one(b"{}[]\",:0e-+.9\\u")),
                        _ => line.truncate(at.max(1)),
                    }
                    if line.is_empty() {
                        break;
                    }
                }
                line.retain(|&byte| byte != b'\n');
            }
            all.push(line);
        }
        let answers = drive(&all);
        let understood = answers
            .iter()
            .filter(|answer| answer.get("error").is_none())
            .count();
        // Or else nothing was tried.
        assert!((200..1400).contains(&understood), "{understood}");
    }
}
