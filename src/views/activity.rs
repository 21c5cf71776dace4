//! One activity: what is needed, how it is done, why it fits, what was changed; easier and harder.

use yew::prelude::*;

use super::parts::{button, div, el, heading, lines, link, nothing, p, picture, text, track};
use super::On;
use crate::app::{today, Act, State};
use crate::family::Reason;
use crate::model::activity::{page, ChangeSaid, Neighbour, NoPage, Page, PROMPTS};
use crate::model::sentence;
use crate::route::Route;
use crate::words::{key, Key};

/// The page of an activity.
pub fn activity(state: &State, id: &str, grade: Option<&str>, on: &On) -> Html {
    let Some(present) = &state.present else {
        return html! { <p></p> };
    };
    match page(&state.knowledge, present, id, grade) {
        Ok(found) => shown(state, &found, &present.name, on),
        Err(reason) => not_shown(&reason, on),
    }
}

/// Why there is no page, and where to go.
pub fn not_shown(reason: &NoPage, on: &On) -> Html {
    let (said, first) = match reason {
        NoPage::Coming => return html! { <p class="soft">{ text(key::OPENING.say()) }</p> },
        NoPage::Unknown => (key::ACTIVITY_UNKNOWN.say(), None),
        NoPage::Refused { why, first } => (why.as_str(), first.as_ref()),
    };
    html! {
        <div class="activity">
            { heading(key::ACTIVITY_NOT_NOW.say()) }
            <p>{ text(said.to_owned()) }</p>
            { for first.map(|first| html! {
                <p key="first">{ link(on, &Route::Activity(first.id.clone(), None), "", text(first.said.clone())) }</p>
            }) }
            { link(on, &Route::Today, "button main", text(key::ACTIVITY_BACK.say())) }
        </div>
    }
}

fn shown(state: &State, page: &Page, name: &str, on: &On) -> Html {
    let [prepare, doing, clear] = page.minutes.map(|minutes| minutes.to_string());
    html! {
        <div class="activity">
            <p class="back">{ link(on, &Route::Today, "", html! { <><span aria-hidden="true" class="arrow"></span>{ text(key::ACTIVITY_BACK.say()) }</> }) }</p>
            { picture(state, &page.picture, "picture wide-picture") }
            { heading(page.title.clone()) }
            <p class="lead">{ text(page.promise.clone()) }</p>
            <section class="grade card body" aria-label={key::ACTIVITY_GRADE.say()}>
                <p class="rung"><b>{ text(page.rung.clone()) }</b></p>
                { track(&page.track) }
                <p class="live" role="status">{ text(key::ACTIVITY_NOW.with(&[("rung", &sentence(&page.rung)), ("words", &page.track.words())])) }</p>
                <div class="three">
                    { step(on, page, page.easier.as_ref(), key::ACTIVITY_EASIER) }
                    { start(on, page) }
                    { step(on, page, page.harder.as_ref(), key::ACTIVITY_HARDER) }
                </div>
            </section>
            { keep(state, page, on) }
            { changed(page, name) }
            <section>
                <h2>{ text(key::ACTIVITY_NEED.say()) }</h2>
                <ul>
                    { for page.materials.iter().map(|(what, instead)| html! {
                        <li key={what.clone()}>
                            { text(what.clone()) }
                            { match instead {
                                Some(instead) => html! { <span class="soft">{ text(key::ACTIVITY_OR.with(&[("instead", instead)])) }</span> },
                                None => html! { <span></span> },
                            } }
                        </li>
                    }) }
                </ul>
                <p class="soft">{ text(key::ACTIVITY_MINUTES.with(&[("prepare", &prepare), ("do", &doing), ("clear", &clear)])) }</p>
            </section>
            <section><h2>{ text(key::ACTIVITY_SET_UP.say()) }</h2>{ lines("", &page.set_up) }</section>
            <section>
                <h2>{ text(key::ACTIVITY_STEPS.say()) }</h2>
                <ol class="steps">{ for page.steps.iter().map(|step| html! { <li key={step.clone()}>{ text(step.clone()) }</li> }) }</ol>
                { match &page.prompts {
                    Some(title) => html! { <p>{ link(on, &Route::Advice(PROMPTS.into()), "", text(title.clone())) }</p> },
                    None => html! { <span></span> },
                } }
            </section>
            <section class="safety">
                <h2>{ text(key::ACTIVITY_SAFETY.say()) }</h2>
                <p><b>{ text(page.supervision) }</b></p>
                { lines("", &page.safety) }
            </section>
            <section>
                <h2>{ text(key::ACTIVITY_WHY.say()) }</h2>
                { for page.why.iter().map(|line| html! { <p key={line.clone()}>{ text(line.clone()) }</p> }) }
            </section>
            <section>
                <h2>{ text(key::ACTIVITY_WATCH.say()) }</h2>
                <h3>{ text(key::ACTIVITY_EASIER_WHEN.say()) }</h3>
                { lines("", &page.easier_when) }
                <h3>{ text(key::ACTIVITY_HARDER_WHEN.say()) }</h3>
                { lines("", &page.harder_when) }
            </section>
            <section>
                <h2>{ text(key::ACTIVITY_LADDER.say()) }</h2>
                <ol class="ladder">
                    { for page.ladder.iter().enumerate().map(|(index, rung)| html! {
                        <li key={rung.clone()} class={classes!((index == page.on).then_some("here"))} aria-current={(index == page.on).then_some("step")}>{ text(rung.clone()) }</li>
                    }) }
                </ol>
            </section>
            { if page.ask_someone.is_empty() { html! { <span></span> } } else { html! {
                <section>
                    <h2>{ text(key::ACTIVITY_ASK.say()) }</h2>
                    { lines("", &page.ask_someone) }
                    <p>{ link(on, &Route::Advice("who-can-help".into()), "", text(key::NAV_HELP.say())) }</p>
                </section>
            } } }
            <details>
                <summary>{ text(key::ACTIVITY_PROFESSIONAL.say()) }</summary>
                { lines("soft", &page.professional) }
            </details>
        </div>
    }
}

/// Kept at hand, or not for us.
fn keep(state: &State, page: &Page, on: &On) -> Html {
    let Some(child) = state.family.active_child() else {
        return nothing();
    };
    let saved = child.saved.contains(&page.id);
    let save = {
        let (on, act) = (on.clone(), Act::Today(today::Act::Save(page.id.clone(), !saved)));
        html! {
            <button type="button" class="button quiet keep" aria-pressed={if saved { "true" } else { "false" }}
                onclick={move |_| on.emit(act.clone())}>{ text(key::DECLINE_SAVE.say()) }</button>
        }
    };
    let declined = child.declined_on(state.today).find(|one| one.activity == page.id);
    let not_for_us = match declined {
        Some(declined) => {
            let why = reason(declined.reason).say();
            div(
                "notice",
                vec![
                    p("", key::DECLINE_IS.with(&[("reason", why)])),
                    button(
                        on,
                        Act::Today(today::Act::Welcome(page.id.clone())),
                        "quiet small",
                        key::DECLINE_BACK.say(),
                    ),
                ],
            )
        }
        None => {
            let reasons = Reason::ALL.iter().map(|&why| {
                let act = Act::Today(today::Act::Decline(page.id.clone(), why));
                button(on, act, "quiet small", reason(why).say())
            });
            let reasons = div("taps", reasons.collect());
            el(
                "details",
                "",
                vec![
                    el("summary", "", vec![text(key::DECLINE_TITLE.say())]),
                    p("soft", key::DECLINE_ASK.say()),
                    reasons,
                ],
            )
        }
    };
    div("keeping", vec![save, not_for_us])
}

/// Why an activity is not wanted.
pub fn reason(reason: Reason) -> Key {
    match reason {
        Reason::NoInterest => key::DECLINE_NO_INTEREST,
        Reason::NoThings => key::DECLINE_NO_THINGS,
        Reason::NotOurWay => key::DECLINE_NOT_OUR_WAY,
        Reason::Enough => key::DECLINE_ENOUGH,
    }
}

fn start(on: &On, page: &Page) -> Html {
    let route = Route::Doing(page.id.clone(), page.grade.clone(), 0);
    let on = on.clone();
    html! {
        <button type="button" class="button main" key="start" onclick={move |_| on.emit(Act::Go(route.clone()))}>{ text(key::ACTIVITY_START.say()) }</button>
    }
}

/// Easier or harder: the button keeps its name, and a line beneath says what will change.
fn step(on: &On, page: &Page, to: Option<&Neighbour>, name: Key) -> Html {
    let route = to.map(|to| Route::Activity(page.id.clone(), Some(to.grade.clone())));
    let by = to.map_or_else(|| key::ACTIVITY_NO_STEP.say().to_owned(), |to| to.by.clone());
    let on = on.clone();
    html! {
        <div class="step" key={name.say()}>
            <button type="button" class="button quiet" aria-disabled={route.is_none().then_some("true")}
                onclick={move |_| if let Some(route) = &route { on.emit(Act::Swap(route.clone())) }}>{ text(name.say()) }</button>
            <p class="soft by">{ text(by) }</p>
        </div>
    }
}

fn changed(page: &Page, name: &str) -> Html {
    let one = |change: &ChangeSaid| {
        html! {
            <li key={change.words.clone()}>
                <b>{ text(change.name.clone()) }</b>
                <p>{ text(change.words.clone()) }</p>
                <p class="soft">{ text(change.effect.clone()) }</p>
            </li>
        }
    };
    html! {
        <section class="changed">
            <h2>{ text(key::ACTIVITY_CHANGED.with(&[("name", name)])) }</h2>
            { if page.changes.is_empty() {
                html! { <p>{ text(key::ACTIVITY_CHANGED_NONE.with(&[("rung", &page.rung)])) }</p> }
            } else {
                html! { <ul class="plain">{ for page.changes.iter().map(one) }</ul> }
            } }
        </section>
    }
}
