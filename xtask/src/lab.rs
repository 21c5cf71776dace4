//! The laboratory's page: builds the laboratory for speed, and lets it measure everything.

use crate::road::Toolchain;
use crate::run;
use crate::say::{self, Told};

/// What the page should be made of.
#[derive(Debug, Default, PartialEq)]
pub struct Wanted {
    /// Real children to calibrate on (CSV).
    pub fit: Option<String>,
    /// And others to predict.
    pub test: Option<String>,
    /// What `tests/peers/run.sh` printed.
    pub peers: Option<String>,
    /// Where the page goes.
    pub out: Option<String>,
}

/// Makes the page; `false` where that failed and was told.
pub fn page(rust: &Toolchain, wanted: &Wanted) -> Told<bool> {
    let mut build = rust.cargo();
    build.args(["build", "--quiet", "--release", "-p", "just-right-lab"]);
    say::line("building the laboratory");
    if !run::shown(&mut build)? {
        return Ok(false);
    }
    let places = rust.places();
    let out = match &wanted.out {
        Some(out) => out.into(),
        None => places.at("target/lab.html"),
    };
    let lab = places.at("target/release/lab");
    let mut report = rust.command(&lab.to_string_lossy());
    report.arg("report").arg("--html").arg(out);
    for (name, value) in [
        ("--fit", &wanted.fit),
        ("--test", &wanted.test),
        ("--peers", &wanted.peers),
    ] {
        if let Some(value) = value {
            report.args([name, value]);
        }
    }
    run::shown(&mut report)
}
