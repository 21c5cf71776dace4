//! What somebody does on the screen for several children.

use yew::prelude::*;

use super::App;

/// What somebody did on the screen for several children.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {}

impl App {
    pub(super) fn on_together(&mut self, _ctx: &Context<Self>, act: Act) {
        match act {}
    }
}
