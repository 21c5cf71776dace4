//! The picks as pictures, for the child to point at.

use yew::prelude::*;

use super::parts::heading;
use super::On;
use crate::app::State;
use crate::words::key;

/// The screen.
pub fn board(_state: &State, _on: &On) -> Html {
    html! { <div class="board">{ heading(key::NAV_TODAY.say()) }</div> }
}
