//! The first screen, and the one question that is needed.

use yew::prelude::*;

use super::children::form;
use super::parts::{button, heading, link, picture, text};
use super::On;
use crate::app::{Act, Keeping, State};
use crate::route::Route;
use crate::words::key;

/// What it is, what it promises, and the way in.
pub fn hello(state: &State, on: &On) -> Html {
    let kept = if state.keeping == Keeping::NotAsked {
        key::HELLO_PRIVACY_NOT_KEPT
    } else {
        key::HELLO_PRIVACY
    };
    html! {
        <div class="hello">
            { picture(state, "hello", "picture hello-picture") }
            { heading(key::HELLO_TITLE.say()) }
            <p class="lead">{ text(key::HELLO_PROMISE.say()) }</p>
            { button(on, Act::Go(Route::Start), "main wide", key::HELLO_FIND.say()) }
            <p class="soft">{ text(kept.say()) }</p>
            <p>{ link(on, &Route::Advice("just-right-challenge".into()), "", text(key::HELLO_HOW.say())) }</p>
        </div>
    }
}

/// How old is the child?
pub fn start(state: &State, on: &On) -> Html {
    html! {
        <div class="start">
            { heading(key::START_TITLE.say()) }
            <p class="soft">{ text(key::START_WHY.say()) }</p>
            { form(&state.draft, on, key::START_SHOW.say(), false) }
        </div>
    }
}
