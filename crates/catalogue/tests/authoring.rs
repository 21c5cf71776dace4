//! What helps authors: a skeleton that the check leads through, pages that stand alone, a schema that fits.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use just_right_catalogue::authoring;
use just_right_catalogue::content::Occupation;
use just_right_catalogue::source::facts::Band;
use just_right_catalogue::source::{look, Look};

fn assets() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets"))
}

fn real() -> Look {
    look(assets())
}

/// Only these two files, so that all that is said is about them, or about what is not there.
fn problems_with(activity: &(String, String), drawing: &(String, String)) -> Vec<String> {
    let folder = std::env::temp_dir().join(format!("just-right-skeleton-{}", std::process::id()));
    for shared in ["assets/levers.toml", "assets/gates.toml"] {
        let to = folder.join(shared);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(assets().parent().unwrap().join(shared), to).unwrap();
    }
    for (file, text) in [activity, drawing] {
        let to = folder.join(file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, text).unwrap();
    }
    let problems = look(&folder.join("assets")).problems;
    std::fs::remove_dir_all(&folder).unwrap();
    let ours = problems
        .iter()
        .filter(|problem| problem.file == activity.0 || problem.file == drawing.0);
    ours.map(ToString::to_string).collect()
}

#[test]
fn the_check_leads_through_a_skeleton_and_begins_with_what_could_go_wrong() {
    let skeleton = authoring::skeleton("Say “hi” to Zoë's \"cat\"!", Occupation::Together).unwrap();
    assert_eq!(skeleton.id, "say-hi-to-zo-s-cat");
    assert_eq!(
        skeleton.activity.0,
        "assets/activities/together/say-hi-to-zo-s-cat.toml"
    );
    let first = problems_with(&skeleton.activity, &skeleton.drawing).join("\n");
    assert!(
        first.contains("an allergen: one of") || first.contains("a hazard: one of"),
        "{first}"
    );

    let (file, text) = &skeleton.activity;
    let text = text.replace("[\"?\"]", "[]");
    let next = problems_with(&(file.clone(), text), &skeleton.drawing).join("\n");
    for part in [
        "a text is empty",
        "takes 0 minutes",
        "loads 0 areas",
        "lacks set-up or steps",
        "draws nothing",
        "has no <title>",
    ] {
        assert!(next.contains(part), "{part}\n{next}");
    }
}

#[test]
fn a_title_without_a_letter_makes_no_skeleton() {
    assert_eq!(authoring::skeleton(" ¡…! ", Occupation::Play), None);
}

#[test]
fn the_report_shows_the_map_and_fetches_nothing() {
    let look = real();
    let report = authoring::report(&look);
    for part in [
        "Areas by age",
        "Shares",
        "Levers",
        "Anchors",
        "Reading level",
        "Materials",
        "hand-eye",
    ] {
        assert!(report.contains(part), "{part}");
    }
    for part in ["http", "<script", "src=", "@import", "url("] {
        assert!(!report.contains(part), "{part}");
    }
}

#[test]
fn the_gallery_draws_every_picture_in_both_themes_and_fetches_nothing() {
    let look = real();
    let tokens = std::fs::read_to_string(assets().join("styles/1-tokens.css")).unwrap();
    let gallery = authoring::gallery(&look.content, &tokens);
    let pictures = look.content.drawings.0.len();
    assert_eq!(gallery.matches("<div class=\"light\">").count(), pictures);
    assert_eq!(gallery.matches("<div class=\"dark\">").count(), pictures);
    assert!(gallery.contains("--hill: light-dark("), "the themes' own tokens");
    for part in ["http", "<script", "src=", "@import", "url("] {
        assert!(!gallery.contains(part), "{part}");
    }
}

#[test]
fn the_schema_knows_every_key_that_an_activity_of_ours_uses() {
    let text = authoring::schema();
    assert!(text.starts_with('{') && text.contains("\"arms-reach\"") && text.contains("\"wheelchair\""));
    for facts in &real().survey.activities {
        let file = assets().parent().unwrap().join(&facts.file);
        let activity: toml::Table = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for key in activity.keys() {
            assert!(text.contains(&format!("\"{key}\":")), "{key}");
        }
    }
}

#[test]
fn the_bands_hold_each_month_from_one_year_to_twelve_once() {
    for months in 12..156 {
        let holding = Band::ALL
            .iter()
            .filter(|band| band.holds(f64::from(months)))
            .count();
        assert_eq!(holding, 1, "{months}");
    }
    assert!(Band::ALL
        .iter()
        .all(|band| !band.holds(11.9) && !band.holds(156.0)));
}
