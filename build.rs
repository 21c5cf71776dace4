//! Compiles what stands in `assets/` into the app: the checked content as bytes, the interface's text as a
//! table with one constant a key, and the style sheets as one string. A mistake in any of them stops the
//! build with the words of the linter.
#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use just_right_catalogue::content::Content;
use just_right_catalogue::source::{self, Language, Message, Problem, Said};
use just_right_catalogue::Part as _;

fn main() -> ExitCode {
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn compile() -> Result<(), Box<dyn std::error::Error>> {
    let assets = Path::new("assets");
    println!("cargo::rerun-if-changed=assets");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let content = source::read(assets).map_err(together)?;
    fs::write(out.join("catalogue.bin"), content.catalogue.to_bytes())?;
    let english = source::read_locale(&assets.join("locales").join("en.toml")).map_err(together)?;
    let languages = source::read_languages(assets, &english, &content).map_err(together)?;
    fs::write(
        out.join("words.rs"),
        words(&english) + &offered(&content, &languages),
    )?;
    fs::write(out.join("style.css"), styles(&assets.join("styles"))?)?;
    Ok(())
}

fn together(problems: Vec<Problem>) -> String {
    problems
        .iter()
        .fold(String::from("the content has mistakes:\n"), |mut all, problem| {
            let _ = writeln!(all, "{problem}");
            all
        })
}

/// One constant a key, and the table of texts in the same order.
fn words(messages: &[Message]) -> String {
    let mut code = String::from(
        "/// The keys of all texts of the interface.\npub mod key {\n    use super::{Key, Plural};\n",
    );
    for (index, message) in messages.iter().enumerate() {
        let name = message.key.replace(['.', '-'], "_").to_uppercase();
        let kind = match message.said {
            Said::Always(_) => "Key",
            Said::ByNumber(_) => "Plural",
        };
        let _ = writeln!(
            code,
            "    /// “{}”\n    pub const {name}: {kind} = {kind}({index});",
            message.said.carried().replace('\n', " ")
        );
    }
    let _ = writeln!(code, "}}\n\nconst ENGLISH: [&str; {}] = [", messages.len());
    for message in messages {
        let _ = writeln!(code, "    {:?},", message.said.carried());
    }
    code.push_str("];\n");
    code
}

/// The files that the app fetches after its start. It knows them by name, and the name by what is in them.
fn offered(content: &Content, languages: &[Language]) -> String {
    let files = source::later(content, languages);
    let file = |part: &str| {
        let found = files
            .iter()
            .find(|(name, _)| name.rsplit_once('-').is_some_and(|(of, _)| of == part));
        format!(
            "later/{}",
            found.map(|(name, _)| name.as_str()).unwrap_or_default()
        )
    };
    let mut code = format!(
        "\n/// All drawings.\npub const DRAWINGS_FILE: &str = {:?};\n\n/// English first, then the other languages.\npub const OFFERED: &[Offered] = &[\n",
        file("drawings")
    );
    let mut offer = |tag: &str, name: &str, speech: Option<String>, texts: String| {
        let _ = writeln!(
            code,
            "    Offered {{ tag: {tag:?}, name: {name:?}, speech: {speech:?}, texts: {texts:?} }},"
        );
    };
    offer("en", "English", None, file("texts"));
    for language in languages {
        let tag = &language.tag;
        offer(
            tag,
            &language.name(),
            Some(file(&format!("speech-{tag}"))),
            file(&format!("texts-{tag}")),
        );
    }
    code.push_str("];\n");
    code
}

/// All sheets in the order of their names, without comments and needless space.
fn styles(folder: &Path) -> io::Result<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "css"));
    paths.sort();
    let mut all = String::new();
    for path in paths {
        let mut rest = fs::read_to_string(&path)?;
        while let Some((before, after)) = rest.split_once("/*") {
            let after = after.split_once("*/").map_or("", |(_, after)| after);
            rest = format!("{before}{after}");
        }
        rest.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .for_each(|line| {
                all.push_str(line);
                // A line that does not end a rule or declaration goes on after a space.
                if !line.ends_with(['{', '}', ';', ',']) {
                    all.push(' ');
                }
            });
    }
    Ok(all)
}
