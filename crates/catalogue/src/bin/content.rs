//! `cargo xtask content`: reads all content, says what is wrong, and counts what is there.
#![allow(clippy::print_stdout)]

use std::path::PathBuf;
use std::process::ExitCode;

use just_right_catalogue::source;
use just_right_engine::area::Area;

fn main() -> ExitCode {
    let assets = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("assets"), PathBuf::from);
    let content = source::read(&assets);
    let locale = source::read_locale(&assets.join("locales").join("en.toml"));
    let problems: Vec<_> = [content.as_ref().err(), locale.as_ref().err()].into_iter().flatten().flatten().collect();
    for problem in &problems {
        println!("{problem}\n");
    }
    let (Ok(catalogue), Ok(_)) = (&content, &locale) else {
        println!("{} to mend. Nothing is built from content that is not whole.", problems.len());
        return ExitCode::FAILURE;
    };
    let rungs: usize = catalogue.activities.iter().map(|activity| activity.rungs.len()).sum();
    println!(
        "{} activities with {rungs} rungs, {} questions, {} drawings: all well.",
        catalogue.activities.len(),
        catalogue.questions.len(),
        catalogue.pictures.len(),
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
