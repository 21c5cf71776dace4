//! Settings: theme, and the family's data in the family's hand.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::{button, heading, link, text};
use super::On;
use crate::app::{Act, Confirm, Keeping, State};
use crate::family::Theme;
use crate::model;
use crate::route::Route;
use crate::snapshot::ReadError;
use crate::words::{key, Key};

/// The screen.
pub fn settings(state: &State, on: &On) -> Html {
    html! {
        <div class="settings">
            { heading(key::SETTINGS_TITLE.say()) }
            <section class="card body">
                <fieldset>
                    <legend>{ text(key::SETTINGS_THEME.say()) }</legend>
                    { for Theme::ALL.iter().copied().map(|theme| theme_choice(state, theme, on)) }
                </fieldset>
            </section>
            <section class="card body">
                <h2>{ text(key::SETTINGS_DATA.say()) }</h2>
                <p class="soft">{ text(kept(state.keeping).say()) }</p>
                <div class="row">
                    { button(on, Act::Export, "quiet", key::SETTINGS_EXPORT.say()) }
                    { import(on) }
                </div>
                <p class="error" role="alert">{ text(state.import_problem.clone().unwrap_or_default()) }</p>
                { match &state.confirm {
                    Some(Confirm::Import(family)) => {
                        let reports: usize = family.children.iter().map(|child| child.reports().count()).sum();
                        let unknown = family
                            .children
                            .iter()
                            .flat_map(|child| child.reports())
                            .filter(|report| state.knowledge.activity(&report.activity).is_none())
                            .count();
                        let mut said = key::IMPORT_SURE.with(&[
                            ("children", &model::count(family.children.len(), key::COUNT_CHILD, key::COUNT_CHILDREN)),
                            ("reports", &model::count(reports, key::COUNT_REPORT, key::COUNT_REPORTS)),
                        ]);
                        if unknown > 0 {
                            said.push(' ');
                            said.push_str(&key::IMPORT_UNKNOWN.with(&[("count", &unknown.to_string())]));
                        }
                        confirm(on, &said, key::IMPORT_YES.say())
                    }
                    _ => html! { <span></span> },
                } }
            </section>
            <section class="card body">
                <h2>{ text(key::SETTINGS_ERASE_TITLE.say()) }</h2>
                <p class="soft">{ text(key::SETTINGS_ERASE_WHAT.say()) }</p>
                { if state.confirm == Some(Confirm::Erase) {
                    confirm(on, key::SETTINGS_ERASE_SURE.say(), key::SETTINGS_ERASE_YES.say())
                } else {
                    button(on, Act::Ask(Confirm::Erase), "quiet", key::SETTINGS_ERASE.say())
                } }
            </section>
            <section class="card body">
                <h2>{ text(key::SETTINGS_ABOUT.say()) }</h2>
                <p class="soft">{ text(key::SETTINGS_OFFLINE.say()) }</p>
                <p class="soft">{ text(key::SETTINGS_NOT.say()) }</p>
                <p>{ link(on, &Route::Advice("just-right-challenge".into()), "", text(key::HELLO_HOW.say())) }</p>
                <p>{ link(on, &Route::Advice("who-can-help".into()), "", text(key::NAV_HELP.say())) }</p>
                <p class="soft">{ text(key::SETTINGS_VERSION.with(&[("version", env!("CARGO_PKG_VERSION"))])) }</p>
            </section>
        </div>
    }
}

/// Asks before data is taken away.
pub fn confirm(on: &On, said: &str, yes: &'static str) -> Html {
    html! {
        <div class="confirm" role="group" aria-label={said.to_owned()} tabindex="-1" data-confirm="" key="confirm">
            <p>{ text(said.to_owned()) }</p>
            <div class="row">
                { button(on, Act::Do, "main", yes) }
                { button(on, Act::Keep, "quiet", key::CONFIRM_NO.say()) }
            </div>
        </div>
    }
}

/// What is wrong with a file, and that nothing was lost.
pub fn import_problem(error: ReadError) -> String {
    let said = match error {
        ReadError::TooLarge => return key::IMPORT_TOO_LARGE.with(&[("size", "8")]),
        ReadError::Broken => key::IMPORT_BROKEN,
        ReadError::NotOurs => key::IMPORT_NOT_OURS,
        ReadError::Newer => key::IMPORT_NEWER,
        ReadError::Invalid | ReadError::Damaged => key::IMPORT_INVALID,
    };
    said.say().to_owned()
}

fn theme_choice(state: &State, theme: Theme, on: &On) -> Html {
    let name = match theme {
        Theme::Device => key::THEME_DEVICE,
        Theme::Light => key::THEME_LIGHT,
        Theme::Dark => key::THEME_DARK,
    };
    let on = on.clone();
    html! {
        <label class="choice" key={name.say()}>
            <input type="radio" name="theme" checked={state.family.theme == theme} onchange={move |_| on.emit(Act::SetTheme(theme))} />
            { text(name.say()) }
        </label>
    }
}

fn kept(keeping: Keeping) -> Key {
    match keeping {
        Keeping::Opening | Keeping::Kept => key::SETTINGS_KEPT,
        Keeping::NotAsked => key::SETTINGS_NOT_KEPT,
        Keeping::Denied => key::STORE_DENIED,
        Keeping::ReadOnly => key::STORE_READ_ONLY,
        Keeping::Failing => key::STORE_FAILING,
    }
}

/// A button that opens the browser's file dialogue by way of a file field that is not shown.
fn import(on: &On) -> Html {
    let chosen = {
        let on = on.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let file = input.files().and_then(|files| files.get(0));
            // So that choosing the same file again counts as a change.
            input.set_value("");
            if let Some(file) = file {
                on.emit(Act::FileChosen(file));
            }
        }
    };
    let field = NodeRef::default();
    let open = {
        let field = field.clone();
        move |_| {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                input.click();
            }
        }
    };
    html! {
        <>
            <button type="button" class="button quiet" key="button" onclick={open}>{ text(key::SETTINGS_IMPORT.say()) }</button>
            <input key="file" ref={field} type="file" accept="application/json,.json" hidden=true aria-label={key::SETTINGS_IMPORT_FILE.say()} onchange={chosen} />
        </>
    }
}
