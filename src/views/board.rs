//! The picks as pictures, for the child to point at.

use yew::prelude::*;

use super::parts::{div, el, heading, item, link, nothing, p, picture, text};
use super::On;
use crate::app::State;
use crate::model::picks::Card;
use crate::route::Route;
use crate::words::key;

/// The screen.
pub fn board(state: &State, on: &On) -> Html {
    let Some(present) = &state.present else {
        return nothing();
    };
    let one = |card: &Card| {
        let route = Route::Activity(card.id.clone(), Some(card.grade.clone()));
        let inner = vec![picture(state, &card.picture, "picture"), text(card.title.clone())];
        item(
            "",
            &card.id,
            vec![link(on, &route, "card point", el("span", "", inner))],
        )
    };
    div(
        "board",
        vec![
            heading(key::BOARD_TITLE.with(&present.places())),
            p("lead", key::BOARD_LEAD.say()),
            el("ul", "plain points", state.cards.iter().map(one).collect()),
            link(
                on,
                &Route::Today,
                "button quiet wide",
                text(key::ACTIVITY_BACK.say()),
            ),
        ],
    )
}
