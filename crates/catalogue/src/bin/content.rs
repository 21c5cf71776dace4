//! `cargo xtask content`: reads all content, says what is wrong, and counts what is there; with options it does what
//! [`HELP`] says.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use just_right_catalogue::authoring;
use just_right_catalogue::content::{Content, Occupation};
use just_right_catalogue::source::anchors::{ANCHORS, EFFECTS};
use just_right_catalogue::source::facts::{Band, Survey};
use just_right_catalogue::source::{self, Language, Look, Problem};
use just_right_catalogue::Named as _;
use just_right_engine::area::Area;

const HELP: &str = "\
cargo xtask content [WORD...]                 check all content; with words, show only problems in files named so
cargo xtask content --strict                  the same, and fail where something promised is not yet there
cargo xtask content --new TITLE [--in PLACE]  begin an activity; PLACE is an occupation, play unless it is said
cargo xtask content --report FILE.html        write a page that shows what is covered and where holes are
cargo xtask content --anchors [WORD]          list the everyday abilities and effects that a source may name
cargo xtask content --translate TAG           bring the tables of a language up to date, with room for what is new
cargo xtask content --schema                  print a JSON Schema of an activity for editors
cargo xtask gallery [FILE.html]               write a page of all drawings in both themes
";

/// What to print, and whether all was well.
type Said = Result<String, String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let said = perform(&words);
    let (said, code) = match said {
        Ok(said) => (said, ExitCode::SUCCESS),
        Err(said) => (said, ExitCode::FAILURE),
    };
    // Whoever reads may have read enough and closed the pipe; that is no error of ours.
    let _ = std::io::stdout().write_all(said.as_bytes());
    code
}

fn perform(words: &[String]) -> Said {
    let value = |words: &[String]| match words {
        [_, value] => Ok(value.clone()),
        _ => Err(HELP.to_owned()),
    };
    match words.first().map(String::as_str) {
        Some("--help" | "-h") => Ok(HELP.into()),
        Some("--schema") => Ok(authoring::schema()),
        Some("--anchors") => Ok(anchors(words.get(1).map_or("", String::as_str))),
        Some("--new") => begin(words),
        Some("--report") => {
            let look = look();
            written(&value(words)?, &authoring::report(&look))
        }
        Some("--gallery") => {
            let tokens = std::fs::read_to_string(Path::new("assets/styles/1-tokens.css"))
                .map_err(|error| format!("assets/styles/1-tokens.css: {error}\n"))?;
            written(&value(words)?, &authoring::gallery(&look().content, &tokens))
        }
        Some("--compile") => {
            let folder = value(words)?;
            compile(&whole()?, Path::new(&folder)).map_err(|error| format!("{folder}: {error}\n"))?;
            Ok(String::new())
        }
        Some("--translate") => {
            let tag = value(words)?;
            translate(&tag).map_err(|error| format!("assets/locales/{tag}: {error}\n"))
        }
        Some("--strict") if words.len() == 1 => check(&[], true),
        Some(option) if option.starts_with('-') => Err(format!("There is no option {option}.\n\n{HELP}")),
        _ => check(words, false),
    }
}

fn look() -> Look {
    let mut look = source::look(Path::new("assets"));
    if let Err(problems) = languages(&look.content) {
        look.problems.extend(problems);
    }
    look
}

/// All languages beside English.
fn languages(content: &Content) -> Result<Vec<Language>, Vec<Problem>> {
    let assets = Path::new("assets");
    let english = source::read_locale(&assets.join("locales").join("en.toml"))?;
    source::read_languages(assets, &english, content)
}

/// Brings the tables of a language up to what the English content says now.
fn translate(tag: &str) -> std::io::Result<String> {
    let assets = Path::new("assets");
    let folder = assets.join("locales").join(tag);
    let mut written = 0;
    for (name, table) in source::tables(assets, tag, &look().content) {
        let path = folder.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|now| now == table) {
            continue;
        }
        if let Some(above) = path.parent() {
            std::fs::create_dir_all(above)?;
        }
        std::fs::write(&path, table)?;
        written += 1;
    }
    Ok(format!(
        "{written} tables of {tag} were brought up to date in {}. What is empty there is to be translated.\n",
        folder.display()
    ))
}

/// Content that has nothing to mend, or what there is.
fn whole() -> Result<Content, String> {
    let look = look();
    if look.problems.is_empty() {
        Ok(look.content)
    } else {
        Err(told(&look.problems, look.problems.len()))
    }
}

fn told<'a>(shown: impl IntoIterator<Item = &'a Problem>, all: usize) -> String {
    let mut said = String::new();
    for problem in shown {
        let _ = writeln!(said, "{problem}\n");
    }
    let _ = writeln!(
        said,
        "{all} to mend. Nothing is built from content that is not whole."
    );
    said
}

fn check(words: &[String], strict: bool) -> Said {
    let look = look();
    let asked = |problem: &&Problem| {
        words.is_empty() || words.iter().any(|word| problem.file.contains(word.as_str()))
    };
    let shown: Vec<&Problem> = look.problems.iter().filter(asked).collect();
    if !words.is_empty() {
        return if shown.is_empty() {
            let known = known_files(&look);
            let unknown = words
                .iter()
                .find(|word| !known.iter().any(|file| file.contains(word.as_str())));
            match unknown {
                Some(word) => Err(format!("No file is named “{word}”.\n")),
                None => Ok(format!("{}: all well.\n", words.join(", "))),
            }
        } else {
            let count = shown.len();
            Err(told(shown, count))
        };
    }
    let mut said = String::new();
    let rungs: usize = look.survey.activities.iter().map(|facts| facts.rungs.len()).sum();
    let well = if look.problems.is_empty() {
        ": all well."
    } else {
        "."
    };
    let _ = writeln!(
        said,
        "{} activities with {rungs} rungs, {} questions, {} drawings{well}",
        look.content.catalogue.activities.len(),
        look.content.catalogue.questions.len(),
        look.content.drawings.0.len(),
    );
    summary(&look.survey, &mut said);
    if !look.problems.is_empty() {
        return Err(format!("{said}\n{}", told(shown, look.problems.len())));
    }
    let missing = look.survey.missing();
    if strict && !missing.is_empty() {
        return Err(format!(
            "{said}\nPromised and not yet there:\n  {}\n",
            missing.join("\n  ")
        ));
    }
    Ok(said)
}

/// The files that were read, as problems name them.
fn known_files(look: &Look) -> Vec<String> {
    let activities = look.survey.activities.iter().map(|facts| facts.file.clone());
    let pictures = look
        .content
        .drawings
        .0
        .iter()
        .map(|picture| format!("assets/pictures/{}.svg", picture.name));
    let questions = Area::ALL
        .iter()
        .map(|area| format!("assets/questions/{}.toml", area.id()));
    let advice = look
        .content
        .texts
        .advice
        .iter()
        .map(|page| format!("assets/advice/{}.toml", page.id));
    let shared = [
        "assets/levers.toml",
        "assets/gates.toml",
        "assets/channels.toml",
        "assets/locales/en.toml",
    ]
    .map(String::from);
    activities
        .chain(pictures)
        .chain(questions)
        .chain(advice)
        .chain(shared)
        .collect()
}

/// Shares, and the map of areas by age.
fn summary(survey: &Survey, said: &mut String) {
    let shares: Vec<String> = survey
        .shares()
        .iter()
        .map(|share| {
            let few = if share.count < share.least { "!" } else { "" };
            format!("{} {}{few}", share.name, share.count)
        })
        .collect();
    let characters: usize = survey.activities.iter().map(|facts| facts.characters).sum();
    let _ = writeln!(said, "  {}", shares.join(", "));
    let _ = writeln!(
        said,
        "  {} rungs from data; school year {:.1}; {} characters an activity\n",
        survey.anchored(),
        survey.median_grade(),
        characters / survey.activities.len().max(1)
    );
    let _ = write!(said, "  {:<15}", "activities at");
    Band::ALL.iter().for_each(|band| {
        let _ = write!(said, "{:>7}", band.name);
    });
    for area in Area::ALL {
        let _ = write!(said, "\n  {:<15}", area.id());
        for band in Band::ALL {
            let count = survey.cell(area, band);
            let few = if count < Survey::FEWEST_IN_A_CELL {
                "!"
            } else {
                " "
            };
            let _ = write!(said, "{count:>6}{few}");
        }
    }
    let _ = writeln!(said, "\n  ! fewer than promised; --report FILE.html shows which");
}

fn begin(words: &[String]) -> Said {
    let (title, occupation) = match words {
        [_, title] => (title, "play"),
        [_, title, option, occupation] if option == "--in" => (title, occupation.as_str()),
        _ => return Err(HELP.to_owned()),
    };
    let occupation = Occupation::named(occupation).ok_or_else(|| {
        let all = Occupation::ALL.map(Occupation::id).join(", ");
        format!("“{occupation}” is no occupation. Use one of {all}.\n")
    })?;
    let skeleton = authoring::skeleton(title, occupation).ok_or_else(|| {
        format!("No file name can be made of “{title}”: it needs a letter from a to z, or a digit.\n")
    })?;
    for occupation in Occupation::ALL {
        let there = format!("assets/activities/{}/{}.toml", occupation.id(), skeleton.id);
        if Path::new(&there).exists() {
            return Err(format!(
                "{there} is there already. Take another title, or go on with that one.\n"
            ));
        }
    }
    let (file, text) = &skeleton.activity;
    written(file, text)?;
    let (picture, drawing) = &skeleton.drawing;
    if !Path::new(picture).exists() {
        written(picture, drawing)?;
    }
    Ok(format!(
        "{file} and {picture} are begun.\nFill them in; `cargo xtask content {}` says what is left.\n",
        skeleton.id
    ))
}

fn anchors(word: &str) -> String {
    let mut said = String::new();
    for anchor in &ANCHORS {
        let areas: Vec<&str> = anchor.areas.iter().map(|area| area.id()).collect();
        let line = format!(
            "{:<16} {:>5.1} months  {:<36} {}",
            anchor.name,
            anchor.months,
            areas.join(" "),
            anchor.what
        );
        if line.contains(word) {
            let _ = writeln!(said, "{line}");
        }
    }
    for effect in &EFFECTS {
        let line = format!(
            "{}..{}  +{:.2} logit  {}",
            effect.from, effect.to, effect.logit, effect.lever
        );
        if line.contains(word) {
            let _ = writeln!(said, "{line}");
        }
    }
    said
}

fn written(file: &str, text: &str) -> Said {
    std::fs::write(file, text).map_err(|error| format!("{file} cannot be written: {error}\n"))?;
    Ok(format!("{file} is written.\n"))
}

fn compile(content: &Content, folder: &Path) -> std::io::Result<()> {
    let languages = languages(content).unwrap_or_default();
    for (name, bytes) in source::later(content, &languages) {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
