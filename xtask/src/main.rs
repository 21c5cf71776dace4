//! How Just Right is set up, built, served and tested: `cargo xtask help` lists the commands.
//!
//! Each command gets what it needs by itself, says in one line what it installs and why, asks nothing and does
//! nothing twice.

mod apt;
mod browser;
mod bundle;
mod fingerprint;
mod lab;
mod places;
mod road;
mod run;
mod say;
mod server;
mod size;
mod split;
mod testing;
mod tools;

use std::process::ExitCode;

use bundle::Flavour;
use places::Places;
use road::{Road, Toolchain};
use say::Told;
use testing::{Scope, Tally};

const HELP: &str = "\
cargo xtask serve [--port N] [--open]   build the release and serve it on this machine
cargo xtask test [--fast]               run every gate and test; --fast leaves out wasm and the browser
cargo xtask build [--test-hooks]        build the release into dist/, or the one for the browser tests
cargo xtask content [...]               check activities, questions, advice and texts; content --help lists the rest
cargo xtask gallery [--port N] [--open] every component in every state, served, and all drawings in target/gallery.html
cargo xtask gallery FILE.html           only the drawings, on one page in both themes
cargo xtask shots                       a picture of every screen in both themes and three widths, into docs/screens/
cargo xtask load                        how fast it is on a slow phone and network, against its targets
cargo xtask lab [--fit F --test T]      measure the engine on simulated families, and on real children if two CSV
                [--peers P] [--out FILE]  files are given; FILE is the page, target/lab.html unless told
cargo xtask size                        what a family downloads, against size-budget.toml
cargo xtask setup [--road NAME]         only install what is missing; NAME is rustup or packages
cargo xtask help                        this list

Each installs what it lacks (into .tools/, rustup, or by apt-get) and says so. The versions are in xtask/src/tools.rs.";

#[derive(Debug, PartialEq)]
enum Task {
    Serve {
        port: Option<u16>,
        open: bool,
    },
    Test {
        fast: bool,
    },
    Build {
        test_hooks: bool,
    },
    Content(Vec<String>),
    Gallery {
        file: Option<String>,
        port: Option<u16>,
        open: bool,
    },
    Shots,
    Load,
    Lab(lab::Wanted),
    Size,
    Setup {
        road: Option<Road>,
    },
    Help,
}

fn main() -> ExitCode {
    let done = parse(std::env::args().skip(1).collect()).and_then(perform);
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            say::trouble(why);
            ExitCode::FAILURE
        }
    }
}

/// Performs a task; `false` when it ended in a failure that has already been told.
fn perform(task: Task) -> Told<bool> {
    if task == Task::Help {
        say::line(HELP);
        return Ok(true);
    }
    let places = Places::find()?;
    match task {
        Task::Help => {}
        Task::Serve { port, open } => {
            let rust = ready_to_build(&places)?;
            server::serve(&bundle::build(&rust, Flavour::Shipped)?, "", port, open)?;
        }
        Task::Test { fast } => return Ok(test(&places, if fast { Scope::Fast } else { Scope::Everything })),
        Task::Build { test_hooks } => {
            let flavour = if test_hooks {
                Flavour::TestHooks
            } else {
                Flavour::Shipped
            };
            bundle::build(&ready_to_build(&places)?, flavour)?;
        }
        Task::Content(rest) => {
            let rust = Toolchain::set_up(&places, None)?;
            return run::shown(testing::content(&rust).args(rest));
        }
        Task::Gallery { file: Some(file), .. } => {
            return drawings(&Toolchain::set_up(&places, None)?, &file);
        }
        Task::Gallery {
            file: None,
            port,
            open,
        } => {
            let rust = ready_to_build(&places)?;
            if !drawings(&rust, "target/gallery.html")? {
                return Ok(false);
            }
            let dist = bundle::build(&rust, Flavour::TestHooks)?;
            server::serve(&dist, "#/gallery", port, open)?;
        }
        Task::Shots => {
            let rust = ready_to_build(&places)?;
            return browser::shots(&rust, &bundle::build(&rust, Flavour::Shipped)?);
        }
        Task::Load => {
            let rust = ready_to_build(&places)?;
            return browser::load(&rust, &bundle::build(&rust, Flavour::Shipped)?);
        }
        Task::Lab(wanted) => return lab::page(&Toolchain::set_up(&places, None)?, &wanted),
        Task::Size => {
            let rust = ready_to_build(&places)?;
            size::gate(&rust, &bundle::build(&rust, Flavour::Shipped)?)?;
        }
        Task::Setup { road } => {
            let rust = Toolchain::set_up(&places, road)?;
            tools::for_building(&rust)?;
            let chromium = tools::for_browser_tests(&rust)?;
            say::line(format!(
                "All is there: Rust {} by {}, {}",
                tools::RUST,
                rust.road().name(),
                chromium.display()
            ));
        }
    }
    Ok(true)
}

fn ready_to_build(places: &Places) -> Told<Toolchain> {
    let rust = Toolchain::set_up(places, None)?;
    tools::for_building(&rust)?;
    Ok(rust)
}

/// All drawings on one page.
fn drawings(rust: &Toolchain, file: &str) -> Told<bool> {
    run::shown(testing::content(rust).args(["--gallery", file]))
}

/// Whatever happens, the last line is the tally.
fn test(places: &Places, scope: Scope) -> bool {
    let tally = testing::everything(places, scope).unwrap_or_else(|why| {
        say::trouble(why);
        Tally::ONE_FAILED
    });
    say::line(tally.to_string());
    tally.all_passed()
}

fn parse(mut words: Vec<String>) -> Told<Task> {
    if words.is_empty() {
        return Ok(Task::Help);
    }
    let command = words.remove(0);
    if command == "content" {
        return Ok(Task::Content(words));
    }
    let mut options = Options(words);
    let task = match command.as_str() {
        "serve" => Task::Serve {
            port: options.port()?,
            open: options.flag("--open"),
        },
        "test" => Task::Test {
            fast: options.flag("--fast"),
        },
        "build" => Task::Build {
            test_hooks: options.flag("--test-hooks"),
        },
        "gallery" => Task::Gallery {
            port: options.port()?,
            open: options.flag("--open"),
            file: options.file(),
        },
        "shots" => Task::Shots,
        "load" => Task::Load,
        "lab" => Task::Lab(lab::Wanted {
            fit: options.value("--fit")?,
            test: options.value("--test")?,
            peers: options.value("--peers")?,
            out: options.value("--out")?,
        }),
        "size" => Task::Size,
        "setup" => Task::Setup {
            road: options.road()?,
        },
        "help" | "--help" | "-h" => Task::Help,
        other => {
            return Err(format!(
                "There is no command \"{other}\". These are the commands:\n\n{HELP}"
            ))
        }
    };
    match options.0.first() {
        None => Ok(task),
        Some(odd) => Err(format!(
            "`cargo xtask {command}` does not know \"{odd}\". These are the commands:\n\n{HELP}"
        )),
    }
}

/// The words after the command that nobody has taken yet.
struct Options(Vec<String>);

impl Options {
    fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// `--name value` or `--name=value`.
    fn value(&mut self, name: &str) -> Told<Option<String>> {
        let with_equals = format!("{name}=");
        if let Some(at) = self.0.iter().position(|word| word.starts_with(&with_equals)) {
            return Ok(Some(self.0.remove(at)[with_equals.len()..].to_string()));
        }
        match self.0.iter().position(|word| word == name) {
            None => Ok(None),
            Some(at) if at + 1 < self.0.len() => Ok(self.0.drain(at..at + 2).next_back()),
            Some(_) => Err(format!("{name} needs a value after it.")),
        }
    }

    /// A word that is no option.
    fn file(&mut self) -> Option<String> {
        let at = self.0.iter().position(|word| !word.starts_with('-'))?;
        Some(self.0.remove(at))
    }

    fn port(&mut self) -> Told<Option<u16>> {
        let port = self.value("--port")?;
        port.map(|port| {
            port.parse()
                .map_err(|_| format!("\"{port}\" is no port: it is a number from 0 to 65535."))
        })
        .transpose()
    }

    fn road(&mut self) -> Told<Option<Road>> {
        let road = self.value("--road")?;
        road.map(|road| {
            Road::named(&road).ok_or_else(|| format!("\"{road}\" is no road: it is rustup or packages."))
        })
        .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(line: &str) -> Told<Task> {
        parse(line.split_whitespace().map(String::from).collect())
    }

    #[test]
    fn commands_and_their_options_are_understood() {
        assert_eq!(task(""), Ok(Task::Help));
        assert_eq!(
            task("serve"),
            Ok(Task::Serve {
                port: None,
                open: false
            })
        );
        assert_eq!(
            task("serve --open --port 9000"),
            Ok(Task::Serve {
                port: Some(9000),
                open: true
            })
        );
        assert_eq!(
            task("serve --port=9000"),
            Ok(Task::Serve {
                port: Some(9000),
                open: false
            })
        );
        assert_eq!(task("test --fast"), Ok(Task::Test { fast: true }));
        assert_eq!(
            task("setup --road packages"),
            Ok(Task::Setup {
                road: Some(Road::Packages)
            })
        );
        for (line, file) in [("gallery", None), ("gallery a.html", Some("a.html"))] {
            let wanted = Task::Gallery {
                file: file.map(String::from),
                port: None,
                open: false,
            };
            assert_eq!(task(line), Ok(wanted));
        }
        assert_eq!(task("shots"), Ok(Task::Shots));
        assert_eq!(task("load"), Ok(Task::Load));
        assert_eq!(
            task("lab --out a.html"),
            Ok(Task::Lab(lab::Wanted {
                out: Some("a.html".into()),
                ..lab::Wanted::default()
            }))
        );
        assert_eq!(
            task("content --fix a"),
            Ok(Task::Content(vec!["--fix".into(), "a".into()]))
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, word) in [
            ("sreve", "sreve"),
            ("gallery --big", "--big"),
            ("gallery a.html b.html", "b.html"),
            ("test --slow", "--slow"),
            ("serve --port", "--port"),
            ("serve --port x", "\"x\""),
        ] {
            assert!(task(line).is_err_and(|why| why.contains(word)), "{line}");
        }
    }
}
