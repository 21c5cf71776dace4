//! How the child grows: areas over time, wins, history.

use yew::prelude::*;

use super::parts::heading;
use super::On;
use crate::app::State;
use crate::words::key;

/// The screen.
pub fn growing(_state: &State, _on: &On) -> Html {
    html! { <div class="growing">{ heading(key::NAV_TODAY.say()) }</div> }
}
