//! What an author was promised of the reader: a problem names the file, the line, what is wrong, why it matters and the mend; nothing panics;
//! nothing is half-read.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use just_right_catalogue::content::{Catalogue, Content, Drawings, Kitchen, Sense, Suit, Texts};
use just_right_catalogue::source::{self, Problem};
use just_right_catalogue::{Id, Part};

const DEN: &str = include_str!("fixtures/build-a-den.toml");
const DEN_FILE: &str = "assets/activities/play/build-a-den.toml";
const PICTURE_FILE: &str = "assets/pictures/den.svg";

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets")
}

fn real() -> Content {
    source::read(&assets()).unwrap_or_else(|problems| panic!("{}", problems[0]))
}

/// A copy of the real content, to break.
struct Copy(PathBuf);

impl Copy {
    fn new() -> Copy {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "just-right-reader-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        copy(&assets(), &folder.join("assets"));
        Copy(folder)
    }

    /// With one more file, or another in its place.
    fn with(self, file: &str, bytes: impl AsRef<[u8]>) -> Copy {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// With one file edited; what is replaced stands there exactly once.
    fn edited(self, file: &str, from: &str, to: &str) -> Copy {
        let text = fs::read_to_string(self.0.join(file)).unwrap();
        let text = replaced(&text, from, to);
        self.with(file, text)
    }

    fn without(self, file: &str) -> Copy {
        fs::remove_file(self.0.join(file)).unwrap();
        self
    }

    fn read(&self) -> Result<Content, Vec<Problem>> {
        source::read(&self.0.join("assets"))
    }

    fn problems(&self) -> Vec<Problem> {
        let problems = self.read().expect_err("a problem is found");
        problems.iter().for_each(whole);
        problems
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // Where it cannot be removed the system's own cleaning does it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "“{from}” stands there once");
    text.replacen(from, to, 1)
}

/// The line, from 1, of what stands in a text exactly once.
fn line_of(text: &str, mark: &str) -> usize {
    let lines: Vec<usize> = (1..)
        .zip(text.lines())
        .filter(|(_, line)| line.contains(mark))
        .map(|(n, _)| n)
        .collect();
    assert_eq!(lines.len(), 1, "“{mark}” stands on one line");
    lines[0]
}

/// A problem says all that its author needs.
fn whole(problem: &Problem) {
    let said = problem.to_string();
    for part in [&problem.file, &problem.what, &problem.why, &problem.mend] {
        assert!(!part.trim().is_empty() && said.contains(part.as_str()), "{said}");
    }
    assert!(problem.file.starts_with("assets/"), "{said}");
    if let Some(line) = problem.line {
        assert!(said.starts_with(&format!("{}:{line}: ", problem.file)), "{said}");
    }
}

/// The one problem of an activity that was changed, at the line on which `mark` stands then.
fn den_problem(from: &str, to: &str, mark: &str) -> Problem {
    let text = replaced(DEN, from, to);
    let problems = Copy::new().with(DEN_FILE, &text).problems();
    let said: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert_eq!(problems.len(), 1, "{said:#?}");
    assert_eq!(
        (problems[0].file.as_str(), problems[0].line),
        (DEN_FILE, Some(line_of(&text, mark))),
        "{said:#?}"
    );
    problems[0].clone()
}

#[test]
fn whom_it_suits_and_whose_kitchen_it_is_come_with_the_words() {
    let said = "suits = [\"no-speech\", \"wheelchair\"]\nkitchen = [\"any\"]\nicf =";
    let content = Copy::new()
        .with(DEN_FILE, replaced(DEN, "icf =", said))
        .read()
        .unwrap_or_else(|problems| panic!("{}", problems[0]));
    let place = content
        .catalogue
        .activities
        .iter()
        .position(|activity| activity.id == "build-a-den")
        .unwrap();
    let text = &content.texts.activities[place];
    assert_eq!(text.suits, [Id(Suit::Wheelchair), Id(Suit::NoSpeech)]);
    assert_eq!(text.kitchen, [Id(Kitchen::Any)]);
}

/// Changes in the den, each with a mark of the line that has to be named, and what `what` and `mend` have to speak of.
#[test]
fn each_fault_of_an_activity_is_named_at_its_line_with_its_mend() {
    let long = "They put one cushion on the floor and one more on top and one more on top of that until it is as high as the sofa and stands.";
    let long_step = format!("\"{long}\"");
    let stood_up_with = |word: &str| format!("steps = [\"They stand the cushions up with {word}.\"");
    let (scissors, beads) = (stood_up_with("scissors"), stood_up_with("beads"));
    let cases: &[(&str, &str, &str, &str, &str)] = &[
        // An unknown key, a wrong kind, a wrong name.
        (
            "icf =",
            "suits = [\"dragons\"]\nicf =",
            "dragons",
            "a child whom it suits",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "icf =",
            "kitchen = [\"dragons\"]\nicf =",
            "dragons",
            "a kitchen",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "icf =",
            "kitchen = [\"any\", \"african\"]\nicf =",
            "kitchen =",
            "`any`",
            "alone",
        ),
        (
            "also_practised =",
            "colour = \"red\"\nalso_practised =",
            "colour",
            "colour",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "bought = false",
            "bought = \"no\"",
            "bought =",
            "boolean",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "bought = false",
            "bought = false\nfragile = true",
            "fragile",
            "fragile",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "gross-motor = 24",
            "luck = 24",
            "luck",
            "a skill area",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "also_practised = [\"attention\"]",
            "also_practised = [\"luck\"]",
            "luck",
            "a skill area",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "hazards = []",
            "hazards = [\"dragons\"]",
            "dragons",
            "a hazard",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "limits = []",
            "limits = [\"dragons\"]",
            "dragons",
            "a medical limit",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "\"same-room\"",
            "\"far-away\"",
            "far-away",
            "a kind of supervision",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "change = \"amount\"",
            "change = \"luck\"",
            "luck",
            "luck",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "place = \"floor\"",
            "place = \"moon\"",
            "moon",
            "moon",
            "docs/CONTENT-FORMAT.md",
        ),
        // Numbers.
        (
            "gross-motor = 36, motor-planning = 38",
            "gross-motor = 20, motor-planning = 22",
            "A roof over it",
            "A roof over it",
            "merge",
        ),
        (
            "gross-motor = 36, motor-planning = 38",
            "gross-motor = 3, motor-planning = 38",
            "A roof over it",
            "3 months",
            "6 to 216",
        ),
        (
            "gross-motor = 36, motor-planning = 38",
            "gross-motor = nan, motor-planning = 38",
            "A roof over it",
            "NaN months",
            "6 to 216",
        ),
        (
            "gross-motor = 36, motor-planning = 38",
            "gross-motor = 36, motor-planning = 38, sensory = 9, attention = 9, cognition = 9",
            "A roof over it",
            "5 areas",
            "1 to 4",
        ),
        (
            "{ gross-motor = 36, motor-planning = 38 }",
            "{}",
            "A roof over it",
            "0 areas",
            "1 to 4",
        ),
        (
            "spread = 0.8",
            "spread = 9",
            "A roof over it",
            "odd spread",
            "0.1 to 3",
        ),
        (
            "source = \"list of play skills\"",
            "source = \"I think\"",
            "A wall of four",
            "I think",
            "judgement",
        ),
        ("do = 10", "do = 0", "minutes = {", "5 minutes", "at most 90"),
        (
            "do = 10",
            "do = 65535",
            "minutes = {",
            "65540 minutes",
            "at most 90",
        ),
        // Safety.
        (
            "change = \"amount\"",
            "change = \"amount\"\nhazards = [\"water\"]",
            "supervision = \"",
            "`water`",
            "arms-reach",
        ),
        (
            "steps = [\"They stand the cushions up.\"",
            &scissors,
            "A wall of four",
            "scissors",
            "hazards = [\"sharp\"]",
        ),
        (
            "steps = [\"They stand the cushions up.\"",
            &beads,
            "A wall of four",
            "bead",
            "hazards = [\"small-parts\"]",
        ),
        (
            "\"Crawl in and wave.\"",
            "\"Light it with a toy. Button batteries are fun.\"",
            "Button batteries",
            "button batter",
            "something else",
        ),
        (
            "{ what = \"A sheet\" }",
            "{ what = \"A sheet and a long rope\" }",
            "long rope",
            "“rope”",
            "not = [\"cord: …\"]",
        ),
        (
            "limits = []",
            "limits = []\nnot = [\"small-parts\"]",
            "not = [\"small-parts\"]",
            "`not`",
            "before the colon",
        ),
        (
            "limits = []",
            "limits = []\nnot = [\"dragons: there are none here\"]",
            "dragons",
            "`not`",
            "a hazard or allergen",
        ),
        // Numbers that come from data.
        (
            "source = \"list of play skills\"",
            "source = \"data stand_on_the_moon\"",
            "A wall of four",
            "`stand_on_the_moon`",
            "stand_alone",
        ),
        (
            "source = \"list of play skills\"",
            "source = \"data stand_alone\"",
            "A wall of four",
            "logit apart",
            "11 to 13 months",
        ),
        (
            "source = \"list of play skills\"",
            "source = \"data lid_off\"",
            "A wall of four",
            "asks nothing of fine-motor",
            "because",
        ),
        (
            "source = \"list of play skills\"",
            "source = \"judgement\"\nbecause = \"so\"",
            "A wall of four",
            "`because`",
            "anchor",
        ),
        // What belongs together.
        (
            "picture = \"hello\"",
            "picture = \"nobody-drew-it\"",
            "nobody-drew-it",
            "nobody-drew-it",
            "assets/pictures/nobody-drew-it.svg",
        ),
        (
            "\"cushion-course\"",
            "\"cushion-cruise\"",
            "cushion-cruise",
            "cushion-cruise",
            "file name",
        ),
        (
            "\"cushion-course\"",
            "\"build-a-den\"",
            "build-a-den",
            "build-a-den",
            "remove the link",
        ),
        (
            "\"sits-alone\"",
            "\"sits-on-the-moon\"",
            "sits-on-the-moon",
            "sits-on-the-moon",
            "assets/gates.toml",
        ),
        (
            "off = [\"place\"]",
            "off = [\"wand\"]",
            "off = [",
            "wand",
            "assets/levers.toml",
        ),
        (
            "\"help.steadied\"",
            "\"help.by-magic\"",
            "by-magic",
            "help.by-magic",
            "assets/levers.toml",
        ),
        ("\"b760\"", "\"x760\"", "x760", "x760", "d440"),
        ("\"b760\"", "\"d4\"", "\"d4\"", "`d4`", "d440"),
        // Words.
        (
            "\"You hold what falls.\"",
            &long_step,
            "as high as the sofa",
            "29 words",
            "25 words",
        ),
        (
            "\"You hold what falls.\"",
            "\"A normal wall falls.\"",
            "A normal wall",
            "normal",
            "usual",
        ),
        (
            "\"You hold what falls.\"",
            "\"Do not fail.\"",
            "Do not fail",
            "fail",
            "not this time",
        ),
        (
            "\"You hold what falls.\"",
            "\"That is tall for her age.\"",
            "for her age",
            "for her age",
            "compare",
        ),
        (
            "\"You hold what falls.\"",
            "\"They can’t fall.\"",
            "can’t fall",
            "can't",
            "not yet",
        ),
        (
            "\"You hold what falls.\"",
            "\"You <b>hold</b> it.\"",
            "<b>hold",
            "markup",
            "plain words",
        ),
        (
            "\"You hold what falls.\"",
            "\"You hold\\u202e it.\"",
            "u202e",
            "control characters",
            "remove",
        ),
        (
            "\"You hold what falls.\"",
            "\"\"",
            "\"\"",
            "empty",
            "leave the entry out",
        ),
        (
            "\"They start the next room alone.\"",
            "",
            "[watch]",
            "when to go easier or harder",
            "at least one sign",
        ),
        (
            "set_up = [\"Put out four cushions.\"]",
            "set_up = []",
            "A wall of four",
            "set-up",
            "two steps",
        ),
        // No TOML at all.
        (
            "mess = \"some\"",
            "mess = \"some",
            "mess =",
            "string",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "mess = \"some\"",
            "mess \"some\"",
            "mess ",
            "",
            "docs/CONTENT-FORMAT.md",
        ),
        (
            "mess = \"some\"",
            "mess = \"some\"\nmess = \"none\"",
            "mess = \"none\"",
            "duplicate",
            "docs/CONTENT-FORMAT.md",
        ),
    ];
    for (from, to, mark, what, mend) in cases {
        // A problem of a rung stands where the rung begins: one line above its name.
        let of_a_rung = ["A roof over it", "A wall of four"].contains(mark);
        let problem = if of_a_rung {
            rung_problem(from, to, mark)
        } else {
            den_problem(from, to, mark)
        };
        assert!(problem.what.contains(what), "{problem}\nshould speak of {what}");
        assert!(problem.mend.contains(mend), "{problem}\nshould advise {mend}");
    }
}

#[test]
fn a_reason_puts_a_danger_and_an_anchor_aside() {
    let text = replaced(DEN, "{ what = \"A sheet\" }", "{ what = \"A sheet and a rope\" }");
    let text = replaced(
        &text,
        "limits = []",
        "limits = []\nnot = [\"cord: it is sewn into the sheet\"]",
    );
    let text = replaced(
        &text,
        "source = \"list of play skills\"",
        "source = \"data stand_alone\"\nbecause = \"they carry two cushions meanwhile\"",
    );
    let read = Copy::new().with(DEN_FILE, text).read();
    assert!(read.is_ok(), "{}", read.unwrap_err()[0]);
}

#[test]
fn an_effect_is_a_source_and_an_anchor_near_by_needs_no_reason() {
    let text = replaced(
        DEN,
        "source = \"list of play skills\"",
        "source = \"data tower_2..tower_8\"",
    );
    let text = replaced(&text, "gross-motor = 14", "gross-motor = 13");
    let text = text.replacen("source = \"judgement\"", "source = \"data walk_alone\"", 1);
    let read = Copy::new().with(DEN_FILE, text).read();
    assert!(read.is_ok(), "{}", read.unwrap_err()[0]);
}

#[test]
fn an_activity_that_reads_like_a_thesis_is_named() {
    let thesis = "Proprioceptive organisation necessitates individualised environmental modification.";
    let steps = format!("steps = [\"{thesis}\", \"{thesis}\"]");
    let text: Vec<&str> = DEN
        .lines()
        .map(|line| {
            if line.starts_with("steps = ") {
                steps.as_str()
            } else {
                line
            }
        })
        .collect();
    let problems = Copy::new().with(DEN_FILE, text.join("\n")).problems();
    assert_eq!(problems.len(), 1, "{}", problems[0]);
    assert_eq!(problems[0].line, Some(line_of(DEN, "promise =")));
    assert!(problems[0].what.contains("school year"), "{}", problems[0]);
}

/// The same for a problem that is named where a rung begins.
fn rung_problem(from: &str, to: &str, name: &str) -> Problem {
    let text = replaced(DEN, from, to);
    let problems = Copy::new().with(DEN_FILE, &text).problems();
    let said: Vec<String> = problems.iter().map(Problem::to_string).collect();
    let line = line_of(&text, &format!("name = \"{name}\"")) - 1;
    assert_eq!(
        (problems[0].file.as_str(), problems[0].line),
        (DEN_FILE, Some(line)),
        "{said:#?}"
    );
    assert_eq!(problems.len(), 1, "{said:#?}");
    problems[0].clone()
}

#[test]
fn the_file_that_the_faults_are_put_into_has_none() {
    let content = Copy::new().with(DEN_FILE, DEN).read().unwrap();
    let den = content.catalogue.activity("build-a-den").unwrap();
    assert_eq!(
        (den.rungs.len(), den.minutes, den.gates.len()),
        (4, [2, 10, 3], 1)
    );
}

#[test]
fn a_missing_key_is_named_with_the_table_that_lacks_it() {
    for (key, table) in [
        ("promise = \"Your child builds a den that takes minutes = no time at all, with your supervision.\"\n", None),
        ("place = \"floor\"\n", Some("[needs]")),
        ("limits = []\n", Some("[safety]")),
        ("set_up = [\"Put out four cushions.\"]\n", Some("name = \"A wall of four\"")),
        ("ask_someone = [\"They fall far more often than before.\"]\n", Some("[watch]")),
    ] {
        let text = replaced(DEN, key, "");
        let problems = Copy::new().with(DEN_FILE, &text).problems();
        assert_eq!(problems.len(), 1, "{problems:?}");
        let name = key.split(' ').next().unwrap();
        assert!(problems[0].what.contains(&format!("`{name}`")), "{}", problems[0]);
        let line = match table {
            None => 1,
            Some(table) if table.starts_with('[') => line_of(&text, table),
            Some(name) => line_of(&text, name) - 1,
        };
        assert_eq!((problems[0].file.as_str(), problems[0].line), (DEN_FILE, Some(line)), "{}", problems[0]);
    }
}

#[test]
fn too_few_and_too_many_rungs_are_counted() {
    let start = DEN.find("[[rungs]]\nname = \"A den with two rooms\"").unwrap();
    let end = DEN.find("[levers]\n").unwrap();
    let more: String = (1..=5)
        .map(|n| {
            DEN[start..end]
                .replace("56", &format!("{}", 56 + n * 20))
                .replace("60", &format!("{}", 60 + n * 20))
        })
        .collect();
    for (text, count) in [
        (format!("{}{}", &DEN[..start], &DEN[end..]), 3),
        (format!("{}{more}{}", &DEN[..end], &DEN[end..]), 9),
    ] {
        let problems = Copy::new().with(DEN_FILE, &text).problems();
        let problem = problems
            .iter()
            .find(|problem| problem.what.contains(&format!("{count} rungs")))
            .unwrap();
        assert_eq!(
            (problem.file.as_str(), problem.line),
            (DEN_FILE, Some(line_of(&text, "Two cushions side") - 1))
        );
        assert!(problem.mend.contains("4 to 8"));
    }
}

#[test]
fn a_file_that_is_no_utf8_is_named_once_with_its_line() {
    let mut bytes = DEN.as_bytes().to_vec();
    let at = DEN.find("Folded").unwrap();
    bytes[at] = 0xff;
    let problems = Copy::new().with(DEN_FILE, &bytes).problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(
        (problems[0].file.as_str(), problems[0].line),
        (DEN_FILE, Some(line_of(DEN, "Folded")))
    );
    assert!(problems[0].what.contains("UTF-8") && problems[0].mend.contains("UTF-8"));
}

#[test]
fn a_text_with_escapes_or_a_twin_is_still_named_where_it_stands() {
    let text = replaced(
        DEN,
        "\"You hold what falls.\"",
        "\"They \\\"a normal wall\\\" twice.\"",
    );
    let problems = Copy::new().with(DEN_FILE, &text).problems();
    assert!(problems[0].what.contains("normal"), "{}", problems[0]);
    assert_eq!(
        problems[0].line, None,
        "where “They ” begins several texts, no line is better than a wrong one"
    );
    let text = replaced(
        DEN,
        "\"You hold what falls.\"",
        "\"Your wall: \\\"a normal wall\\\".\"",
    );
    let problems = Copy::new().with(DEN_FILE, &text).problems();
    assert_eq!(
        problems[0].line,
        Some(line_of(&text, "a normal wall")),
        "{}",
        problems[0]
    );
    // The same thirty letters begin two steps, and only the second is too long.
    let twin = "They build a den of four cushions";
    let text = replaced(DEN, "\"You hold what falls.\"", &format!("\"{twin}.\""));
    let long = format!(
        "{twin} and then one more and one more and one more until it is as high as the big green sofa is"
    );
    let text = replaced(&text, "\"Crawl in and wave.\"", &format!("\"{long}.\""));
    let problems = Copy::new().with(DEN_FILE, &text).problems();
    assert_eq!(
        problems[0].line,
        Some(line_of(&text, "big green sofa")),
        "{}",
        problems[0]
    );
}

#[test]
fn a_sentence_of_twenty_five_words_is_fine_and_one_more_is_too_long() {
    let sentence = |words: usize| format!("\"{}stop.\"", "walk ".repeat(words - 1));
    let with = |words| {
        Copy::new().with(
            DEN_FILE,
            replaced(DEN, "\"You hold what falls.\"", &sentence(words)),
        )
    };
    assert!(with(25).read().is_ok());
    assert!(with(26).problems()[0].what.contains("26 words"));
}

#[test]
fn several_faults_in_several_files_are_told_at_once() {
    let text = replaced(
        &replaced(DEN, "\"b760\"", "\"x760\""),
        "\"cushion-course\"",
        "\"cushion-cruise\"",
    );
    let problems = Copy::new()
        .with(DEN_FILE, &text)
        .edited("assets/activities/outdoors/hopscotch.toml", "[watch]", "[watch")
        .problems();
    let files: Vec<&str> = problems.iter().map(|problem| problem.file.as_str()).collect();
    assert!(
        files.contains(&"assets/activities/outdoors/hopscotch.toml"),
        "{files:?}"
    );
    assert_eq!(
        files.iter().filter(|&&file| file == DEN_FILE).count(),
        2,
        "{files:?}"
    );
    assert!(
        problems.windows(2).all(|pair| pair[0] <= pair[1]),
        "in the order of files and lines"
    );
}

#[test]
fn an_activity_where_nobody_looks_is_found() {
    let problems = Copy::new()
        .with("assets/activities/outdoor/build-a-den.toml", DEN)
        .problems();
    assert!(
        problems[0].file.contains("outdoor") && problems[0].mend.contains("outdoors"),
        "{}",
        problems[0]
    );
}

#[test]
fn a_file_name_that_is_no_id_and_an_id_that_is_there_twice_are_named() {
    let problems = Copy::new()
        .with("assets/activities/play/Build_a_Den.toml", DEN)
        .problems();
    assert!(problems
        .iter()
        .any(|problem| problem.what.contains("no id") && problem.file.ends_with("Build_a_Den.toml")));
    let problems = Copy::new()
        .with(DEN_FILE, DEN)
        .with("assets/activities/chores/build-a-den.toml", DEN)
        .problems();
    assert!(
        problems.iter().any(|problem| problem.what.contains("same id")),
        "{problems:?}"
    );
}

fn drawing(inside: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 160\">\n<title>A den</title>\n{inside}\n<g>\n<circle cx=\"9\" cy=\"9\" r=\"9\" fill=\"var(--sun)\"/>\n</g>\n</svg>")
}

#[test]
fn a_drawing_is_shapes_in_theme_colours_and_anything_else_is_refused_at_its_line() {
    let whole = Copy::new().with(PICTURE_FILE, drawing("")).read().unwrap();
    assert_eq!(whole.drawings.picture("den").unwrap().title, "A den");
    for (inside, what) in [
        ("<script>alert(1)</script>", "<script>"),
        ("<style>*{fill:red}</style>", "<style>"),
        ("<image href=\"https://example.org/a.png\"/>", "<image>"),
        ("<a href=\"javascript:alert(1)\"/>", "<a>"),
        (
            "<foreignObject><b xmlns=\"http://www.w3.org/1999/xhtml\">!</b></foreignObject>",
            "<foreignObject>",
        ),
        ("<use href=\"#x\"/>", "<use>"),
        ("<text x=\"1\">Hi</text>", "<text>"),
        ("<rect fill=\"#ff0000\"/>", "#ff0000"),
        ("<rect fill=\"red\"/>", "red"),
        ("<rect stroke=\"var(--pink)\"/>", "var(--pink)"),
        ("<rect fill=\"url(#shade)\"/>", "url(#shade)"),
        (
            "<rect fill=\"var(--sun);background:url(//example.org)\"/>",
            "example.org",
        ),
        ("<rect onclick=\"alert(1)\"/>", "onclick"),
        ("<rect style=\"fill:red\"/>", "style"),
        ("<rect filter=\"url(#f)\"/>", "filter"),
        (
            "<rect xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"#x\"/>",
            "href",
        ),
    ] {
        for inside in [inside.to_owned(), format!("<g><g>{inside}</g></g>")] {
            let problems = Copy::new().with(PICTURE_FILE, drawing(&inside)).problems();
            assert_eq!(
                (problems[0].file.as_str(), problems[0].line),
                (PICTURE_FILE, Some(3)),
                "{}",
                problems[0]
            );
            assert!(problems[0].what.contains(what), "{}", problems[0]);
        }
    }
}

#[test]
fn a_drawing_that_is_not_whole_is_named() {
    let good = drawing("");
    for (text, what) in [
        (good.replace("<title>A den</title>", ""), "<title>"),
        (good.replace("A den", "  "), "<title>"),
        (good.replace("A den", "A normal den"), "normal"),
        (good.replace("0 0 320 160", "0 0 wide high"), "viewBox"),
        (good.replace("0 0 320 160", "0 0 99999 1"), "viewBox"),
        (good.replace("0 0 320 160", "0 0 NaN 160"), "viewBox"),
        (good.replace("</svg>", ""), "no SVG"),
        (good.replace("</g>", "</h>"), "no SVG"),
        (format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{good}"), "no SVG"),
        (String::new(), "no SVG"),
    ] {
        let problems = Copy::new().with(PICTURE_FILE, &text).problems();
        assert!(
            problems[0].what.contains(what) && problems[0].file == PICTURE_FILE,
            "{}",
            problems[0]
        );
        assert!(problems[0].line.is_some());
    }
}

#[test]
fn a_fault_in_what_activities_share_is_named_at_its_line() {
    let (questions, gates, levers) = (
        "assets/questions/fine-motor.toml",
        "assets/gates.toml",
        "assets/levers.toml",
    );
    for (file, from, to, mark, what) in [
        (
            questions,
            "months = 68",
            "months = 9",
            "\"small-buttons\"",
            "9 months",
        ),
        (
            questions,
            "months = 39",
            "months = 50",
            "\"one-button\"",
            "logit from its anchor",
        ),
        (
            questions,
            "source = \"data button_1\"",
            "source = \"data button_on_the_moon\"",
            "\"one-button\"",
            "button_on_the_moon",
        ),
        (
            questions,
            "\"Does up one button\"",
            "\"Demonstrates extraordinary manipulative independence\"",
            "\"one-button\"",
            "school year",
        ),
        (
            questions,
            "months = 110",
            "months = 1000",
            "\"needle-and-thread\"",
            "stands at 1000 months",
        ),
        (
            questions,
            "source = \"data button_1\"",
            "source = \"a hunch\"",
            "\"one-button\"",
            "a hunch",
        ),
        (
            questions,
            "area = \"fine-motor\"",
            "area = \"hand-eye\"",
            "area =",
            "file's name",
        ),
        (
            questions,
            "area = \"fine-motor\"",
            "area = \"luck\"",
            "area =",
            "a skill area",
        ),
        (
            questions,
            "\"Does up one button\"",
            "\"Does up a normal button\"",
            "a normal button",
            "normal",
        ),
        (
            "assets/channels.toml",
            "sense = \"sound\"",
            "sense = \"luck\"",
            "luck",
            "a sense",
        ),
        (
            "assets/channels.toml",
            "levers = [\"seat.supported\"",
            "levers = [\"seat.magic\"",
            "seat.magic",
            "seat.magic",
        ),
        (
            gates,
            "source = \"data stand_alone\"",
            "source = \"a hunch\"",
            "\"stands\"",
            "a hunch",
        ),
        (
            gates,
            "area = \"sensory\"",
            "area = \"luck\"",
            "luck",
            "a skill area",
        ),
        (
            levers,
            "words = \"Sit near. Hands in your lap. Let them try first.\"\nshift = {}",
            "words = \"Sit near. Hands in your lap. Let them try first.\"\nshift = { all = -1.0 }",
            "Hands in your lap",
            "first setting",
        ),
        (
            levers,
            "intrusion = 3.5",
            "intrusion = nan",
            "Do all but the last step. Stop.",
            "intrusion",
        ),
        (
            levers,
            "all = -3.5",
            "all = -35.0",
            "Do all but the last step. Stop.",
            "-35",
        ),
        (
            levers,
            "all = -3.5",
            "luck = -3.5",
            "Do all but the last step. Stop.",
            "luck",
        ),
        (
            "assets/advice/who-can-help.toml",
            "intro =",
            "subtitle = \"x\"\nintro =",
            "subtitle",
            "subtitle",
        ),
    ] {
        let copy = Copy::new().edited(file, from, to);
        let problems = copy.problems();
        let told = problems
            .iter()
            .find(|problem| problem.file == file && problem.what.contains(what));
        let told = told.unwrap_or_else(|| panic!("{what} is told: {problems:?}"));
        assert_eq!(told.line, Some(line_of(&copy.text(file), mark)), "{told}");
    }
}

#[test]
fn questions_leave_no_child_without_one_near_by() {
    for (area, from, to, hole) in [
        (
            "fine-motor",
            "months = 128",
            "months = 118",
            "between 120 and 144",
        ),
        ("attention", "months = 34", "months = 22.5", "between 22.5 and 50"),
    ] {
        let problems = Copy::new()
            .edited(&format!("assets/questions/{area}.toml"), from, to)
            .problems();
        assert_eq!(problems.len(), 1, "{}", problems[0]);
        assert!(problems[0].what.contains(hole), "{}", problems[0]);
    }
}

#[test]
fn a_channel_of_the_senses_chooses_levers_that_exist_and_none_is_left_out() {
    let twice = Copy::new().edited("assets/channels.toml", "sense = \"sound\"", "sense = \"touch\"");
    let problems = twice.problems();
    assert_eq!(problems.len(), 1, "{}", problems[0]);
    assert!(problems[0].what.contains("each channel once"), "{}", problems[0]);
    let content = real();
    let senses: Vec<_> = content
        .texts
        .channels
        .iter()
        .map(|channel| channel.sense.0)
        .collect();
    assert_eq!(senses, Sense::ALL);
    for channel in &content.texts.channels {
        assert!(channel.fine.levers.is_empty() && channel.fine.words.is_none());
        for response in [&channel.avoids, &channel.looks_for] {
            assert!(
                !response.levers.is_empty() && response.words.is_some(),
                "{channel:?}"
            );
            for &(lever, setting) in &response.levers {
                let settings = &content.catalogue.levers[usize::from(lever)].settings;
                assert!(settings.get(usize::from(setting)).is_some(), "{channel:?}");
            }
        }
    }
}

#[test]
fn a_file_that_all_need_is_missed() {
    for file in [
        "assets/levers.toml",
        "assets/gates.toml",
        "assets/pictures/hopscotch.svg",
        "assets/questions/sensory.toml",
    ] {
        let stem = Path::new(file)
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let problems = Copy::new().without(file).problems();
        assert!(
            problems.iter().any(|problem| problem.to_string().contains(&stem)),
            "{problems:?}"
        );
    }
    let nothing = source::read(Path::new("/nowhere/assets")).unwrap_err();
    nothing.iter().for_each(whole);
    assert!(nothing
        .iter()
        .any(|problem| problem.what.contains("0 activities")));
}

#[test]
fn a_fault_in_the_text_of_the_interface_is_named() {
    let english = "assets/locales/en.toml";
    for (from, to, what) in [
        ("opening = \"One moment…\"", "opening = 3", "opening"),
        ("[hello]", "[hello", ""),
    ] {
        let copy = Copy::new().edited(english, from, to);
        let problems = source::read_locale(&copy.0.join(english)).unwrap_err();
        problems.iter().for_each(whole);
        assert!(
            problems[0].file == english && problems[0].what.contains(what),
            "{}",
            problems[0]
        );
    }
    let copy = Copy::new().with(english, b"a = \"1\"\nb = \"\xff\"\n");
    let problems = source::read_locale(&copy.0.join(english)).unwrap_err();
    assert_eq!((problems.len(), problems[0].line), (1, Some(2)));
    assert_eq!(
        source::read_locale(Path::new("assets/nowhere.toml"))
            .unwrap_err()
            .len(),
        1
    );
}

#[test]
fn the_real_content_has_no_fault_and_keeps_the_order_of_its_parts() {
    let content = real();
    assert!(content.catalogue.activities.len() >= 24);
    assert_eq!(content.catalogue.activities.len(), content.texts.activities.len());
    for (activity, text) in content.catalogue.activities.iter().zip(&content.texts.activities) {
        assert_eq!(activity.rungs.len(), text.rungs.len(), "{}", activity.id);
        assert!((4..=8).contains(&activity.rungs.len()));
        assert!(content.drawings.picture(&activity.picture).is_some());
    }
    assert!(source::read_locale(&assets().join("locales/en.toml")).is_ok());
}

#[test]
fn a_cut_or_scrambled_activity_is_read_or_told_of_and_never_a_panic() {
    let copy = Copy::new();
    let ends = (0..DEN.len())
        .filter(|&end| DEN.is_char_boundary(end))
        .step_by(97);
    let cut = ends.map(|end| DEN[..end].to_owned());
    let words = ["\"", "[", "{", "= ", "\n", "…", "'''", "\\u", "1e999", "\0"];
    let scrambled = words.iter().flat_map(|word| {
        [300, 900, 1500].map(|at| {
            let at = (at..).find(|&at| DEN.is_char_boundary(at)).unwrap();
            format!("{}{word}{}", &DEN[..at], &DEN[at..])
        })
    });
    let mut copy = copy;
    for text in cut.chain(scrambled) {
        copy = copy.with(DEN_FILE, &text);
        if let Err(problems) = copy.read() {
            problems.iter().for_each(whole);
            let lines = text.lines().count().max(1) + 1;
            assert!(problems
                .iter()
                .filter(|one| one.file == DEN_FILE)
                .all(|one| one.line.is_none_or(|line| line <= lines)));
        }
    }
}

fn comes_back<P: Part + PartialEq + std::fmt::Debug>(part: &P) -> Vec<u8> {
    let bytes = part.to_bytes();
    assert_eq!(&P::from_bytes(&bytes).unwrap(), part);
    assert_eq!(part.to_bytes(), bytes, "the same content is the same bytes");
    bytes
}

#[test]
fn all_three_compiled_parts_come_back_as_they_were() {
    let content = real();
    let bytes = [
        comes_back(&content.catalogue),
        comes_back(&content.texts),
        comes_back(&content.drawings),
    ];
    let names = ["catalogue", "texts", "drawings"].map(|part| source::file_name(part, &bytes[0]));
    assert!(names.iter().all(|name| name.ends_with(".bin")));
    assert_ne!(
        source::file_name("texts", &bytes[1]),
        source::file_name("texts", &bytes[2]),
        "other bytes, other name"
    );
}

fn never_panics<P: Part>(bytes: &[u8]) {
    for end in (0..bytes.len()).step_by(bytes.len() / 300 + 1) {
        assert!(P::from_bytes(&bytes[..end]).is_err(), "cut after {end} bytes");
    }
    let mut scrambled = bytes.to_vec();
    for at in (0..bytes.len()).step_by(bytes.len() / 300 + 1) {
        for fallen in [0, 0x7f, 0xff] {
            scrambled[at] = fallen;
            let _ = P::from_bytes(&scrambled);
        }
        scrambled[at] = bytes[at];
    }
    for noise in [&[][..], &[0xff; 64], &[0; 64], &[0x80; 64]] {
        let _ = P::from_bytes(noise);
    }
}

#[test]
fn a_compiled_part_that_is_cut_off_is_refused_and_a_scrambled_one_is_no_panic() {
    let content = real();
    never_panics::<Catalogue>(&content.catalogue.to_bytes());
    never_panics::<Texts>(&content.texts.to_bytes());
    never_panics::<Drawings>(&content.drawings.to_bytes());
}
