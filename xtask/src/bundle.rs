//! The release: Trunk builds it into a clean folder, the finish ties its hashed files together, and only a whole one
//! takes the place of the last.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::fingerprint::Fingerprint;
use crate::places::{self, Places};
use crate::road::{Toolchain, Wasm};
use crate::run;
use crate::say::{self, Told};
use crate::split;
use crate::testing;
use crate::tools::WASM;

/// All that a release depends on. When none of it changed, the last one stands.
const INPUTS: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "build.rs",
    "index.html",
    "assets",
    "crates",
    "src",
    "xtask",
];

const PACKAGE: &str = "just-right";
const PAGE: &str = "index.html";
const SERVICE_WORKER: &str = "sw.js";
/// Where the parts of the content and of the code stand that the first pick does not need.
const LATER: &str = "later";
/// The script that starts the app, and so must know the hashed names.
const STARTER: &str = "embed.js";

const GLUE: &str = "__GLUE__";
const MODULE: &str = "__WASM__";
const REST: &str = "__REST__";
const PRECACHE: &str = "/*PRECACHE*/[]";
const VERSION: &str = "\"/*VERSION*/\"";

/// Which release.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// What families get, in `dist/`.
    Shipped,
    /// The same with the cargo feature `test-hooks`, in `target/dist-test/`, for the browser tests.
    TestHooks,
}

impl Flavour {
    pub fn folder(self) -> &'static str {
        match self {
            Self::Shipped => "dist",
            Self::TestHooks => "target/dist-test",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Shipped => "dist",
            Self::TestHooks => "dist-test",
        }
    }
}

/// Builds a release unless the last one is of the same inputs and still whole; gives its folder.
pub fn build(rust: &Toolchain, flavour: Flavour) -> Told<PathBuf> {
    let places = rust.places();
    let dist = places.at(flavour.folder());
    let record = places.at("target/xtask").join(flavour.name());
    let inputs = inputs(places)?;
    if fs::read_to_string(&record).is_ok_and(|last| state(inputs, &dist).is_ok_and(|now| now == last)) {
        say::line(format!("{}/ is up to date", flavour.folder()));
        return Ok(dist);
    }

    say::line(format!(
        "Building {}/ (the first time 1 to 3 minutes, later half a minute)",
        flavour.folder()
    ));
    let start = Instant::now();
    // One for each process: two builds at a time may be wasteful, but neither may spoil the other.
    let stage = places
        .at("target/xtask")
        .join(format!("stage-{}-{}", flavour.name(), std::process::id()));
    let made = make(rust, flavour, &stage).and_then(|()| replace(&stage, &dist));
    places::remove_folder(&stage)?;
    made?;
    places::write(&record, state(inputs, &dist)?)?;
    say::line(format!(
        "{}/ built in {}",
        flavour.folder(),
        say::took(start.elapsed())
    ));
    Ok(dist)
}

fn make(rust: &Toolchain, flavour: Flavour, stage: &Path) -> Told<()> {
    let worker = places::read(&rust.places().at("assets/web").join(SERVICE_WORKER))?;
    fetch(rust)?;
    trunk(rust, flavour, stage)?;
    parts(rust, &stage.join(LATER))?;
    divide(stage)?;
    finish(stage, &worker)
}

/// Divides the module in two. Both carry the name of the script that they belong to, as a stack trace is known by it, and one
/// fingerprint of both, so that no cache can ever bring together halves that were not made together.
fn divide(dist: &Path) -> Told<()> {
    let names = names_below(dist)?;
    let (script, module) = (the_one(&names, ".js")?, the_one(&names, "_bg.wasm")?);
    let path = dist.join(module);
    let bytes = fs::read(&path).map_err(|why| format!("{} cannot be read: {why}.", path.display()))?;
    let halves = split::split(&bytes)?;
    let stem = script.trim_end_matches(".js");
    let both = Fingerprint::of(&halves.first).and(&halves.rest);
    places::write(&dist.join(format!("{stem}-{both}_bg.wasm")), &halves.first)?;
    places::write(
        &dist.join(LATER).join(format!("{stem}-{both}.wasm")),
        &halves.rest,
    )?;
    fs::remove_file(&path).map_err(|why| format!("{} cannot be removed: {why}.", path.display()))?;
    let page = dist.join(PAGE);
    places::write(
        &page,
        preload(&places::read(&page)?, module, &format!("{stem}-{both}_bg.wasm"))?,
    )?;
    say::line(format!(
        "The module is divided: {} functions come after the first pick, through {} doors",
        halves.moved,
        halves.doors.len()
    ));
    Ok(())
}

/// The parts of the content that the app fetches after the first pick: words and drawings.
fn parts(rust: &Toolchain, folder: &Path) -> Told<()> {
    places::make_folder(folder)?;
    if run::shown(testing::content(rust).arg("--compile").arg(folder))? {
        Ok(())
    } else {
        Err("The content could not be compiled; its reasons stand above.".to_string())
    }
}

fn replace(stage: &Path, dist: &Path) -> Told<()> {
    places::remove_folder(dist)?;
    fs::rename(stage, dist).map_err(|why| {
        format!(
            "{} cannot be moved to {}: {why}.",
            stage.display(),
            dist.display()
        )
    })
}

fn inputs(places: &Places) -> Told<Fingerprint> {
    INPUTS
        .iter()
        .try_fold(Fingerprint::new(), |all, input| all.and_path(&places.at(input)))
}

/// What is noted about a release: of which inputs it is, and that nobody touched it since.
fn state(inputs: Fingerprint, dist: &Path) -> Told<String> {
    Ok(format!("{inputs} {}", Fingerprint::new().and_path(dist)?))
}

/// Trunk works offline, so the sources of the crates and of the standard library must be there before.
fn fetch(rust: &Toolchain) -> Told<()> {
    let mut cargo = rust.for_wasm("cargo", Wasm::Shipped);
    cargo.args(["fetch", "--target", WASM]);
    run::logged(&mut cargo, &rust.places().log("fetch"))
        .map_err(|why| format!("{why}The mend: cargo must reach its registry once; then start again."))
}

fn trunk(rust: &Toolchain, flavour: Flavour, stage: &Path) -> Told<()> {
    let mut trunk = rust.for_wasm("trunk", Wasm::Shipped);
    trunk
        .args([
            "build",
            "--release",
            "--cargo-profile",
            "web",
            "--offline",
            "--skip-version-check",
            "--dist",
        ])
        .arg(stage);
    if flavour == Flavour::TestHooks {
        trunk.args(["--features", "test-hooks"]);
    }
    // Trunk reads this variable as its own option, and does not know the usual value "1".
    trunk.env_remove("NO_COLOR");
    if run::shown(&mut trunk)? {
        Ok(())
    } else {
        Err("Trunk could not build the app; its reasons stand above.".to_string())
    }
}

/// Puts the hashed names into the starters, and the list of all files with their version into the service worker.
fn finish(dist: &Path, service_worker: &str) -> Told<()> {
    let names = names_below(dist)?;
    let glue = the_one(&names, ".js")?;
    let module = the_one(&names, "_bg.wasm")?;
    let rest = the_rest(&names)?;
    let path = dist.join(STARTER);
    let text = places::read(&path).map_err(|why| {
        format!("{why} The mend: index.html must copy assets/web/{STARTER} (data-trunk rel=\"copy-file\").")
    })?;
    places::write(
        &path,
        fill(STARTER, &text, &[(GLUE, glue), (MODULE, module), (REST, rest)])?,
    )?;

    let shipped: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| *name != SERVICE_WORKER)
        .collect();
    let version = shipped
        .iter()
        .try_fold(Fingerprint::of(service_worker.as_bytes()), |all, name| {
            all.and(name.as_bytes()).and_path(&dist.join(name))
        })?;
    let list = precache(&shipped)?;
    let version = format!("\"{version}\"");
    let text = fill(
        SERVICE_WORKER,
        service_worker,
        &[(PRECACHE, &list), (VERSION, &version)],
    )?;
    places::write(&dist.join(SERVICE_WORKER), text)
}

/// Trunk lets the page fetch the module ahead. It knows it by its name before the division, and by a checksum that no longer holds.
fn preload(page: &str, before: &str, now: &str) -> Told<String> {
    let address = page.find(&format!("href=\"./{before}\"")).ok_or_else(|| {
        format!(
            "The page does not fetch {before} ahead. The mend: Trunk must preload it, as it does of itself."
        )
    })?;
    let (head, tail) = page.split_at(
        page.get(..address)
            .and_then(|head| head.rfind('<'))
            .unwrap_or(address),
    );
    let (_, tail) = tail.split_once('>').unwrap_or_default();
    Ok(format!(
        "{head}<link rel=\"preload\" href=\"./{now}\" crossorigin=\"anonymous\" as=\"fetch\" type=\"application/wasm\">{tail}"
    ))
}

fn names_below(dist: &Path) -> Told<Vec<String>> {
    let files = places::files_below(dist)?;
    Ok(files.into_iter().map(|(name, _)| name).collect())
}

/// What comes behind the module.
fn the_rest(names: &[String]) -> Told<&str> {
    let start = format!("{LATER}/");
    names
        .iter()
        .find(|name| name.starts_with(&start) && name.ends_with(".wasm"))
        .map(String::as_str)
        .ok_or_else(|| "The release lacks the rest of the module. The mend: start again.".to_string())
}

/// The one file of the app's own with such an end.
fn the_one<'a>(names: &'a [String], end: &str) -> Told<&'a str> {
    let start = format!("{PACKAGE}-");
    let mut found = names
        .iter()
        .filter(|name| name.starts_with(&start) && name.ends_with(end));
    match (found.next(), found.next()) {
        (Some(name), None) => Ok(name),
        (None, _) => Err(format!(
            "The release has no {start}*{end}. The mend: index.html must carry the app (data-trunk rel=\"rust\"), \
             and Trunk.toml must leave the hashes in the file names on."
        )),
        (Some(one), Some(two)) => Err(format!("The release has {one} and {two}, where one is expected.")),
    }
}

/// Replaces every placeholder; one that the text does not have is an error, for then something would stay unsaid.
fn fill(name: &str, text: &str, values: &[(&str, &str)]) -> Told<String> {
    values
        .iter()
        .try_fold(text.to_string(), |text, (placeholder, value)| {
            if text.contains(placeholder) {
                Ok(text.replace(placeholder, value))
            } else {
                Err(format!(
                    "assets/web/{name} lacks the placeholder {placeholder}. The mend: put it back."
                ))
            }
        })
}

/// The list for the service worker, as a JavaScript array: the page itself, then every file.
fn precache(names: &[&str]) -> Told<String> {
    let plain = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte))
    };
    if let Some(odd) = names.iter().find(|name| !plain(name)) {
        return Err(format!(
            "The file name \"{odd}\" would need escaping in an address. The mend: use letters, digits, \".\", \"_\" and \"-\"."
        ));
    }
    let quoted: Vec<String> = ["./"]
        .iter()
        .chain(names)
        .map(|name| format!("\"{name}\""))
        .collect();
    Ok(format!("[{}]", quoted.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_is_filled_wherever_it_stands() {
        let filled = fill(
            "boot.js",
            "a __GLUE__ b __WASM__ c __GLUE__",
            &[(GLUE, "g.js"), (MODULE, "m.wasm")],
        );
        assert_eq!(filled.as_deref(), Ok("a g.js b m.wasm c g.js"));
    }

    #[test]
    fn a_placeholder_that_is_not_there_is_named() {
        let missing = fill("boot.js", "a __GLUE__", &[(GLUE, "g.js"), (MODULE, "m.wasm")]);
        assert!(missing.is_err_and(|why| why.contains("boot.js") && why.contains("__WASM__")));
    }

    #[test]
    fn the_precache_list_begins_with_the_page_itself() {
        assert_eq!(
            precache(&["boot.js", "icons/a-1.svg"]).as_deref(),
            Ok(r#"["./","boot.js","icons/a-1.svg"]"#)
        );
        assert!(precache(&["a b.svg"]).is_err());
        assert!(precache(&["a\"b.svg"]).is_err());
    }

    #[test]
    fn the_page_fetches_the_divided_module_ahead() {
        let page = "<head><link rel=\"preload\" href=\"./a_bg.wasm\" integrity=\"x\" as=\"fetch\"><body>";
        assert_eq!(
            preload(page, "a_bg.wasm", "a-1_bg.wasm").as_deref(),
            Ok(
                "<head><link rel=\"preload\" href=\"./a-1_bg.wasm\" crossorigin=\"anonymous\" as=\"fetch\" \
                type=\"application/wasm\"><body>"
            )
        );
        assert!(preload(page, "b_bg.wasm", "b-1_bg.wasm").is_err());
    }

    #[test]
    fn the_glue_is_the_one_script_of_the_package() {
        let names = ["boot.js", "just-right-1a.js", "just-right-1a_bg.wasm"].map(String::from);
        assert_eq!(the_one(&names, ".js"), Ok("just-right-1a.js"));
        assert_eq!(the_one(&names, "_bg.wasm"), Ok("just-right-1a_bg.wasm"));
        assert!(the_one(&names[..1], ".js").is_err());
    }

    #[test]
    fn a_finished_release_knows_all_its_files() {
        let dist = std::env::temp_dir().join(format!("xtask-finish-{}", std::process::id()));
        let put = |name: &str, text: &str| {
            places::write(&dist.join(name), text).expect("the temp folder is writable")
        };
        put("index.html", "<!doctype html>");
        put("just-right-1a.js", "");
        put("just-right-1a_bg.wasm", "");
        put("later/just-right-1a.wasm", "");
        put("boot.js", "import './embed.js';");
        put("embed.js", "import('./__GLUE__'); '__WASM__'; '__REST__'");

        finish(
            &dist,
            "const FILES = /*PRECACHE*/[]; const VERSION = \"/*VERSION*/\";",
        )
        .expect("all is there");
        let read = |name: &str| places::read(&dist.join(name)).expect("it was written");
        let (embed, worker) = (read("embed.js"), read("sw.js"));
        places::remove_folder(&dist).expect("the temp folder is writable");

        assert_eq!(
            embed,
            "import('./just-right-1a.js'); 'just-right-1a_bg.wasm'; 'later/just-right-1a.wasm'"
        );
        assert!(
            worker.starts_with(r#"const FILES = ["./","boot.js","embed.js","index.html","just-right-1a.js""#)
        );
        assert!(!worker.contains("sw.js") && !worker.contains("/*"));
    }
}
