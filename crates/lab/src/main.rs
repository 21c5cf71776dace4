//! The laboratory: the engine as scientists and critics need it, native, without a browser.
//!
//! `lab drive` is driven from outside, one JSON object a line; the other suites measure the engine: reference numbers, the
//! questionnaire against peers, real children, simulated families, speed.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod arguments;
mod children;
mod dice;
mod drive;
mod intake;
mod picks;
mod plot;
mod policy;
mod report;
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
        "report" => report::run(&arguments),
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
  intake   --areas [--persons N] [--seed N] [--json]    the app's own questions, all areas
  children --fit F.csv --test T.csv [--html FILE] [--json]
  picks    [--world NAME] [--intake logits|spread|sharp|coarse] [--children N] [--seed N] [--ablation]
           [--html FILE] [--json]
  speed    [--most N] [--json]                      up to N activities, 100,000 unless told
  report   --html FILE [--children N] [--seed N] [--most N] [--fit F.csv --test T.csv] [--peers P.json]";
