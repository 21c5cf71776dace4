//! Running other programs: quietly with a log, or in full view.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::places;
use crate::say::{self, Told};

/// How much of a log is shown when a step fails.
const LAST_LINES: usize = 20;

/// What a program prints, trimmed; `None` when it is missing or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// Whether a program is there and succeeds, without showing anything.
pub fn succeeds(command: &mut Command) -> bool {
    answer(command).is_some()
}

/// Runs a program with its output in a log; on failure the last lines of the log are part of the error.
pub fn logged(command: &mut Command, log: &Path) -> Told<()> {
    let program = name_of(command);
    places::write(log, format!("{command:?}\n"))?;
    let open = || {
        File::options()
            .append(true)
            .open(log)
            .map_err(|why| format!("{} cannot be written: {why}.", log.display()))
    };
    let (out, err) = (open()?, open()?);
    let status = command
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err)
        .status()
        .map_err(|why| not_started(&program, &why))?;
    if status.success() {
        return Ok(());
    }
    Err(format!(
        "{program} failed. The last lines of {}:\n{}",
        log.display(),
        last_lines(&fs::read_to_string(log).unwrap_or_default())
    ))
}

/// The same, with one line before that says what and why, and one after that says how long it took.
pub fn announced(what: &str, command: &mut Command, log: &Path) -> Told<()> {
    say::line(format!("set-up: {what}"));
    let start = Instant::now();
    logged(command, log)?;
    say::line(format!("set-up: done in {}", say::took(start.elapsed())));
    Ok(())
}

/// Runs a program in full view; `true` when it succeeds.
pub fn shown(command: &mut Command) -> Told<bool> {
    let program = name_of(command);
    command
        .status()
        .map(|status| status.success())
        .map_err(|why| not_started(&program, &why))
}

/// Runs a program in full view and hands each line of its standard output to `see` as well.
pub fn watched(command: &mut Command, mut see: impl FnMut(&str)) -> Told<bool> {
    let program = name_of(command);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|why| not_started(&program, &why))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            say::line(line.trim_end());
            see(&line);
        }
    }
    child
        .wait()
        .map(|status| status.success())
        .map_err(|why| format!("{program} was lost: {why}."))
}

/// The first of some programs that is found in the folders of a PATH.
pub fn find(names: &[&str], path: &OsStr) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(path).collect();
    names
        .iter()
        .flat_map(|name| {
            folders
                .iter()
                .map(move |folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        })
        .find(|candidate| candidate.is_file())
}

/// The PATH that xtask itself was started with.
pub fn outer_path() -> std::ffi::OsString {
    std::env::var_os("PATH").unwrap_or_default()
}

fn name_of(command: &Command) -> String {
    Path::new(command.get_program())
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn not_started(program: &str, why: &std::io::Error) -> String {
    format!("{program} could not be started: {why}.")
}

fn last_lines(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(LAST_LINES)..]
        .iter()
        .map(|line| format!("  {line}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_long_log_is_shown() {
        let log: String = (1..=50).map(|number| format!("{number}\n")).collect();
        let shown = last_lines(&log);
        assert_eq!(shown.lines().count(), LAST_LINES);
        assert!(shown.starts_with("  31\n") && shown.ends_with("  50\n"));
        assert_eq!(last_lines(""), "");
    }

    #[test]
    fn a_program_that_is_not_there_has_no_answer() {
        assert_eq!(answer(&mut Command::new("a-program-that-nobody-has")), None);
    }
}
