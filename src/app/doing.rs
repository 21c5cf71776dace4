//! What somebody does while an activity is under way: the timer, reading aloud, the screen that stays awake.

use yew::prelude::*;

use super::App;
use crate::platform::page;

/// What somebody did on the doing screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Print what is on the screen.
    Print,
}

impl App {
    pub(super) fn on_doing(&mut self, _ctx: &Context<Self>, act: Act) {
        match act {
            Act::Print => page::print(),
        }
    }
}
