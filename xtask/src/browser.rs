//! What drives a real browser besides the tests: pictures of every screen, and how heavy the app is.

use std::path::Path;

use crate::road::Toolchain;
use crate::run;
use crate::say::Told;
use crate::tools;

/// Where the pictures go.
const PICTURES: &str = "docs/screens";

/// Takes a picture of every screen of a release; `false` when the script has said why it could not.
pub fn shots(rust: &Toolchain, dist: &Path) -> Told<bool> {
    let chromium = tools::for_browser_tests(rust)?;
    let places = rust.places();
    let mut node = rust.command("node");
    node.arg(places.at("tests/browser/shots.mjs"))
        .env("DIST", dist)
        .env("CHROMIUM", chromium)
        .env("OUT", places.at(PICTURES));
    run::shown(&mut node)
}

/// Measures a release on a slow phone and network; `false` when a target is missed.
pub fn load(rust: &Toolchain, dist: &Path) -> Told<bool> {
    let chromium = tools::for_load(rust)?;
    let mut node = rust.command("node");
    node.arg(rust.places().at("tests/load/load.mjs"))
        .env("DIST", dist)
        .env("CHROMIUM", chromium);
    run::shown(&mut node)
}
