//! The plan of a week: small moments from today on, chosen by the engine and changed by the family.
//!
//! What is stored is only which activity on which day. At which grade it is done is asked when it is looked at, because by then more is
//! known of the child. Every third day begins with an easy win, and on the others it is what comes second: so easy wins are spread over
//! the week without being written down, and stay so whatever is moved.

use just_right_engine::demand::{Band, Demands};
use just_right_engine::grading::{self, Plan, Request};
use just_right_engine::pick::{self, Done, Rest, Rounds, Wanted, NO_REPEAT};
use just_right_engine::unit::Minutes;

use super::track::Track;
use super::{activity, picks, Present};
use crate::family::{Child, Day, Planned};
use crate::knowledge::Knowledge;
use crate::words::{self, key, DateStyle};

/// Days of a plan.
pub const DAYS: i32 = 7;

/// What did not happen is offered again for so many days.
const LOOKED_BACK: i32 = 7;

/// A second moment is only put where both together take no longer.
const TWO_TAKE: u16 = 30;

/// So many days of a new plan get a second moment.
const SECONDS: usize = 3;

/// What is planned from today on, and what did not happen before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Week {
    /// Seven days, today first.
    pub days: Vec<PlannedDay>,
    /// What was planned lately and not done.
    pub missed: Vec<Moment>,
}

/// A day of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedDay {
    /// Which.
    pub on: Day,
    /// "Tuesday".
    pub name: String,
    /// The same in two or three letters.
    pub brief: String,
    /// "24 November".
    pub date: String,
    /// Whether the family keeps it free.
    pub free: bool,
    /// What is planned.
    pub moments: Vec<Moment>,
}

/// An activity on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// What is stored of it.
    pub planned: Planned,
    /// Its place among all that is stored of its day.
    pub place: usize,
    /// Title.
    pub title: String,
    /// Name of the drawing.
    pub picture: String,
    /// From getting it ready to having cleared it away.
    pub minutes: u16,
    /// Whether it is there as an easy win.
    pub easy_win: bool,
    /// Whether it was done on its day.
    pub done: bool,
    /// The grade, as a token; empty where it is not possible now.
    pub grade: String,
    /// What it asks most of.
    pub area: &'static str,
    /// What the grade is called; empty while the words are on their way.
    pub rung: String,
    /// What one needs, in one line.
    pub needs: String,
    /// How near the adult stays.
    pub supervision: &'static str,
    /// Where it stands; nowhere when it is not possible now.
    pub track: Option<Track>,
}

impl Week {
    /// All that is planned from today on.
    pub fn moments(&self) -> impl Iterator<Item = &Moment> {
        self.days.iter().flat_map(|day| &day.moments)
    }

    /// All minutes of it.
    pub fn minutes(&self) -> u16 {
        self.moments().fold(0, |sum, one| sum.saturating_add(one.minutes))
    }

    /// Whether a day that is not kept free has nothing on it.
    pub fn has_room(&self) -> bool {
        self.days.iter().any(|day| !day.free && day.moments.is_empty())
    }

    /// The nearest day before or after this one that is not kept free.
    pub fn beside(&self, on: Day, later: bool) -> Option<&PlannedDay> {
        let open = |day: &&PlannedDay| !day.free;
        if later {
            self.days.iter().find(|day| day.on > on && open(day))
        } else {
            self.days.iter().rfind(|day| day.on < on && open(day))
        }
    }
}

/// The week as the screen shows it.
pub fn week(knowledge: &Knowledge, present: &Present, child: &Child, today: Day) -> Week {
    let days = (0..DAYS).map(|after| {
        let on = Day(today.0.saturating_add(after));
        let planned = child.plan.iter().filter(|one| one.on == on).enumerate();
        PlannedDay {
            on,
            name: words::date(on, DateStyle::Weekday),
            brief: words::date(on, DateStyle::Brief),
            date: words::date(on, DateStyle::InYear),
            free: child.free.contains(&on),
            moments: planned
                .filter_map(|(place, one)| moment(knowledge, present, child, one, place))
                .collect(),
        }
    });
    let coming = |id: &str| planned_in(child, today).any(|one| one.activity == id);
    let missed = child.plan.iter().filter_map(|one| {
        let lately = one.on < today && one.on >= since(today);
        let done = child
            .reports()
            .any(|report| report.activity == one.activity && report.on >= one.on);
        if !lately || done || coming(&one.activity) {
            return None;
        }
        let place = child.plan.iter().filter(|other| other.on == one.on);
        let place = place.take_while(|&other| other != one).count();
        moment(knowledge, present, child, one, place)
    });
    Week {
        days: days.collect(),
        missed: missed.collect(),
    }
}

/// From which day on edits set the plan anew: what did not happen may be moved, too.
pub fn since(today: Day) -> Day {
    Day(today.0.saturating_sub(LOOKED_BACK))
}

/// What is planned from [`since`] on.
pub fn open(child: &Child, today: Day) -> Vec<Planned> {
    let all = child.plan.iter().filter(|one| one.on >= since(today));
    all.cloned().collect()
}

/// What is planned in this week.
fn planned_in(child: &Child, today: Day) -> impl Iterator<Item = &Planned> {
    let end = today.0.saturating_add(DAYS);
    child
        .plan
        .iter()
        .filter(move |one| one.on >= today && one.on.0 < end)
}

/// Whether what stands at this place of a day is there as an easy win.
fn is_easy(on: Day, place: usize) -> bool {
    (on.0.rem_euclid(3) == 0) == (place == 0)
}

fn request<'a>(present: &'a Present, easy: bool, minutes: Option<u16>) -> Request<'a> {
    let request = present.request();
    let band = if easy { Band::EASY_WIN } else { request.band };
    Request {
        band,
        minutes: minutes.map(Minutes),
        ..request
    }
}

fn graded(knowledge: &Knowledge, present: &Present, id: &str, easy: bool) -> Option<Plan> {
    let (index, _) = knowledge.activity(id)?;
    let activity = knowledge.repertoire.activities.get(index)?;
    grading::best(&knowledge.repertoire, activity, &request(present, easy, None)).ok()
}

/// `None` for an activity that this version does not know.
fn moment(
    knowledge: &Knowledge,
    present: &Present,
    child: &Child,
    planned: &Planned,
    place: usize,
) -> Option<Moment> {
    let easy = is_easy(planned.on, place);
    let (index, content) = knowledge.activity(&planned.activity)?;
    let plan = graded(knowledge, present, &planned.activity, easy);
    let materials = knowledge.text(index).map(|text| &text.materials);
    let needs: Vec<&str> = materials
        .into_iter()
        .flatten()
        .map(|one| one.what.as_str())
        .collect();
    let rung = plan
        .as_ref()
        .and_then(|plan| knowledge.rung_name(index, usize::from(plan.grade.rung)));
    Some(Moment {
        planned: planned.clone(),
        place,
        title: content.title.clone(),
        picture: content.picture.clone(),
        minutes: content.total_minutes().0,
        easy_win: easy,
        done: child
            .reports()
            .any(|report| report.activity == planned.activity && report.on == planned.on),
        grade: plan
            .as_ref()
            .map_or_else(String::new, |plan| knowledge.repertoire.token(&plan.grade)),
        area: plan.as_ref().and_then(Plan::bottleneck).map_or("", words::area),
        rung: rung.unwrap_or_default().to_owned(),
        needs: if needs.is_empty() {
            String::new()
        } else {
            key::PLAN_NEEDS.with(&[("things", &needs.join(" · "))])
        },
        supervision: plan
            .as_ref()
            .map_or("", |plan| activity::supervision(plan.supervision)),
        track: plan.as_ref().map(|plan| Track::of(&plan.outlook)),
    })
}

/// Chooses one more activity: none that is in the week or that was turned down, and sooner one that practises what the week does
/// not yet. So what is planned counts as if it were done.
struct Chooser<'a> {
    knowledge: &'a Knowledge,
    present: &'a Present,
    done: Vec<Done>,
    /// How many of the latest must not come again.
    resting: usize,
}

impl<'a> Chooser<'a> {
    fn of(
        knowledge: &'a Knowledge,
        present: &'a Present,
        child: &Child,
        today: Day,
        turned_down: &[String],
    ) -> Chooser<'a> {
        let few = NO_REPEAT.min(knowledge.repertoire.activities.len() / 3);
        let mut chooser = Chooser {
            knowledge,
            present,
            done: present.done.clone(),
            resting: few.min(present.done.len()),
        };
        let declined = present.declined.iter();
        declined
            .chain(turned_down)
            .for_each(|id| chooser.leave_out(id, Demands::new()));
        for one in planned_in(child, today) {
            let demands = graded(knowledge, present, &one.activity, false).map(|plan| plan.demands);
            chooser.leave_out(&one.activity, demands.unwrap_or_default());
        }
        chooser
    }

    fn leave_out(&mut self, id: &str, demands: Demands) {
        self.done.push(Done {
            activity: id.to_owned(),
            demands,
            rest: Rest::default(),
        });
        self.resting += 1;
    }

    /// The next one, in at most so many minutes. It is left out from then on.
    fn choose(&mut self, easy: bool, minutes: Option<u16>) -> Option<(String, u16)> {
        let wanted = Wanted {
            count: 1,
            rounds: Rounds::AllJustRight,
            done: &self.done,
            no_repeat: self.resting,
            variety: 1.0,
            left_out: &[],
        };
        let request = request(self.present, easy, minutes);
        let found = pick::picks(&self.knowledge.repertoire, &request, &wanted);
        let pick = found.picks.first()?;
        let content = self.knowledge.catalogue.activities.get(pick.activity)?;
        self.leave_out(&content.id, pick.plan.demands);
        Some((content.id.clone(), content.total_minutes().0))
    }
}

/// The plan with something on each day that has room, in moments of at most so many minutes. A whole new week gets a second moment on a few
/// days where the first is short.
pub fn filled(
    knowledge: &Knowledge,
    present: &Present,
    child: &Child,
    today: Day,
    most: Option<u16>,
) -> Vec<Planned> {
    let mut plan = open(child, today);
    let whole = planned_in(child, today).next().is_none();
    let mut chooser = Chooser::of(knowledge, present, child, today, &[]);
    let mut firsts: Vec<(u16, Day)> = Vec::new();
    for on in (0..DAYS).map(|after| Day(today.0.saturating_add(after))) {
        if child.free.contains(&on) || plan.iter().any(|one| one.on == on) {
            continue;
        }
        if let Some((activity, minutes)) = chooser.choose(is_easy(on, 0), most) {
            firsts.push((minutes, on));
            plan.push(Planned { activity, on });
        }
    }
    if whole {
        firsts.sort_unstable();
        for (minutes, on) in firsts.into_iter().take(SECONDS) {
            let left = TWO_TAKE.saturating_sub(minutes).min(most.unwrap_or(TWO_TAKE));
            if let Some((activity, _)) = chooser.choose(is_easy(on, 1), Some(left)) {
                plan.push(Planned { activity, on });
            }
        }
    }
    plan.sort_by_key(|one| one.on);
    plan
}

/// The moment at this place of a day.
pub fn at(child: &Child, (on, place): (Day, usize)) -> Option<Planned> {
    child.plan.iter().filter(|one| one.on == on).nth(place).cloned()
}

/// The next best activity in the stead of a moment, as long as what else is on that day leaves time; `None` where nothing else fits.
pub fn other(
    knowledge: &Knowledge,
    present: &Present,
    child: &Child,
    today: Day,
    (on, place): (Day, usize),
    turned_down: &[String],
    most: Option<u16>,
) -> Option<String> {
    let of_the_day = child.plan.iter().filter(|one| one.on == on).enumerate();
    let mut limit = most;
    for (_, one) in of_the_day.filter(|&(at, _)| at != place) {
        let taken = knowledge
            .activity(&one.activity)
            .map_or(0, |(_, content)| content.total_minutes().0);
        limit = Some(limit.unwrap_or(TWO_TAKE).min(TWO_TAKE).saturating_sub(taken));
    }
    let mut chooser = Chooser::of(knowledge, present, child, today, turned_down);
    chooser.choose(is_easy(on, place), limit).map(|(id, _)| id)
}

/// The plan with this activity in the stead of a moment.
pub fn swapped(child: &Child, today: Day, moment: &Planned, activity: &str) -> Vec<Planned> {
    let mut plan = open(child, today);
    if let Some(one) = plan.iter_mut().find(|one| *one == moment) {
        activity.clone_into(&mut one.activity);
    }
    plan
}

/// The plan with a moment on another day, after what is there; without a day, off the plan.
pub fn moved(child: &Child, today: Day, spot: (Day, usize), to: Option<Day>) -> Vec<Planned> {
    let mut plan = open(child, today);
    if let Some(moment) = at(child, spot) {
        plan.retain(|one| *one != moment);
        plan.extend(to.map(|on| Planned { on, ..moment }));
    }
    plan
}

/// What can be put on a day by one tap: first what the engine would choose, then what is kept at hand and today's picks. Ids and titles;
/// nothing that is in the week already or not possible now.
pub fn offers(
    knowledge: &Knowledge,
    present: &Present,
    child: &Child,
    today: Day,
    on: Day,
) -> Vec<(String, String)> {
    let place = child.plan.iter().filter(|one| one.on == on).count();
    let next = Chooser::of(knowledge, present, child, today, &[]).choose(is_easy(on, place), None);
    let picks = picks::cards(knowledge, present, 3);
    let ids = next
        .into_iter()
        .map(|(id, _)| id)
        .chain(child.saved.iter().cloned())
        .chain(picks.into_iter().map(|card| card.id));
    let mut offers: Vec<(String, String)> = Vec::new();
    for id in ids {
        let known = offers.iter().any(|(one, _)| *one == id)
            || planned_in(child, today).any(|one| one.activity == id);
        let possible = graded(knowledge, present, &id, false).is_some();
        if let Some((_, content)) = knowledge.activity(&id).filter(|_| possible && !known) {
            offers.push((id, content.title.clone()));
        }
    }
    offers
}
