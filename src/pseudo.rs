//! Only in test builds: two languages that nobody speaks, made of English while the app runs. They show what a translation
//! would break before there is one: `en-XA` is longer and has accents, `ar-XB` is written from right to left. An element
//! asks for one by its `lang` attribute.

use crate::words::{self, Offered, Spoken};

/// Every text is longer by this many of ten.
const LONGER_BY_TENTHS: usize = 4;
const LONG: &str = "en-XA";
const FROM_RIGHT: &str = "ar-XB";

/// The one that a tag asks for.
pub fn asked_by(tag: &str) -> Option<Offered> {
    let known = [LONG, FROM_RIGHT];
    let tag = known.into_iter().find(|one| one.eq_ignore_ascii_case(tag))?;
    Some(Offered {
        tag,
        name: tag,
        ..Offered::ENGLISH
    })
}

/// How it is spoken, made of English.
pub fn spoken(language: Offered, english: Spoken) -> Option<Spoken> {
    let change: fn(&str) -> String = match language.tag {
        LONG => longer,
        FROM_RIGHT => from_right,
        _ => return None,
    };
    let texts = english.texts.iter().map(|text| message(text, change)).collect();
    Some(Spoken {
        tag: language.tag,
        texts: words::learned(language.tag, texts),
        from_right: language.tag == FROM_RIGHT,
        ..english
    })
}

/// A text, or one a line by number, whose first word is a category and stays.
fn message(text: &str, change: fn(&str) -> String) -> String {
    if !text.lines().any(|line| line.starts_with("other ")) {
        return around_places(text, change);
    }
    let lines = text.lines().map(|line| match line.split_once(' ') {
        Some((category, text)) => format!("{category} {}", around_places(text, change)),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Changes all but the `{places}`.
fn around_places(text: &str, change: fn(&str) -> String) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, (place, after))) = rest
        .split_once('{')
        .and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        said.push_str(&change(before));
        said.push('{');
        said.push_str(place);
        said.push('}');
        rest = after;
    }
    said.push_str(&change(rest));
    said
}

/// With accents, and with vowels said twice until it is long enough: words grow, as they do in other languages.
fn longer(text: &str) -> String {
    let mut missing = (text.chars().count() * LONGER_BY_TENTHS).div_ceil(10);
    let mut said = String::new();
    for letter in text.chars() {
        let accented = accented(letter);
        said.push(accented);
        if accented != letter && missing > 0 {
            said.push(accented);
            missing -= 1;
        }
    }
    if text.chars().any(char::is_alphabetic) {
        said.extend(std::iter::repeat_n('~', missing));
    }
    said
}

fn accented(letter: char) -> char {
    match letter {
        'a' => 'á',
        'e' => 'ë',
        'i' => 'î',
        'o' => 'ö',
        'u' => 'ü',
        'y' => 'ý',
        'A' => 'Å',
        'E' => 'É',
        'I' => 'Î',
        'O' => 'Ö',
        'U' => 'Û',
        other => other,
    }
}

/// The same letters, but the browser is told to set them from right to left.
fn from_right(text: &str) -> String {
    const OVERRIDE: char = '\u{202e}';
    const END: char = '\u{202c}';
    if text.is_empty() {
        return String::new();
    }
    format!("{OVERRIDE}{text}{END}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(tag: &str) -> &'static [&'static str] {
        asked_by(tag)
            .and_then(|language| spoken(language, Spoken::ENGLISH))
            .map_or(&[], |spoken| spoken.texts)
    }

    #[test]
    fn every_text_is_longer_and_keeps_its_places() {
        let places = |text: &str| text.matches(['{', '}']).count();
        for tag in ["en-XA", "ar-XB"] {
            let texts = all(tag);
            assert_eq!(texts.len(), Spoken::ENGLISH.texts.len());
            for (english, said) in Spoken::ENGLISH.texts.iter().zip(texts) {
                assert_eq!(places(english), places(said), "{said}");
            }
        }
        assert_eq!(longer("Settings"), "Sëëttîîngs~~");
    }

    #[test]
    fn what_goes_by_number_keeps_its_categories() {
        let said = message("one {n} child\nother {n} children", longer);
        let categories: Vec<_> = said.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(categories, ["one", "other"]);
    }

    #[test]
    fn only_an_exact_tag_asks_for_them() {
        assert!(asked_by("en-xa").is_some());
        assert!(asked_by("en").is_none() && asked_by("ar").is_none());
    }
}
