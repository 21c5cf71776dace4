//! Sentences as codes of words. A catalogue uses some three thousand words a hundred thousand times: each is written
//! once, and a sentence is a row of codes, one byte for the most usual words and two for the others.
//!
//! Spaces and capitals are mostly foreseen: a word follows the one before it after a space, and begins with a capital
//! where a sentence begins. Where it is otherwise, a code says so. Any text comes back as it was.
//!
//! A code is the place of its word in a list, and so may be any: [`numbering`] says how it is chosen.

use core::ops::RangeInclusive;
use std::collections::HashMap;

use super::numbering::{self, BYTE};
use super::Broken;

/// The next word has a space before it where none is foreseen, or none where one is.
const SPACE: u8 = 1;
/// The next word begins with a capital where none is foreseen, or the other way round.
const CAPITAL: u8 = 2;
/// The next of the words that are said only once.
const ONCE: u8 = 3;
/// A space that is a word by itself. It stands in no list, for there it stands between words.
const GAP: u8 = 4;
/// The codes that are no words.
pub(super) const SPECIAL: RangeInclusive<u8> = SPACE..=GAP;
/// The codes that are pages of the list: the code on the page follows.
pub(super) const PAGES: RangeInclusive<u8> = 240..=254;

/// The end of a text. It is a word, or belongs to the mark before it: most texts end with a full stop, and a full stop
/// with an end is said so often that it has a code of its own.
const END: char = '\0';

/// Texts as codes, with the words that they stand for.
pub(super) struct Coded {
    /// Words said twice or more in the order of their codes, each with a space behind it; nothing where a code is no
    /// word. Brotli knows many words by itself, and best those before a space.
    pub(super) words: String,
    /// Words said once, in the order in which they come, in the same way.
    pub(super) said_once: String,
    /// The texts.
    pub(super) codes: Vec<u8>,
}

/// What is said, before words have codes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sign {
    /// A code that is no word.
    Code(u8),
    /// A word, by its rank: 0 is the most usual.
    Word(usize),
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

/// The words of a text: rows of letters and digits, and every other character by itself, or with the end of the text. A
/// single space before a word belongs to it.
fn said(text: &str) -> impl Iterator<Item = Said<'_>> {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'');
    let mut rest = text;
    let mut first = true;
    core::iter::from_fn(move || {
        let after = rest
            .strip_prefix(' ')
            .filter(|after| !first && !after.is_empty() && !after.starts_with([' ', END]));
        first = false;
        let from = after.unwrap_or(rest);
        let next = from.chars().next()?;
        let size = if in_word(next) {
            from.find(|c| !in_word(c)).unwrap_or(from.len())
        } else {
            let mark = next.len_utf8();
            let ends = next != ' ' && from.get(mark..).is_some_and(|after| after.starts_with(END));
            mark + if ends { END.len_utf8() } else { 0 }
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
    let texts: Vec<String> = texts.iter().map(|text| text.replace(END, " ") + "\0").collect();
    let mut count: HashMap<String, usize> = HashMap::new();
    for one in texts.iter().flat_map(|text| said(text)) {
        *count.entry(lowered(one.word).0).or_default() += 1;
    }
    let mut usual: Vec<(&str, usize)> = count
        .iter()
        .filter(|&(word, &count)| count > 1 && word != " ")
        .map(|(word, &count)| (word.as_str(), count))
        .collect();
    usual.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    // More words than codes: the rarest are written out wherever they are said.
    usual.truncate(numbering::room());
    let rank: HashMap<&str, usize> = usual
        .iter()
        .enumerate()
        .map(|(rank, &(word, _))| (word, rank))
        .collect();
    let (mut signs, mut said_once) = (Vec::new(), String::new());
    for text in &texts {
        let mut foreseen = Foreseen::AT_FIRST;
        for one in said(text) {
            let first = one.word.chars().next().unwrap_or(END);
            if first != END && one.after_space != foreseen.space(first) {
                signs.push(Sign::Code(SPACE));
            }
            let (word, capital) = lowered(one.word);
            if capital.is_some_and(|capital| capital != foreseen.begins) {
                signs.push(Sign::Code(CAPITAL));
            }
            signs.push(match rank.get(word.as_str()) {
                _ if word == " " => Sign::Code(GAP),
                Some(&rank) => Sign::Word(rank),
                None => {
                    said_once.push_str(&word);
                    said_once.push(' ');
                    Sign::Code(ONCE)
                }
            });
            foreseen.after(one.word);
        }
    }
    let places = numbering::places(&signs, usual.len());
    let mut list = vec![""; places.iter().max().map_or(0, |last| last + 1)];
    for (&place, (word, _)) in places.iter().zip(&usual) {
        list[place] = word;
    }
    let mut codes = Vec::new();
    for sign in signs {
        match sign {
            Sign::Code(code) => codes.push(code),
            Sign::Word(rank) => {
                let (page, line) = (places[rank] / BYTE, places[rank] % BYTE);
                codes.extend(page.checked_sub(1).map(|page| PAGES.start() + page as u8));
                codes.push(line as u8);
            }
        }
    }
    Coded {
        words: list.iter().fold(String::new(), |all, word| all + word + " "),
        said_once,
        codes,
    }
}

/// Reads texts back.
pub(super) struct Reader<'a> {
    words: Vec<&'a str>,
    said_once: core::str::SplitTerminator<'a, char>,
    codes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a str, said_once: &'a str, codes: &'a [u8]) -> Reader<'a> {
        Reader {
            words: words.split_terminator(' ').collect(),
            said_once: said_once.split_terminator(' '),
            codes,
        }
    }

    /// The next text.
    pub(super) fn text(&mut self) -> Result<String, Broken> {
        let mut text = String::new();
        let mut foreseen = Foreseen::AT_FIRST;
        let (mut space, mut capital) = (false, false);
        loop {
            let code = self.code()?;
            let word = match code {
                SPACE => {
                    space = true;
                    continue;
                }
                CAPITAL => {
                    capital = true;
                    continue;
                }
                ONCE => self.said_once.next().ok_or(Broken)?,
                GAP => " ",
                _ => self.word(code)?,
            };
            let first = word.chars().next().ok_or(Broken)?;
            if first == END {
                return Ok(text);
            }
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
            if text.ends_with(END) {
                text.pop();
                return Ok(text);
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

    fn word(&mut self, code: u8) -> Result<&'a str, Broken> {
        let place = if PAGES.contains(&code) {
            usize::from(code - PAGES.start() + 1) * BYTE + usize::from(self.code()?)
        } else {
            usize::from(code)
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
    fn a_usual_sentence_needs_a_code_a_word_and_a_mark() {
        let codes = there_and_back(&["They lift the lid. You wait.", "They lift the lid. You wait."]);
        assert_eq!(codes.len(), 2 * (6 + 2));
    }

    #[test]
    fn words_that_have_no_code_are_written_out() {
        for count in [0, 1, 235, 236, 237, 238, 493, 494, 3_000, 4_077, 4_078, 20_000] {
            let words: Vec<String> = (0..count).map(|number| format!("w{number}")).collect();
            let text = words.join(" ");
            there_and_back(&[&text, &text]);
        }
    }

    #[test]
    fn the_same_texts_have_the_same_codes() {
        let texts: Vec<String> = (0..500_u32)
            .map(|at| format!("One {} and {} of {}.", at % 17, at * at % 301, at % 5))
            .collect();
        let (one, other) = (coded(&texts), coded(&texts));
        assert_eq!((one.words, one.codes), (other.words, other.codes));
    }
}
