//! What somebody does on the plan of the week.

use yew::prelude::*;

use super::App;
use crate::family::{Change, Child, ChildId, Day, Planned};
use crate::model::calendar::{self, Wanted};
use crate::model::plan;
use crate::platform::{files, page};
use crate::words::{self, key, DateStyle, Key};

/// A moment by its day and its place on that day.
pub type Spot = (Day, usize);

/// What somebody did on the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// Put something on each day that has room.
    Fill,
    /// Keep a day free, or not any more.
    Free(Day),
    /// Show what can be done with a moment, or hide it again.
    Open(Spot),
    /// Show what can be put on a day, or hide it again.
    Offer(Day),
    /// Something else in the stead of a moment.
    Swap(Spot),
    /// A moment to another day.
    Move(Spot, Day),
    /// A moment off the plan.
    Remove(Spot),
    /// What is at this place among the offers on their day.
    Add(usize),
    /// The plan as it was before the last of these.
    Undo,
    /// How large it is printed.
    Large(bool),
    /// Print it.
    Print,
    /// The time of day in the calendar, in minutes; `None`: all day.
    At(Option<u16>),
    /// Whether the nickname stands in the calendar.
    Named,
    /// Save it for a calendar.
    Calendar,
}

/// What lies open on the screen of the plan.
#[derive(Debug, Default)]
pub struct Desk {
    /// The moment with which something can be done.
    pub open: Option<Spot>,
    /// The day on which something can be put, and what: ids and titles.
    pub offers: Option<(Day, Vec<(String, String)>)>,
    /// What was done last.
    pub said: String,
    /// How it was before.
    pub before: Option<Before>,
    /// Printed large.
    pub large: bool,
    /// Whether the nickname stands in the calendar.
    pub named: bool,
    /// What was swapped away is not offered at once again.
    turned_down: Vec<String>,
    at: Option<u16>,
}

/// A plan as it was before a change.
#[derive(Debug)]
pub struct Before {
    child: ChildId,
    planned: Vec<Planned>,
    /// The day that was kept free or not, if that was what changed.
    day: Option<(Day, bool)>,
}

impl App {
    pub(super) fn on_plan(&mut self, ctx: &Context<Self>, act: Act) {
        let today = self.state.today;
        let Some(child) = self.active().cloned() else {
            return;
        };
        match act {
            Act::Fill => self.fill(ctx, &child),
            Act::Free(day) => {
                let free = !child.free.contains(&day);
                let mut planned = plan::open(&child, today);
                planned.retain(|one| one.on != day || !free);
                let said = if free { key::PLAN_FREED } else { key::PLAN_NOT_FREE };
                self.set_plan(ctx, &child, planned, said, "", day);
                self.change(ctx, Change::FreeSet(child.id, day, free));
                if let Some(before) = &mut self.state.desk.before {
                    before.day = Some((day, !free));
                }
            }
            Act::Open(spot) => {
                let desk = &mut self.state.desk;
                desk.offers = None;
                desk.open = (desk.open != Some(spot)).then_some(spot);
            }
            Act::Offer(on) => {
                let desk = &mut self.state.desk;
                desk.open = None;
                let shut = desk.offers.as_ref().is_some_and(|(day, _)| *day == on);
                let present = self.state.present.as_ref().filter(|_| !shut);
                desk.offers = present.map(|present| {
                    (
                        on,
                        plan::offers(&self.state.knowledge, present, &child, today, on),
                    )
                });
            }
            Act::Swap(spot) => self.swap(ctx, &child, spot),
            Act::Move(spot, to) => {
                if let Some(moment) = plan::at(&child, spot) {
                    let place = child.plan.iter().filter(|one| one.on == to).count();
                    let planned = plan::moved(&child, today, spot, Some(to));
                    self.set_plan(ctx, &child, planned, key::PLAN_MOVED, &moment.activity, to);
                    self.state.desk.open = (spot.0 >= today).then_some((to, place));
                    self.focus_on = Some("[data-open]");
                }
            }
            Act::Remove(spot) => {
                if let Some(moment) = plan::at(&child, spot) {
                    let planned = plan::moved(&child, today, spot, None);
                    self.set_plan(ctx, &child, planned, key::PLAN_REMOVED, &moment.activity, spot.0);
                    self.focus_on = Some("[data-undo]");
                }
            }
            Act::Add(place) => {
                if let Some((on, mut offers)) = self.state.desk.offers.take() {
                    let (activity, _) = offers.swap_remove(place);
                    let mut planned = plan::open(&child, today);
                    planned.push(Planned {
                        activity: activity.clone(),
                        on,
                    });
                    self.set_plan(ctx, &child, planned, key::PLAN_MOVED, &activity, on);
                    self.focus_on = Some("[data-undo]");
                }
            }
            Act::Undo => {
                if let Some(before) = self.state.desk.before.take() {
                    let id = before.child;
                    self.change(ctx, Change::PlanSet(id, plan::since(today), before.planned));
                    if let Some((day, free)) = before.day {
                        self.change(ctx, Change::FreeSet(id, day, free));
                    }
                    self.state.desk.said = key::PLAN_UNDONE.say().to_owned();
                    self.state.desk.open = None;
                    self.focus_start = true;
                }
            }
            Act::Large(large) => self.state.desk.large = large,
            Act::Print => self.print(),
            Act::At(at) => self.state.desk.at = at,
            Act::Named => self.state.desk.named = !self.state.desk.named,
            Act::Calendar => self.save_calendar(&child),
        }
    }

    /// Puts this in the stead of what was planned, remembers how it was, and says what was done with which activity and day.
    fn set_plan(
        &mut self,
        ctx: &Context<Self>,
        child: &Child,
        planned: Vec<Planned>,
        said: Key,
        id: &str,
        day: Day,
    ) {
        let since = plan::since(self.state.today);
        self.change(ctx, Change::PlanSet(child.id, since, planned));
        let title = self.state.knowledge.title(id).unwrap_or_default();
        let desk = &mut self.state.desk;
        desk.said = said.with(&[("title", title), ("day", &words::date(day, DateStyle::Weekday))]);
        desk.before = Some(Before {
            child: child.id,
            planned: plan::open(child, self.state.today),
            day: None,
        });
        desk.open = None;
        desk.offers = None;
    }

    fn fill(&mut self, ctx: &Context<Self>, child: &Child) {
        let state = &self.state;
        if let Some(present) = &state.present {
            let most = state.family.circumstances.minutes;
            let planned = plan::filled(&state.knowledge, present, child, state.today, most);
            self.set_plan(ctx, child, planned, key::PLAN_MADE, "", self.state.today);
            self.focus_start = true;
        }
    }

    fn swap(&mut self, ctx: &Context<Self>, child: &Child, spot: Spot) {
        let state = &self.state;
        let (Some(present), Some(moment)) = (&state.present, plan::at(child, spot)) else {
            return;
        };
        let most = state.family.circumstances.minutes;
        let other = plan::other(
            &state.knowledge,
            present,
            child,
            state.today,
            spot,
            &state.desk.turned_down,
            most,
        );
        match other {
            Some(activity) => {
                let planned = plan::swapped(child, state.today, &moment, &activity);
                self.set_plan(ctx, child, planned, key::PLAN_SWAPPED, &activity, spot.0);
                self.state.desk.turned_down.push(moment.activity);
                self.state.desk.open = Some(spot);
            }
            None => self.state.desk.said = key::PLAN_NO_OTHER.say().to_owned(),
        }
        self.focus_on = Some("[data-swap]");
    }

    fn save_calendar(&mut self, child: &Child) {
        let desk = &mut self.state.desk;
        let name = child.nickname.as_ref().filter(|_| desk.named);
        let wanted = Wanted {
            child: child.id,
            name: name.map(|name| name.as_str()),
            at: desk.at,
            stamp: &page::stamp(),
        };
        let text = calendar::calendar(&self.state.week, &wanted);
        let file = key::PLAN_FILE.say();
        desk.before = None;
        desk.said = match files::save(file, &text, files::CALENDAR) {
            Ok(()) => key::PLAN_SAVED.with(&[("file", file)]),
            Err(_) => key::SETTINGS_EXPORT_REFUSED.say().to_owned(),
        };
    }
}
