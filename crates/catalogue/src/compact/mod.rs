//! The compiled form of the content: small to carry before anything compresses it, smaller after.
//!
//! A part is written as a [`Tape`]: numbers in one place, strings in others, because each kind compresses better among
//! its own. Sentences are kept as codes of words ([`wordbook`]); ids, codes and colours as a list in which each stands
//! once; paths of drawings as they are. [`Scroll`] reads it back, and refuses bytes that it does not understand.

mod numbering;
mod parts;
mod tape;
mod wordbook;

#[cfg(feature = "source")]
pub(crate) use parts::{logits, months, spread};

pub use tape::{Kept, Scroll, Tape};

use core::fmt;

/// Bytes that are no part of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("this is no content of this version")
    }
}

impl core::error::Error for Broken {}

/// A part of the content that travels by itself.
pub trait Part: Kept {
    /// The compiled form.
    fn to_bytes(&self) -> Vec<u8> {
        let mut tape = Tape::default();
        self.keep(&mut tape);
        tape.finish()
    }

    /// Back from the compiled form.
    ///
    /// # Errors
    /// Where the bytes were not made by [`to_bytes`](Part::to_bytes) of the same version.
    fn from_bytes(bytes: &[u8]) -> Result<Self, Broken> {
        let mut scroll = Scroll::open(bytes)?;
        let part = Self::read(&mut scroll)?;
        scroll.finish()?;
        Ok(part)
    }
}
