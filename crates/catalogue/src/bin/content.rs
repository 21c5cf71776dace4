//! `cargo xtask content`: reads all content, says what is wrong, and counts what is there. With `--compile FOLDER` it writes the parts that
//! the app fetches later instead.
#![allow(clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use just_right_catalogue::content::{Content, Part};
use just_right_catalogue::source;
use just_right_engine::area::Area;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let compile_to = match &arguments[..] {
        [] => None,
        [option, folder] if option == "--compile" => Some(PathBuf::from(folder)),
        _ => {
            println!("content takes no argument, or --compile FOLDER");
            return ExitCode::FAILURE;
        }
    };
    let assets = PathBuf::from("assets");
    let content = source::read(&assets);
    let locale = source::read_locale(&assets.join("locales").join("en.toml"));
    let problems: Vec<_> = [content.as_ref().err(), locale.as_ref().err()].into_iter().flatten().flatten().collect();
    for problem in &problems {
        println!("{problem}\n");
    }
    let (Ok(content), Ok(_)) = (&content, &locale) else {
        println!("{} to mend. Nothing is built from content that is not whole.", problems.len());
        return ExitCode::FAILURE;
    };
    if let Some(folder) = compile_to {
        return match compile(content, &folder) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                println!("{}: {error}", folder.display());
                ExitCode::FAILURE
            }
        };
    }
    let catalogue = &content.catalogue;
    let rungs: usize = catalogue.activities.iter().map(|activity| activity.rungs.len()).sum();
    println!(
        "{} activities with {rungs} rungs, {} questions, {} drawings: all well.",
        catalogue.activities.len(),
        catalogue.questions.len(),
        content.drawings.0.len(),
    );
    for area in Area::ALL {
        let loading = catalogue
            .activities
            .iter()
            .filter(|activity| activity.rungs.iter().any(|rung| rung.demands().loads(area)))
            .count();
        println!("  {:<15} {loading:>3} activities", area.id());
    }
    ExitCode::SUCCESS
}

fn compile(content: &Content, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let parts = [("texts", content.texts.to_bytes()?), ("drawings", content.drawings.to_bytes()?)];
    for (part, bytes) in parts {
        std::fs::write(folder.join(source::file_name(part, &bytes)), bytes)?;
    }
    Ok(())
}
