//! Joint activities: one activity for two or more children, each at their own grade.

use alloc::vec::Vec;

use crate::grading::{best, Plan, Refusal, Request};
use crate::repertoire::Repertoire;
use crate::safety::{Protection, Supervision};

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

    /// How near the adult stays: as near as any of the roles asks.
    pub fn supervision(&self) -> Supervision {
        let asked = self.roles.iter().map(|plan| plan.supervision);
        asked.max().unwrap_or(Supervision::ArmsReach)
    }
}

/// What safety has to know of each of these children while they share things and a place: what one of them must not get hold of
/// is in nobody's role.
pub fn protections(requests: &[Request]) -> Vec<Protection> {
    let all = || requests.iter().map(|one| (one.profile.age(), one.protection));
    let own = requests.iter().map(|one| *one.protection);
    own.map(|own| own.among(all())).collect()
}

/// The activities that suit all of these children, best first: for each the grade that fits, with everything that safety
/// asks for that child and for those beside. Equal ones go by id. Nobody to play with, nothing to play.
pub fn together(repertoire: &Repertoire, requests: &[Request], count: usize) -> Vec<Joint> {
    if requests.is_empty() {
        return Vec::new();
    }
    let protections = protections(requests);
    let both = requests.iter().zip(&protections);
    let requests: Vec<Request> = both
        .map(|(request, protection)| Request {
            protection,
            ..*request
        })
        .collect();
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
