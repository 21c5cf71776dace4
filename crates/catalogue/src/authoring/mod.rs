//! What helps authors: a skeleton to begin with, a report that shows the holes, a page of all drawings, and the format
//! as a JSON Schema for editors.

mod gallery;
mod html;
mod report;
mod skeleton;

pub use gallery::gallery;
pub use report::report;
pub use skeleton::{skeleton, Skeleton};

/// The format of an activity as a JSON Schema, made from the types that read it.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(crate::source::entry::ActivityFile);
    schema.insert("title".into(), "An activity of Just Right".into());
    format!("{:#}\n", schema.as_value())
}
