//! Writing values one after the other, and reading them back in the same order.

use std::collections::{BTreeMap, HashMap};

use super::wordbook::{self, Reader};
use super::Broken;
use crate::id::{Id, Named};

/// What is written.
#[derive(Default)]
pub struct Tape {
    numbers: Vec<u8>,
    /// Each once, in the order of its first use.
    names: Vec<String>,
    place_of_name: HashMap<String, u64>,
    plain: Vec<String>,
    texts: Vec<String>,
}

/// What is read, from its beginning on.
pub struct Scroll<'a> {
    numbers: &'a [u8],
    names: Vec<&'a str>,
    plain: core::str::Split<'a, char>,
    texts: Reader<'a>,
}

/// Ends a name or a plain string; what they hold never contains it.
const BREAK: char = '\n';

impl Tape {
    /// A number from 0 on; small ones take less room.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.numbers.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.numbers.push(number as u8);
    }

    /// A number on either side of 0.
    pub fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    /// A number with so many parts to one; the rest is rounded away.
    pub fn in_parts(&mut self, number: f32, parts: f32) {
        self.signed((f64::from(number) * f64::from(parts)).round() as i64);
    }

    /// A string that may stand in several places: an id, a code, a colour.
    pub fn name(&mut self, name: &str) {
        let next = self.names.len() as u64;
        let place = *self.place_of_name.entry(name.to_owned()).or_insert(next);
        if place == next {
            self.names.push(unbroken(name));
        }
        self.number(place);
    }

    /// A string that is like no other: the path of a drawing.
    pub fn plain(&mut self, plain: &str) {
        self.plain.push(unbroken(plain));
    }

    /// A sentence.
    pub fn text(&mut self, text: &str) {
        self.texts.push(text.to_owned());
    }

    /// All that was written.
    pub fn finish(self) -> Vec<u8> {
        let coded = wordbook::coded(&self.texts);
        let mut bytes = Vec::new();
        for part in [
            coded.words.as_bytes(),
            coded.said_once.as_bytes(),
            joined(&self.names).as_bytes(),
            joined(&self.plain).as_bytes(),
            &self.numbers,
        ] {
            let mut size = Tape::default();
            size.number(part.len() as u64);
            bytes.extend(size.numbers);
            bytes.extend(part);
        }
        bytes.extend(coded.codes);
        bytes
    }
}

fn unbroken(text: &str) -> String {
    text.replace(BREAK, " ")
}

/// Each string with its end.
fn joined(strings: &[String]) -> String {
    strings.iter().fold(String::new(), |all, one| all + one + "\n")
}

impl<'a> Scroll<'a> {
    /// Begins to read.
    ///
    /// # Errors
    /// Where these are no bytes of a [`Tape`].
    pub fn open(mut bytes: &'a [u8]) -> Result<Scroll<'a>, Broken> {
        let mut part = || {
            let size = usize::try_from(number(&mut bytes)?).map_err(|_| Broken)?;
            let (part, rest) = bytes.split_at_checked(size).ok_or(Broken)?;
            bytes = rest;
            Ok(part)
        };
        let (words, said_once, names, plain) =
            (text(part()?)?, text(part()?)?, text(part()?)?, text(part()?)?);
        let numbers = part()?;
        Ok(Scroll {
            numbers,
            names: names.split_terminator(BREAK).collect(),
            plain: plain.split(BREAK),
            texts: Reader::new(words, said_once, bytes),
        })
    }

    /// See [`Tape::number`].
    ///
    /// # Errors
    /// Where there is none.
    pub fn number(&mut self) -> Result<u64, Broken> {
        number(&mut self.numbers)
    }

    /// A number that fits.
    ///
    /// # Errors
    /// Where there is none, or a larger one.
    pub fn small<T: TryFrom<u64>>(&mut self) -> Result<T, Broken> {
        T::try_from(self.number()?).map_err(|_| Broken)
    }

    /// See [`Tape::signed`].
    ///
    /// # Errors
    /// Where there is none.
    pub fn signed(&mut self) -> Result<i64, Broken> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// See [`Tape::in_parts`].
    ///
    /// # Errors
    /// Where there is none.
    pub fn in_parts(&mut self, parts: f32) -> Result<f32, Broken> {
        Ok((self.signed()? as f64 / f64::from(parts)) as f32)
    }

    /// See [`Tape::name`].
    ///
    /// # Errors
    /// Where there is none.
    pub fn name(&mut self) -> Result<&'a str, Broken> {
        let place: usize = self.small()?;
        self.names.get(place).copied().ok_or(Broken)
    }

    /// See [`Tape::plain`].
    ///
    /// # Errors
    /// Where there is none.
    pub fn plain(&mut self) -> Result<&'a str, Broken> {
        self.plain.next().ok_or(Broken)
    }

    /// See [`Tape::text`].
    ///
    /// # Errors
    /// Where there is none.
    pub fn text(&mut self) -> Result<String, Broken> {
        self.texts.text()
    }

    /// Nothing is left.
    ///
    /// # Errors
    /// Where something is.
    pub fn finish(mut self) -> Result<(), Broken> {
        // The last plain string has its end, too, behind which an empty one stands.
        let no_plain = self.plain.next().is_none_or(str::is_empty) && self.plain.next().is_none();
        (self.numbers.is_empty() && no_plain && self.texts.is_empty())
            .then_some(())
            .ok_or(Broken)
    }
}

fn number(bytes: &mut &[u8]) -> Result<u64, Broken> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(Broken)?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(Broken)
}

fn text(bytes: &[u8]) -> Result<&str, Broken> {
    core::str::from_utf8(bytes).map_err(|_| Broken)
}

/// What can be kept on a tape.
pub trait Kept: Sized {
    /// Writes it.
    fn keep(&self, tape: &mut Tape);
    /// Reads it.
    ///
    /// # Errors
    /// Where something else stands there.
    fn read(scroll: &mut Scroll) -> Result<Self, Broken>;
}

/// A string is a sentence, where nothing else is said.
impl Kept for String {
    fn keep(&self, tape: &mut Tape) {
        tape.text(self);
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        scroll.text()
    }
}

macro_rules! numbers {
    ($($number:ty)*) => { $(
        impl Kept for $number {
            fn keep(&self, tape: &mut Tape) {
                tape.number(u64::from(*self));
            }

            fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
                scroll.small()
            }
        }
    )* };
}
numbers! { u8 u16 u64 }

impl Kept for bool {
    fn keep(&self, tape: &mut Tape) {
        tape.number((*self).into());
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        Ok(scroll.small::<u8>()? != 0)
    }
}

impl<T: Named> Kept for Id<T> {
    fn keep(&self, tape: &mut Tape) {
        let place = T::all().iter().position(|one| *one == self.0).unwrap_or_default();
        tape.number(place as u64);
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        let place: usize = scroll.small()?;
        T::all().get(place).copied().map(Id).ok_or(Broken)
    }
}

impl<T: Kept> Kept for Option<T> {
    fn keep(&self, tape: &mut Tape) {
        self.is_some().keep(tape);
        if let Some(value) = self {
            value.keep(tape);
        }
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        Ok(if bool::read(scroll)? {
            Some(T::read(scroll)?)
        } else {
            None
        })
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn keep(&self, tape: &mut Tape) {
        tape.number(self.len() as u64);
        self.iter().for_each(|one| one.keep(tape));
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        // Each reads something, so a length that is too long ends with the bytes.
        let length = scroll.number()?;
        (0..length).map(|_| T::read(scroll)).collect()
    }
}

impl<K: Kept + Ord, V: Kept> Kept for BTreeMap<K, V> {
    fn keep(&self, tape: &mut Tape) {
        tape.number(self.len() as u64);
        self.iter().for_each(|(key, value)| {
            key.keep(tape);
            value.keep(tape);
        });
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        let length = scroll.number()?;
        (0..length)
            .map(|_| Ok((K::read(scroll)?, V::read(scroll)?)))
            .collect()
    }
}

impl<A: Kept, B: Kept> Kept for (A, B) {
    fn keep(&self, tape: &mut Tape) {
        self.0.keep(tape);
        self.1.keep(tape);
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        Ok((A::read(scroll)?, B::read(scroll)?))
    }
}

impl<A: Kept, B: Kept, C: Kept> Kept for (A, B, C) {
    fn keep(&self, tape: &mut Tape) {
        self.0.keep(tape);
        self.1.keep(tape);
        self.2.keep(tape);
    }

    fn read(scroll: &mut Scroll) -> Result<Self, Broken> {
        Ok((A::read(scroll)?, B::read(scroll)?, C::read(scroll)?))
    }
}

/// Keeps a struct as its fields, one after the other; `field: way` keeps one by the functions of a module.
macro_rules! kept {
    (@keep $value:expr, $tape:ident) => { $crate::compact::Kept::keep(&$value, $tape) };
    (@keep $value:expr, $tape:ident, $way:ident) => { $way::keep(&$value, $tape) };
    (@read $scroll:ident) => { $crate::compact::Kept::read($scroll)? };
    (@read $scroll:ident, $way:ident) => { $way::read($scroll)? };
    ($($type:ty { $($field:ident $(: $way:ident)?),* $(,)? })*) => { $(
        impl $crate::compact::Kept for $type {
            fn keep(&self, tape: &mut $crate::compact::Tape) {
                $(kept!(@keep self.$field, tape $(, $way)?);)*
            }

            fn read(scroll: &mut $crate::compact::Scroll) -> Result<Self, $crate::compact::Broken> {
                $(let $field = kept!(@read scroll $(, $way)?);)*
                Ok(Self { $($field),* })
            }
        }
    )* };
}
pub(crate) use kept;
