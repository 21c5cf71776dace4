//! One activity: what is needed, how it is done, why it fits, what was changed; easier and harder.

use yew::prelude::*;

use super::parts::{
    button, div, el, heading, lines, link, maybe, nothing, p, picture, section, text, toggle, track,
};
use super::On;
use crate::app::{doing, today, Act, State};
use crate::family::Reason;
use crate::model::activity::{ladder, page, ChangeSaid, Neighbour, NoPage, Page, RungSaid, PROMPTS};
use crate::model::Present;
use crate::route::Route;
use crate::words::{key, Key};

/// The page of an activity.
pub fn activity(state: &State, id: &str, grade: Option<&str>, on: &On) -> Html {
    let Some(present) = &state.present else {
        return html! { <p></p> };
    };
    match page(&state.knowledge, present, id, grade) {
        Ok(found) => shown(state, &found, present, on),
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

/// What somebody has to see in five seconds stands first: what it is, how it is for this child, and the way to begin. Then
/// all of it in the order in which one needs it.
fn shown(state: &State, page: &Page, present: &Present, on: &On) -> Html {
    let arrow =
        html! { <><span aria-hidden="true" class="arrow"></span>{ text(key::ACTIVITY_BACK.say()) }</> };
    div(
        "activity",
        vec![
            div(
                "back",
                vec![
                    link(on, &Route::Today, "", arrow),
                    div(
                        "row",
                        vec![
                            button(
                                on,
                                Act::Doing(doing::Act::Share),
                                "plain small",
                                key::SHARE_SHARE.say(),
                            ),
                            button(
                                on,
                                Act::Doing(doing::Act::Print),
                                "plain small",
                                key::ACTIVITY_PRINT.say(),
                            ),
                        ],
                    ),
                ],
            ),
            div(
                "activity-head",
                vec![
                    picture(state, &page.picture, "picture wide-picture"),
                    heading(page.title.clone()),
                    p("lead", page.promise.clone()),
                    grade(page),
                    steps_beside(on, page),
                    keep(state, page, on),
                ],
            ),
            div(
                "activity-body",
                vec![
                    need(page),
                    section("", key::ACTIVITY_SET_UP.say(), vec![lines("", &page.set_up)]),
                    section(
                        "",
                        key::ACTIVITY_STEPS.say(),
                        vec![
                            html! { <ol class="steps">{ for page.steps.iter().map(|step| html! { <li key={step.clone()}>{ text(step.clone()) }</li> }) }</ol> },
                            match &page.prompts {
                                Some(title) => el(
                                    "p",
                                    "",
                                    vec![link(on, &Route::Advice(PROMPTS.into()), "", text(title.clone()))],
                                ),
                                None => nothing(),
                            },
                        ],
                    ),
                    changed(page, &present.name),
                    section(
                        "safety",
                        key::ACTIVITY_SAFETY.say(),
                        vec![
                            el("p", "", vec![el("b", "", vec![text(page.supervision)])]),
                            lines("", &page.safety),
                        ],
                    ),
                    section(
                        "",
                        key::ACTIVITY_LADDER.say(),
                        vec![rungs(
                            ladder(&state.knowledge, present, &page.id),
                            page.on,
                            &page.id,
                            on,
                        )],
                    ),
                    section(
                        "",
                        key::ACTIVITY_WATCH.say(),
                        vec![
                            el("h3", "", vec![text(key::ACTIVITY_EASIER_WHEN.say())]),
                            lines("", &page.easier_when),
                            el("h3", "", vec![text(key::ACTIVITY_HARDER_WHEN.say())]),
                            lines("", &page.harder_when),
                        ],
                    ),
                    section(
                        "",
                        key::ACTIVITY_WHY.say(),
                        page.why.iter().map(|line| p("", line.clone())).collect(),
                    ),
                    if page.ask_someone.is_empty() {
                        nothing()
                    } else {
                        section(
                            "",
                            key::ACTIVITY_ASK.say(),
                            vec![
                                lines("", &page.ask_someone),
                                el(
                                    "p",
                                    "",
                                    vec![link(
                                        on,
                                        &Route::Advice("who-can-help".into()),
                                        "",
                                        text(key::NAV_HELP.say()),
                                    )],
                                ),
                            ],
                        )
                    },
                    html! {
                        <details>
                            <summary>{ text(key::ACTIVITY_PROFESSIONAL.say()) }</summary>
                            { lines("soft", &page.professional) }
                        </details>
                    },
                ],
            ),
        ],
    )
}

/// How hard it is as it stands, and what one tap on easier or harder would change.
fn grade(page: &Page) -> Html {
    let way = |id: &'static str, name: Key, to: &Option<Neighbour>| {
        let by = to
            .as_ref()
            .map_or_else(|| key::ACTIVITY_NO_STEP.say().to_owned(), |to| to.by.clone());
        html! { <p class="way soft" {id}><b>{ text(name.say()) }</b>{ text(by) }</p> }
    };
    html! {
        <section class="grade card body" aria-label={key::ACTIVITY_GRADE.say()}>
            { p("rung", page.for_child.clone()) }
            { track(&page.track) }
            { div("ways-beside", vec![
                way("by-easier", key::ACTIVITY_EASIER, &page.easier),
                way("by-harder", key::ACTIVITY_HARDER, &page.harder),
            ]) }
            <p class="live" role="status">{ text(key::ACTIVITY_NOW.with(&[("rung", &page.for_child), ("words", &page.track.words())])) }</p>
        </section>
    }
}

fn need(page: &Page) -> Html {
    let [prepare, doing, clear] = page.minutes.map(|minutes| minutes.to_string());
    let materials = page.materials.iter().map(|(what, instead)| {
        let instead = match instead {
            Some(instead) => key::ACTIVITY_OR.with(&[("instead", instead)]),
            None => String::new(),
        };
        html! { <li key={what.clone()}>{ text(what.clone()) }{ el("span", "soft", vec![text(instead)]) }</li> }
    });
    section(
        "",
        key::ACTIVITY_NEED.say(),
        vec![
            el("ul", "", materials.collect()),
            p(
                "soft",
                key::ACTIVITY_MINUTES.with(&[("prepare", &prepare), ("do", &doing), ("clear", &clear)]),
            ),
        ],
    )
}

/// Easier, start, harder. On a phone the bar stays at the lower edge of the screen; it comes early for those who go from
/// control to control.
fn steps_beside(on: &On, page: &Page) -> Html {
    let at = |grade: &str| Route::Activity(page.id.clone(), Some(grade.to_owned()));
    let to = |to: &Option<Neighbour>| to.as_ref().map(|to| Act::Swap(at(&to.grade)));
    let begin = Act::Go(Route::Doing(page.id.clone(), page.grade.clone(), 0));
    let [easier, harder] = ["button quiet step by-easier", "button quiet step by-harder"];
    div(
        "three",
        vec![
            maybe(
                on,
                to(&page.easier),
                easier,
                key::ACTIVITY_EASIER,
                Some("by-easier"),
                false,
            ),
            button(on, begin, "main", key::ACTIVITY_START.say()),
            maybe(
                on,
                to(&page.harder),
                harder,
                key::ACTIVITY_HARDER,
                Some("by-harder"),
                false,
            ),
        ],
    )
}

/// The ladder: each rung is a way there, and says in a word why it is not proposed.
pub(super) fn rungs(all: Vec<RungSaid>, at: usize, id: &str, on: &On) -> Html {
    let rung = |(index, rung): (usize, RungSaid)| {
        let here = index == at;
        let route = rung.grade.map(|grade| Route::Activity(id.into(), Some(grade)));
        let on = on.clone();
        let closed = route.is_none();
        html! {
            <li key={rung.name.clone()} class={classes!(here.then_some("here"))}>
                <button type="button" class="to-rung" aria-current={here.then_some("step")} aria-disabled={closed.then_some("true")}
                    onclick={move |_| if let Some(route) = &route { on.emit(Act::Swap(route.clone())) }}>
                    { text(rung.name) }
                </button>
                { if rung.word.is_empty() { nothing() } else { el("span", "word", vec![text(rung.word)]) } }
            </li>
        }
    };
    html! { <ol class="ladder">{ for all.into_iter().enumerate().map(rung) }</ol> }
}

/// Kept at hand, or not for us.
fn keep(state: &State, page: &Page, on: &On) -> Html {
    let Some(child) = state.family.active_child() else {
        return nothing();
    };
    let saved = child.saved.contains(&page.id);
    let save = Act::Today(today::Act::Save(page.id.clone(), !saved));
    let save = toggle(
        on,
        save,
        "button quiet keep",
        key::DECLINE_SAVE.say().into(),
        saved,
    );
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
                        key::DECLINE_BACK.with(&[("title", &page.title)]),
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

/// How much help, and in which words.
fn changed(page: &Page, name: &str) -> Html {
    let one = |change: &ChangeSaid| {
        html! {
            <li key={change.words.clone()}>
                <b>{ text(change.name.clone()) }</b>
                { p("", change.words.clone()) }
                { p("soft", change.effect.clone()) }
            </li>
        }
    };
    let said = if page.changes.is_empty() {
        p("", key::ACTIVITY_CHANGED_NONE.with(&[("rung", &page.rung)]))
    } else {
        el("ul", "plain", page.changes.iter().map(one).collect())
    };
    section(
        "changed",
        key::ACTIVITY_CHANGED.with(&[("name", name)]),
        vec![said],
    )
}
