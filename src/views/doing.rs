//! Doing it, one large step at a time, and telling how it went.

use just_right_engine::report::Level;
use yew::prelude::*;

use super::activity::not_shown;
use super::parts::{button, link, text};
use super::On;
use crate::app::{Act, State};
use crate::model::activity::page;
use crate::model::doing;
use crate::route::Route;
use crate::words::{key, Key};

/// One step.
pub fn doing(state: &State, id: &str, grade: &str, index: usize, on: &On) -> Html {
    let Some(present) = &state.present else {
        return html! { <p></p> };
    };
    let found = match page(&state.knowledge, present, id, Some(grade)) {
        Ok(found) => found,
        Err(reason) => return not_shown(&reason, on),
    };
    let step = doing::doing(&found, index);
    let at = |index: usize| Route::Doing(id.into(), grade.into(), index);
    let last = step.next.is_none();
    let done = Act::Swap(Route::HowDidItGo(id.into(), grade.into()));
    html! {
        <div class="doing">
            <p class="soft">{ link(on, &Route::Activity(id.into(), Some(grade.into())), "", text(found.title.clone())) }</p>
            <progress class="progress" max={step.count.to_string()} value={(step.index + 1).to_string()} aria-label={key::DOING_PROGRESS.say()}></progress>
            <p class="label">{ text(step.label.clone()) }</p>
            <h1 class="now" tabindex="-1" data-start="">{ text(step.now.clone()) }</h1>
            <p class="then soft">{ text(step.next.as_ref().map_or_else(String::new, |next| key::DOING_THEN.with(&[("next", next)]))) }</p>
            <div class="doing-buttons">
                { if last { html! { <span></span> } } else { button(on, Act::Swap(at(step.index + 1)), "main wide", key::DOING_NEXT.say()) } }
                { button(on, done, if last { "main wide" } else { "quiet wide" }, key::DOING_DONE.say()) }
                { if step.index > 0 { button(on, Act::Swap(at(step.index - 1)), "plain", key::DOING_BEFORE.say()) } else { html! { <span></span> } } }
            </div>
        </div>
    }
}

/// One tap on what happened.
pub fn how_did_it_go(state: &State, id: &str, grade: &str, on: &On) -> Html {
    let Some(present) = &state.present else {
        return html! { <p></p> };
    };
    let title = match page(&state.knowledge, present, id, Some(grade)) {
        Ok(found) => found.title,
        Err(reason) => return not_shown(&reason, on),
    };
    html! {
        <div class="how">
            <p class="soft">{ text(title) }</p>
            <h1 id="how-title" tabindex="-1" data-start="">{ text(key::HOW_TITLE.say()) }</h1>
            <div class="outcomes" role="group" aria-labelledby="how-title">
                { for Level::ALL.into_iter().map(|level| outcome(level, on)) }
            </div>
            <p class="soft">{ text(key::HOW_HONEST.say()) }</p>
            <p>{ link(on, &Route::Activity(id.into(), Some(grade.into())), "", text(key::HOW_NOT_DONE.say())) }</p>
        </div>
    }
}

pub(super) fn outcome(level: Level, on: &On) -> Html {
    let name: Key = match level {
        Level::NotThisTime => key::LEVEL_NOT_THIS_TIME,
        Level::LotOfHelp => key::LEVEL_LOT_OF_HELP,
        Level::LittleHelp => key::LEVEL_LITTLE_HELP,
        Level::ByThemselves => key::LEVEL_BY_THEMSELVES,
        Level::Easily => key::LEVEL_EASILY,
    };
    let on = on.clone();
    html! {
        <button type="button" class="outcome" key={name.say()} onclick={move |_| on.emit(Act::Report(level))}>
            { hands(level) }{ text(name.say()) }
        </button>
    }
}

/// Two bars, the child's and the adult's share: what the words say, drawn.
fn hands(level: Level) -> Html {
    let child = match level {
        Level::NotThisTime => 2,
        Level::LotOfHelp => 10,
        Level::LittleHelp => 22,
        Level::ByThemselves => 30,
        Level::Easily => 36,
    };
    html! {
        <svg class="hands" viewBox="0 0 36 28" aria-hidden="true">
            <rect x="0" y="9" width="36" height="10" rx="5" fill="var(--well-2)" />
            <rect x="0" y="9" width={child.to_string()} height="10" rx="5" fill="var(--zone)" />
            { if level == Level::Easily { html! { <circle cx="31" cy="14" r="5" fill="var(--sun)" /> } } else { html! { <g></g> } } }
        </svg>
    }
}
