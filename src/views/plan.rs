//! The plan of the week.

use yew::prelude::*;

use super::parts::heading;
use super::On;
use crate::app::State;
use crate::words::key;

/// The screen.
pub fn plan(_state: &State, _on: &On) -> Html {
    html! { <div class="plan">{ heading(key::NAV_TODAY.say()) }</div> }
}
