//! What somebody does on the picks: the circumstances of today, the board, what is not wanted.

use yew::prelude::*;

use super::App;

/// What somebody did on the picks.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {}

impl App {
    pub(super) fn on_today(&mut self, _ctx: &Context<Self>, act: Act) {
        match act {}
    }
}
