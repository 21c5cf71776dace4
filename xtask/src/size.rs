//! What a family has to download: each shipped file raw and compressed, against the budget.

use std::path::Path;

use crate::places;
use crate::road::Toolchain;
use crate::run;
use crate::say::{self, Told};

const BUDGET: &str = "size-budget.toml";
const EMBED: &str = "embed.js";

/// Node's own zlib compresses the way a server does, without a crate. Prints "raw gzip brotli" for each file.
const COMPRESS: &str = "
const { readFileSync } = require('node:fs');
const { gzipSync, brotliCompressSync, constants } = require('node:zlib');
for (const file of process.argv.slice(1)) {
  const raw = readFileSync(file);
  const brotli = brotliCompressSync(raw, { params: {
    [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } });
  console.log(raw.length, gzipSync(raw, { level: 9 }).length, brotli.length);
}";

#[derive(Debug, PartialEq)]
struct Budget {
    first_pick: u64,
    embed: u64,
    /// Names, or folders ending in "/", that are not needed for the first pick.
    later: Vec<String>,
}

#[derive(Clone, Copy, Default, Debug, PartialEq)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

struct Shipped {
    name: String,
    size: Size,
}

/// Prints the report; an error when a budget is passed.
pub fn gate(rust: &Toolchain, dist: &Path) -> Told<()> {
    let budget = parse_budget(&places::read(&rust.places().at(BUDGET))?)?;
    let shipped = measure(rust, dist)?;
    for file in &shipped {
        let when = if budget.is_later(&file.name) {
            "  later"
        } else {
            ""
        };
        say::line(format!("{}  {}{when}", columns(file.size), file.name));
    }
    let first_pick = sum(shipped.iter().filter(|file| !budget.is_later(&file.name)));
    say::line(format!("{}  needed for the first pick", columns(first_pick)));
    let embed = sum(shipped.iter().filter(|file| file.name == EMBED));
    within("What the first pick needs", first_pick.brotli, budget.first_pick)?;
    within(EMBED, embed.brotli, budget.embed)
}

fn measure(rust: &Toolchain, dist: &Path) -> Told<Vec<Shipped>> {
    let files = places::files_below(dist)?;
    let mut node = rust.command("node");
    node.args(["-e", COMPRESS])
        .args(files.iter().map(|(_, path)| path));
    let answer = run::answer(&mut node)
        .ok_or("Node could not compress the release. The mend: `cargo xtask setup`.")?;
    let sizes: Vec<Size> = answer.lines().filter_map(parse_size).collect();
    if sizes.len() != files.len() {
        return Err("Node did not measure every file of the release.".to_string());
    }
    Ok(files
        .into_iter()
        .zip(sizes)
        .map(|((name, _), size)| Shipped { name, size })
        .collect())
}

fn parse_size(line: &str) -> Option<Size> {
    let mut numbers = line.split(' ').map(|number| number.parse().ok());
    Some(Size {
        raw: numbers.next()??,
        gzip: numbers.next()??,
        brotli: numbers.next()??,
    })
}

fn sum<'a>(files: impl Iterator<Item = &'a Shipped>) -> Size {
    files.fold(Size::default(), |all, file| Size {
        raw: all.raw + file.size.raw,
        gzip: all.gzip + file.size.gzip,
        brotli: all.brotli + file.size.brotli,
    })
}

fn columns(size: Size) -> String {
    format!(
        "{:>9} raw {:>8} gzip {:>8} brotli",
        size.raw, size.gzip, size.brotli
    )
}

fn within(what: &str, size: u64, budget: u64) -> Told<()> {
    if size <= budget {
        say::line(format!("{what}: {size} of {budget} bytes"));
        return Ok(());
    }
    Err(format!(
        "{what}: {size} bytes after brotli, {} over the budget of {budget} in {BUDGET}.",
        size - budget
    ))
}

impl Budget {
    fn is_later(&self, name: &str) -> bool {
        self.later.iter().any(|entry| {
            if entry.ends_with('/') {
                name.starts_with(entry)
            } else {
                name == entry
            }
        })
    }
}

/// Reads the three keys of the budget file: two numbers and a list of names, each on one line.
fn parse_budget(text: &str) -> Told<Budget> {
    let value = |key: &str| {
        text.lines()
            .filter_map(|line| line.split_once('='))
            .find_map(|(name, value)| (name.trim() == key).then(|| value.trim()))
            .ok_or_else(|| format!("{BUDGET} lacks `{key} = …`."))
    };
    let number = |key: &str| {
        value(key)?
            .replace('_', "")
            .parse()
            .map_err(|_| format!("{BUDGET}: `{key}` must be a whole number of bytes."))
    };
    let names = |key: &str| {
        let list = value(key)?
            .strip_prefix('[')
            .and_then(|list| list.strip_suffix(']'));
        let list = list.ok_or_else(|| format!("{BUDGET}: `{key}` must be a list on one line."))?;
        let names = list
            .split(',')
            .map(|name| name.trim().trim_matches('"').to_string());
        Ok::<_, String>(names.filter(|name| !name.is_empty()).collect())
    };
    Ok(Budget {
        first_pick: number("first_pick")?,
        embed: number("embed")?,
        later: names("later")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# words\nfirst_pick = 204_800\n\nembed = 3_072\nlater = [\"sw.js\", \"icons/\"]\n";

    #[test]
    fn the_budget_file_is_read() {
        let budget = Budget {
            first_pick: 204_800,
            embed: 3_072,
            later: vec!["sw.js".into(), "icons/".into()],
        };
        assert_eq!(parse_budget(TEXT), Ok(budget));
    }

    #[test]
    fn the_budget_file_of_this_repository_is_read() {
        assert!(parse_budget(include_str!("../../size-budget.toml")).is_ok());
    }

    #[test]
    fn a_budget_that_says_too_little_is_named() {
        assert!(parse_budget("first_pick = 1\n").is_err_and(|why| why.contains("embed")));
        assert!(parse_budget("first_pick = many\nembed = 1\nlater = []")
            .is_err_and(|why| why.contains("first_pick")));
    }

    #[test]
    fn what_comes_later_is_told_from_what_is_needed() {
        let budget = parse_budget(TEXT).expect("it is whole");
        assert!(budget.is_later("sw.js") && budget.is_later("icons/one.svg"));
        assert!(!budget.is_later("boot.js") && !budget.is_later("my-sw.js") && !budget.is_later("icons.js"));
    }

    #[test]
    fn a_measured_line_is_read() {
        assert_eq!(
            parse_size("30 20 10"),
            Some(Size {
                raw: 30,
                gzip: 20,
                brotli: 10
            })
        );
        assert_eq!(parse_size("30 twenty"), None);
    }

    #[test]
    fn the_budget_itself_is_still_allowed() {
        assert!(within("it", 10, 10).is_ok());
        assert!(within("it", 11, 10).is_err_and(|why| why.contains("1 over")));
    }
}
