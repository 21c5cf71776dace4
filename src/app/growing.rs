//! What somebody does on the growing screen, and what is told after a report: whether it was enjoyed, a note, undo.

use yew::prelude::*;

use super::App;

/// What somebody did on the growing screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {}

impl App {
    pub(super) fn on_growing(&mut self, _ctx: &Context<Self>, act: Act) {
        match act {}
    }
}
