//! What somebody does on the picks: the circumstances of today, what is kept at hand, what is not wanted.

use just_right_catalogue::content::Sense;
use yew::prelude::*;

use super::{App, NoticeKind};
use crate::family::{Change, ChildId, Circumstances, Declined, Reason, Response};
use crate::model::circumstances::{switched, Asks};
use crate::model::picks::ROUND;
use crate::platform::address::Address;
use crate::route::Route;
use crate::words::key;

/// What somebody did on the picks.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A question about today was answered.
    Answer(Asks, usize),
    /// A thing is not at hand, or is again: its place in the catalogue.
    Lack(usize),
    /// A condition is relaxed: its place among those that are offered.
    Relax(usize),
    /// An activity is kept at hand, or not any more.
    Save(String, bool),
    /// An activity is not wanted.
    Decline(String, Reason),
    /// An activity is wanted again.
    Welcome(String),
    /// What was declined last is wanted again.
    Undo,
    /// How a child takes in a channel of the senses.
    Sense(ChildId, Sense, Option<Response>),
}

impl App {
    pub(super) fn on_today(&mut self, ctx: &Context<Self>, act: Act) {
        let Some(child) = self.active().map(|child| child.id) else {
            return;
        };
        match act {
            Act::Answer(asks, answer) => {
                let then = asks.answered(answer, self.circumstances(), self.state.today);
                self.set(ctx, then);
            }
            Act::Lack(thing) => {
                if let Some(thing) = self.state.knowledge.catalogue.things.get(thing) {
                    let then = switched(thing, self.circumstances());
                    self.set(ctx, then);
                }
            }
            Act::Relax(way) => {
                let fit = self.state.fit.as_ref();
                if let Some(way) = fit.and_then(|fit| fit.ways.get(way)) {
                    let then = way.then.clone();
                    self.set(ctx, then);
                }
            }
            Act::Save(id, saved) => self.change(ctx, Change::SavedSet(child, id, saved)),
            Act::Decline(activity, reason) => {
                let said = match reason {
                    Reason::NoInterest => key::DECLINE_MONTHS,
                    Reason::Enough => key::DECLINE_WEEKS,
                    Reason::NoThings | Reason::NotOurWay => key::DECLINE_UNTIL,
                };
                let said = said.with(&[("title", self.state.knowledge.title(&activity).unwrap_or_default())]);
                let on = self.state.today;
                let declined = Declined { activity, reason, on };
                self.change(ctx, Change::Declined(child, declined));
                self.go(ctx, Route::Today, Address::push);
                self.say(NoticeKind::PutAside, &said);
            }
            Act::Welcome(id) => self.welcome(ctx, child, id),
            Act::Undo => {
                let last = self.active().and_then(|child| child.declined.last());
                if let Some(id) = last.map(|one| one.activity.clone()) {
                    self.welcome(ctx, child, id);
                }
            }
            Act::Sense(child, sense, response) => self.change(ctx, Change::SenseSet(child, sense, response)),
        }
    }

    /// What was said of today, and before of all that does not change from day to day.
    fn circumstances(&self) -> &Circumstances {
        let present = self.state.present.as_ref();
        present.map_or(&self.state.family.circumstances, |present| &present.circumstances)
    }

    fn set(&mut self, ctx: &Context<Self>, circumstances: Circumstances) {
        self.state.count = ROUND;
        self.change(ctx, Change::CircumstancesSet(circumstances));
    }

    fn welcome(&mut self, ctx: &Context<Self>, child: ChildId, id: String) {
        let said =
            key::DECLINE_IS_BACK.with(&[("title", self.state.knowledge.title(&id).unwrap_or_default())]);
        self.change(ctx, Change::Welcomed(child, id));
        self.say(NoticeKind::Info, &said);
    }
}
