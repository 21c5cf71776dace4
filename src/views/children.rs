//! The children: who there is, and the form for one.

use just_right_catalogue::content::Channel;
use just_right_engine::safety::{Allergen, Limit};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::{button, check, el, heading, link, nothing, p, text};
use super::settings::confirm;
use super::On;
use crate::app::{today, Act, Confirm, Draft, Field, State};
use crate::family::{AgeProblem, Child, ChildId, Response};
use crate::model;
use crate::route::Route;
use crate::words::{key, Key};

/// Who there is.
pub fn children(state: &State, on: &On) -> Html {
    let active = state.family.active_child().map(|child| child.id);
    html! {
        <div class="children">
            { heading(key::CHILDREN_TITLE.say()) }
            <ul class="cards plain">
                { for state.family.children.iter().map(|child| {
                    let name = model::label(child, state.today);
                    let here = Some(child.id) == active;
                    let told = key::CHILDREN_TOLD.with(&[
                        ("reports", &key::COUNT_ACTIVITIES.of(child.reports().count())),
                        ("answers", &key::COUNT_ANSWERS.of(child.answers().count())),
                    ]);
                    html! {
                        <li class={classes!("card", "body", here.then_some("here"))} key={child.id.0}>
                            <h2>{ text(name.clone()) }</h2>
                            <p class="soft">{ text(model::age(child.age_at(state.today))) }{ text(" · ") }{ text(told) }</p>
                            <div class="row">
                                { button(on, Act::Choose(child.id), if here { "main" } else { "quiet" }, key::CHILDREN_PICKS_FOR.with(&[("name", &name)])) }
                                { link(on, &Route::Child(Some(child.id.0)), "button quiet", text(key::CHILDREN_EDIT.with(&[("name", &name)]))) }
                            </div>
                        </li>
                    }
                }) }
            </ul>
            { if state.family.children.is_empty() { html! { <p class="soft">{ text(key::CHILDREN_NONE.say()) }</p> } } else { html! { <span></span> } } }
            { if state.family.children.len() < 2 { nothing() } else { link(on, &Route::Together(None), "button quiet wide", text(key::TOGETHER_TITLE.say())) } }
            { link(on, &Route::Child(None), "button quiet wide", text(key::CHILDREN_ADD.say())) }
        </div>
    }
}

/// One child: a new one, or one to correct.
pub fn child(state: &State, id: Option<u32>, on: &On) -> Html {
    let existing = id.and_then(|id| state.family.child(ChildId(id)));
    let name = existing.map(|child| model::label(child, state.today));
    let title = name.as_ref().map_or_else(
        || key::CHILD_NEW.say().to_owned(),
        |name| key::CHILD_EDIT.with(&[("name", name)]),
    );
    html! {
        <div class="child">
            { heading(title) }
            { form(&state.draft, on, if existing.is_some() { key::CHILD_SAVE.say() } else { key::START_SHOW.say() }, true) }
            { match existing {
                Some(child) => senses(state, child, on),
                None => nothing(),
            } }
            { match (existing, &state.confirm) {
                (Some(child), Some(asked @ Confirm::Remove(_))) if *asked == Confirm::Remove(child.id) => confirm(
                    on,
                    &key::CHILD_REMOVE_SURE.with(&[("name", &model::label(child, state.today)), ("reports", &key::COUNT_REPORTS.of(child.reports().count()))]),
                    key::CHILD_REMOVE_YES.say(),
                ),
                (Some(child), _) => button(on, Act::Ask(Confirm::Remove(child.id)), "plain", key::CHILD_REMOVE.with(&[("name", &model::label(child, state.today))])),
                (None, _) => html! { <span></span> },
            } }
        </div>
    }
}

/// How the child takes in the world: a question for each channel of the senses.
fn senses(state: &State, child: &Child, on: &On) -> Html {
    let Some(texts) = &state.knowledge.texts else {
        return nothing();
    };
    let channel = |channel: &Channel| {
        let sense = channel.sense;
        let said = child
            .senses
            .iter()
            .find(|(known, _)| *known == sense)
            .map(|(_, said)| *said);
        let answers = [
            (Some(Response::Avoids), channel.avoids.name.as_str()),
            (Some(Response::Fine), channel.fine.name.as_str()),
            (Some(Response::LooksFor), channel.looks_for.name.as_str()),
            (None, key::SENSE_NOT_SAID.say()),
        ];
        let answer = |(response, name): (Option<Response>, &str)| {
            let (on, act) = (
                on.clone(),
                Act::Today(today::Act::Sense(child.id, sense.0, response)),
            );
            html! {
                <label class="choice" key={name.to_owned()}>
                    <input type="radio" name={channel.ask.clone()} checked={said == response} onchange={move |_| on.emit(act.clone())} />
                    { text(name.to_owned()) }
                </label>
            }
        };
        let mut inner = vec![el("legend", "", vec![text(channel.ask.clone())])];
        inner.extend(answers.map(answer));
        el("fieldset", "", inner)
    };
    let mut all = vec![
        el("summary", "", vec![text(key::SENSE_TITLE.say())]),
        p("soft", key::SENSE_WHAT.say()),
    ];
    all.extend(texts.channels.iter().map(channel));
    el("details", "senses", all)
}

/// Name and age; with protection where there is time for it.
pub fn form(draft: &Draft, on: &On, send: &'static str, with_protection: bool) -> Html {
    let problem = draft.problem.map(problem);
    let wrong = |field: Field| match draft.problem {
        Some(AgeProblem::Months) => field == Field::Months,
        Some(_) => field == Field::Years,
        None => false,
    };
    html! {
        <div class="form" role="form" aria-label={key::FORM_NAME.say()}>
            <fieldset class="age">
                <legend>{ text(key::FORM_AGE.say()) }</legend>
                <div class="pair">
                    { field(on, Field::Years, key::FORM_YEARS, &draft.years, true, wrong(Field::Years)) }
                    { field(on, Field::Months, key::FORM_MONTHS, &draft.months, true, wrong(Field::Months)) }
                </div>
                <p class="error" id="age-problem" role="alert">{ text(problem.map_or("", Key::say)) }</p>
            </fieldset>
            { field(on, Field::Nickname, key::FORM_NICKNAME, &draft.nickname, false, false) }
            <p class="soft hint" id="nickname-hint">{ text(key::FORM_NICKNAME_HINT.say()) }</p>
            { if with_protection { protection(draft, on) } else { html! { <span></span> } } }
            { button(on, Act::ChildSent, "main wide", send) }
        </div>
    }
}

fn field(on: &On, which: Field, name: Key, value: &str, number: bool, wrong: bool) -> Html {
    let id = match which {
        Field::Nickname => "nickname",
        Field::Years => "years",
        Field::Months => "months",
    };
    let typed = {
        let on = on.clone();
        move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            on.emit(Act::Typed(which, input.value()));
        }
    };
    // Not by the browser's own submission: a sandboxed frame forbids it.
    let entered = {
        let on = on.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                on.emit(Act::ChildSent);
            }
        }
    };
    html! {
        <div class="field">
            <label for={id}>{ text(name.say()) }</label>
            <input {id} type="text" inputmode={if number { "numeric" } else { "text" }} value={value.to_owned()} autocomplete="off"
                maxlength="40" oninput={typed} onkeydown={entered} aria-invalid={wrong.then_some("true")}
                aria-describedby={if number { "age-problem" } else { "nickname-hint" }} />
        </div>
    }
}

fn problem(problem: AgeProblem) -> Key {
    match problem {
        AgeProblem::Empty => key::FORM_AGE_EMPTY,
        AgeProblem::Years => key::FORM_YEARS_WRONG,
        AgeProblem::Months => key::FORM_MONTHS_WRONG,
        AgeProblem::TooYoung => key::FORM_TOO_YOUNG,
        AgeProblem::TooOld => key::FORM_TOO_OLD,
    }
}

fn protection(draft: &Draft, on: &On) -> Html {
    let radio = |value: Option<bool>, name: Key| {
        let on = on.clone();
        html! {
            <label class="choice" key={name.say()}>
                <input type="radio" name="mouthing" checked={draft.mouthing == value} onchange={move |_| on.emit(Act::MouthingSet(value))} />
                { text(name.say()) }
            </label>
        }
    };
    html! {
        <div class="protection">
            <fieldset>
                <legend>{ text(key::PROTECT_MOUTHING.say()) }</legend>
                { radio(Some(true), key::PROTECT_YES) }
                { radio(Some(false), key::PROTECT_NO) }
                { radio(None, key::PROTECT_NOT_SAID) }
            </fieldset>
            <fieldset>
                <legend>{ text(key::PROTECT_ALLERGENS.say()) }</legend>
                { for Allergen::ALL.iter().map(|&one| check(on, Act::AllergenSwitched(one), draft.allergens.contains(&one), allergen(one).say().into())) }
            </fieldset>
            <fieldset>
                <legend>{ text(key::PROTECT_LIMITS.say()) }</legend>
                { for Limit::ALL.iter().map(|&one| check(on, Act::LimitSwitched(one), draft.limits.contains(&one), limit(one).say().into())) }
            </fieldset>
        </div>
    }
}

fn allergen(one: Allergen) -> Key {
    match one {
        Allergen::Wheat => key::ALLERGEN_WHEAT,
        Allergen::Egg => key::ALLERGEN_EGG,
        Allergen::Milk => key::ALLERGEN_MILK,
        Allergen::Nuts => key::ALLERGEN_NUTS,
        Allergen::Sesame => key::ALLERGEN_SESAME,
        Allergen::Soy => key::ALLERGEN_SOY,
        Allergen::Latex => key::ALLERGEN_LATEX,
    }
}

fn limit(one: Limit) -> Key {
    match one {
        Limit::Seizure => key::LIMIT_SEIZURE,
        Limit::Heart => key::LIMIT_HEART,
        Limit::Joints => key::LIMIT_JOINTS,
        Limit::Swallowing => key::LIMIT_SWALLOWING,
        Limit::Skin => key::LIMIT_SKIN,
    }
}
