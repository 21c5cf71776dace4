//! Today: the picks.

use yew::prelude::*;

use super::circumstances::later_relax;
use super::parts::{
    button, el, going, heading, icon_settings, item, link, nothing, picture, section, status, text, toggle,
    track,
};
use super::On;
use crate::app::{Act, State};
use crate::family::{Company, Mood};
use crate::model::circumstances::summary;
use crate::model::picks::Card;
use crate::route::Route;
use crate::words::key;

/// The picks, and how hard today may be.
pub fn today(state: &State, on: &On) -> Html {
    let Some(present) = &state.present else {
        return html! { <p></p> };
    };
    let questions = state
        .family
        .active_child()
        .is_some_and(|child| child.answers().count() == 0);
    let fitted = present.profile.age().get() <= just_right_engine::growth::FITTED_UP_TO;
    html! {
        <div class="today">
            { heading(key::TODAY_TITLE.with(&present.places())) }
            { moods(state, on) }
            { link(on, &Route::Circumstances, "chip summary", el("span", "", vec![icon_settings(), text(summary(&state.knowledge, present))])) }
            { now(state) }
            <div class="cards">{ for state.cards.iter().map(|one| card(state, one, on)) }</div>
            { if state.fit.is_some() { later_relax(state, on) } else { nothing() } }
            { if state.fit.is_some() && state.cards.is_empty() {
                nothing()
            } else if state.cards.is_empty() {
                html! { <p class="soft">{ text(key::TODAY_NONE.with(&present.places())) }</p> }
            } else if state.cards.len() < state.count {
                html! { <p class="soft">{ text(key::TODAY_ALL.with(&present.places())) }</p> }
            } else {
                button(on, Act::More, "quiet wide", key::TODAY_MORE.say())
            } }
            { if state.cards.is_empty() {
                nothing()
            } else {
                link(on, &Route::Board, "button quiet wide", text(key::TODAY_BOARD.say()))
            } }
            { saved(state, on) }
            { if questions {
                html! {
                    <aside class="card body aside">
                        <h2>{ text(key::TODAY_QUESTIONS_TITLE.say()) }</h2>
                        <p class="soft">{ text(key::TODAY_QUESTIONS.with(&present.places())) }</p>
                        { link(on, &Route::Questions, "button quiet", text(key::TODAY_QUESTIONS_GO.say())) }
                    </aside>
                }
            } else {
                html! { <p>{ link(on, &Route::Questions, "", text(key::TODAY_QUESTIONS_MORE.say())) }</p> }
            } }
            { together(state, on) }
            { if fitted { html! { <span></span> } } else { html! { <p class="soft small-print">{ text(key::TODAY_OLDER.with(&present.places())) }</p> } } }
        </div>
    }
}

/// When other children are there, the way to what they can do together.
fn together(state: &State, on: &On) -> Html {
    let others = state.family.circumstances.company == Some(Company::Others);
    if others && state.family.children.len() > 1 {
        link(
            on,
            &Route::Together(None),
            "button quiet wide",
            text(key::TOGETHER_TITLE.say()),
        )
    } else {
        nothing()
    }
}

/// What is picked now, for those who listen; how many fit, for everybody.
fn now(state: &State) -> Html {
    let present = state.present.as_ref();
    let fit = state
        .fit
        .as_ref()
        .zip(present)
        .map(|(fit, present)| fit.said(present));
    let titles: Vec<&str> = state.cards.iter().map(|card| card.title.as_str()).collect();
    let titles = key::TODAY_NOW.with(&[("titles", &crate::words::list(&titles))]);
    let class = if fit.is_some() { "fit" } else { "live" };
    let titles = el("span", "live", vec![text(titles)]);
    status(class, vec![text(fit.unwrap_or_default()), titles])
}

/// What the family keeps at hand.
fn saved(state: &State, on: &On) -> Html {
    let child = state.family.active_child();
    let saved = child.map_or(&[][..], |child| &child.saved);
    let one = |id: &String| {
        let (_, activity) = state.knowledge.activity(id)?;
        let route = Route::Activity(id.clone(), None);
        Some(item(
            "",
            id,
            vec![link(on, &route, "", text(activity.title.clone()))],
        ))
    };
    let all: Vec<Html> = saved.iter().rev().filter_map(one).collect();
    if all.is_empty() {
        return nothing();
    }
    section("saved", key::TODAY_SAVED.say(), vec![el("ul", "plain", all)])
}

pub(super) fn moods(state: &State, on: &On) -> Html {
    let mood = |one: Mood| {
        let name = match one {
            Mood::Easier => key::MOOD_EASIER,
            Mood::JustRight => key::MOOD_JUST_RIGHT,
            Mood::Stretch => key::MOOD_STRETCH,
        };
        let here = state.family.mood == one;
        let class = if here { "segment here" } else { "segment" };
        toggle(on, Act::SetMood(one), class, name.say().into(), here)
    };
    html! {
        <div class="segments" role="group" aria-label={key::MOOD_LABEL.say()}>{ for Mood::ALL.iter().copied().map(mood) }</div>
    }
}

pub(super) fn card(state: &State, card: &Card, on: &On) -> Html {
    let route = Route::Activity(card.id.clone(), Some(card.grade.clone()));
    html! {
        <article class="card pick" key={card.id.clone()}>
            <div class="card-picture" onclick={going(on, &route)}>{ picture(state, &card.picture, "picture") }</div>
            <div class="body">
                { if card.easy_win { html! { <span class="flag">{ text(key::CARD_EASY_WIN.say()) }</span> } } else { html! { <span class="no-flag"></span> } } }
                <h2>{ link(on, &route, "", text(card.title.clone())) }</h2>
                <p class="meta">
                    <span key="minutes"><b>{ text(card.minutes.to_string()) }</b>{ text(key::CARD_MINUTES.say()) }</span>
                    { for card.areas.iter().map(|area| html! { <span key={*area}>{ text(crate::words::capital(area)) }</span> }) }
                </p>
                { track(&card.track) }
                <p class="changed">{ text(card.for_child.clone()) }</p>
                <p class="soft">{ text(card.why.clone()) }</p>
            </div>
        </article>
    }
}
