//! What is believed of a child: the history, given to the engine.

use just_right_engine::ability::Profile;
use just_right_engine::area::{Area, PerArea};
use just_right_engine::demand::Demands;
use just_right_engine::pick::{Done, Rest};
use just_right_engine::question::Question;
use just_right_engine::safety::Protection;
use just_right_engine::unit::{Logit, Months};

use crate::family::{Child, Day, Enjoyed, Happening, Report};

/// Days of a month, on average.
const DAYS_A_MONTH: f64 = 30.4375;

/// So many logits sooner than a tester do parents say that a child does something already: the mean over 572 children whom
/// both a parent and a tester saw (pilot study of the design). How far parents lie apart in it is the engine's own:
/// `Model::reporter_sd`.
const PARENTS_GENEROUS_BY: f64 = 0.33;

/// What is believed of this child today: age alone at first, then everything that happened in its order, with
/// the time that passed between.
pub fn profile(child: &Child, today: Day) -> Profile {
    Memory::default().profile(child, today)
}

/// Beliefs that were worked out before, so that a history is not gone through from its first day at each look.
///
/// Nothing in it can be out of date: a belief is used only for a child whose age, day and history so far are the very ones
/// that it was made of, whoever that child is.
#[derive(Debug, Default)]
pub struct Memory {
    /// The latest first.
    beliefs: Vec<Belief>,
}

/// So many beliefs are kept, of 0.1 MB each: for three children that one goes back and forth between, with and without what
/// happened last, which may be taken back.
const KEPT: usize = 6;

impl Memory {
    /// The same as [`profile`], without going again through what was gone through before.
    pub fn profile(&mut self, child: &Child, today: Day) -> Profile {
        let beginning = Beginning::of(child, today);
        let known = self.beliefs.iter().filter(|one| one.leads_to(&beginning, child));
        let furthest = known.max_by_key(|one| one.history.len());
        let mut belief = furthest.cloned().unwrap_or_else(|| Belief::of(beginning));
        let left = child.history.get(belief.history.len()..).unwrap_or_default();
        if let Some((last, before)) = left.split_last() {
            before.iter().for_each(|happening| belief.learn(happening));
            self.keep(belief.clone());
            belief.learn(last);
        }
        self.keep(belief.clone());
        belief.today()
    }

    fn keep(&mut self, belief: Belief) {
        let same = |one: &Belief| one.beginning == belief.beginning && one.history == belief.history;
        self.beliefs.retain(|one| !same(one));
        self.beliefs.insert(0, belief);
        self.beliefs.truncate(KEPT);
    }
}

/// Where a replay begins, and on which day it is made.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Beginning {
    age: Months,
    on: Day,
    today: Day,
}

impl Beginning {
    fn of(child: &Child, today: Day) -> Beginning {
        // A day that has not come yet was written by a clock that ran ahead: it counts as today.
        let said = child.age_on.min(today);
        // What is older than the child, as the age was corrected to, counts from the first month of life on.
        let first_month = Day(said
            .0
            .saturating_sub((f64::from(child.age.get() - 1) * DAYS_A_MONTH) as i32));
        let on = child
            .history
            .first()
            .map_or(today, Happening::day)
            .min(today)
            .max(first_month);
        // The age on the day of the first happening; before the age was said, the child was younger.
        let early = (f64::from(said.0) - f64::from(on.0)) / DAYS_A_MONTH;
        let age = Months::saturating(f64::from(child.age.get()) - early);
        Beginning { age, on, today }
    }
}

/// What is believed after a part of a history.
#[derive(Clone, Debug)]
struct Belief {
    beginning: Beginning,
    history: Vec<Happening>,
    /// The latest day in it.
    on: Day,
    profile: Profile,
}

impl Belief {
    fn of(beginning: Beginning) -> Belief {
        Belief {
            beginning,
            history: Vec::new(),
            on: beginning.on,
            profile: Profile::of_age(beginning.age),
        }
    }

    /// Whether a replay for this child comes by here.
    fn leads_to(&self, beginning: &Beginning, child: &Child) -> bool {
        self.beginning == *beginning && child.history.starts_with(&self.history)
    }

    fn learn(&mut self, happening: &Happening) {
        let day = happening.day().min(self.beginning.today);
        self.profile.elapse(f64::from(day.since(self.on)));
        self.on = self.on.max(day);
        learn(&mut self.profile, happening);
        self.history.push(happening.clone());
    }

    fn today(mut self) -> Profile {
        self.profile
            .elapse(f64::from(self.beginning.today.since(self.on)));
        self.profile
    }
}

/// Learns from one happening.
fn learn(profile: &mut Profile, happening: &Happening) {
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
        rest: rest(report.enjoyed),
    }
}

/// What a child likes decides when an activity comes back, and nothing else: it says nothing of what the child can do, and a
/// child who loves one thing is still offered all areas. So only its rest changes. Loved: half as long, 4 reported picks for 8,
/// because doing a loved thing again is practice that nobody has to be talked into. Not today: twice as long, 16 for 8, which
/// is about five days with three picks; it comes back all the same, for “not today” is not “never”.
fn rest(enjoyed: Option<Enjoyed>) -> Rest {
    match enjoyed {
        Some(Enjoyed::Loved) => Rest::Half,
        Some(Enjoyed::NotToday) => Rest::Double,
        Some(Enjoyed::Fine) | None => Rest::Usual,
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
        youngest: None,
        mouthing: child.mouthing,
        allergens: child.allergens.iter().map(|id| id.0).collect(),
        limits: child.limits.iter().map(|id| id.0).collect(),
    }
}

/// What was believed of a child on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The day.
    pub on: Day,
    /// Of each area.
    pub areas: PerArea<Seen>,
}

/// What was believed of one area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Expected ability, in logits.
    pub ability: f64,
    /// How far that lies from where age alone would put it.
    pub deviation: f64,
    /// How unsure it is: standard deviation in logits.
    pub spread: f64,
}

impl Moment {
    fn of(profile: &Profile, on: Day) -> Moment {
        let areas = Area::ALL.map(|area| Seen {
            ability: profile.ability(area).get(),
            deviation: profile.deviation(area),
            spread: profile.uncertainty(area),
        });
        Moment { on, areas }
    }
}

/// The most moments of a [`course`].
pub const MOST_MOMENTS: usize = 24;

/// How the belief came about: before anything was told, after each time that something was, and today. Days are taken together
/// where there are many, so that there are never more than [`MOST_MOMENTS`].
pub fn course(child: &Child, today: Day) -> Vec<Moment> {
    let beginning = Beginning::of(child, today);
    let mut belief = Belief::of(beginning);
    // The first moment and one more than fits into whole stretches: so many are left.
    let stretch = today.since(beginning.on) / (MOST_MOMENTS as i32 - 2) + 1;
    let place = |day: Day| day.since(beginning.on) / stretch;
    let before = Day(beginning.on.0.saturating_sub(stretch));
    let mut moments = vec![Moment::of(&belief.profile, before)];
    for happening in &child.history {
        let day = happening.day().min(today).max(belief.on);
        if !belief.history.is_empty() && place(day) > place(belief.on) {
            moments.push(Moment::of(&belief.profile, belief.on));
        }
        belief.learn(happening);
    }
    if !belief.history.is_empty() && place(today) > place(belief.on) {
        moments.push(Moment::of(&belief.profile, belief.on));
    }
    moments.push(Moment::of(&belief.today(), today));
    moments
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
