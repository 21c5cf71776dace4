//! What somebody does on the screen for several children.

use just_right_engine::report::Level;
use yew::prelude::*;

use super::{switch, App, State};
use crate::family::{Change, ChildId, Happening};
use crate::model::activity::NoPage;
use crate::model::together::{self, Card, Role};
use crate::model::Present;
use crate::route::Route;

/// What somebody did on the screen for several children.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// A child joins in, or does not.
    Switch(ChildId),
    /// On to reading, doing or telling.
    Stage(Stage),
    /// A child's role went like this.
    Report(ChildId, Level),
    /// What was told of a child is taken back.
    TakeBack(ChildId),
}

/// How far they are with an activity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It is looked at.
    #[default]
    Read,
    /// It is done.
    Do,
    /// It is told how it went.
    Tell,
}

/// What lies on the screen for several children.
#[derive(Debug, Default)]
pub struct Table {
    /// Who joins in.
    pub chosen: Vec<ChildId>,
    /// Whether somebody has chosen.
    pub touched: bool,
    /// What suits all of them.
    pub cards: Vec<Card>,
    /// The roles in the activity that is open.
    pub roles: Option<Result<Vec<Role>, NoPage>>,
    /// How far they are with it.
    pub stage: Stage,
    /// What was told: of whom, what, and what was learned from it.
    pub told: Vec<(ChildId, Happening, String)>,
}

impl Table {
    /// As it is when somebody comes here anew: only who joins in is remembered.
    pub fn begin(&mut self) {
        self.stage = Stage::Read;
        self.told = Vec::new();
    }
}

impl State {
    /// What suits those who join in. While an activity is done, the roles stay as they were begun.
    pub(super) fn refresh_table(&mut self) {
        let Route::Together(id) = &self.route else {
            self.table.cards = Vec::new();
            self.table.roles = None;
            return;
        };
        let table = &mut self.table;
        table.chosen.retain(|&id| self.family.child(id).is_some());
        if !table.touched {
            // Two do it together; of more, somebody says who.
            let two = self.family.children.len() <= 2;
            let active = self.family.active_child().map(|child| child.id);
            let all = self.family.children.iter().map(|child| child.id);
            table.chosen = all.filter(|&id| two || Some(id) == active).collect();
        }
        if table.stage != Stage::Read {
            return;
        }
        table.cards = Vec::new();
        table.roles = None;
        if table.chosen.len() < 2 {
            return;
        }
        let presents = together::presents(&self.family, &table.chosen, self.today, &mut self.memory);
        match id {
            None => table.cards = together::cards(&self.knowledge, &presents),
            Some(id) => table.roles = Some(together::roles(&self.knowledge, &presents, id)),
        }
    }

    /// A child as a screen speaks of it, whoever the page is about.
    pub(super) fn present_of(&mut self, id: ChildId) -> Option<Present> {
        let child = self.family.child(id)?;
        Some(Present::of(&self.family, child, self.today, &mut self.memory))
    }
}

impl App {
    pub(super) fn on_together(&mut self, ctx: &Context<Self>, act: Act) {
        match act {
            Act::Switch(id) => {
                self.state.table.touched = true;
                switch(&mut self.state.table.chosen, id);
                self.state.refresh_table();
            }
            Act::Stage(stage) => {
                self.state.table.stage = stage;
                self.focus_start = true;
            }
            Act::Report(child, level) => self.report_of(ctx, child, level),
            Act::TakeBack(child) => {
                let told = &mut self.state.table.told;
                if let Some(at) = told.iter().position(|(id, ..)| *id == child) {
                    let (_, happening, _) = told.remove(at);
                    self.change(ctx, Change::TakenBack(child, happening));
                    self.focus_start = true;
                }
            }
        }
    }

    fn report_of(&mut self, ctx: &Context<Self>, child: ChildId, level: Level) {
        let roles = self.state.table.roles.iter().flatten().flatten();
        let Some(page) = roles
            .filter(|role| role.child == child)
            .map(|role| role.page.clone())
            .next()
        else {
            return;
        };
        let Some(before) = self.state.present_of(child) else {
            return;
        };
        let (report, said) = self.record(ctx, child, &page, level, &before);
        let happening = Happening::Reported(report);
        self.state.table.told.push((child, happening, said));
        self.focus_on = Some("[data-told]");
    }
}
