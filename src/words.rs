//! What the interface says, in the language that is spoken now. The texts stand in `assets/locales`, one file a language; a
//! key is a constant, so a missing text does not compile. How numbers, lists and dates are said is the browser's business
//! ([`Forms`]): the app knows no grammar.

use std::cell::{Cell, RefCell};

use just_right_engine::area::Area;
use just_right_engine::question::Answer;
use just_right_engine::report::Level;

use crate::family::{Day, Enjoyed};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A language that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Its name in its own words.
    pub name: &'static str,
    /// The file with what it says before an activity is opened; `None`: it is built in.
    pub speech: Option<&'static str>,
    /// The file with all words of the activities.
    pub texts: &'static str,
}

impl Offered {
    /// English.
    pub const ENGLISH: Offered = OFFERED[0];

    /// The language that a tag asks for: "es-MX" is answered by "es", what is not known by English.
    pub fn asked_by(tag: &str) -> Offered {
        #[cfg(feature = "test-hooks")]
        if let Some(pseudo) = crate::pseudo::asked_by(tag) {
            return pseudo;
        }
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        let known = |one: &&Offered| one.tag.eq_ignore_ascii_case(first);
        OFFERED.iter().find(known).copied().unwrap_or(Offered::ENGLISH)
    }
}

/// How a language forms what depends on numbers, lists and days.
pub trait Forms {
    /// Unicode's category of a number: `one`, `other`, …
    fn plural(&self, n: usize) -> String;
    /// A list as people say it: "a, b and c".
    fn list(&self, items: &[&str]) -> String;
    /// A whole number as people write it.
    fn number(&self, n: usize) -> String;
    /// A day as people write it.
    fn date(&self, day: Day, style: DateStyle) -> String;
}

/// How much of a day is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// "Tuesday".
    Weekday,
    /// "Tue".
    Brief,
    /// "Tue 24 Nov".
    Short,
    /// "24 November".
    InYear,
    /// "Tuesday, 24 November 2026".
    Long,
}

/// A language as it is spoken: its texts and its forms.
#[derive(Clone, Copy)]
pub struct Spoken {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// In the order of keys.
    pub texts: &'static [&'static str],
    /// Its forms.
    pub forms: &'static dyn Forms,
    /// Written from right to left.
    pub from_right: bool,
}

impl Spoken {
    /// English with the forms that the app has without a browser.
    pub const ENGLISH: Spoken = Spoken {
        tag: "en",
        texts: &ENGLISH,
        forms: &Plain,
        from_right: false,
    };
}

thread_local! {
    static SPOKEN: Cell<Spoken> = const { Cell::new(Spoken::ENGLISH) };
}

/// Speaks a language from now on. Several elements on a page may speak several languages: each says which before it says
/// anything, and nothing else runs in between.
pub fn speak(spoken: Spoken) {
    SPOKEN.set(spoken);
}

/// What is spoken now.
pub fn spoken() -> Spoken {
    SPOKEN.get()
}

/// The texts of a language that was fetched, for as long as the page lives: each language is kept once, however many elements
/// speak it and however often somebody goes back and forth.
pub fn learned(tag: &'static str, texts: Vec<String>) -> &'static [&'static str] {
    type Known = Vec<(&'static str, &'static [&'static str])>;
    thread_local! {
        static KNOWN: RefCell<Known> = const { RefCell::new(Vec::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some((_, texts)) = known.iter().find(|(one, _)| *one == tag) {
            return *texts;
        }
        let texts: Vec<&'static str> = texts.into_iter().map(|text| &*text.leak()).collect();
        let texts: &'static [&'static str] = texts.leak();
        known.push((tag, texts));
        texts
    })
}

/// The key of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(usize);

impl Key {
    /// The text as it stands.
    pub fn say(self) -> &'static str {
        spoken().texts.get(self.0).copied().unwrap_or_default()
    }

    /// The text with its `{places}` filled.
    pub fn with(self, places: &[(&str, &str)]) -> String {
        filled(self.say(), places)
    }
}

/// The key of a text that goes by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plural(usize);

impl Plural {
    /// The text for this number, which fills the place `{n}`.
    pub fn of(self, n: usize) -> String {
        let Spoken { texts, forms, .. } = spoken();
        let forms_of = texts.get(self.0).copied().unwrap_or_default();
        let category = forms.plural(n);
        let form = |wanted: &str| {
            let mut lines = forms_of.lines().filter_map(|line| line.split_once(' '));
            lines.find(|(category, _)| *category == wanted)
        };
        let (_, text) = form(&category).or_else(|| form("other")).unwrap_or_default();
        filled(text, &[("n", &forms.number(n))])
    }
}

/// A text with its `{places}` filled, in one pass: what fills a place is never read as a place itself.
fn filled(text: &str, places: &[(&str, &str)]) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, (place, after))) = rest
        .split_once('{')
        .and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        said.push_str(before);
        let value = places.iter().find(|(known, _)| *known == place);
        said.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    said.push_str(rest);
    said
}

/// Joins a list as people say it: "a", "a and b", "a, b and c".
pub fn list(items: &[&str]) -> String {
    spoken().forms.list(items)
}

/// A whole number as people write it.
pub fn number(n: usize) -> String {
    spoken().forms.number(n)
}

/// A day as people write it.
pub fn date(day: Day, style: DateStyle) -> String {
    spoken().forms.date(day, style)
}

/// The forms of English, for where there is no browser to ask.
struct Plain;

impl Forms for Plain {
    fn plural(&self, n: usize) -> String {
        if n == 1 { "one" } else { "other" }.into()
    }

    fn list(&self, items: &[&str]) -> String {
        match items {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        }
    }

    fn number(&self, n: usize) -> String {
        n.to_string()
    }

    // The app always has a browser to ask.
    #[cfg(target_arch = "wasm32")]
    fn date(&self, _: Day, _: DateStyle) -> String {
        String::new()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn date(&self, day: Day, style: DateStyle) -> String {
        use crate::model::dates;
        let of = |names: &str, index: usize| names.split(' ').nth(index).unwrap_or_default().to_owned();
        let weekday = of(
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
            dates::weekday(day),
        );
        let date = dates::date(day);
        let months = "January February March April May June July August September October November December";
        let month = of(months, date.month as usize - 1);
        match style {
            DateStyle::Weekday => weekday,
            DateStyle::Brief => weekday[..3].to_owned(),
            DateStyle::Short => format!("{} {} {}", &weekday[..3], date.day, &month[..3]),
            DateStyle::InYear => format!("{} {month}", date.day),
            DateStyle::Long => format!("{weekday}, {} {month} {}", date.day, date.year),
        }
    }
}

/// What a family calls an area.
pub fn area(area: Area) -> &'static str {
    match area {
        Area::SelfCare => key::AREA_SELF_CARE,
        Area::GrossMotor => key::AREA_GROSS_MOTOR,
        Area::FineMotor => key::AREA_FINE_MOTOR,
        Area::Executive => key::AREA_EXECUTIVE,
        Area::Cognition => key::AREA_COGNITION,
        Area::Attention => key::AREA_ATTENTION,
        Area::Sensory => key::AREA_SENSORY,
        Area::BodyAwareness => key::AREA_BODY_AWARENESS,
        Area::MotorPlanning => key::AREA_MOTOR_PLANNING,
        Area::VisualMotor => key::AREA_VISUAL_MOTOR,
        Area::HandEye => key::AREA_HAND_EYE,
    }
    .say()
}

/// How an activity went.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::NotThisTime => key::LEVEL_NOT_THIS_TIME,
        Level::LotOfHelp => key::LEVEL_LOT_OF_HELP,
        Level::LittleHelp => key::LEVEL_LITTLE_HELP,
        Level::ByThemselves => key::LEVEL_BY_THEMSELVES,
        Level::Easily => key::LEVEL_EASILY,
    }
    .say()
}

/// Whether it was enjoyed.
pub fn enjoyed(enjoyed: Enjoyed) -> &'static str {
    match enjoyed {
        Enjoyed::Loved => key::REMARK_LOVED,
        Enjoyed::Fine => key::REMARK_FINE,
        Enjoyed::NotToday => key::REMARK_NOT_TODAY,
    }
    .say()
}

/// How a child does what a question asks about.
pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::NotYet => key::ANSWER_NOT_YET,
        Answer::IDoMost => key::ANSWER_I_DO_MOST,
        Answer::HandsHelp => key::ANSWER_HANDS_HELP,
        Answer::Reminder => key::ANSWER_REMINDER,
        Answer::Alone => key::ANSWER_ALONE,
    }
    .say()
}

/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_looks_like_a_place_stays_a_name() {
        let said = key::CARD_WHY.with(&[("name", "{area}"), ("area", "planning")]);
        assert!(said.contains("{area}") && said.contains("planning"), "{said}");
    }
}
