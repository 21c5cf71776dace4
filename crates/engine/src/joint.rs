//! Joint activities: one activity for two or more children, each at their own grade.

use alloc::vec::Vec;

use crate::grading::{best, Plan, Refusal, Request};
use crate::repertoire::Repertoire;

/// An activity that suits all of the children.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// Index into [`Repertoire::activities`].
    pub activity: usize,
    /// What each child does in it, in the order of the requests.
    pub roles: Vec<Plan>,
}

impl Joint {
    /// How well it suits the child whom it suits least: a joint activity is as good as that.
    pub fn in_band(&self) -> f64 {
        self.roles.iter().map(|plan| plan.in_band).fold(1.0, f64::min)
    }
}

/// The activities that suit all of these children, best first: for each the grade that fits, with everything that safety
/// asks for that child. Equal ones go by id. Nobody to play with, nothing to play.
pub fn together(repertoire: &Repertoire, requests: &[Request], count: usize) -> Vec<Joint> {
    if requests.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Joint> = repertoire
        .activities
        .iter()
        .enumerate()
        .filter_map(|(index, activity)| {
            let roles: Result<Vec<Plan>, Refusal> = requests
                .iter()
                .map(|request| best(repertoire, activity, request))
                .collect();
            roles.ok().map(|roles| Joint {
                activity: index,
                roles,
            })
        })
        .collect();
    let id = |joint: &Joint| &repertoire.activities[joint.activity].id;
    found.sort_by(|a, b| b.in_band().total_cmp(&a.in_band()).then_with(|| id(a).cmp(id(b))));
    found.truncate(count);
    found
}
