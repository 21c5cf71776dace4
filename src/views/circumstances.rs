//! Today's circumstances: minutes, place, company, energy, mess, things at hand.

use yew::prelude::*;

use super::parts::heading;
use super::On;
use crate::app::State;
use crate::words::key;

/// The screen.
pub fn circumstances(_state: &State, _on: &On) -> Html {
    html! { <div class="circumstances">{ heading(key::NAV_TODAY.say()) }</div> }
}
