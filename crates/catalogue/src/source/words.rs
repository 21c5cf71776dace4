//! How we speak: short sentences, words that strengthen, nothing that could be markup.

use super::problem::{line_of, Problems};

/// Words that never appear, each with what to write instead. Compared without regard to case, at word
/// borders.
const NEVER: [(&str, &str); 16] = [
    ("can't", "say what is not yet there, or what helps"),
    ("cannot do", "say “not yet”"),
    ("delay", "say “growing” or leave it out"),
    ("delayed", "say “growing” or leave it out"),
    ("behind other", "do not compare children"),
    ("abnormal", "say what is seen"),
    ("normal", "say “usual” or leave it out"),
    ("should be able", "do not compare children"),
    ("fail", "say “not this time”"),
    ("fails", "say “not this time”"),
    ("failure", "say “not this time”"),
    ("deficit", "say what is growing"),
    ("disorder", "name no diagnosis"),
    ("other children his age", "do not compare children"),
    ("cure", "promise no treatment"),
    ("treats", "promise no treatment"),
];

/// The longest sentence, in words.
const LONGEST: usize = 25;

/// Checks a text that a family reads.
pub(crate) fn check(file: &str, source: &str, text: &str, problems: &mut Problems) {
    let line = || {
        let bare = || line_of(source, text).filter(|_| !text.is_empty());
        line_of(source, &format!("\"{text}\"")).or_else(bare).or_else(|| {
            // A text with escapes stands in the file as it reads only up to the first of them.
            let escaped = |c: char| c == '"' || c == '\\' || is_control(c);
            let start = format!("\"{}", text.split(escaped).next().unwrap_or_default());
            line_of(source, &start).filter(|_| source.matches(&start).count() == 1)
        })
    };
    if text.trim().is_empty() {
        problems.add(
            file,
            line(),
            "a text is empty",
            "a family would see a gap",
            "write it, or leave the entry out of its list",
        );
    }
    if text.contains(is_control) {
        problems.add(
            file,
            line(),
            "a text has control characters",
            "they change how text is shown",
            "remove them",
        );
    }
    if text.contains('<') && text.contains('>') {
        problems.add(
            file,
            line(),
            "a text looks like markup",
            "text is never HTML here: it would be shown as it stands",
            "write plain words",
        );
    }
    let lower = text.to_lowercase().replace('’', "'");
    for (never, instead) in NEVER {
        if has_word(&lower, never) {
            problems.add(
                file,
                line(),
                format!("“{never}” stands in “{text}”"),
                "our words strengthen and never compare",
                instead,
            );
        }
    }
    for sentence in text.split(['.', '!', '?', ':', ';']) {
        let words = sentence.split_whitespace().count();
        if words > LONGEST {
            let start: String = sentence.trim().chars().take(40).collect();
            problems.add(
                file,
                line(),
                format!("a sentence has {words} words: “{start}…”"),
                "a tired parent reads short sentences",
                format!("split it; {LONGEST} words are the most"),
            );
        }
    }
}

/// Checks each of several texts.
pub(crate) fn check_all<'a>(
    file: &str,
    source: &str,
    texts: impl IntoIterator<Item = &'a String>,
    problems: &mut Problems,
) {
    texts
        .into_iter()
        .for_each(|text| check(file, source, text, problems));
}

/// A control character, or one that turns the direction of text.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
