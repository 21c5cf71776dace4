//! `cargo xtask content`: reads all content, says what is wrong, and counts what is there. With `--compile
//! FOLDER` it writes the parts that the app fetches later instead.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use just_right_catalogue::content::{Content, Part, Rung};
use just_right_catalogue::source;
use just_right_engine::area::Area;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let (said, code) = match &arguments[..] {
        [] => check(),
        [option, folder] if option == "--compile" => compiled(Path::new(folder)),
        _ => (
            "content takes no argument, or --compile FOLDER\n".into(),
            ExitCode::FAILURE,
        ),
    };
    // Whoever reads may have read enough and closed the pipe; that is no error of ours.
    let _ = std::io::stdout().write_all(said.as_bytes());
    code
}

/// All content and texts, or what is wrong with them.
fn read() -> Result<Content, String> {
    let assets = Path::new("assets");
    let content = source::read(assets);
    let locale = source::read_locale(&assets.join("locales").join("en.toml"));
    let problems: Vec<_> = [content.as_ref().err(), locale.as_ref().err()]
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    let mut said = String::new();
    for problem in &problems {
        let _ = writeln!(said, "{problem}\n");
    }
    let _ = writeln!(
        said,
        "{} to mend. Nothing is built from content that is not whole.",
        problems.len()
    );
    content.ok().filter(|_| locale.is_ok()).ok_or(said)
}

fn check() -> (String, ExitCode) {
    let content = match read() {
        Ok(content) => content,
        Err(said) => return (said, ExitCode::FAILURE),
    };
    let catalogue = &content.catalogue;
    let rungs: usize = catalogue
        .activities
        .iter()
        .map(|activity| activity.rungs.len())
        .sum();
    let mut said = format!(
        "{} activities with {rungs} rungs, {} questions, {} drawings: all well.\n",
        catalogue.activities.len(),
        catalogue.questions.len(),
        content.drawings.0.len(),
    );
    for area in Area::ALL {
        let loads = |rung: &Rung| rung.demands().loads(area);
        let loading = catalogue
            .activities
            .iter()
            .filter(|activity| activity.rungs.iter().any(loads))
            .count();
        let _ = writeln!(said, "  {:<15} {loading:>3} activities", area.id());
    }
    (said, ExitCode::SUCCESS)
}

fn compiled(folder: &Path) -> (String, ExitCode) {
    let done = read().and_then(|content| {
        compile(&content, folder).map_err(|error| format!("{}: {error}\n", folder.display()))
    });
    match done {
        Ok(()) => (String::new(), ExitCode::SUCCESS),
        Err(said) => (said, ExitCode::FAILURE),
    }
}

fn compile(content: &Content, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let parts = [
        ("texts", content.texts.to_bytes()?),
        ("drawings", content.drawings.to_bytes()?),
    ];
    for (part, bytes) in parts {
        std::fs::write(folder.join(source::file_name(part, &bytes)), bytes)?;
    }
    Ok(())
}
