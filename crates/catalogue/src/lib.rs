//! # What can be done
//!
//! Activities, levers, gates, questions, advice and pictures: the types that the app reads ([`content`]), the
//! one reader of their source files ([`source`], behind the feature of that name, with what helps their authors:
//! [`authoring`]), and the bridge to the engine ([`Catalogue::repertoire`]).
//!
//! The app carries the content compiled, in three [parts](compact::Part):
//! [`to_bytes`](compact::Part::to_bytes) at build time, [`from_bytes`](compact::Part::from_bytes) in the
//! browser.

#[cfg(feature = "source")]
pub mod authoring;
pub mod compact;
pub mod content;
mod id;
#[cfg(feature = "source")]
pub mod source;

pub use compact::Part;
pub use content::Catalogue;
pub use id::{Id, Named};
