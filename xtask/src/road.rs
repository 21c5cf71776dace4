//! The two roads to the pinned Rust compiler.
//!
//! - **rustup**: it answers on most machines and brings the compiler and the WebAssembly standard library.
//! - **packages**: where only package registries answer, Debian's packages for building browsers carry the same
//!   compiler, the sources of its standard library, and a linker.
//!
//! Either road ends in a folder with `cargo`, `rustc` and the rest, which goes first on the PATH of every child. So
//! nothing below this file knows which road was taken, except for the linker and for the tests in WebAssembly.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::apt::{self, Package};
use crate::places::{self, Places};
use crate::run;
use crate::say::{self, Told};
use crate::tools::{self, RUST, RUST_SERIES, WASM};

/// How long rustup may take to show that its server answers.
const PATIENCE: Duration = Duration::from_secs(25);

/// What the packages road installs, all from one source package and of one version.
const DEBIAN_RUST: [Package; 6] = [
    Package::of_version("rustc-web", RUST_SERIES),
    Package::of_version("cargo-web", RUST_SERIES),
    Package::of_version("rust-web-src", RUST_SERIES),
    Package::of_version("rust-web-clippy", RUST_SERIES),
    Package::of_version("rustfmt-web", RUST_SERIES),
    Package::any_version("lld-19"),
];
const DEBIAN_LINKER: &str = "wasm-ld-19";

/// What is linked from the packages into `.tools/rust/bin`.
const PROGRAMS: [&str; 7] = [
    "cargo",
    "rustc",
    "rustdoc",
    "rustfmt",
    "cargo-fmt",
    "cargo-clippy",
    "clippy-driver",
];

/// What the outer cargo and rustup leave in the environment, and what would get in the way of the pinned compiler.
const OUTER: [&str; 12] = [
    "CARGO",
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "LD_LIBRARY_PATH",
    "RUSTC",
    "RUSTDOC",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
    "RUST_RECURSION_COUNT",
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Road {
    Rustup,
    Packages,
}

impl Road {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "rustup" => Some(Self::Rustup),
            "packages" => Some(Self::Packages),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Rustup => "rustup",
            Self::Packages => "packages",
        }
    }
}

/// What a build for WebAssembly is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wasm {
    /// As small as it gets: the standard library is rebuilt for size, and a panic aborts without a message.
    Shipped,
    /// Lints and tests: panics keep their messages.
    Checked,
}

/// The pinned compiler, ready for use.
pub struct Toolchain {
    places: Places,
    road: Road,
    bin: PathBuf,
}

impl Toolchain {
    /// Takes the road of the last time if it still stands; else rustup, else packages. `wanted` allows only one.
    pub fn set_up(places: &Places, wanted: Option<Road>) -> Told<Self> {
        let remembered = std::fs::read_to_string(places.at(".tools/road")).ok();
        let first = wanted
            .or_else(|| remembered.and_then(|name| Road::named(name.trim())))
            .unwrap_or(Road::Rustup);
        if let Some(bin) = existing(places, first) {
            return Self::remember(places, first, bin);
        }
        let by_rustup = || match install_by_rustup(places) {
            Ok(bin) => Ok((Road::Rustup, bin)),
            Err(why) => Err(format!("By rustup: {why}.")),
        };
        let by_packages = || match install_packages(places) {
            Ok(bin) => Ok((Road::Packages, bin)),
            Err(why) => Err(format!("By Debian packages: {why}.")),
        };
        let (road, bin) = match wanted {
            Some(Road::Rustup) => by_rustup(),
            Some(Road::Packages) => by_packages(),
            None => by_rustup().or_else(|first| by_packages().map_err(|second| format!("{first} {second}"))),
        }
        .map_err(|why| no_road(&why))?;
        Self::remember(places, road, bin)
    }

    fn remember(places: &Places, road: Road, bin: PathBuf) -> Told<Self> {
        places::write(&places.at(".tools/road"), format!("{}\n", road.name()))?;
        Ok(Self {
            places: places.clone(),
            road,
            bin,
        })
    }

    pub fn road(&self) -> Road {
        self.road
    }

    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Our tools first, then the pinned compiler, then what the machine has.
    pub fn path(&self) -> OsString {
        let ours = [
            self.places.tools_bin(),
            self.places.at(".tools/node/node_modules/.bin"),
            self.bin.clone(),
        ];
        let node = tools::own_node(&self.places);
        let outer = run::outer_path();
        let all = ours.into_iter().chain(node).chain(std::env::split_paths(&outer));
        // Joining fails only for a folder with a colon in its name, which no PATH can hold anyway.
        std::env::join_paths(all).unwrap_or(outer)
    }

    /// A program that sees the pinned compiler and nothing of the outer one, started in the root of the repository.
    pub fn command(&self, program: &str) -> Command {
        let path = self.path();
        let found = run::find(&[program], &path).unwrap_or_else(|| PathBuf::from(program));
        let mut command = Command::new(found);
        command.current_dir(self.places.root()).env("PATH", path);
        for name in OUTER {
            command.env_remove(name);
        }
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                command.env_remove(name);
            }
        }
        if self.road == Road::Rustup {
            command.env("RUSTUP_TOOLCHAIN", RUST);
        }
        command
    }

    pub fn cargo(&self) -> Command {
        self.command("cargo")
    }

    /// A program that will run cargo for WebAssembly. It has a target folder of its own: there the build scripts are
    /// compiled with `RUSTC_BOOTSTRAP`, which would make each native build start over.
    pub fn for_wasm(&self, program: &str, purpose: Wasm) -> Command {
        let mut command = self.command(program);
        command.env("CARGO_TARGET_DIR", self.places.at("target/wasm"));
        if self.road == Road::Packages {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
        }
        if purpose == Wasm::Shipped || self.road == Road::Packages {
            command
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
        }
        if purpose == Wasm::Shipped {
            command
                .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
                .env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                    "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none",
                );
        }
        command
    }
}

/// The folder of the pinned compiler, if a road was already taken to its end. Asks no network.
fn existing(places: &Places, road: Road) -> Option<PathBuf> {
    match road {
        Road::Rustup => rustup_bin(),
        Road::Packages => linked_bin(places),
    }
}

fn rustup_bin() -> Option<PathBuf> {
    let mut rustup = Command::new("rustup");
    // Only a question here: without this, rustup may answer it by a download.
    rustup
        .args(["which", "--toolchain", RUST, "rustc"])
        .env("RUSTUP_AUTO_INSTALL", "0");
    let rustc = run::answer(&mut rustup)?;
    let bin = PathBuf::from(rustc).parent()?.to_path_buf();
    let libraries = bin.parent()?.join("lib/rustlib");
    let complete = PROGRAMS
        .iter()
        .all(|program| run::find(&[program], bin.as_os_str()).is_some())
        && libraries.join(WASM).is_dir()
        && libraries.join("src/rust/library").is_dir();
    complete.then_some(bin)
}

fn install_by_rustup(places: &Places) -> Told<PathBuf> {
    if let Some(bin) = rustup_bin() {
        return Ok(bin);
    }
    if !run::succeeds(Command::new("rustup").arg("--version")) {
        return Err("rustup is not installed".to_string());
    }
    say::line(format!(
        "set-up: Rust {RUST} with its WebAssembly library, by rustup: the compiler that all is built with (about a minute)"
    ));
    let log = places.log("rustup");
    places::write(&log, "")?;
    let start = Instant::now();
    let mut rustup = Command::new("rustup");
    rustup
        .args([
            "toolchain",
            "install",
            RUST,
            "--profile",
            "minimal",
            "--no-self-update",
        ])
        .args(["-c", "rustfmt", "-c", "clippy", "-c", "rust-src", "-t", WASM])
        .env_remove("RUSTUP_TOOLCHAIN")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&log).map_err(|why| format!("{} cannot be written: {why}.", log.display()))?);
    let child = rustup
        .spawn()
        .map_err(|why| format!("rustup could not be started: {why}"))?;
    wait_for_network(child, &log)?;
    let bin = rustup_bin().ok_or_else(|| format!("rustup left Rust {RUST} incomplete"))?;
    say::line(format!("set-up: done in {}", say::took(start.elapsed())));
    Ok(bin)
}

/// Waits for rustup to end, but only for as long as it is clear that its server answers.
fn wait_for_network(mut rustup: Child, log: &Path) -> Told<()> {
    let start = Instant::now();
    loop {
        if let Some(status) = rustup
            .try_wait()
            .map_err(|why| format!("rustup was lost: {why}"))?
        {
            return if status.success() {
                Ok(())
            } else {
                Err("rustup cannot download".to_string())
            };
        }
        let answers = std::fs::read_to_string(log).is_ok_and(|log| log.contains("downloading"));
        if !answers && start.elapsed() > PATIENCE {
            // It may have ended on its own by now; then there is nothing left to end.
            let _ = rustup.kill();
            let _ = rustup.wait();
            return Err(format!(
                "rustup's server did not answer within {}",
                say::took(PATIENCE)
            ));
        }
        sleep(Duration::from_millis(100));
    }
}

fn linked_bin(places: &Places) -> Option<PathBuf> {
    let bin = places.at(".tools/rust/bin");
    let version = run::answer(
        Command::new(bin.join("rustc"))
            .arg("--version")
            .env_remove("LD_LIBRARY_PATH"),
    )?;
    let whole = PROGRAMS.iter().all(|program| bin.join(program).is_file());
    let linker = run::find(&[DEBIAN_LINKER], &run::outer_path()).is_some();
    (whole && linker && version.starts_with(&format!("rustc {RUST_SERIES}"))).then_some(bin)
}

fn install_packages(places: &Places) -> Told<PathBuf> {
    apt::install(
        places,
        &DEBIAN_RUST,
        &format!("Rust {RUST} from Debian, as rustup's server is out of reach: the compiler that all is built with (about a minute)"),
    )?;
    let bin = places.at(".tools/rust/bin");
    places::remove_folder(&bin)?;
    places::make_folder(&bin)?;
    for program in PROGRAMS {
        link(&Path::new("/usr/bin").join(program), &bin.join(program))?;
    }
    linked_bin(places)
        .ok_or_else(|| format!("Debian's packages are installed but do not give Rust {RUST_SERIES}"))
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> Told<()> {
    std::os::unix::fs::symlink(from, to).map_err(|why| format!("{} cannot be linked: {why}", to.display()))
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> Told<()> {
    Err("Debian's packages are for Debian only".to_string())
}

fn no_road(why: &str) -> String {
    format!(
        "Rust {RUST} cannot be had. {why}\n\
         The mend: with a network, install rustup and run `rustup toolchain install {RUST} -c rustfmt -c clippy \
         -c rust-src -t {WASM}`; where only package registries answer, use Debian 12 or newer with its security updates."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_road_is_remembered_by_its_name() {
        for road in [Road::Rustup, Road::Packages] {
            assert_eq!(Road::named(road.name()), Some(road));
        }
        assert_eq!(Road::named("somewhere"), None);
    }
}
