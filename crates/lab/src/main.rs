//! The laboratory: the engine as scientists and critics need it, native, without a browser.
//!
//! `lab drive` is driven from outside, one JSON object a line; the other suites measure the engine: reference numbers, the
//! questionnaire against peers, real children, simulated families, speed.

mod arguments;
mod children;
mod dice;
mod drive;
mod intake;
mod picks;
mod policy;
mod speed;
mod vectors;
mod world;

use std::io::Write as _;
use std::process::ExitCode;

use arguments::Arguments;

/// What a suite came to: what to print, or what is wrong with what it was given.
pub type Told = Result<String, String>;

fn main() -> ExitCode {
    let mut all = std::env::args().skip(1);
    let suite = all.next().unwrap_or_default();
    let told = Arguments::parse(all).and_then(|arguments| match suite.as_str() {
        "drive" => drive::run(&arguments),
        "vectors" => vectors::run(&arguments),
        "intake" => intake::run(&arguments),
        "children" => children::run(&arguments),
        "picks" => picks::run(&arguments),
        "speed" => speed::run(&arguments),
        _ => Err(USAGE.into()),
    });
    match told {
        Ok(text) => {
            // Whoever reads may have read enough and closed the pipe; that is no error of ours.
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

const USAGE: &str = "lab SUITE [--option value]
  drive                                             the engine, one JSON object a line on standard input
  vectors  [--json]                                 the reference numbers
  intake   --bank B.csv --people P.csv [--length 5,10,20] [--json]
  children --fit F.csv --test T.csv [--json]
  picks    [--world NAME] [--children N] [--seed N] [--ablation] [--json]
  speed    [--json]";
