//! `lab drive`: the engine as a black box, one JSON object a line in and one a line out, in the same order.
//!
//! [`Session`](session::Session) is the whole of it: a line in, a line out, no clock and no dice. Here is only what
//! reads the lines and writes the answers.

mod json;
mod lines;
mod session;
mod start;

use std::io::{self, Write as _};

use crate::arguments::Arguments;
use crate::Told;
use lines::Line;
use session::Session;

/// Longer lines are not kept in memory. A start with ten thousand activities of five grades is a third of this.
const LONGEST_LINE: usize = 16 << 20;

/// Runs the suite.
pub fn run(_: &Arguments) -> Told {
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    let mut session = Session::default();
    loop {
        let line = lines::next(&mut input, LONGEST_LINE)
            .map_err(|problem| format!("standard input cannot be read: {problem}"))?;
        let mut answer = match line {
            None => return Ok(String::new()),
            Some(Line::Whole(line)) => session.answer(&line),
            Some(Line::TooLong) => session::error(&format!(
                "the line is longer than {} MiB and was left out: send less in one line",
                LONGEST_LINE >> 20
            )),
        };
        answer.push('\n');
        let written = output.write_all(answer.as_bytes()).and_then(|()| output.flush());
        match written {
            Ok(()) => {}
            // Whoever drives has seen enough.
            Err(problem) if problem.kind() == io::ErrorKind::BrokenPipe => return Ok(String::new()),
            Err(problem) => return Err(format!("standard output cannot be written: {problem}")),
        }
    }
}
