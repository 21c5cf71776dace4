//! What the interface says. The texts stand in `assets/locales`, one file a language; a key is a constant, so
//! a missing text does not compile.

use just_right_engine::area::Area;

/// The key of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(usize);

include!(concat!(env!("OUT_DIR"), "/words.rs"));

impl Key {
    /// The text as it stands.
    pub fn say(self) -> &'static str {
        ENGLISH.get(self.0).copied().unwrap_or_default()
    }

    /// The text with its `{places}` filled.
    pub fn with(self, places: &[(&str, &str)]) -> String {
        places.iter().fold(self.say().to_owned(), |text, (place, value)| {
            text.replace(&format!("{{{place}}}"), value)
        })
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
