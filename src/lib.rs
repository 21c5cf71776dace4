//! # Just Right
//!
//! Picks activities for a child at the just-right challenge. From the bottom up:
//!
//! - [`family`]: the family's data and every change of it; [`snapshot`]: its stored form.
//! - [`knowledge`]: the content; [`child_model`]: what is believed of a child.
//! - [`model`]: what each screen says, as data. [`words`]: the interface's text. [`route`]: where somebody
//!   is.
//! - [`app`]: the one component; `views`: data to html; [`platform`]: the only door to the browser;
//!   [`embed`]: the boundary to JavaScript.

pub mod app;
pub mod child_model;
pub mod embed;
pub mod family;
pub mod knowledge;
pub mod model;
pub mod platform;
#[cfg(feature = "test-hooks")]
pub mod pseudo;
pub mod route;
pub mod snapshot;
mod views;
pub mod words;
