//! # The grading engine
//!
//! A probabilistic model of one child, a model of what an activity asks, and a search for the version of the
//! activity that this child will succeed at about three times in four: the *just-right challenge*.
//!
//! Read it in this order:
//!
//! 1. [`area`]: the eleven skill areas; [`unit`]: logits, months, minutes.
//! 2. [`growth`]: the typical child at an age. [`ability`]: what is believed of this child, with its
//!    uncertainty.
//! 3. [`demand`]: what a version of an activity asks, and the chance of success (a conjunction).
//! 4. [`report`]: what a parent saw, and how belief moves. [`question`]: the same for the questionnaire.
//! 5. [`repertoire`]: activities, rungs, levers, gates. [`safety`]: what is never offered.
//! 6. [`grading`]: the search over the grades of one activity. [`pick`]: the set of three. [`joint`]: one activity
//!    for several children.
//! 7. [`model`]: the numbers behind all of it, each with where it is from.
//!
//! What holds for every child, every catalogue and every sequence of reports, each law with the mutation that it caught:
//! `tests/laws.rs`. That the search misses nothing: `tests/search.rs`. That belief stays near the exact posterior:
//! `tests/oracle.rs`.
//!
//! Explanations are part of every result, as data: the engine knows no language.
//!
//! ```
//! use just_right_engine::{ability::Profile, area::Area, demand::Demands, report::Level, unit::{Logit, Months}};
//!
//! let mut child = Profile::of_age(Months::new(48.0).unwrap());
//! // Cutting along a line asks hands and eyes; half of all children manage it at about 46 months.
//! let mut cutting = Demands::new();
//! cutting.load(Area::FineMotor, Logit::new(5.4).unwrap()).unwrap();
//! cutting.load(Area::VisualMotor, Logit::new(4.0).unwrap()).unwrap();
//!
//! let before = child.outlook(&cutting).success;
//! child.report(&cutting, Level::NotThisTime);
//! assert!(child.outlook(&cutting).success < before);
//! ```
//!
//! The crate has no clock, no file, no network, no global state and no random source: it is `no_std`.
#![no_std]
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate alloc;

pub mod ability;
pub mod area;
mod belief;
pub mod demand;
pub mod grading;
pub mod growth;
pub mod joint;
mod math;
pub mod model;
mod outcome;
pub mod pick;
pub mod question;
pub mod repertoire;
pub mod report;
pub mod safety;
mod search;
mod sight;
pub mod unit;
