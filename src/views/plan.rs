//! The plan of the week.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::{button, check, div, el, heading, link, nothing, p, picture, pressed, section, text, track};
use super::On;
use crate::app::plan::Act as Do;
use crate::app::{Act, State};
use crate::model::plan::{Moment, PlannedDay};
use crate::model::{count, dates};
use crate::route::Route;
use crate::words::{capital, key};

/// The screen.
pub fn plan(state: &State, on: &On) -> Html {
    let (Some(present), week) = (&state.present, &state.week) else {
        return nothing();
    };
    let empty = week.moments().next().is_none();
    let lead = if empty { key::PLAN_EMPTY } else { key::PLAN_LEAD };
    // Each part keeps its place, so that nothing that has the focus is made anew.
    let mut all = vec![
        heading(key::PLAN_TITLE.with(&present.places())),
        p("lead", lead.with(&present.places())),
        said(state, on),
        free_days(state, on),
        match (week.has_room(), empty) {
            (false, _) => nothing(),
            (true, true) => button(on, Act::Plan(Do::Fill), "main wide", key::PLAN_MAKE.say()),
            (true, false) => button(on, Act::Plan(Do::Fill), "quiet wide", key::PLAN_FILL.say()),
        },
        missed(state, on),
    ];
    if !empty {
        let days = week.days.iter().map(|one| day(state, one, on)).collect();
        let moments = count(week.moments().count(), key::PLAN_MOMENT, key::PLAN_MOMENTS);
        let minutes = week.minutes().to_string();
        all.extend([
            div("days", days),
            p("soft total", key::PLAN_TOTAL.with(&[("moments", &moments), ("minutes", &minutes)])),
            take_along(state, on),
        ]);
    }
    div(if state.desk.large { "plan large" } else { "plan" }, all)
}

fn list(items: Vec<Html>) -> Html {
    el("ul", "plain moments", items)
}

/// What was done last, with the way back.
fn said(state: &State, on: &On) -> Html {
    let undo = if state.desk.before.is_some() {
        let on = on.clone();
        html! { <button type="button" class="button quiet small" data-undo="" onclick={move |_| on.emit(Act::Plan(Do::Undo))}>{ text(key::LEARNED_TAKE_BACK.say()) }</button> }
    } else {
        nothing()
    };
    let shown = if state.desk.said.is_empty() { "said none" } else { "said notice" };
    html! { <div class={shown}><p role="status">{ text(state.desk.said.clone()) }</p>{ undo }</div> }
}

/// The seven days: those with a mark are planned, a tap keeps one free.
fn free_days(state: &State, on: &On) -> Html {
    let one = |day: &PlannedDay| {
        let name: String = day.name.chars().take(3).collect();
        pressed(on, Act::Plan(Do::Free(day.on)), "day-chip", !day.free, name, Some(day.name))
    };
    html! {
        <div class="free-days" role="group" aria-label={key::PLAN_DAYS.say()}>
            <p class="soft small-print">{ text(key::PLAN_DAYS.say()) }</p>
            <div class="chips">{ for state.week.days.iter().map(one) }</div>
        </div>
    }
}

fn day(state: &State, day: &PlannedDay, on: &On) -> Html {
    let today = day.on == state.today;
    let minutes: u16 = day.moments.iter().map(|one| one.minutes).sum();
    let about = match (day.free, minutes) {
        (true, _) => key::PLAN_FREE.say().to_owned(),
        (_, 0) => key::PLAN_NOTHING.say().to_owned(),
        _ => key::PLAN_MINUTES.with(&[("minutes", &minutes.to_string())]),
    };
    let offers = state.desk.offers.as_ref().filter(|(on, _)| *on == day.on);
    html! {
        <section class={classes!("card", "day", today.then_some("here"), (day.free || day.moments.is_empty()).then_some("bare-day"))} key={day.on.0}>
            <h2>{ text(day.name) }{ text(" ") }<span class="date">{ text(if today { key::PLAN_TODAY.with(&[("date", &day.date)]) } else { day.date.clone() }) }</span></h2>
            <p class="soft day-about">{ text(about) }</p>
            { list(day.moments.iter().map(|one| moment(state, one, on)).collect()) }
            { if day.free { nothing() } else { adding(day, offers.map(|(_, all)| all.as_slice()), on) } }
        </section>
    }
}

/// "Add something", and what.
fn adding(day: &PlannedDay, offers: Option<&[(String, String)]>, on: &On) -> Html {
    let named = key::PLAN_ADD_TO.with(&[("day", day.name)]);
    let offer = |(id, title): &(String, String)| {
        let act = Act::Plan(Do::Add(id.clone(), day.on));
        html! { <li key={id.clone()}>{ button(on, act, "quiet small", title.clone()) }</li> }
    };
    let shown = match offers {
        Some([]) => p("soft", key::PLAN_NO_OTHER.say()),
        Some(all) => list(all.iter().map(offer).collect()),
        None => nothing(),
    };
    let toggle = {
        let (on, act) = (on.clone(), Act::Plan(Do::Offer(day.on)));
        html! {
            <button type="button" class="button plain small" aria-label={named} aria-expanded={if offers.is_some() { "true" } else { "false" }}
                onclick={move |_| on.emit(act.clone())}>{ text(key::PLAN_ADD.say()) }</button>
        }
    };
    div("adding", vec![toggle, shown])
}

fn moment(state: &State, moment: &Moment, on: &On) -> Html {
    let open = state.desk.open.as_ref() == Some(&moment.planned);
    let route = Route::Activity(
        moment.planned.activity.clone(),
        (!moment.grade.is_empty()).then(|| moment.grade.clone()),
    );
    let mut meta = vec![key::PLAN_MINUTES.with(&[("minutes", &moment.minutes.to_string())])];
    if !moment.area.is_empty() {
        meta.push(capital(moment.area));
    }
    if moment.easy_win {
        meta.push(key::CARD_EASY_WIN.say().to_owned());
    }
    let change = {
        let (on, act) = (on.clone(), Act::Plan(Do::Open(moment.planned.clone())));
        html! {
            <button type="button" class="button quiet small" data-open={open.then_some("")} aria-expanded={if open { "true" } else { "false" }}
                aria-label={key::PLAN_CHANGE_OF.with(&[("title", &moment.title)])} onclick={move |_| on.emit(act.clone())}>{ text(key::PLAN_CHANGE.say()) }</button>
        }
    };
    html! {
        <li class={classes!("moment", moment.done.then_some("done"))} key={format!("{}{}", moment.planned.activity, moment.planned.on.0)}>
            { div("thumb", vec![picture(state, &moment.picture, "picture")]) }
            { div("about", vec![
                el("h3", "", vec![link(on, &route, "", text(moment.title.clone()))]),
                p("meta", meta.join(" · ")),
                p("rung-line", if moment.grade.is_empty() { key::REFUSED_NOW.say().to_owned() } else { moment.rung.clone() }),
                p("paper", moment.needs.clone()),
                p("paper", moment.supervision),
                match &moment.track { Some(found) => div("paper", vec![track(found)]), None => nothing() },
            ]) }
            { if moment.done { p("flag", key::PLAN_DONE.say()) } else { change } }
            { if open && !moment.done { editing(state, moment, on) } else { nothing() } }
        </li>
    }
}

/// What can be done with a moment.
fn editing(state: &State, moment: &Moment, on: &On) -> Html {
    let planned = &moment.planned;
    let to = |later: bool| match state.week.beside(planned.on, later) {
        Some(day) => button(
            on,
            Act::Plan(Do::Move(planned.clone(), day.on)),
            "quiet small",
            key::PLAN_MOVE.with(&[("day", day.name)]),
        ),
        None => nothing(),
    };
    let swap = {
        let (on, act) = (on.clone(), Act::Plan(Do::Swap(planned.clone())));
        html! { <button type="button" class="button quiet small" data-swap="" onclick={move |_| on.emit(act.clone())}>{ text(key::PLAN_SWAP.say()) }</button> }
    };
    html! {
        <div class="editing row" role="group" aria-label={key::PLAN_CHANGE_OF.with(&[("title", &moment.title)])}>
            { swap }{ to(false) }{ to(true) }
            { button(on, Act::Plan(Do::Remove(planned.clone())), "plain small", key::PLAN_REMOVE.say()) }
        </div>
    }
}

/// What did not happen: it waits, and nobody is reproached.
fn missed(state: &State, on: &On) -> Html {
    if state.week.missed.is_empty() {
        return nothing();
    }
    let one = |moment: &Moment| {
        let planned = &moment.planned;
        let when = format!("{} {}", dates::weekday_said(planned.on), dates::said(planned.on));
        html! {
            <li class="moment" key={planned.activity.clone()}>
                { div("thumb", vec![picture(state, &moment.picture, "picture")]) }
                { div("about", vec![el("h3", "", vec![text(moment.title.clone())]), p("meta", when)]) }
                <div class="editing row">
                    { button(on, Act::Plan(Do::Move(planned.clone(), state.today)), "quiet small", key::PLAN_TO_TODAY.say()) }
                    { button(on, Act::Plan(Do::Remove(planned.clone())), "plain small", key::PLAN_LET_GO.say()) }
                </div>
            </li>
        }
    };
    let why = p("soft", key::PLAN_MISSED_WHY.say());
    let all = list(state.week.missed.iter().map(one).collect());
    section("missed", key::PLAN_MISSED.say(), vec![why, all])
}

/// On paper, and into a calendar.
fn take_along(state: &State, on: &On) -> Html {
    let size = |large: bool, name: &'static str| {
        pressed(on, Act::Plan(Do::Large(large)), "segment", state.desk.large == large, name, None)
    };
    let typed = {
        let on = on.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            on.emit(Act::Plan(Do::At(input.value())));
        }
    };
    let nickname = state.family.active_child().and_then(|child| child.nickname.as_ref());
    let named = match nickname {
        Some(name) => check(
            on,
            Act::Plan(Do::Named),
            state.desk.named,
            key::PLAN_NAMED.with(&[("name", name.as_str())]),
        ),
        None => nothing(),
    };
    html! {
        <div class="take-along">
            { section("card body", key::PLAN_PAPER.say(), vec![
                html! {
                    <div class="segments two" role="group" aria-label={key::PLAN_SIZE.say()}>
                        { size(false, key::PLAN_USUAL.say()) }{ size(true, key::PLAN_LARGE.say()) }
                    </div>
                },
                button(on, Act::Plan(Do::Print), "quiet", key::PLAN_PRINT.say()),
            ]) }
            { section("card body", key::PLAN_CALENDAR.say(), vec![
                html! {
                    <div class="field">
                        <label for="plan-at">{ text(key::PLAN_AT.say()) }</label>
                        <input id="plan-at" type="time" value={state.desk.at.clone()} onchange={typed} />
                    </div>
                },
                named,
                p("soft small-print", key::PLAN_CALENDAR_WHY.say()),
                button(on, Act::Plan(Do::Calendar), "quiet", key::PLAN_SAVE.say()),
            ]) }
        </div>
    }
}
