//! What somebody does on the plan of the week.

use yew::prelude::*;

use super::{App, NoticeKind};
use crate::family::{Change, Child, ChildId, Day, Planned};
use crate::model::calendar::{self, Wanted};
use crate::model::{dates, plan};
use crate::platform::{files, page, print};
use crate::words::key;

/// What somebody did on the plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Put something on each day that has room.
    Fill,
    /// Keep a day free, or not any more.
    Free(Day),
    /// Show what can be done with a moment, or hide it again.
    Open(Planned),
    /// Show what can be put on a day, or hide it again.
    Offer(Day),
    /// Something else in the stead of a moment.
    Swap(Planned),
    /// A moment to another day.
    Move(Planned, Day),
    /// A moment off the plan.
    Remove(Planned),
    /// An activity on a day.
    Add(String, Day),
    /// The plan as it was before the last of these.
    Undo,
    /// How large it is printed.
    Large(bool),
    /// Print it.
    Print,
    /// The time of day in the calendar, as typed; empty: all day.
    At(String),
    /// Whether the nickname stands in the calendar.
    Named,
    /// Save it for a calendar.
    Calendar,
}

/// What lies open on the screen of the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    /// The moment with which something can be done.
    pub open: Option<Planned>,
    /// The day on which something can be put, and what: ids and titles.
    pub offers: Option<(Day, Vec<(String, String)>)>,
    /// What was done last.
    pub said: String,
    /// How it was before: whose plan, and which days were free.
    pub before: Option<(ChildId, Vec<Planned>, Vec<Day>)>,
    /// What was swapped away is not offered at once again.
    pub turned_down: Vec<String>,
    /// Printed large.
    pub large: bool,
    /// The time of day in the calendar, as typed.
    pub at: String,
    /// Whether the nickname stands in the calendar.
    pub named: bool,
}

impl Desk {
    /// As it is when somebody comes here anew: only how it is printed and put in the calendar is remembered.
    pub fn clear(&mut self) {
        let desk = std::mem::take(self);
        (self.large, self.at, self.named) = (desk.large, desk.at, desk.named);
    }
}

impl App {
    pub(super) fn on_plan(&mut self, ctx: &Context<Self>, act: Act) {
        let today = self.state.today;
        let Some(child) = self.active().cloned() else {
            return;
        };
        match act {
            Act::Fill => self.fill(ctx, &child),
            Act::Free(day) => self.free(ctx, &child, day),
            Act::Open(moment) => {
                self.state.desk.offers = None;
                let open = &mut self.state.desk.open;
                *open = (*open != Some(moment.clone())).then_some(moment);
            }
            Act::Offer(on) => {
                self.state.desk.open = None;
                let shut = self.state.desk.offers.as_ref().is_some_and(|(day, _)| *day == on);
                self.state.desk.offers = self.state.present.as_ref().filter(|_| !shut).map(|present| {
                    (on, plan::offers(&self.state.knowledge, present, &child, today, on))
                });
            }
            Act::Swap(moment) => self.swap(ctx, &child, &moment),
            Act::Move(moment, to) => {
                let title = self.title(&moment.activity);
                let planned = plan::moved(&child, today, &moment, to);
                self.set_plan(ctx, &child, planned);
                self.state.desk.said =
                    key::PLAN_MOVED.with(&[("title", &title), ("day", dates::weekday_said(to))]);
                self.state.desk.open = (moment.on >= today).then_some(Planned { on: to, ..moment });
                self.focus_on = Some("[data-open]");
            }
            Act::Remove(moment) => {
                let title = self.title(&moment.activity);
                let planned = plan::without(&child, today, &moment);
                self.set_plan(ctx, &child, planned);
                self.state.desk.said = key::PLAN_REMOVED.with(&[("title", &title)]);
                self.state.desk.open = None;
                self.focus_on = Some("[data-undo]");
            }
            Act::Add(activity, on) => {
                let title = self.title(&activity);
                let mut planned = plan::open(&child, today);
                planned.push(Planned { activity, on });
                self.set_plan(ctx, &child, planned);
                self.state.desk.said =
                    key::PLAN_ADDED.with(&[("title", &title), ("day", dates::weekday_said(on))]);
                self.state.desk.offers = None;
                self.focus_on = Some("[data-undo]");
            }
            Act::Undo => {
                if let Some((id, planned, free)) = self.state.desk.before.take() {
                    for day in child.free.iter().filter(|day| !free.contains(day)) {
                        self.change(ctx, Change::FreeSet(id, *day, false));
                    }
                    for day in free.iter().filter(|day| !child.free.contains(day)) {
                        self.change(ctx, Change::FreeSet(id, *day, true));
                    }
                    self.change(ctx, Change::PlanSet(id, plan::since(today), planned));
                    self.state.desk.said = key::PLAN_UNDONE.say().to_owned();
                    self.state.desk.open = None;
                    self.focus_start = true;
                }
            }
            Act::Large(large) => self.state.desk.large = large,
            Act::Print => {
                if !print::print() {
                    self.say(NoticeKind::Problem, key::PLAN_PRINT_REFUSED.say());
                }
            }
            Act::At(typed) => self.state.desk.at = typed,
            Act::Named => self.state.desk.named = !self.state.desk.named,
            Act::Calendar => self.save_calendar(&child),
        }
    }

    fn title(&self, id: &str) -> String {
        let known = self.state.knowledge.activity(id);
        known.map_or_else(String::new, |(_, activity)| activity.title.clone())
    }

    /// Puts this in the stead of what was planned, and remembers how it was.
    fn set_plan(&mut self, ctx: &Context<Self>, child: &Child, planned: Vec<Planned>) {
        let today = self.state.today;
        self.state.desk.before = Some((child.id, plan::open(child, today), child.free.clone()));
        self.change(ctx, Change::PlanSet(child.id, plan::since(today), planned));
    }

    fn fill(&mut self, ctx: &Context<Self>, child: &Child) {
        let Some(present) = &self.state.present else {
            return;
        };
        let most = self.state.family.circumstances.minutes;
        let planned = plan::filled(&self.state.knowledge, present, child, self.state.today, most);
        self.set_plan(ctx, child, planned);
        let count = self.state.week.moments().count();
        self.state.desk.said = key::PLAN_MADE.with(&[("n", &count.to_string())]);
        self.focus_start = true;
    }

    fn free(&mut self, ctx: &Context<Self>, child: &Child, day: Day) {
        let free = !child.free.contains(&day);
        let mut planned = plan::open(child, self.state.today);
        planned.retain(|one| one.on != day || !free);
        self.set_plan(ctx, child, planned);
        self.change(ctx, Change::FreeSet(child.id, day, free));
        let said = if free { key::PLAN_FREED } else { key::PLAN_NOT_FREE };
        self.state.desk.said = said.with(&[("day", dates::weekday_said(day))]);
        self.state.desk.open = None;
        self.state.desk.offers = None;
    }

    fn swap(&mut self, ctx: &Context<Self>, child: &Child, moment: &Planned) {
        let Some(present) = &self.state.present else {
            return;
        };
        let most = self.state.family.circumstances.minutes;
        let knowledge = &self.state.knowledge;
        let turned_down = &self.state.desk.turned_down;
        match plan::swapped(
            knowledge,
            present,
            child,
            self.state.today,
            moment,
            turned_down,
            most,
        ) {
            Some((planned, new)) => {
                self.set_plan(ctx, child, planned);
                self.state.desk.said = key::PLAN_SWAPPED.with(&[
                    ("title", &self.title(&new.activity)),
                    ("day", dates::weekday_said(new.on)),
                ]);
                self.state.desk.turned_down.push(moment.activity.clone());
                self.state.desk.open = Some(new);
            }
            None => self.state.desk.said = key::PLAN_NO_OTHER.say().to_owned(),
        }
        self.focus_on = Some("[data-swap]");
    }

    fn save_calendar(&mut self, child: &Child) {
        let name = child.nickname.as_ref().filter(|_| self.state.desk.named);
        let text = calendar::calendar(
            &self.state.week,
            &Wanted {
                child: child.id,
                name: name.map(|name| name.as_str()),
                at: calendar::minutes(&self.state.desk.at),
                stamp: &page::stamp(),
            },
        );
        let file = key::PLAN_FILE.say();
        let said = match files::save(file, &text, files::CALENDAR) {
            Ok(()) => key::PLAN_SAVED.with(&[("file", file)]),
            Err(_) => key::SETTINGS_EXPORT_REFUSED.say().to_owned(),
        };
        self.state.desk.said = said;
        self.state.desk.before = None;
    }
}
