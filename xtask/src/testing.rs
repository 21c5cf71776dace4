//! `cargo xtask test`: every gate and every test in order, and one line at the end that counts them all.
//!
//! A step that fails does not stop the ones after it, so that one run shows all there is to mend.

use std::fmt;
use std::ops::AddAssign;
use std::path::PathBuf;
use std::process::Command;

use crate::bundle::{self, Flavour};
use crate::places::{self, Places};
use crate::road::{Toolchain, Wasm};
use crate::run;
use crate::say::{self, Told};
use crate::size;
use crate::tools::{self, WASM};

/// How many went well and how many did not.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    const ONE_PASSED: Self = Self { passed: 1, failed: 0 };
    pub const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    pub fn all_passed(self) -> bool {
        self.failed == 0
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// How much is run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Everything,
    /// Nothing that needs WebAssembly or a browser.
    Fast,
}

/// Runs it all. The caller prints the tally, so that it is the last line whatever happens.
pub fn everything(places: &Places, scope: Scope) -> Told<Tally> {
    let rust = Toolchain::set_up(places, None)?;
    let mut run = Run {
        rust,
        tally: Tally::default(),
        failed: Vec::new(),
    };
    run.native();
    if scope == Scope::Everything {
        run.web();
    }
    if !run.failed.is_empty() {
        say::line(format!("\nFailed: {}", run.failed.join(", ")));
    }
    say::line("");
    Ok(run.tally)
}

struct Run {
    rust: Toolchain,
    tally: Tally,
    failed: Vec<&'static str>,
}

impl Run {
    fn native(&mut self) {
        self.gate("format", |rust| {
            passes(
                rust.cargo().args(["fmt", "--all", "--check"]),
                "`cargo fmt --all` mends it",
            )
        });
        self.gate("clippy", |rust| {
            let mut cargo = rust.cargo();
            cargo.args([
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--",
                "-D",
                "warnings",
            ]);
            passes(&mut cargo, "clippy says above what to change")
        });
        self.tests("unit, property and documentation tests", |rust| {
            let mut cargo = rust.cargo();
            cargo.args(["test", "--workspace", "--all-features", "--no-fail-fast"]);
            Ok(cargo)
        });
        self.gate("content", |rust| {
            passes(&mut content(rust), "each problem above names its mend")
        });
    }

    fn web(&mut self) {
        if let Err(why) = tools::for_building(&self.rust) {
            self.fail("tools for the web", &why);
            return;
        }
        self.gate("clippy for wasm", |rust| {
            let mut cargo = rust.for_wasm("cargo", Wasm::Checked);
            cargo.args([
                "clippy",
                "-p",
                "just-right",
                "--all-features",
                "--target",
                WASM,
                "--",
                "-D",
                "warnings",
            ]);
            passes(&mut cargo, "clippy says above what to change")
        });
        self.tests("the engine's tests in wasm", |rust| {
            let mut cargo = rust.for_wasm("cargo", Wasm::Checked);
            cargo
                .args([
                    "test",
                    "-p",
                    "just-right-engine",
                    "--target",
                    WASM,
                    "--test",
                    "wasm",
                ])
                .env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                    "wasm-bindgen-test-runner",
                );
            Ok(cargo)
        });
        let Some(dist) = self.made("release build", |rust| bundle::build(rust, Flavour::Shipped)) else {
            return;
        };
        self.gate("size", |rust| size::gate(rust, &dist));
        let Some(dist_test) = self.made("test build", |rust| bundle::build(rust, Flavour::TestHooks)) else {
            return;
        };
        self.tests("browser tests", |rust| browser_tests(rust, dist, dist_test));
    }

    /// A check that is well or not, and counts as one.
    fn gate(&mut self, name: &'static str, check: impl FnOnce(&Toolchain) -> Told<()>) {
        self.made(name, check);
    }

    /// The same for one that makes something which the next ones need.
    fn made<T>(&mut self, name: &'static str, make: impl FnOnce(&Toolchain) -> Told<T>) -> Option<T> {
        say::step(name);
        match make(&self.rust) {
            Ok(made) => {
                self.tally += Tally::ONE_PASSED;
                Some(made)
            }
            Err(why) => {
                self.fail(name, &why);
                None
            }
        }
    }

    /// A program that runs many tests and says how many went well.
    fn tests(&mut self, name: &'static str, program: impl FnOnce(&Toolchain) -> Told<Command>) {
        say::step(name);
        let mut counted = Tally::default();
        let ran = program(&self.rust).and_then(|mut program| {
            run::watched(&mut program, |line| counted += count(line).unwrap_or_default())
        });
        self.tally += counted;
        match ran {
            Err(why) => self.fail(name, &why),
            Ok(_) if counted == Tally::default() => self.fail(name, "No test ran."),
            Ok(false) if counted.all_passed() => {
                self.fail(name, "It stopped before its end; the reasons stand above.")
            }
            Ok(false) => self.failed.push(name),
            Ok(true) => {}
        }
    }

    fn fail(&mut self, name: &'static str, why: &str) {
        say::trouble(why);
        self.tally += Tally::ONE_FAILED;
        self.failed.push(name);
    }
}

fn passes(command: &mut Command, mend: &str) -> Told<()> {
    if run::shown(command)? {
        Ok(())
    } else {
        Err(format!("This check failed: {mend}."))
    }
}

/// The checker of activities, questions, advice and texts.
pub fn content(rust: &Toolchain) -> Command {
    let mut cargo = rust.cargo();
    cargo.args([
        "run",
        "--quiet",
        "-p",
        "just-right-catalogue",
        "--features",
        "source",
        "--bin",
        "content",
        "--",
    ]);
    cargo
}

fn browser_tests(rust: &Toolchain, dist: PathBuf, dist_test: PathBuf) -> Told<Command> {
    let chromium = tools::for_browser_tests(rust)?;
    let folder = rust.places().at("tests/browser");
    let tests = places::files_below(&folder)?
        .into_iter()
        .filter(|(name, _)| !name.starts_with("node_modules/") && name.ends_with(".test.mjs"));
    let mut node = rust.command("node");
    node.args(["--test", "--test-reporter=spec"])
        .args(tests.map(|(_, path)| path))
        .env("DIST", dist)
        .env("DIST_TEST", dist_test)
        .env("CHROMIUM", chromium);
    Ok(node)
}

/// What one line of a test run adds: cargo's and wasm-bindgen's "test result: …", node's "ℹ pass 3".
fn count(line: &str) -> Option<Tally> {
    if let Some(result) = line.trim().strip_prefix("test result: ") {
        let number = |word: &str| {
            let part = result
                .split([';', '.'])
                .find_map(|part| part.trim().strip_suffix(word))?;
            part.trim().parse().ok()
        };
        return Some(Tally {
            passed: number("passed")?,
            failed: number("failed")?,
        });
    }
    let mut words = line.trim().strip_prefix(['ℹ', '#'])?.split_whitespace();
    let (word, number) = (words.next()?, words.next()?.parse().ok()?);
    match (word, words.next()) {
        ("pass", None) => Some(Tally {
            passed: number,
            failed: 0,
        }),
        ("fail" | "cancelled", None) => Some(Tally {
            passed: 0,
            failed: number,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, failed: u32) -> Option<Tally> {
        Some(Tally { passed, failed })
    }

    #[test]
    fn cargos_results_are_counted() {
        let good =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        let bad = "test result: FAILED. 11 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s";
        assert_eq!(count(good), tally(12, 0));
        assert_eq!(count(bad), tally(11, 2));
    }

    #[test]
    fn wasm_bindgens_results_are_counted() {
        let line = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.00s";
        assert_eq!(count(line), tally(3, 0));
    }

    #[test]
    fn nodes_results_are_counted_in_both_of_its_formats() {
        let lines = [
            "ℹ tests 6",
            "ℹ suites 1",
            "ℹ pass 4",
            "ℹ fail 1",
            "ℹ cancelled 1",
            "ℹ skipped 0",
            "ℹ duration_ms 61.5",
        ];
        let mut all = Tally::default();
        for line in lines {
            all += count(line).unwrap_or_default();
        }
        assert_eq!(Some(all), tally(4, 2));
        assert_eq!(count("# pass 4"), tally(4, 0));
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in [
            "",
            "running 3 tests",
            "test a ... ok",
            "# pass 3 gates",
            "ℹ pass",
            "test result: unknown",
        ] {
            assert_eq!(count(line), None, "{line}");
        }
    }

    #[test]
    fn the_last_line_is_plain() {
        assert_eq!(Tally { passed: 7, failed: 0 }.to_string(), "7 passed, 0 failed");
    }
}
