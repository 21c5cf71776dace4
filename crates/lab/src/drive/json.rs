//! JSON as it was sent, and readers that say where something is wrong and how to mend it.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// A value. A name that stands twice in one object is an error: one of the two would be lost in silence.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Flag(bool),
    /// Always finite: what is beyond a double is no JSON number here.
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Json, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Json;

            fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
                to.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
                Ok(Json::Flag(flag))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
                Ok(Json::Number(number as f64))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
                Ok(Json::Number(number as f64))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
                Ok(Json::Number(number))
            }

            fn visit_str<E>(self, text: &str) -> Result<Json, E> {
                Ok(Json::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Json, A::Error> {
                let mut list = Vec::new();
                while let Some(one) = all.next_element()? {
                    list.push(one);
                }
                Ok(Json::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Json, A::Error> {
                let mut object = BTreeMap::new();
                while let Some((name, value)) = all.next_entry::<String, Json>()? {
                    if object.contains_key(&name) {
                        return Err(A::Error::custom(format!(
                            "{} stands twice in one object",
                            quoted(&name)
                        )));
                    }
                    object.insert(name, value);
                }
                Ok(Json::Object(object))
            }
        }
        from.deserialize_any(Any)
    }
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    at: String,
    what: String,
}

impl Wrong {
    /// Something is wrong here: what, and how to mend it.
    pub fn new(what: impl Into<String>) -> Wrong {
        Wrong {
            at: String::new(),
            what: what.into(),
        }
    }

    /// Seen from one level further out.
    #[must_use]
    pub fn inside(mut self, place: impl Display) -> Wrong {
        let dot = if self.at.is_empty() || self.at.starts_with('[') {
            ""
        } else {
            "."
        };
        self.at = format!("{place}{dot}{}", self.at);
        self
    }
}

impl Display for Wrong {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        if self.at.is_empty() {
            to.write_str(&self.what)
        } else {
            write!(to, "{}: {}", self.at, self.what)
        }
    }
}

/// A name as a message quotes it, with what is too long to read left out.
pub fn quoted(name: &str) -> String {
    const MOST: usize = 60;
    let shown: String = name.chars().take(MOST).collect();
    let rest = if shown.len() < name.len() { "…" } else { "" };
    format!("“{shown}{rest}”")
}

impl Json {
    /// Reads a line.
    ///
    /// # Errors
    /// Where it stops being JSON.
    pub fn parse(line: &[u8]) -> Result<Json, Wrong> {
        // Some shells begin what they pipe with a byte order mark.
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        if line.iter().all(u8::is_ascii_whitespace) {
            return Err(Wrong::new(
                "the line is empty: send one JSON object a line, such as {\"op\":\"ability\"}",
            ));
        }
        let text = std::str::from_utf8(line).map_err(|problem| {
            let byte = problem.valid_up_to() + 1;
            Wrong::new(format!("the line is not UTF-8 at byte {byte}: send UTF-8"))
        })?;
        serde_json::from_str(text).map_err(|problem| {
            Wrong::new(format!(
                "the line is no JSON that can be read: {problem}; send one JSON object a line, such as {{\"op\":\"ability\"}}"
            ))
        })
    }

    /// What it is, for messages.
    fn described(&self) -> String {
        match self {
            Json::Null => "null".into(),
            Json::Flag(flag) => flag.to_string(),
            Json::Number(number) if number.abs() < 1e15 => format!("the number {number}"),
            Json::Number(number) => format!("the number {number:e}"),
            Json::Text(text) => format!("the text {}", quoted(text)),
            Json::List(list) => format!("a list of {}", list.len()),
            Json::Object(_) => "an object".into(),
        }
    }

    fn is_not(&self, wanted: &str) -> Wrong {
        Wrong::new(format!("{} stands here; write {wanted}", self.described()))
    }

    /// A number between two others, both included.
    ///
    /// # Errors
    /// What stands here instead.
    pub fn number(&self, low: f64, high: f64) -> Result<f64, Wrong> {
        match self {
            Json::Number(number) if (low..=high).contains(number) => Ok(*number),
            _ => Err(self.is_not(&format!("a number from {low} to {high}"))),
        }
    }

    /// A whole number between two others, both included.
    ///
    /// # Errors
    /// What stands here instead.
    pub fn whole(&self, low: f64, high: f64) -> Result<f64, Wrong> {
        match self {
            Json::Number(number) if (low..=high).contains(number) && number.fract() == 0.0 => Ok(*number),
            _ => Err(self.is_not(&format!("a whole number from {low} to {high}"))),
        }
    }

    /// How many: a whole number that is not negative. One that is larger than any memory is as good as the largest.
    ///
    /// # Errors
    /// What stands here instead.
    pub fn count(&self) -> Result<usize, Wrong> {
        match self {
            Json::Number(number) if *number >= 0.0 && number.fract() == 0.0 => Ok(*number as usize),
            _ => Err(self.is_not("a whole number, 0 or more")),
        }
    }

    /// Text.
    ///
    /// # Errors
    /// What stands here instead.
    pub fn text(&self) -> Result<&str, Wrong> {
        match self {
            Json::Text(text) => Ok(text),
            _ => Err(self.is_not("text in quotation marks")),
        }
    }

    /// Yes or no.
    ///
    /// # Errors
    /// What stands here instead.
    pub fn flag(&self) -> Result<bool, Wrong> {
        match self {
            Json::Flag(flag) => Ok(*flag),
            _ => Err(self.is_not("true or false")),
        }
    }

    /// A list, read one by one; the reader is told the place of each.
    ///
    /// # Errors
    /// What stands here instead, or what is wrong with one of it.
    pub fn each<'a, T>(
        &'a self,
        mut read: impl FnMut(usize, &'a Json) -> Result<T, Wrong>,
    ) -> Result<Vec<T>, Wrong> {
        let Json::List(list) = self else {
            return Err(self.is_not("a list in square brackets"));
        };
        let read = |(place, one)| read(place, one).map_err(|wrong| wrong.inside(format_args!("[{place}]")));
        list.iter().enumerate().map(read).collect()
    }

    /// A list of so many numbers between two others.
    ///
    /// # Errors
    /// What stands here instead.
    pub fn numbers(&self, count: usize, low: f64, high: f64) -> Result<Vec<f64>, Wrong> {
        match self {
            Json::List(list) if list.len() != count => {
                Err(self.is_not(&format!("a list of {count}, one for each area")))
            }
            _ => self.each(|_, one| one.number(low, high)),
        }
    }

    /// An object.
    ///
    /// # Errors
    /// What stands here instead.
    pub fn object(&self) -> Result<Fields<'_>, Wrong> {
        match self {
            Json::Object(fields) => Ok(Fields(fields)),
            _ => Err(self.is_not("an object in braces")),
        }
    }
}

/// The fields of an object.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(&'a BTreeMap<String, Json>);

impl<'a> Fields<'a> {
    /// Names and values, by name.
    pub fn all(self) -> impl Iterator<Item = (&'a str, &'a Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether a field is there and not null.
    pub fn has(self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| *value != Json::Null)
    }

    /// A field that must be there.
    ///
    /// # Errors
    /// That it is missing, or what is wrong in it.
    pub fn need<T>(self, name: &str, read: impl FnOnce(&'a Json) -> Result<T, Wrong>) -> Result<T, Wrong> {
        match self.may(name, read)? {
            Some(value) => Ok(value),
            None => Err(Wrong::new(format!(
                "the field {} is missing: add it",
                quoted(name)
            ))),
        }
    }

    /// A field that may be there; null counts as not there.
    ///
    /// # Errors
    /// What is wrong in it.
    pub fn may<T>(
        self,
        name: &str,
        read: impl FnOnce(&'a Json) -> Result<T, Wrong>,
    ) -> Result<Option<T>, Wrong> {
        match self.0.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(value) => read(value).map(Some).map_err(|wrong| wrong.inside(name)),
        }
    }
}
