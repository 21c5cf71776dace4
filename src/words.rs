//! What the interface says. The texts stand in `assets/locales`, one file a language; a key is a constant, so
//! a missing text does not compile.

use just_right_engine::area::Area;
use just_right_engine::question::Answer;
use just_right_engine::report::Level;

use crate::family::Enjoyed;

/// The key of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(usize);

include!(concat!(env!("OUT_DIR"), "/words.rs"));

impl Key {
    /// The text as it stands.
    pub fn say(self) -> &'static str {
        ENGLISH.get(self.0).copied().unwrap_or_default()
    }

    /// The text with its `{places}` filled, in one pass: what fills a place is never read as a place itself.
    pub fn with(self, places: &[(&str, &str)]) -> String {
        let mut said = String::new();
        let mut rest = self.say();
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

/// Joins a list as people say it: "a", "a and b", "a, b and c".
pub fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => {
            key::LIST_AND.with(&[("list", &most.join(key::LIST_COMMA.say())), ("last", last)])
        }
    }
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
