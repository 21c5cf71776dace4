//! Sentences as codes of words. A catalogue uses some three thousand words a hundred thousand times: each is written
//! once, and a sentence is a row of codes, one byte for the most usual words and two for the others.
//!
//! Spaces and capitals are mostly foreseen: a word follows the one before it after a space, and begins with a capital
//! where a sentence begins. Where it is otherwise, a code says so. Any text comes back as it was.

use std::collections::HashMap;

use super::Broken;

/// The end of a text.
const END: u8 = 0;
/// The next word has a space before it where none is foreseen, or none where one is.
const SPACE: u8 = 1;
/// The next word begins with a capital where none is foreseen, or the other way round.
const CAPITAL: u8 = 2;
/// The next of the words that are said only once.
const ONCE: u8 = 3;
/// A line break.
const BREAK: u8 = 4;
/// The first code of a word.
const FIRST: usize = 5;

/// How many codes a byte has.
const BYTE: usize = 256;

/// Texts as codes, with the words that they stand for.
pub(super) struct Coded {
    /// Words said twice or more, the most usual first, each with a line break behind it.
    pub(super) words: String,
    /// Words said once, in the order in which they come, in the same way.
    pub(super) said_once: String,
    /// The texts.
    pub(super) codes: Vec<u8>,
}

/// How many words have a code of one byte, where there are so many words. The other bytes begin a code of two.
fn in_one_byte(words: usize) -> usize {
    let codes = BYTE - FIRST;
    // Each byte that is given away for codes of two makes room for 255 more.
    let given_away = words.saturating_sub(codes).div_ceil(BYTE - 1);
    codes.saturating_sub(given_away)
}

/// What is foreseen while a text is written or read.
struct Foreseen {
    before: Option<char>,
    /// A sentence begins here.
    begins: bool,
}

impl Foreseen {
    const AT_FIRST: Foreseen = Foreseen {
        before: None,
        begins: true,
    };

    /// Whether a space stands before a word that begins so.
    fn space(&self, first: char) -> bool {
        let Some(before) = self.before else {
            return false;
        };
        let joins = |c| matches!(c, '-' | '–' | '/' | '_' | BREAK_CHAR);
        !(joins(before)
            || joins(first)
            || matches!(before, '“' | '(')
            || matches!(first, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '”' | ')' | '%'))
    }

    fn after(&mut self, word: &str) {
        let last = word.chars().next_back();
        self.before = last.or(self.before);
        self.begins = match last {
            Some('.' | '!' | '?' | '“' | BREAK_CHAR) => true,
            Some('”' | ')' | ' ') => self.begins,
            _ => false,
        };
    }
}

const BREAK_CHAR: char = '\n';

/// A word as it stands in a text.
struct Said<'a> {
    after_space: bool,
    word: &'a str,
}

/// The words of a text: rows of letters and digits, and every other character by itself. A single space before a word
/// belongs to it.
fn said(text: &str) -> impl Iterator<Item = Said<'_>> {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'');
    let mut rest = text;
    let mut first = true;
    core::iter::from_fn(move || {
        let after = rest
            .strip_prefix(' ')
            .filter(|after| !first && !after.is_empty() && !after.starts_with(' '));
        first = false;
        let from = after.unwrap_or(rest);
        let next = from.chars().next()?;
        let size = if in_word(next) {
            from.find(|c| !in_word(c)).unwrap_or(from.len())
        } else {
            next.len_utf8()
        };
        let (word, left) = from.split_at(size);
        rest = left;
        Some(Said {
            after_space: after.is_some(),
            word,
        })
    })
}

/// A word without its capital, and whether it had one; `None` where it could have none.
fn lowered(word: &str) -> (String, Option<bool>) {
    let mut lower = word.to_owned();
    let capital = word
        .chars()
        .next()
        .filter(char::is_ascii_alphabetic)
        .map(|first| first.is_ascii_uppercase());
    if let Some(first) = lower.get_mut(..1).filter(|_| capital == Some(true)) {
        first.make_ascii_lowercase();
    }
    (lower, capital)
}

/// Codes texts.
pub(super) fn coded(texts: &[String]) -> Coded {
    let mut count: HashMap<String, usize> = HashMap::new();
    for one in texts.iter().flat_map(|text| said(text)) {
        *count.entry(lowered(one.word).0).or_default() += 1;
    }
    let mut usual: Vec<(&str, usize)> = count
        .iter()
        .filter(|&(word, &count)| count > 1 && word != "\n")
        .map(|(word, &count)| (word.as_str(), count))
        .collect();
    usual.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    // More words than codes: the rarest are written out wherever they are said.
    usual.truncate((BYTE - FIRST) * BYTE);
    let place: HashMap<&str, usize> = usual
        .iter()
        .enumerate()
        .map(|(place, &(word, _))| (word, place))
        .collect();
    let short = in_one_byte(usual.len());
    let (mut codes, mut said_once) = (Vec::new(), String::new());
    for text in texts {
        let mut foreseen = Foreseen::AT_FIRST;
        for one in said(text) {
            let first = one.word.chars().next().unwrap_or(' ');
            if one.after_space != foreseen.space(first) {
                codes.push(SPACE);
            }
            let (word, capital) = lowered(one.word);
            if capital.is_some_and(|capital| capital != foreseen.begins) {
                codes.push(CAPITAL);
            }
            match place.get(word.as_str()) {
                _ if word == "\n" => codes.push(BREAK),
                Some(&place) if place < short => codes.push((FIRST + place) as u8),
                Some(&place) => {
                    let (page, line) = ((place - short) / BYTE, (place - short) % BYTE);
                    codes.extend([(FIRST + short + page) as u8, line as u8]);
                }
                None => {
                    codes.push(ONCE);
                    said_once.push_str(&word);
                    said_once.push('\n');
                }
            }
            foreseen.after(one.word);
        }
        codes.push(END);
    }
    let words = usual
        .iter()
        .fold(String::new(), |all, (word, _)| all + word + "\n");
    Coded {
        words,
        said_once,
        codes,
    }
}

/// Reads texts back.
pub(super) struct Reader<'a> {
    words: Vec<&'a str>,
    short: usize,
    said_once: core::str::SplitTerminator<'a, char>,
    codes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a str, said_once: &'a str, codes: &'a [u8]) -> Reader<'a> {
        let words: Vec<&str> = words.split_terminator('\n').collect();
        Reader {
            short: in_one_byte(words.len()),
            words,
            said_once: said_once.split_terminator('\n'),
            codes,
        }
    }

    /// The next text.
    pub(super) fn text(&mut self) -> Result<String, Broken> {
        let mut text = String::new();
        let mut foreseen = Foreseen::AT_FIRST;
        let (mut space, mut capital) = (false, false);
        loop {
            let word = match self.code()? {
                END => return Ok(text),
                SPACE => {
                    space = true;
                    continue;
                }
                CAPITAL => {
                    capital = true;
                    continue;
                }
                ONCE => self.said_once.next().ok_or(Broken)?,
                BREAK => "\n",
                code => self.word(usize::from(code) - FIRST)?,
            };
            let first = word.chars().next().ok_or(Broken)?;
            if space != foreseen.space(first) {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word);
            if capital != foreseen.begins {
                if let Some(first) = text.get_mut(start..start + 1) {
                    first.make_ascii_uppercase();
                }
            }
            foreseen.after(word);
            (space, capital) = (false, false);
        }
    }

    /// Whether all was read.
    pub(super) fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    fn code(&mut self) -> Result<u8, Broken> {
        let (&code, rest) = self.codes.split_first().ok_or(Broken)?;
        self.codes = rest;
        Ok(code)
    }

    fn word(&mut self, place: usize) -> Result<&'a str, Broken> {
        let place = match place.checked_sub(self.short) {
            None => place,
            Some(page) => self.short + page * BYTE + usize::from(self.code()?),
        };
        self.words.get(place).copied().ok_or(Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(texts: &[&str]) -> Vec<u8> {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        let coded = coded(&texts);
        let mut reader = Reader::new(&coded.words, &coded.said_once, &coded.codes);
        for text in &texts {
            assert_eq!(reader.text().as_ref(), Ok(text));
        }
        assert!(reader.is_empty());
        assert_eq!(reader.text(), Err(Broken));
        coded.codes
    }

    #[test]
    fn any_text_comes_back_as_it_was() {
        there_and_back(&[
            "Say: “Lunch is in here. Lift the lid.”",
            "Hand-under-hand, 10 cm, d440; TV… and/or 1.5 cups!",
            "",
            " two  spaces , and\na line break \n",
            "Élan vital. école. ÄÖÜ straße ’tis o’clock 'quoted' \"straight\"",
            "a.b,c ( d )“ e ”-- f_g=h%",
            "\u{1F600} 日本語 mixed Case iPhone McDonald",
        ]);
    }

    #[test]
    fn any_row_of_characters_comes_back_as_it_was() {
        let characters: Vec<char> = "aB é“”().,:!?-–/_ '’%7\n\u{301}ß".chars().collect();
        let mut state = 1_u32;
        let mut next = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        for _ in 0..2_000 {
            let text: String = (0..next(12))
                .map(|_| characters[next(characters.len())])
                .collect();
            there_and_back(&[&text, &text, "A b."]);
        }
    }

    #[test]
    fn a_usual_sentence_needs_a_code_a_word_and_its_end() {
        let codes = there_and_back(&["They lift the lid. You wait.", "They lift the lid. You wait."]);
        assert_eq!(codes.len(), 2 * (6 + 2 + 1));
    }

    #[test]
    fn words_that_have_no_room_in_one_byte_have_it_in_two() {
        for count in [0, 1, 250, 251, 252, 506, 507, 3_000, 40_000] {
            let short = in_one_byte(count);
            let pages = BYTE - FIRST - short;
            assert!(short + pages * BYTE >= count, "{count}: {short}");
            let words: Vec<String> = (0..count).map(|number| format!("w{number}")).collect();
            let text = words.join(" ");
            there_and_back(&[&text, &text]);
        }
    }
}
