//! What can be offered: activities with their rungs, the levers that shift any rung, and the gates before
//! them.

use alloc::string::String;
use alloc::vec::Vec;

use crate::area::{Area, PerArea};
use crate::demand::Demands;
use crate::safety::Safety;
use crate::unit::{Logit, Minutes};

/// The most levers that a repertoire may have.
pub const MAX_LEVERS: usize = 8;

/// Everything that can be offered, with the levers and gates that its activities name by index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Repertoire {
    /// Ways to shift any rung without changing what it is; at most [`MAX_LEVERS`].
    pub levers: Vec<Lever>,
    /// Preconditions.
    pub gates: Vec<Gate>,
    /// Activities. Their order does not matter to any result.
    pub activities: Vec<Activity>,
}

/// One activity: its rungs from easiest to hardest.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Unique; ties are broken by it.
    pub id: String,
    /// Versions, easiest first.
    pub rungs: Vec<Rung>,
    /// Preconditions: indices into [`Repertoire::gates`].
    pub gates: Vec<usize>,
    /// Which levers may be moved here: by index into [`Repertoire::levers`].
    pub levers: Vec<usize>,
    /// From getting it ready to having cleared it away.
    pub minutes: Minutes,
}

/// One authored version of an activity.
#[derive(Clone, Debug, PartialEq)]
#[repr(C)]
pub struct Rung {
    /// What safety says of it, the activity's own included.
    pub safety: Safety,
    /// What it asks.
    pub demands: Demands,
}

/// A way to shift any rung: help, seat, place, amount. Setting 0 is the usual one and shifts nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// Unique.
    pub id: String,
    /// The settings; the first shifts nothing.
    pub settings: Vec<Setting>,
}

/// One setting of a lever.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Unique in its lever.
    pub id: String,
    /// How far it moves the demand of each area, in logits; below 0 is easier.
    pub shift: PerArea<f64>,
    /// How much it takes over from the child or asks of the family, from 0. The least that works is
    /// preferred.
    pub intrusion: f64,
    /// Only where a therapist has switched it on.
    pub therapist_only: bool,
}

impl Setting {
    /// Whether it makes any area harder.
    pub fn is_harder(&self) -> bool {
        self.shift.iter().any(|&shift| shift > 0.0)
    }

    /// What it costs to choose it: that something is changed at all, and how much it takes over.
    pub(crate) fn cost(&self) -> f64 {
        0.5 + self.intrusion
    }
}

/// A precondition: an ability that must be there, or a support that stands in for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Unique.
    pub id: String,
    /// The area that it is about.
    pub area: Area,
    /// Half of the children with this ability pass.
    pub at: Logit,
    /// How many supports can meet it. The first is taken; which it is, the catalogue says.
    pub supports: usize,
}

/// One version of an activity with a setting for each lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade {
    /// Which rung, from 0.
    pub rung: u8,
    /// For each lever of the repertoire, which setting; 0 is the usual one.
    pub settings: [u8; MAX_LEVERS],
}

impl Grade {
    /// A rung as it was authored.
    pub const fn plain(rung: u8) -> Grade {
        Grade {
            rung,
            settings: [0; MAX_LEVERS],
        }
    }

    /// The same on another rung.
    #[must_use]
    pub fn on(mut self, rung: u8) -> Grade {
        self.rung = rung;
        self
    }

    /// The same with one lever set.
    #[must_use]
    pub fn with(mut self, lever: usize, setting: u8) -> Grade {
        if let Some(slot) = self.settings.get_mut(lever) {
            *slot = setting;
        }
        self
    }

    /// The levers that are not at their usual setting: (lever, setting).
    pub fn moved(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.settings
            .iter()
            .enumerate()
            .filter(|(_, &setting)| setting != 0)
            .map(|(lever, &s)| (lever, usize::from(s)))
    }
}

impl Repertoire {
    /// The activity with this id.
    pub fn activity(&self, id: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.id == id)
    }

    /// A setting of a lever, where both exist.
    pub fn setting(&self, lever: usize, setting: usize) -> Option<&Setting> {
        self.levers.get(lever)?.settings.get(setting)
    }

    /// What a grade asks: the rung's demands, moved by each lever. `None` when the rung or a setting does not
    /// exist or the activity does not allow a lever that is moved.
    pub fn demands(&self, activity: &Activity, grade: &Grade) -> Option<Demands> {
        let rung = activity.rungs.get(usize::from(grade.rung))?;
        let mut demands = rung.demands;
        for (lever, setting) in grade.moved() {
            if !activity.levers.contains(&lever) {
                return None;
            }
            let setting = self.setting(lever, setting)?;
            demands = demands.shifted(|area| setting.shift[area.index()]);
        }
        Some(demands)
    }

    /// A grade as text that survives a reordering of levers: `2` or `2~help.shown~seat.supported`.
    pub fn token(&self, grade: &Grade) -> String {
        let mut token = alloc::format!("{}", grade.rung);
        for (lever, setting) in grade.moved() {
            if let (Some(lever), Some(setting)) = (self.levers.get(lever), self.setting(lever, setting)) {
                token.push_str(&alloc::format!("~{}.{}", lever.id, setting.id));
            }
        }
        token
    }

    /// The grade that a [`token`](Repertoire::token) names, if this activity has it.
    pub fn grade(&self, activity: &Activity, token: &str) -> Option<Grade> {
        let mut parts = token.split('~');
        let mut grade = Grade::plain(parts.next()?.parse().ok()?);
        for part in parts {
            let (lever, setting) = part.split_once('.')?;
            let lever = self.levers.iter().position(|one| one.id == lever)?;
            let setting = self.levers[lever]
                .settings
                .iter()
                .position(|one| one.id == setting)?;
            grade = grade.with(lever, u8::try_from(setting).ok()?);
        }
        self.demands(activity, &grade)?;
        Some(grade)
    }
}
