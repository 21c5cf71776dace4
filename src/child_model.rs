//! What is believed of a child: the history, given to the engine.

use just_right_engine::ability::Profile;
use just_right_engine::area::Area;
use just_right_engine::demand::Demands;
use just_right_engine::pick::Done;
use just_right_engine::question::Question;
use just_right_engine::safety::Protection;
use just_right_engine::unit::{Logit, Months};

use crate::family::{Child, Day, Happening, Report};

/// Days of a month, on average.
const DAYS_A_MONTH: f64 = 30.4375;

/// So many logits sooner than a tester do parents say that a child does something already: the mean over 572 children whom
/// both a parent and a tester saw (pilot study of the design). How far parents lie apart in it is the engine's own:
/// `Model::reporter_sd`.
const PARENTS_GENEROUS_BY: f64 = 0.33;

/// What is believed of this child today: age alone at first, then everything that happened in its order, with
/// the time that passed between.
pub fn profile(child: &Child, today: Day) -> Profile {
    // A day that has not come yet was written by a clock that ran ahead: it counts as today.
    let said = child.age_on.min(today);
    // What is older than the child, as the age was corrected to, counts from the first month of life on.
    let first_month = Day(said
        .0
        .saturating_sub((f64::from(child.age.get() - 1) * DAYS_A_MONTH) as i32));
    let first = child
        .history
        .first()
        .map_or(today, Happening::day)
        .min(today)
        .max(first_month);
    // The age on the day of the first happening; before the age was said, the child was younger.
    let early = (f64::from(said.0) - f64::from(first.0)) / DAYS_A_MONTH;
    let mut profile = Profile::of_age(Months::saturating(f64::from(child.age.get()) - early));
    let mut now = first;
    for happening in &child.history {
        let day = happening.day().min(today);
        profile.elapse(f64::from(day.since(now)));
        now = now.max(day);
        learn(&mut profile, happening);
    }
    profile.elapse(f64::from(today.since(now)));
    profile
}

/// Learns from one happening.
pub fn learn(profile: &mut Profile, happening: &Happening) {
    match happening {
        Happening::Answered(answered) => {
            if let Some(answer) = answered.answer {
                profile.answer(&question(answered.area.0, answered.at, answered.spread), answer.0);
            }
        }
        Happening::Reported(report) => profile.report(&asked(report), report.level.0),
    }
}

/// What the engine hears when a parent is asked whether a child does something that lies at this ability.
///
/// A history stores the difficulty itself, so what is known of reporters may change and old answers keep their meaning.
pub fn question(area: Area, at: f64, spread: f64) -> Question {
    Question {
        area,
        at: Logit::saturating(at - PARENTS_GENEROUS_BY),
        spread,
        slope: 1.0,
    }
}

/// What was done, as the choice of the next picks counts it.
pub fn done(report: &Report) -> Done {
    Done {
        activity: report.activity.clone(),
        demands: asked(report),
    }
}

/// What a report's grade asked.
pub fn asked(report: &Report) -> Demands {
    let mut demands = Demands::new().with_spread(report.spread);
    for &(area, at) in &report.asked {
        // A stored report that names an area twice is read as naming it once.
        let _ = demands.load(area.0, Logit::saturating(at));
    }
    demands
}

/// What safety has to know of this child.
pub fn protection(child: &Child) -> Protection {
    Protection {
        mouthing: child.mouthing,
        allergens: child.allergens.iter().map(|id| id.0).collect(),
        limits: child.limits.iter().map(|id| id.0).collect(),
    }
}

/// What one report taught.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learned {
    /// The area in which belief moved most, of those that the activity asks something of.
    pub area: Area,
    /// By how much, in logits: above 0 we think more of it than before.
    pub by: f64,
}

/// Compares belief before and after a report.
///
/// With several areas asked, a success can lower one of them a little: the others explain it better now. What is said is
/// the area that moved most the way that the whole moved, for that is the way the next picks go.
pub fn learned(before: &Profile, after: &Profile, demands: &Demands) -> Option<Learned> {
    let success = |profile: &Profile| profile.outlook(demands).success;
    let whole = success(after) - success(before);
    let moved = demands.iter().map(|(area, _)| Learned {
        area,
        by: after.deviation(area) - before.deviation(area),
    });
    let along = |one: &Learned| (one.by * whole.signum()).max(0.0);
    let most = moved.max_by(|a, b| along(a).total_cmp(&along(b)))?;
    Some(Learned {
        by: along(&most).copysign(whole),
        ..most
    })
}
