//! What several children do together: one activity, each child in a role at its own grade.
//!
//! While they share things and a place, what the youngest must not get hold of is in nobody's role, and the adult stays as near as the
//! youngest needs: the engine sees to it ([`joint`]).

use just_right_engine::joint;

use super::activity::{self, NoPage, Page};
use super::track::Track;
use super::{picks, Present};
use crate::child_model::Memory;
use crate::family::{ChildId, Day, Family};
use crate::knowledge::Knowledge;

/// The most activities that are shown.
pub const MOST: usize = 6;

/// An activity that suits all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Id of the activity.
    pub id: String,
    /// Title.
    pub title: String,
    /// Name of the drawing.
    pub picture: String,
    /// Minutes in all.
    pub minutes: u16,
    /// How near the adult stays: the strictest of all.
    pub supervision: &'static str,
    /// What each child does, in the family's order: what is chosen for them in one line, and where it stands.
    pub roles: Vec<(String, Track)>,
}

/// One child's role.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Whose.
    pub child: ChildId,
    /// What the child is called.
    pub name: String,
    /// Everything about it.
    pub page: Page,
}

/// These children as screens speak of them, each with what safety has to know while the others are beside.
pub fn presents(
    family: &Family,
    chosen: &[ChildId],
    today: Day,
    memory: &mut Memory,
) -> Vec<(ChildId, Present)> {
    let children = family.children.iter().filter(|child| chosen.contains(&child.id));
    let mut all: Vec<(ChildId, Present)> = children
        .map(|child| (child.id, Present::of(family, child, today, memory)))
        .collect();
    let requests: Vec<_> = all.iter().map(|(_, present)| present.request()).collect();
    let protections = joint::protections(&requests);
    for ((_, present), protection) in all.iter_mut().zip(protections) {
        present.protection = protection;
    }
    all
}

/// What suits all of them, best first.
pub fn cards(knowledge: &Knowledge, presents: &[(ChildId, Present)]) -> Vec<Card> {
    let requests: Vec<_> = presents.iter().map(|(_, present)| present.request()).collect();
    let found = joint::together(&knowledge.repertoire, &requests, MOST);
    let card = |joint: &joint::Joint| {
        let activity = knowledge.catalogue.activities.get(joint.activity)?;
        let roles = joint.roles.iter().zip(presents).map(|(plan, (_, present))| {
            let rung = knowledge.rung_name(joint.activity, usize::from(plan.grade.rung));
            let said = rung.map_or_else(String::new, |rung| {
                picks::for_child(knowledge, present, rung, plan)
            });
            (said, Track::of(&plan.outlook))
        });
        Some(Card {
            id: activity.id.clone(),
            title: activity.title.clone(),
            picture: activity.picture.clone(),
            minutes: activity.total_minutes().0,
            supervision: activity::supervision(joint.supervision()),
            roles: roles.collect(),
        })
    };
    found.iter().filter_map(card).collect()
}

/// Each child's role in one activity.
///
/// # Errors
/// Why there is none: what keeps one of them from it keeps all.
pub fn roles(knowledge: &Knowledge, presents: &[(ChildId, Present)], id: &str) -> Result<Vec<Role>, NoPage> {
    let role = |(child, present): &(ChildId, Present)| {
        activity::page(knowledge, present, id, None).map(|page| Role {
            child: *child,
            name: present.name_first.clone(),
            page,
        })
    };
    presents.iter().map(role).collect()
}

/// How near the adult stays: as near as the role asks that asks most.
pub fn supervision(roles: &[Role]) -> &'static str {
    let most = roles.iter().map(|role| role.page.plan.supervision).max();
    most.map_or("", activity::supervision)
}
