//! Pages of advice.

use yew::prelude::*;

use super::parts::{heading, lines, link, text};
use super::On;
use crate::app::State;
use crate::route::Route;
use crate::words::key;

/// The page with this id.
pub fn advice(state: &State, id: &str, on: &On) -> Html {
    if state.knowledge.texts.is_none() {
        return html! { <p class="soft">{ text(key::OPENING.say()) }</p> };
    }
    let Some(page) = state.knowledge.page(id) else {
        return html! {
            <div>
                { heading(key::ACTIVITY_NOT_NOW.say()) }
                { link(on, &Route::Today, "button main", text(key::ACTIVITY_BACK.say())) }
            </div>
        };
    };
    html! {
        <div class="advice">
            { heading(page.title.clone()) }
            <p class="lead">{ text(page.intro.clone()) }</p>
            { for page.sections.iter().map(|section| html! {
                <section class={classes!("card", "body", (section.id == "red-flags").then_some("flags"))} key={section.id.clone()}>
                    <h2>{ text(section.heading.clone()) }</h2>
                    { for section.text.iter().map(|paragraph| html! { <p key={paragraph.clone()}>{ text(paragraph.clone()) }</p> }) }
                    { lines("", &section.list) }
                </section>
            }) }
        </div>
    }
}
