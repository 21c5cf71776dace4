//! What today is like: one tap each, and at once how many activities fit.

use yew::prelude::*;

use super::parts::{button, div, el, heading, link, nothing, p, section, text};
use super::On;
use crate::app::{today, Act, State};
use crate::family::{Circumstances, Declined};
use crate::model::circumstances::{groups, Fit, Group};
use crate::route::Route;
use crate::words::key;

/// The screen.
pub fn circumstances(state: &State, on: &On) -> Html {
    let Some(present) = &state.present else {
        return nothing();
    };
    let mut all = vec![
        heading(key::CIRCUMSTANCES_TITLE.say()),
        p("lead", key::CIRCUMSTANCES_LEAD.say()),
    ];
    all.extend(
        groups(&state.knowledge, present)
            .into_iter()
            .map(|one| group(one, on)),
    );
    all.push(relax(state, on));
    let said = state.fit.as_ref().map(|fit| fit.said(present));
    all.push(html! {
        <div class="fit-bar">
            <p role="status">{ text(said.unwrap_or_default()) }</p>
            { link(on, &Route::Today, "button main", text(key::CIRCUMSTANCES_TO_PICKS.say())) }
        </div>
    });
    all.push(declined(state, on));
    div("circumstances", all)
}

pub(super) fn group(group: Group, on: &On) -> Html {
    let class = if group.lacks { "tap lack" } else { "tap" };
    let choice = |(name, holds, then): (String, bool, Circumstances)| {
        let on = on.clone();
        html! {
            <button type="button" key={name.clone()} {class} aria-pressed={if holds { "true" } else { "false" }}
                onclick={move |_| on.emit(Act::Today(today::Act::Set(then.clone())))}>{ text(crate::words::capital(&name)) }</button>
        }
    };
    html! {
        <fieldset key={group.asks.clone()}>
            <legend>{ text(group.asks) }</legend>
            <div class="taps">{ for group.choices.into_iter().map(choice) }</div>
        </fieldset>
    }
}

/// What would make more fit, where few do.
pub fn relax(state: &State, on: &On) -> Html {
    let ways = state.fit.as_ref().map_or(&[][..], |fit: &Fit| &fit.ways);
    if ways.is_empty() {
        return nothing();
    }
    let all = ways.iter().map(|way| {
        let act = Act::Today(today::Act::Set(way.then.clone()));
        html! { <li key={way.said.clone()}>{ button(on, act, "quiet wide", way.said.clone()) }</li> }
    });
    let list = html! { <ul class="plain">{ for all }</ul> };
    section("relax card body", key::RELAX_TITLE.say(), vec![list])
}

/// What is left out, and the way back for it.
fn declined(state: &State, on: &On) -> Html {
    let child = state.family.active_child();
    let all = child.map(|child| child.declined_on(state.today));
    let one = |declined: &Declined| {
        let (_, activity) = state.knowledge.activity(&declined.activity)?;
        let back = key::DECLINE_BACK_NAMED.with(&[("title", &activity.title)]);
        let act = Act::Today(today::Act::Welcome(activity.id.clone()));
        let on = on.clone();
        Some(html! {
            <li key={activity.id.clone()} class="row apart">
                <span>{ text(activity.title.clone()) }<span class="soft">{ text(super::activity::reason(declined.reason).say()) }</span></span>
                <button type="button" class="button quiet small" aria-label={back} onclick={move |_| on.emit(act.clone())}>{ text(key::DECLINE_BACK.say()) }</button>
            </li>
        })
    };
    let all: Vec<Html> = all.into_iter().flatten().filter_map(one).collect();
    if all.is_empty() {
        return nothing();
    }
    let what = p("soft", key::CIRCUMSTANCES_DECLINED_WHAT.say());
    section(
        "declined",
        key::CIRCUMSTANCES_DECLINED.say(),
        vec![what, el("ul", "plain", all)],
    )
}
