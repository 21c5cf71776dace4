//! What xtask says: one plain line for each thing it does, and sentences when something cannot be done.

use std::time::Duration;

/// A sentence for the person at the keyboard: what could not be done, and how to mend it.
pub type Trouble = String;

pub type Told<T> = Result<T, Trouble>;

/// One line on what is happening now.
pub fn line(text: impl AsRef<str>) {
    println!("{}", text.as_ref());
}

/// The heading of a step of `cargo xtask test`.
pub fn step(name: &str) {
    println!("\n== {name}");
}

/// What went wrong, where errors belong.
pub fn trouble(text: impl AsRef<str>) {
    eprintln!("{}", text.as_ref());
}

/// "14 s" or "3 min 54 s".
pub fn took(time: Duration) -> String {
    let seconds = time.as_secs_f64().round() as u64;
    match (seconds / 60, seconds % 60) {
        (0, rest) => format!("{rest} s"),
        (minutes, rest) => format!("{minutes} min {rest} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_the_way_people_say_it() {
        assert_eq!(took(Duration::from_millis(400)), "0 s");
        assert_eq!(took(Duration::from_secs(59)), "59 s");
        assert_eq!(took(Duration::from_secs(234)), "3 min 54 s");
    }
}
