//! Doing an activity: one large step at a time.

use super::activity::Page;
use crate::words::key;

/// One step on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Doing {
    /// What to do now.
    pub now: String,
    /// "Get ready" or "Step 2 of 3".
    pub label: String,
    /// What comes next.
    pub next: Option<String>,
    /// Which step, from 0.
    pub index: usize,
    /// How many there are.
    pub count: usize,
}

/// The step with this index, or the last one.
pub fn doing(page: &Page, index: usize) -> Doing {
    let ready = page.set_up.len();
    let all: Vec<&String> = page.set_up.iter().chain(&page.steps).collect();
    let index = index.min(all.len().saturating_sub(1));
    let label = if index < ready {
        key::DOING_READY.say().to_owned()
    } else {
        key::DOING_STEP.with(&[
            ("n", &(index - ready + 1).to_string()),
            ("count", &page.steps.len().to_string()),
        ])
    };
    Doing {
        now: all.get(index).map_or_else(String::new, |text| (*text).clone()),
        label,
        next: all.get(index + 1).map(|text| (*text).clone()),
        index,
        count: all.len(),
    }
}
