//! What somebody does on the plan of the week.

use yew::prelude::*;

use super::App;

/// What somebody did on the plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {}

impl App {
    pub(super) fn on_plan(&mut self, _ctx: &Context<Self>, act: Act) {
        match act {}
    }
}
