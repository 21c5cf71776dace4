//! Nothing forbidden is ever offered. What is forbidden is read off the files themselves here, by rules written down once
//! more after docs/CONTENT-FORMAT.md: neither the reader nor the engine is asked.
//!
//! Every activity is tried at every month of age from one year to twelve, with everything that a family can say of
//! safety, at every rung with every setting of every lever.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use just_right_catalogue::source::look;
use just_right_engine::ability::Profile;
use just_right_engine::grading::{self, Plan, Refusal, Request};
use just_right_engine::pick::{self, Dial, Wanted};
use just_right_engine::repertoire::{Activity, Grade, Repertoire};
use just_right_engine::safety::{self, Allergen, Limit, Protection, Supervision};
use just_right_engine::unit::Months;

const MONTHS: std::ops::RangeInclusive<u16> = 12..=155;

/// What the files say of one rung.
#[derive(Debug, PartialEq, Eq)]
struct Written {
    hazards: BTreeSet<String>,
    allergens: BTreeSet<String>,
    limits: BTreeSet<String>,
    supervision: String,
}

/// What a family says.
#[derive(Clone, Debug, Default)]
struct Said {
    mouthing: Option<bool>,
    allergens: Vec<&'static str>,
    limits: Vec<&'static str>,
}

/// The rules, in words of the files.
fn forbidden(rung: &Written, months: u16, said: &Said) -> bool {
    let mouthing = said.mouthing.unwrap_or(months < 36);
    let too_young = |hazard: &str| match hazard {
        "small-parts" => months < 36 || mouthing,
        "choking-food" => months < 48,
        "latex-balloon" => months < 96 || mouthing || said.allergens.contains(&"latex"),
        "cord" => months < 18,
        "heat" => months < 60,
        "sharp" => months < 24,
        "inedible" => mouthing,
        "water" | "height" | "fast-object" => false,
        other => panic!("there is no rule for {other}"),
    };
    rung.hazards.iter().any(|hazard| too_young(hazard))
        || said
            .allergens
            .iter()
            .any(|&allergen| rung.allergens.contains(allergen))
        || said.limits.iter().any(|&limit| rung.limits.contains(limit))
}

/// How near the adult stays at least: 0 nearby, 1 the same room, 2 within arm's reach.
fn nearness(rung: &Written, months: u16) -> u8 {
    let of_hazard = |hazard: &String| match hazard.as_str() {
        "water" | "heat" | "height" => 2,
        "sharp" if months < 60 => 2,
        "sharp" | "cord" | "choking-food" | "small-parts" | "latex-balloon" => 1,
        _ => 0,
    };
    let written = match rung.supervision.as_str() {
        "arms-reach" => 2,
        "same-room" => 1,
        _ => 0,
    };
    rung.hazards.iter().map(of_hazard).max().unwrap_or(0).max(written)
}

fn strings(table: &toml::Table, key: &str) -> BTreeSet<String> {
    let list = table.get(key).and_then(toml::Value::as_array);
    let texts = list
        .into_iter()
        .flatten()
        .map(|one| one.as_str().unwrap().to_owned());
    texts.collect()
}

/// The rungs of every activity as its file has them, by id.
fn written() -> BTreeMap<String, Vec<Written>> {
    let mut all = BTreeMap::new();
    for folder in std::fs::read_dir(assets().join("activities")).unwrap().flatten() {
        for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
            let id = file.path().file_stem().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(file.path()).unwrap();
            // A file that is half-written is the content check's to tell of.
            let Ok(table) = toml::from_str::<toml::Table>(&text) else {
                continue;
            };
            let (Some(safety), Some(rungs)) = (
                table.get("safety").and_then(toml::Value::as_table),
                table.get("rungs").and_then(toml::Value::as_array),
            ) else {
                continue;
            };
            let both = |rung: &toml::Table, key: &str| &strings(safety, key) | &strings(rung, key);
            let of = |rung: &toml::Value| {
                let rung = rung.as_table().unwrap();
                Written {
                    hazards: both(rung, "hazards"),
                    allergens: both(rung, "allergens"),
                    limits: strings(safety, "limits"),
                    supervision: safety["supervision"].as_str().unwrap().to_owned(),
                }
            };
            all.insert(id, rungs.iter().map(of).collect());
        }
    }
    all
}

fn assets() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets"))
}

fn repertoire() -> Repertoire {
    look(assets()).content.catalogue.repertoire()
}

/// One thing at a time, and things that come together.
fn families() -> Vec<Said> {
    const ALLERGENS: [&str; 7] = ["wheat", "egg", "milk", "nuts", "sesame", "soy", "latex"];
    const LIMITS: [&str; 5] = ["seizure", "heart", "joints", "swallowing", "skin"];
    let said = |mouthing, allergens: &[&'static str], limits: &[&'static str]| Said {
        mouthing,
        allergens: allergens.to_vec(),
        limits: limits.to_vec(),
    };
    let mut all = vec![
        said(None, &[], &[]),
        said(Some(true), &[], &[]),
        said(Some(false), &[], &[]),
    ];
    all.extend(ALLERGENS.iter().map(|&one| said(None, &[one], &[])));
    all.extend(LIMITS.iter().map(|&one| said(None, &[], &[one])));
    all.extend([
        said(Some(true), &["latex"], &[]),
        said(Some(true), &[], &["swallowing"]),
        said(Some(false), &["wheat", "egg", "milk"], &[]),
        said(None, &["nuts", "sesame", "soy"], &["skin"]),
        said(None, &[], &["heart", "joints"]),
        said(Some(true), &ALLERGENS, &LIMITS),
    ]);
    all
}

fn protection(said: &Said) -> Protection {
    Protection {
        youngest: None,
        mouthing: said.mouthing,
        allergens: said
            .allergens
            .iter()
            .map(|id| Allergen::from_id(id).unwrap())
            .collect(),
        limits: said.limits.iter().map(|id| Limit::from_id(id).unwrap()).collect(),
    }
}

fn age(months: u16) -> Months {
    Months::new(f64::from(months)).unwrap()
}

/// Every rung with every setting of every lever that this activity allows.
fn grades(repertoire: &Repertoire, activity: &Activity) -> Vec<Grade> {
    let mut all: Vec<Grade> = (0..activity.rungs.len())
        .map(|rung| Grade::plain(rung as u8))
        .collect();
    for &lever in &activity.levers {
        let settings = 0..repertoire.levers[lever].settings.len() as u8;
        all = all
            .iter()
            .flat_map(|grade| settings.clone().map(|setting| grade.with(lever, setting)))
            .collect();
    }
    all
}

fn request<'a>(profile: &'a Profile, protection: &'a Protection) -> Request<'a> {
    Request {
        profile,
        protection,
        band: Dial::JustRight.band(),
        minutes: None,
        // What a therapist has switched on is no way round safety either.
        therapist: true,
    }
}

/// Runs a check for each activity that stands in a file, on two threads.
fn for_each_activity(check: impl Fn(&Repertoire, &Activity, &[Written]) + Sync) {
    let (repertoire, written) = (repertoire(), written());
    let known: Vec<(&Activity, &[Written])> = repertoire
        .activities
        .iter()
        .filter_map(|activity| Some((activity, written.get(&activity.id)?.as_slice())))
        .collect();
    assert_eq!(known.len(), repertoire.activities.len(), "each has its file");
    assert!(known.len() >= 24);
    std::thread::scope(|scope| {
        for turn in 0..2 {
            let (known, repertoire, check) = (&known, &repertoire, &check);
            scope.spawn(move || {
                for (activity, written) in known.iter().skip(turn).step_by(2) {
                    assert_eq!(activity.rungs.len(), written.len(), "{}", activity.id);
                    check(repertoire, activity, written);
                }
            });
        }
    });
}

#[test]
fn the_engine_forbids_what_the_files_forbid_and_nothing_else() {
    let families = families();
    for_each_activity(|_, activity, written| {
        for (rung, file) in activity.rungs.iter().zip(written) {
            for said in &families {
                let protection = protection(said);
                for months in MONTHS {
                    let found = safety::danger(&rung.safety, age(months), &protection);
                    assert_eq!(
                        found.is_some(),
                        forbidden(file, months, said),
                        "{} at {months} months, {said:?}: {file:?} and {found:?}",
                        activity.id
                    );
                }
            }
            for months in MONTHS {
                let near = match safety::supervision(&rung.safety, age(months)) {
                    Supervision::Nearby => 0,
                    Supervision::SameRoom => 1,
                    Supervision::ArmsReach => 2,
                };
                assert_eq!(
                    near,
                    nearness(file, months),
                    "{} at {months} months: {file:?}",
                    activity.id
                );
            }
        }
    });
}

#[test]
fn no_setting_of_any_lever_makes_a_forbidden_rung_allowed() {
    let families = families();
    let profiles: Vec<(u16, Profile)> = MONTHS
        .map(|months| (months, Profile::of_age(age(months))))
        .collect();
    for_each_activity(|repertoire, activity, written| {
        let grades = grades(repertoire, activity);
        for said in &families {
            let protection = protection(said);
            for (months, profile) in &profiles {
                let asked = request(profile, &protection);
                for grade in &grades {
                    if forbidden(&written[usize::from(grade.rung)], *months, said) {
                        let answer = grading::at(repertoire, activity, *grade, &asked);
                        assert!(
                            matches!(answer, Err(Refusal::Unsafe(_))),
                            "{} {grade:?} at {months} months, {said:?}",
                            activity.id
                        );
                    }
                }
            }
        }
    });
}

/// An age in months, and what the family said.
type Who = (u16, Said);

/// For each set of rungs that is forbidden to somebody, the first and the last who are forbidden it.
fn witnesses(written: &[Written], families: &[Said]) -> Vec<Who> {
    let mut found: BTreeMap<Vec<bool>, (Who, Who)> = BTreeMap::new();
    for said in families {
        for months in MONTHS {
            let which: Vec<bool> = written.iter().map(|rung| forbidden(rung, months, said)).collect();
            let here = (months, said.clone());
            found
                .entry(which)
                .and_modify(|(first, last)| {
                    if months < first.0 {
                        *first = here.clone();
                    }
                    if months >= last.0 {
                        *last = here.clone();
                    }
                })
                .or_insert_with(|| (here.clone(), here.clone()));
        }
    }
    found
        .into_values()
        .flat_map(|(first, last)| [first, last])
        .collect()
}

/// What is proposed, and what stands one tap to either side of it, is allowed, and the adult is near enough.
fn check_plan(activity: &Activity, written: &[Written], plan: &Plan, months: u16, said: &Said) {
    let steps = [plan.easier, plan.harder]
        .into_iter()
        .flatten()
        .map(|step| step.grade);
    for grade in steps.chain([plan.grade]) {
        let rung = &written[usize::from(grade.rung)];
        assert!(
            !forbidden(rung, months, said),
            "{}: {grade:?} is offered at {months} months, {said:?}",
            activity.id
        );
    }
    let near = match plan.supervision {
        Supervision::Nearby => 0,
        Supervision::SameRoom => 1,
        Supervision::ArmsReach => 2,
    };
    let least = nearness(&written[usize::from(plan.grade.rung)], months);
    assert!(
        near >= least,
        "{}: {near} of {least} at {months} months",
        activity.id
    );
}

#[test]
fn what_is_proposed_and_what_is_easier_or_harder_than_anything_allowed_is_allowed() {
    let families = families();
    for_each_activity(|repertoire, activity, written| {
        for (months, said) in witnesses(written, &families) {
            let (profile, protection) = (Profile::of_age(age(months)), protection(&said));
            let asked = request(&profile, &protection);
            let all_forbidden = written.iter().all(|rung| forbidden(rung, months, &said));
            match grading::best(repertoire, activity, &asked) {
                Ok(plan) => check_plan(activity, written, &plan, months, &said),
                Err(Refusal::Unsafe(_)) => {
                    assert!(all_forbidden, "{} at {months} months, {said:?}", activity.id)
                }
                Err(_) => {}
            }
            // Each rung beside a forbidden one, as it is and with each setting of one lever.
            let is_forbidden = |rung: usize| {
                written
                    .get(rung)
                    .is_some_and(|rung| forbidden(rung, months, &said))
            };
            for rung in 0..written.len() {
                let beside = is_forbidden(rung + 1) || rung.checked_sub(1).is_some_and(is_forbidden);
                if is_forbidden(rung) || !beside {
                    continue;
                }
                let plain = Grade::plain(rung as u8);
                let settings = activity.levers.iter().flat_map(|&lever| {
                    (1..repertoire.levers[lever].settings.len() as u8)
                        .map(move |setting| plain.with(lever, setting))
                });
                for grade in settings.chain([plain]) {
                    if let Ok(plan) = grading::at(repertoire, activity, grade, &asked) {
                        check_plan(activity, written, &plan, months, &said);
                    }
                }
            }
        }
    });
}

#[test]
fn no_pick_is_forbidden_whoever_asks() {
    let (repertoire, written) = (repertoire(), written());
    for said in families().iter().step_by(3) {
        let protection = protection(said);
        for months in [12, 17, 23, 35, 47, 59, 95, 140] {
            let profile = Profile::of_age(age(months));
            let picks = pick::picks(
                &repertoire,
                &request(&profile, &protection),
                &Wanted::in_the_app(12, &[], repertoire.activities.len()),
            );
            for pick in picks.picks {
                let activity = &repertoire.activities[pick.activity];
                check_plan(activity, &written[&activity.id], &pick.plan, months, said);
            }
        }
    }
}
