//! What several children can do together, each at their own grade.

use yew::prelude::*;

use super::parts::heading;
use super::On;
use crate::app::State;
use crate::words::key;

/// The screen: the activities to choose from, or one of them.
pub fn together(_state: &State, _id: Option<&str>, _on: &On) -> Html {
    html! { <div class="together">{ heading(key::NAV_CHILDREN.say()) }</div> }
}
