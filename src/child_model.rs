//! What is believed of a child: the history, given to the engine.

use just_right_engine::ability::Profile;
use just_right_engine::area::Area;
use just_right_engine::demand::Demands;
use just_right_engine::question::Question;
use just_right_engine::safety::Protection;
use just_right_engine::unit::{Logit, Months};

use crate::family::{Child, Day, Happening, Report};

/// Days of a month, on average.
const DAYS_A_MONTH: f64 = 30.4375;

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
                let question = Question {
                    area: answered.area.0,
                    at: Logit::saturating(answered.at),
                    spread: answered.spread,
                };
                profile.answer(&question, answer.0);
            }
        }
        Happening::Reported(report) => profile.report(&asked(report), report.level.0),
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
pub fn learned(before: &Profile, after: &Profile, demands: &Demands) -> Option<Learned> {
    demands
        .iter()
        .map(|(area, _)| Learned {
            area,
            by: after.deviation(area) - before.deviation(area),
        })
        .max_by(|a, b| a.by.abs().total_cmp(&b.by.abs()))
}
