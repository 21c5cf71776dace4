//! What a family was promised of its stored and exported data: every version opens, nothing is half-read, and what is
//! wrong is named.
//!
//! The files in `fixtures` are frozen: once a release has written a form, it opens for good.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{added, knowledge, TODAY};
use just_right::child_model::Memory;
use just_right::family::{
    AgeMonths, Answered, Change, Child, ChildId, Circumstances, Company, Day, Declined, Energy, Enjoyed,
    Family, Happening, MessAllowed, Mood, Motion, Nickname, Note, Planned, Reason, Report, Response,
    TextSize, Theme, Whereabouts,
};
use just_right::model::{picks, Present};
use just_right::snapshot::{self, read, ReadError};
use just_right_catalogue::content::Sense;
use just_right_catalogue::{Id, Named};
use just_right_engine::area::Area;
use just_right_engine::question::Answer;
use just_right_engine::report::Level;
use just_right_engine::safety::{Allergen, Limit};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const VERSION_1: &str = include_str!("fixtures/version-1.json");
const VERSION_1_STORED: &str = include_str!("fixtures/version-1-stored.json");
const VERSION_2: &str = include_str!("fixtures/version-2.json");
const VERSION_2_STORED: &str = include_str!("fixtures/version-2-stored.json");
const VERSION_3: &str = include_str!("fixtures/version-3.json");
const VERSION_3_STORED: &str = include_str!("fixtures/version-3-stored.json");

/// Every form that was ever written, with its version and sequence.
const EVER_WRITTEN: [(&str, u32, u64); 6] = [
    (VERSION_1, 1, 0),
    (VERSION_1_STORED, 1, 41),
    (VERSION_2, 2, 0),
    (VERSION_2_STORED, 2, 42),
    (VERSION_3, 3, 0),
    (VERSION_3_STORED, 3, 43),
];

fn family_in(text: &str) -> Family {
    read(text, TODAY).unwrap().family
}

fn error_in(text: &str) -> ReadError {
    read(text, TODAY).expect_err(text.get(..120).unwrap_or(text))
}

/// A file of ours with this family, as it stands.
fn file(family: &str) -> String {
    format!(r#"{{"format":"just-right","version":3,"family":{family}}}"#)
}

/// A file of ours with one child that has these fields besides its id.
fn file_with_child(fields: &str) -> String {
    file(&format!(r#"{{"children":[{{"id":1,{fields}}}],"active":1}}"#))
}

/// A file of ours with one child to whom this happened.
fn file_with_happening(happening: &str) -> String {
    file_with_child(&format!(r#""nickname":null,"age":48,"history":[{happening}]"#))
}

fn report_with(asked: &str, spread: &str, expected: &str, on: &str) -> String {
    file_with_happening(&format!(
        r#"{{"reported":{{"activity":"catch-a-ball","grade":"1","asked":{asked},"spread":{spread},"expected":{expected},"level":"easily","on":{on}}}}}"#
    ))
}

fn answer_with(at: &str, spread: &str, on: &str) -> String {
    file_with_happening(&format!(
        r#"{{"answered":{{"question":"q","area":"fine-motor","at":{at},"spread":{spread},"answer":"alone","on":{on}}}}}"#
    ))
}

#[test]
fn every_form_ever_written_opens_with_all_that_was_told() {
    for (text, version, sequence) in EVER_WRITTEN {
        let found = read(text, TODAY).unwrap();
        assert_eq!((found.version, found.sequence), (version, sequence));
        let family = found.family;
        assert_eq!((family.theme, family.mood), (Theme::Dark, Mood::Stretch));
        let [first, second] = &family.children[..] else {
            panic!("two children were told of")
        };
        assert_eq!(first.nickname.as_ref().map(Nickname::as_str), Some("Mía"));
        assert_eq!(second.nickname, None);
        assert_eq!(family.active_child().unwrap().id, second.id);
        assert_eq!((first.age.get(), second.age.get()), (52, 19));
        assert_eq!((first.mouthing, second.mouthing), (Some(false), None));
        assert_eq!(first.allergens, [Id(Allergen::Nuts), Id(Allergen::Egg)]);
        assert_eq!(first.limits, [Id(Limit::Joints)]);
        assert_eq!((first.answers().count(), first.reports().count()), (2, 3));
        assert_eq!(
            first.answers().nth(1).unwrap().answer,
            None,
            "no chance to try stays no answer"
        );
        let ball = first.reports().nth(1).unwrap();
        assert_eq!(
            (ball.activity.as_str(), ball.grade.as_str()),
            ("catch-a-ball", "2~help.shown")
        );
        assert_eq!((ball.level, ball.on), (Id(Level::NotThisTime), Day(20_615)));
        assert_eq!(second.reports().next().unwrap().level, Id(Level::ByThemselves));
    }
}

#[test]
fn every_form_ever_written_leads_to_picks() {
    for (text, ..) in EVER_WRITTEN {
        let family = family_in(text);
        for child in &family.children {
            let present = Present::of(&family, child, TODAY, &mut Memory::default());
            assert_eq!(picks::cards(knowledge(), &present, 3).len(), 3);
        }
    }
}

#[test]
fn version_1_is_as_old_today_as_it_was_told() {
    for child in family_in(VERSION_1).children {
        assert_eq!(child.age_at(TODAY), child.age.get());
    }
}

#[test]
fn since_version_2_a_child_has_grown_since_it_was_told() {
    for text in [VERSION_2, VERSION_3] {
        let family = family_in(text);
        let ages: Vec<u16> = family.children.iter().map(|child| child.age_at(TODAY)).collect();
        assert_eq!(ages, [57, 24]);
    }
}

#[test]
fn what_an_older_version_did_not_know_was_not_said() {
    for text in [VERSION_1, VERSION_1_STORED, VERSION_2, VERSION_2_STORED] {
        let family = family_in(text);
        for child in &family.children {
            assert!(child.senses.is_empty() && child.declined.is_empty());
            assert!(child.saved.is_empty() && child.plan.is_empty() && child.free.is_empty());
            assert!(child
                .reports()
                .all(|report| report.enjoyed.is_none() && report.note.is_none()));
        }
        let unsaid = Family::default();
        assert_eq!(
            family,
            Family {
                circumstances: Circumstances::default(),
                language: None,
                text_size: unsaid.text_size,
                motion: unsaid.motion,
                sounds: false,
                exported: None,
                ..family.clone()
            }
        );
    }
}

#[test]
fn version_3_opens_with_all_that_only_it_knows() {
    for text in [VERSION_3, VERSION_3_STORED] {
        let family = family_in(text);
        let [first, second] = &family.children[..] else {
            panic!("two children were told of")
        };
        assert_eq!(
            first.senses,
            [
                (Id(Sense::Touch), Response::Avoids),
                (Id(Sense::Sound), Response::Fine),
                (Id(Sense::Movement), Response::LooksFor),
            ]
        );
        let declined: Vec<_> = first.declined.iter().map(|one| (one.reason, one.on.0)).collect();
        assert_eq!(declined, [(Reason::NoThings, 20_616), (Reason::Enough, 20_630)]);
        assert_eq!(first.saved, ["hopscotch", "snip-and-cut"]);
        let planned: Vec<_> = first
            .plan
            .iter()
            .map(|one| (one.activity.as_str(), one.on.0))
            .collect();
        assert_eq!(planned, [("catch-a-ball", 20_632), ("hopscotch", 20_633)]);
        let enjoyed: Vec<_> = first.reports().map(|report| report.enjoyed).collect();
        assert_eq!(
            enjoyed,
            [Some(Enjoyed::Loved), Some(Enjoyed::NotToday), Some(Enjoyed::Fine)]
        );
        let notes: Vec<_> = first
            .reports()
            .filter_map(|report| report.note.as_ref())
            .collect();
        assert_eq!(
            notes.iter().map(|note| note.as_str()).collect::<Vec<_>>(),
            ["Thicker paper, and the left-handed scissors.\n“Again!” <b>ü</b>"],
            "with its line break"
        );
        assert_eq!(second.reports().next().unwrap().enjoyed, None);
        let missing = vec!["scissors".to_owned(), "balloons".to_owned()];
        assert_eq!(
            family.circumstances,
            Circumstances {
                minutes: Some(15),
                place: Some(Whereabouts::Inside),
                company: Some(Company::TheTwoOfUs),
                mess: Some(MessAllowed::Some),
                energy: Some((Energy::Calm, Day(20_640))),
                missing,
            }
        );
        assert_eq!(
            family.circumstances.energy_on(TODAY),
            None,
            "how a child was on another day is not how it is today"
        );
        assert_eq!(family.language.as_deref(), Some("en"));
        assert_eq!(
            (family.text_size, family.motion, family.sounds),
            (TextSize::Large, Motion::Still, true)
        );
        assert_eq!(family.exported, Some(Day(20_639)));
    }
}

#[test]
fn what_an_older_version_left_is_written_and_read_as_the_newest() {
    for text in [VERSION_1, VERSION_2] {
        let family = family_in(text);
        for text in [snapshot::to_export(&family), snapshot::to_store(&family, 7)] {
            let again = read(&text, Day(TODAY.0 + 400)).unwrap();
            assert_eq!((again.version, &again.family), (snapshot::VERSION, &family));
        }
    }
}

#[test]
fn version_3_is_written_today_as_it_was_frozen() {
    assert_eq!(snapshot::to_store(&family_in(VERSION_3), 43), VERSION_3_STORED);
    assert_eq!(snapshot::to_export(&family_in(VERSION_3)), VERSION_3);
}

#[test]
fn cut_off_anywhere_it_is_an_error_and_never_another_family() {
    for (text, ..) in EVER_WRITTEN {
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            assert_eq!(error_in(&text[..end]), ReadError::Broken, "cut after {end} bytes");
        }
    }
}

#[test]
fn a_stored_byte_that_fell_over_is_noticed() {
    for text in [VERSION_1_STORED, VERSION_2_STORED, VERSION_3_STORED] {
        let name_of_checksum = text.find("checksum").unwrap();
        let name_of_checksum = name_of_checksum..name_of_checksum + "checksum".len();
        let good = read(text, TODAY).unwrap();
        for at in 0..text.len() {
            for fallen in (0..8)
                .map(|bit| text.as_bytes()[at] ^ (1 << bit))
                .chain(*b"0129x\" ")
            {
                let mut bytes = text.as_bytes().to_vec();
                if bytes[at] == fallen {
                    continue;
                }
                bytes[at] = fallen;
                let found = read(&String::from_utf8_lossy(&bytes), TODAY);
                // Where the checksum itself has lost its name, nothing else is wrong.
                let harmless = name_of_checksum.contains(&at) && found.as_ref() == Ok(&good);
                assert!(found.is_err() || harmless, "byte {at} as {fallen:#x}");
            }
        }
    }
}

#[test]
fn a_newer_version_is_called_newer_whatever_is_in_it() {
    for text in [
        r#"{"format":"just-right","version":4,"family":{"households":[]}}"#,
        r#"{"format":"just-right","version":4294967295}"#,
        r#"{"version":9,"checksum":"0","format":"just-right","family":null,"cloud":{"on":[1,2]}}"#,
    ] {
        assert_eq!(error_in(text), ReadError::Newer);
    }
}

#[test]
fn a_file_of_another_program_is_not_ours() {
    for text in [
        "{}",
        "[]",
        "null",
        "17",
        "\"just-right\"",
        r#"{"format":"just-left","version":2,"family":{"children":[]}}"#,
        r#"{"format":7,"version":2}"#,
        r#"{"name":"package","version":"1.0.0","dependencies":{"left-pad":"*"}}"#,
        r#"{"type":"FeatureCollection","features":[]}"#,
        r#"[{"format":"just-right","version":2}]"#,
    ] {
        assert_eq!(error_in(text), ReadError::NotOurs, "{text}");
    }
}

#[test]
fn a_version_that_never_was_is_not_ours() {
    let family = r#""family":{"children":[],"active":null}"#;
    for version in [
        "",
        r#""version":0,"#,
        r#""version":null,"#,
        r#""version":-1,"#,
        r#""version":"2","#,
        r#""version":1.5,"#,
    ] {
        let text = format!(r#"{{"format":"just-right",{version}{family}}}"#);
        assert_eq!(error_in(&text), ReadError::NotOurs, "{version}");
    }
}

#[test]
fn what_is_no_json_is_broken() {
    for text in [
        "",
        " ",
        "\u{feff}",
        "Dear diary",
        "{",
        "<html></html>",
        "{\"format\":\"just-right\"",
        "PK\u{3}\u{4}\0\0",
    ] {
        assert_eq!(error_in(text), ReadError::Broken, "{text:?}");
    }
}

#[test]
fn a_file_larger_than_any_family_is_not_even_looked_at() {
    let padding = |bytes: usize| format!("{VERSION_3}{}", " ".repeat(bytes - VERSION_3.len()));
    assert_eq!(error_in(&padding(snapshot::LARGEST + 1)), ReadError::TooLarge);
    assert_eq!(family_in(&padding(snapshot::LARGEST)), family_in(VERSION_3));
}

#[test]
fn the_largest_family_fits_into_what_is_read() {
    // Ten children with a report a day for ten years.
    let family = family_in(VERSION_3);
    let report = family.children[0].history[3].clone();
    let child = Child {
        history: vec![report; 3650],
        ..family.children[0].clone()
    };
    let children = (1..=10)
        .map(|id| Child {
            id: ChildId(id),
            ..child.clone()
        })
        .collect();
    let large = Family {
        children,
        active: Some(ChildId(1)),
        ..family
    };
    assert_eq!(family_in(&snapshot::to_store(&large, 36_500)), large);
}

#[test]
fn two_children_with_one_id_are_refused() {
    let text = file(
        r#"{"children":[{"id":1,"nickname":null,"age":48},{"id":1,"nickname":null,"age":20}],"active":1}"#,
    );
    assert_eq!(error_in(&text), ReadError::Invalid);
}

#[test]
fn a_page_about_a_child_who_is_not_there_is_refused() {
    let text = file(r#"{"children":[{"id":1,"nickname":null,"age":48}],"active":2}"#);
    assert_eq!(error_in(&text), ReadError::Invalid);
}

#[test]
fn an_age_that_no_child_here_has_is_refused() {
    for age in ["11", "156", "0", "-48", "65536", "48.5", "\"48\"", "null", "1e3"] {
        let text = file_with_child(&format!(r#""nickname":null,"age":{age}"#));
        assert_eq!(error_in(&text), ReadError::Invalid, "{age}");
    }
    for age in ["12", "155"] {
        assert!(
            read(
                &file_with_child(&format!(r#""nickname":null,"age":{age}"#)),
                TODAY
            )
            .is_ok(),
            "{age}"
        );
    }
}

#[test]
fn an_impossible_number_in_a_report_is_refused() {
    let asked = r#"[["fine-motor",2.0]]"#;
    assert!(read(&report_with(asked, "1.0", "0.8", "20700"), TODAY).is_ok());
    let five = r#"[["fine-motor",1],["hand-eye",1],["sensory",1],["attention",1],["cognition",1]]"#;
    for (asked, spread, expected, on) in [
        (asked, "1.0", "1.5", "20700"),
        (asked, "1.0", "-0.1", "20700"),
        (asked, "1.0", "NaN", "20700"),
        (asked, "1.0", "null", "20700"),
        (asked, "1e400", "0.8", "20700"),
        (asked, "1e300", "0.8", "20700"),
        (asked, "-0.1", "0.8", "20700"),
        (asked, "1.0", "0.8", "2147483648"),
        (asked, "1.0", "0.8", "-2147483648"),
        (asked, "1.0", "0.8", "2147483647"),
        (asked, "1.0", "0.8", "20700.5"),
        (r#"[["fine-motor",1e9]]"#, "1.0", "0.8", "20700"),
        (r#"[["fine-motor",-41]]"#, "1.0", "0.8", "20700"),
        (r#"[["fine-motor",Infinity]]"#, "1.0", "0.8", "20700"),
        (r#"[["luck",1.0]]"#, "1.0", "0.8", "20700"),
        (r#"{"fine-motor":1.0}"#, "1.0", "0.8", "20700"),
        (five, "1.0", "0.8", "20700"),
    ] {
        let error = error_in(&report_with(asked, spread, expected, on));
        assert!(
            matches!(error, ReadError::Invalid | ReadError::Broken),
            "{asked} {spread} {expected} {on}: {error:?}"
        );
    }
}

#[test]
fn an_impossible_number_in_an_answer_is_refused() {
    assert!(read(&answer_with("4.5", "1", "20700"), TODAY).is_ok());
    for (at, spread, on) in [
        ("1e300", "1", "20700"),
        ("-41", "1", "20700"),
        ("0", "-1", "20700"),
        ("0", "1e300", "20700"),
        ("0", "1", "-2147483648"),
    ] {
        assert_eq!(
            error_in(&answer_with(at, spread, on)),
            ReadError::Invalid,
            "{at} {spread} {on}"
        );
    }
}

/// A file of ours with a child that has this list so many times over.
fn file_with_list(name: &str, one: &str, times: usize) -> String {
    let all = vec![one; times].join(",");
    file_with_child(&format!(r#""nickname":null,"age":48,"{name}":[{all}]"#))
}

#[test]
fn a_list_is_read_up_to_its_bound_and_refused_above_it() {
    let planned = r#"{"activity":"hopscotch","on":20700}"#;
    let declined = r#"{"activity":"hopscotch","reason":"enough","on":20700}"#;
    for (name, one, most) in [
        ("plan", planned, Child::MOST_PLANNED),
        ("free", "20700", Child::MOST_FREE),
        ("declined", declined, 2_000),
        ("saved", r#""hopscotch""#, 2_000),
        ("senses", r#"["touch","fine"]"#, 1),
    ] {
        assert!(read(&file_with_list(name, one, most), TODAY).is_ok(), "{name}");
        assert_eq!(
            error_in(&file_with_list(name, one, most + 1)),
            ReadError::Invalid,
            "{name}"
        );
    }
    let missing = |times: usize| {
        let all = vec![r#""ball""#; times].join(",");
        file(&format!(
            r#"{{"children":[],"active":null,"circumstances":{{"missing":[{all}]}}}}"#
        ))
    };
    assert!(read(&missing(Circumstances::MOST_MISSING), TODAY).is_ok());
    assert_eq!(
        error_in(&missing(Circumstances::MOST_MISSING + 1)),
        ReadError::Invalid
    );
}

#[test]
fn a_name_that_is_longer_than_any_of_ours_is_refused_wherever_it_stands() {
    let with = |name: &str| {
        let child = |field: &str| file_with_child(&format!(r#""nickname":null,"age":48,{field}"#));
        [
            child(&format!(r#""saved":["{name}"]"#)),
            child(&format!(r#""plan":[{{"activity":"{name}","on":20700}}]"#)),
            child(&format!(
                r#""declined":[{{"activity":"{name}","reason":"enough","on":20700}}]"#
            )),
            file(&format!(r#"{{"children":[],"active":null,"language":"{name}"}}"#)),
            file(&format!(
                r#"{{"children":[],"active":null,"circumstances":{{"missing":["{name}"]}}}}"#
            )),
        ]
    };
    for text in with(&"n".repeat(200)) {
        assert!(read(&text, TODAY).is_ok(), "{text}");
    }
    for text in with(&"n".repeat(201)) {
        assert_eq!(error_in(&text), ReadError::Invalid, "{text}");
    }
}

#[test]
fn a_day_that_no_clock_shows_is_refused_wherever_it_stands() {
    let with = |day: &str| {
        let child = |field: &str| file_with_child(&format!(r#""nickname":null,"age":48,{field}"#));
        [
            child(&format!(r#""plan":[{{"activity":"hopscotch","on":{day}}}]"#)),
            child(&format!(r#""free":[{day}]"#)),
            child(&format!(
                r#""declined":[{{"activity":"hopscotch","reason":"enough","on":{day}}}]"#
            )),
            file(&format!(r#"{{"children":[],"active":null,"exported":{day}}}"#)),
            file(&format!(
                r#"{{"children":[],"active":null,"circumstances":{{"energy":["calm",{day}]}}}}"#
            )),
        ]
    };
    for text in with("-100000000").iter().chain(&with("100000000")) {
        assert!(read(text, TODAY).is_ok(), "{text}");
    }
    for day in [
        "-100000001",
        "100000001",
        "2147483648",
        "0.5",
        "null",
        "\"today\"",
    ] {
        // `null` is a day that was not said, and only the day of the last export may be unsaid.
        for text in with(day) {
            let unsaid = day == "null" && text.contains("exported");
            assert!(unsaid || error_in(&text) == ReadError::Invalid, "{text}");
        }
    }
}

#[test]
fn a_note_that_a_file_brings_is_cut_and_cleaned_as_if_it_were_typed() {
    let with = |note: &str| {
        let plain = report_with("[]", "1.0", "0.8", "20700");
        plain.replace(r#""level""#, &format!(r#""note":{note},"level""#))
    };
    let note = |text: &str| {
        let family = family_in(&with(text));
        let report = family.children[0].reports().next().cloned().unwrap();
        report.note.map(|note| note.as_str().to_owned())
    };
    assert_eq!(note(r#""\u202eagain\u0000 ""#).as_deref(), Some("again"));
    assert_eq!(note(r#""one\ntwo""#).as_deref(), Some("one\ntwo"));
    assert_eq!(note("null"), None);
    let long = format!("\"{}\"", "ß".repeat(5_000));
    assert_eq!(note(&long).map(|note| note.chars().count()), Some(Note::LONGEST));
    for wrong in [r#""""#, r#"" \u200b ""#, "7", "[]"] {
        assert_eq!(error_in(&with(wrong)), ReadError::Invalid, "{wrong}");
    }
}

#[test]
fn whatever_number_a_readable_file_holds_there_are_picks_for_it() {
    let asked = r#"[["fine-motor",40.0],["fine-motor",-40.0]]"#;
    for text in [
        answer_with("40", "40", "20700"),
        answer_with("-40", "1e-300", "-100000000"),
        answer_with("0", "0", "100000000"),
        report_with(asked, "40", "0.0", "100000000"),
        report_with("[]", "0", "1.0", "-100000000"),
        file_with_child(r#""nickname":null,"age":12,"age_on":-100000000"#),
        file_with_child(r#""nickname":null,"age":155,"age_on":100000000"#),
    ] {
        for today in [TODAY, Day(-100_000_000), Day(100_000_000)] {
            let family = read(&text, today).unwrap().family;
            let present = Present::of(&family, &family.children[0], today, &mut Memory::default());
            let mean = present.profile.mean_uncertainty();
            assert!(mean.is_finite() && mean > 0.0, "{text}");
            for card in picks::cards(knowledge(), &present, 3) {
                assert!((0.0..=1.0).contains(&card.track.at), "{text}");
            }
        }
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_refused() {
    for family in [
        "null",
        "[]",
        "7",
        r#""a family""#,
        "{}",
        r#"{"children":{},"active":null}"#,
        r#"{"children":[7],"active":null}"#,
        r#"{"children":[[]],"active":null}"#,
        r#"{"children":[],"active":"1"}"#,
        r#"{"children":[],"active":null,"theme":"purple"}"#,
        r#"{"children":[],"active":null,"mood":3}"#,
        r#"{"children":[],"active":null,"circumstances":{"minutes":-5}}"#,
        r#"{"children":[],"active":null,"circumstances":{"place":"moon"}}"#,
        r#"{"children":[],"active":null,"circumstances":{"energy":"calm"}}"#,
        r#"{"children":[],"active":null,"circumstances":{"missing":"ball"}}"#,
        r#"{"children":[],"active":null,"language":7}"#,
        r#"{"children":[],"active":null,"text_size":"huge"}"#,
        r#"{"children":[],"active":null,"motion":true}"#,
        r#"{"children":[],"active":null,"sounds":"on"}"#,
        r#"{"children":[],"active":null,"exported":"2026-07-01"}"#,
        r#"{"children":[{"id":-1,"nickname":null,"age":48}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":7,"age":48}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":"","age":48}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":null}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":null,"age":48,"mouthing":"often"}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":null,"age":48,"allergens":["dragons"]}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":null,"age":48,"senses":[["sixth","fine"]]}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":null,"age":48,"senses":[["touch","hates"]]}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":null,"age":48,"declined":[{"activity":"a","reason":"because","on":1}]}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":null,"age":48,"saved":[7]}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":null,"age":48,"plan":[{"activity":"a"}]}],"active":null}"#,
        r#"{"children":[{"id":1,"nickname":null,"age":48,"history":[{"forgotten":{}}]}],"active":null}"#,
    ] {
        assert_eq!(error_in(&file(family)), ReadError::Invalid, "{family}");
    }
    assert_eq!(
        error_in(r#"{"format":"just-right","version":2}"#),
        ReadError::Invalid
    );
}

#[test]
fn more_children_than_a_family_may_have_are_refused_at_once() {
    let children = |count: usize| {
        let all: Vec<String> = (0..count)
            .map(|id| format!(r#"{{"id":{id},"nickname":null,"age":48}}"#))
            .collect();
        file(&format!(r#"{{"children":[{}],"active":null}}"#, all.join(",")))
    };
    assert_eq!(
        family_in(&children(Family::MOST_CHILDREN)).children.len(),
        Family::MOST_CHILDREN
    );
    assert_eq!(error_in(&children(Family::MOST_CHILDREN + 1)), ReadError::Invalid);
    // As many as fit into the largest file: a page must not stand still for a minute over it.
    let start = std::time::Instant::now();
    assert_eq!(error_in(&children(190_000)), ReadError::Invalid);
    assert!(start.elapsed().as_secs() < 10);
}

#[test]
fn a_deeply_nested_file_is_refused_and_not_followed_to_the_end_of_the_stack() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    for levels in [200, 1_000_000] {
        let deep = deep(levels);
        for text in [
            deep.clone(),
            "[".repeat(levels),
            "{\"format\":".repeat(levels),
            file(&deep),
            file_with_child(&format!(r#""nickname":{deep},"age":48"#)),
            format!(r#"{{"format":{deep}}}"#),
        ] {
            assert!(read(&text, TODAY).is_err());
        }
        // Where nobody looks it does no harm.
        let beside = VERSION_3.replacen('{', &format!(r#"{{"beside":{deep},"#), 1);
        assert_eq!(family_in(&beside), family_in(VERSION_3));
    }
}

#[test]
fn a_field_that_this_version_does_not_know_is_passed_over() {
    let text = VERSION_3
        .replacen(
            r#"{"format""#,
            r#"{"made_by":"Just Right 1.4","exported":[2027,1,2],"format""#,
            1,
        )
        .replacen(r#"{"children""#, r#"{"pets":[{"id":1}],"children""#, 1)
        .replace(r#"{"id":"#, r#"{"colour":"green","id":"#)
        .replace(r#"{"activity":"#, r#"{"weather":null,"activity":"#)
        .replace(r#"{"minutes":"#, r#"{"seconds":3,"minutes":"#);
    assert_eq!(family_in(&text), family_in(VERSION_3));
}

#[test]
fn a_report_of_an_unknown_activity_is_kept_and_still_counts() {
    let unknown = VERSION_3
        .replace("catch-a-ball", "juggle-with-three")
        .replace("2~help.shown", "5~trampoline.high");
    let family = family_in(&unknown);
    let reports: Vec<&str> = family.children[0]
        .reports()
        .map(|report| report.activity.as_str())
        .collect();
    assert_eq!(
        reports,
        ["snip-and-cut", "juggle-with-three", "juggle-with-three"]
    );
    assert_eq!(family_in(&snapshot::to_export(&family)), family);
    let believed =
        |family: &Family| Present::of(family, &family.children[0], TODAY, &mut Memory::default()).profile;
    assert_eq!(
        believed(&family),
        believed(&family_in(VERSION_3)),
        "what it asked is all that counts"
    );
    assert_eq!(
        picks::cards(
            knowledge(),
            &Present::of(&family, &family.children[0], TODAY, &mut Memory::default()),
            3
        )
        .len(),
        3
    );
}

#[test]
fn a_mark_of_the_byte_order_and_space_around_do_no_harm() {
    for (text, ..) in EVER_WRITTEN {
        assert_eq!(family_in(&format!("\u{feff}{text}\r\n")), family_in(text));
        let pretty = text.replace(r#","family""#, ",\r\n\t\"family\"");
        assert_eq!(family_in(&pretty), family_in(text));
    }
}

#[test]
fn a_file_cannot_bring_a_nickname_that_turns_the_page_around() {
    let text = file_with_child(r#""nickname":"\u202eaiM\u0000 ","age":48"#);
    assert_eq!(
        family_in(&text).children[0]
            .nickname
            .as_ref()
            .map(Nickname::as_str),
        Some("aiM")
    );
}

#[test]
fn a_family_with_the_highest_id_can_grow_and_is_still_read() {
    let text = file(r#"{"children":[{"id":4294967295,"nickname":null,"age":48}],"active":4294967295}"#);
    let grown = family_in(&text)
        .apply(&added(Some("Rosa"), 20))
        .apply(&added(None, 30));
    assert_eq!(grown.children.len(), 3);
    assert_eq!(family_in(&snapshot::to_store(&grown, 2)), grown);
}

#[test]
fn an_empty_family_is_a_family() {
    let empty = Family::default();
    assert_eq!(family_in(&snapshot::to_export(&empty)), empty);
    assert_eq!(
        read(&snapshot::to_store(&empty, u64::MAX), TODAY)
            .unwrap()
            .sequence,
        u64::MAX
    );
}

/// A number as the engine makes them, of full length, up to `most` from 0.
fn number(most: f64) -> impl Strategy<Value = f64> {
    -most..=most
}

fn named<T: Named + std::fmt::Debug + Sync>() -> impl Strategy<Value = Id<T>> {
    select(T::all()).prop_map(Id)
}

fn day() -> impl Strategy<Value = Day> {
    prop_oneof![-10_000..100_000, -100_000_000..=100_000_000].prop_map(Day)
}

fn happening() -> impl Strategy<Value = Happening> {
    let answered = (
        ".{0,20}",
        named::<Area>(),
        number(40.0),
        0.0..3.0,
        option::of(named::<Answer>()),
        day(),
    )
        .prop_map(|(question, area, at, spread, answer, on)| Answered {
            question,
            area,
            at,
            spread,
            answer,
            on,
        });
    let asked = vec((named::<Area>(), number(40.0)), 0..=4);
    let reported = (
        ".{0,20}",
        "[0-9](~[a-z.]{1,9}){0,3}",
        asked,
        0.0..3.0,
        0.0..=1.0,
        named::<Level>(),
        option::of(select(Enjoyed::ALL)),
        "(?s).{0,60}",
        day(),
    )
        .prop_map(
            |(activity, grade, asked, spread, expected, level, enjoyed, note, on)| Report {
                activity,
                grade,
                asked,
                spread,
                expected,
                level,
                enjoyed,
                note: Note::parse(&note),
                on,
            },
        );
    prop_oneof![
        answered.prop_map(Happening::Answered),
        reported.prop_map(Happening::Reported)
    ]
}

fn activity() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z-]{1,20}", ".{0,20}"]
}

/// Each channel at most once, in any order.
fn senses() -> impl Strategy<Value = Vec<(Id<Sense>, Response)>> {
    let told = vec(option::of(select(Response::ALL)), Sense::ALL.len());
    let told = (told, Just(Sense::ALL.to_vec()).prop_shuffle());
    told.prop_map(|(told, senses)| {
        let said = senses.into_iter().zip(told);
        said.filter_map(|(sense, response)| Some((Id(sense), response?)))
            .collect()
    })
}

prop_compose! {
    fn declined()(activity in activity(), reason in select(Reason::ALL), on in day()) -> Declined {
        Declined { activity, reason, on }
    }
}

prop_compose! {
    fn planned()(activity in activity(), on in day()) -> Planned {
        Planned { activity, on }
    }
}

prop_compose! {
    fn circumstances()(
        minutes in option::of(any::<u16>()),
        place in option::of(select(Whereabouts::ALL)),
        company in option::of(select(Company::ALL)),
        mess in option::of(select(MessAllowed::ALL)),
        energy in option::of((select(Energy::ALL), day())),
        missing in vec(activity(), 0..4),
    ) -> Circumstances {
        Circumstances { minutes, place, company, mess, energy, missing }
    }
}

prop_compose! {
    fn child()(
        nickname in ".{0,60}",
        age in 12u16..=155,
        age_on in day(),
        mouthing in option::of(any::<bool>()),
        allergens in vec(named::<Allergen>(), 0..4),
        limits in vec(named::<Limit>(), 0..3),
        senses in senses(),
        declined in vec(declined(), 0..4),
        saved in vec(activity(), 0..4),
        plan in vec(planned(), 0..4),
        free in vec(day(), 0..4),
        history in vec(happening(), 0..6),
    ) -> Child {
        let (nickname, age) = (Nickname::parse(&nickname), AgeMonths::new(age).unwrap());
        Child { id: ChildId(0), nickname, age, age_on, mouthing, allergens, limits, senses, declined, saved, plan, free, history }
    }
}

prop_compose! {
    fn any_family()(
        mut children in vec(child(), 0..4),
        first in prop_oneof![1u32..9, u32::MAX - 9..u32::MAX - 3],
        active in option::of(0usize..4),
        (theme, mood) in (select(Theme::ALL), select(Mood::ALL)),
        circumstances in circumstances(),
        language in option::of("[a-z]{2}(-[A-Z]{2})?"),
        (text_size, motion, sounds) in (select(TextSize::ALL), select(Motion::ALL), any::<bool>()),
        exported in option::of(day()),
    ) -> Family {
        (first..).zip(&mut children).for_each(|(id, child)| child.id = ChildId(id));
        let active = active.and_then(|index| children.get(index)).map(|child| child.id);
        // What happened is told, as in the app, one after the other.
        let told: Vec<(ChildId, Vec<Happening>)> =
            children.iter_mut().map(|child| (child.id, std::mem::take(&mut child.history))).collect();
        let mut family = Family { children, active, theme, mood, circumstances, language, text_size, motion, sounds, exported };
        for (id, happening) in told.into_iter().flat_map(|(id, all)| all.into_iter().map(move |one| (id, one))) {
            family = family.apply(&Change::Happened(id, happening));
        }
        family
    }
}

fn quickly() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(quickly())]

    #[test]
    fn what_is_written_is_read_to_the_last_digit(family in any_family(), sequence: u64) {
        let stored = read(&snapshot::to_store(&family, sequence), TODAY).unwrap();
        prop_assert_eq!((&stored.family, stored.sequence), (&family, sequence));
        let exported = read(&snapshot::to_export(&family), TODAY).unwrap();
        prop_assert_eq!(&exported.family, &family);
    }

    #[test]
    fn whatever_bytes_a_file_holds_it_is_read_or_refused(bytes in vec(any::<u8>(), 0..300)) {
        let _ = read(&String::from_utf8_lossy(&bytes), TODAY);
    }

    #[test]
    fn whatever_text_stands_where_a_family_should_it_is_read_or_refused(text in "[\\[\\]{}\",:0-9a-z\\\\ .eE+-]{0,80}") {
        let _ = read(&file(&text), TODAY);
    }

    #[test]
    fn two_good_files_spliced_anywhere_are_refused_or_one_of_them(
        one in any_family(), other in any_family(), cut in 0.0..1.0, join in 0.0..1.0,
    ) {
        let (one, other) = (snapshot::to_store(&one, 1), snapshot::to_store(&other, 2));
        let near = |text: &str, share: f64| {
            let at = (text.len() as f64 * share) as usize;
            (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
        };
        let spliced = format!("{}{}", &one[..near(&one, cut)], &other[near(&other, join)..]);
        if let Ok(found) = read(&spliced, TODAY) {
            prop_assert!([&one, &other].iter().any(|whole| family_in(whole) == found.family));
        }
    }

    #[test]
    fn every_change_of_a_readable_family_is_readable(
        family in any_family(), months in 12u16..=155, on in day(),
        (sense, response) in (select(&Sense::ALL[..]), option::of(select(Response::ALL))),
        (declined, name) in (declined(), activity()),
        planned in vec(planned(), 0..600),
        (circumstances, happening) in (circumstances(), happening()),
        (enjoyed, note) in (option::of(select(Enjoyed::ALL)), "(?s).{0,600}"),
    ) {
        let mut changes = vec![
            added(None, months),
            Change::CircumstancesSet(circumstances),
            Change::LanguageSet(None),
            Change::TextSizeSet(TextSize::Largest),
            Change::MotionSet(Motion::Still),
            Change::SoundsSet(true),
            Change::Exported(on),
            Change::Erased,
        ];
        for child in &family.children {
            let id = child.id;
            changes.extend(child.reports().map(|report| {
                Change::Remarked(id, report.clone(), enjoyed, Note::parse(&note))
            }));
            changes.extend([
                Change::Happened(id, happening.clone()),
                Change::SenseSet(id, sense, response),
                Change::Declined(id, declined.clone()),
                Change::Welcomed(id, name.clone()),
                Change::SavedSet(id, name.clone(), true),
                Change::PlanSet(id, on, planned.clone()),
                Change::FreeSet(id, on, true),
            ]);
        }
        for change in changes {
            let changed = family.apply(&change);
            prop_assert_eq!(family_in(&snapshot::to_store(&changed, 3)), changed);
        }
    }
}
