//! Settings: language and looks, and the family's data in the family's hand.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::{button, div, el, heading, link, nothing, p, section, text};
use super::On;
use crate::app::{Act, Confirm, Keeping, State};
use crate::family::{Motion, TextSize, Theme};
use crate::route::Route;
use crate::snapshot::ReadError;
use crate::words::{self, key, Key, Offered, OFFERED};

/// The screen.
pub fn settings(state: &State, on: &On) -> Html {
    let card = |title: Key, inner: Vec<Html>| section("card body", title.say(), inner);
    div(
        "settings",
        vec![
            heading(key::SETTINGS_TITLE.say()),
            div("card body", looks(state, on)),
            card(key::SETTINGS_DATA, data(state, on)),
            card(key::SETTINGS_ERASE_TITLE, erase(state, on)),
            card(
                key::SETTINGS_ABOUT,
                vec![
                    p("soft", key::SETTINGS_OFFLINE.say()),
                    install(state, on),
                    p("soft", key::SETTINGS_NOT.say()),
                    advice(on, "just-right-challenge", key::HELLO_HOW),
                    advice(on, "who-can-help", key::NAV_HELP),
                    p(
                        "soft",
                        key::SETTINGS_VERSION.with(&[("version", env!("CARGO_PKG_VERSION"))]),
                    ),
                ],
            ),
        ],
    )
}

/// How it comes among the person's own apps: by a button where the browser offers it, by words elsewhere.
fn install(state: &State, on: &On) -> Html {
    match (state.standalone, state.installable) {
        (false, _) => nothing(),
        (true, true) => button(
            on,
            Act::AskPage("just-right-install"),
            "quiet",
            key::SETTINGS_INSTALL.say(),
        ),
        (true, false) => p("soft", key::SETTINGS_INSTALL_HOW.say()),
    }
}

fn advice(on: &On, id: &str, name: Key) -> Html {
    el(
        "p",
        "",
        vec![link(on, &Route::Advice(id.into()), "", text(name.say()))],
    )
}

/// Language, theme, size, motion, sound.
fn looks(state: &State, on: &On) -> Vec<Html> {
    let family = &state.family;
    // What was chosen, not what is spoken: a language may still be on its way.
    let chosen = family.language.as_deref().map(|tag| Offered::asked_by(tag).tag);
    let chosen = chosen.unwrap_or(state.spoken.tag);
    let languages = OFFERED.iter().map(|one| {
        let here = one.tag == chosen;
        (one.name, here, Act::SetLanguage(Some(one.tag.into())))
    });
    let themes = [
        (Theme::Device, key::THEME_DEVICE),
        (Theme::Light, key::THEME_LIGHT),
        (Theme::Dark, key::THEME_DARK),
    ];
    let sizes = [
        (TextSize::Usual, key::SIZE_USUAL),
        (TextSize::Large, key::SIZE_LARGE),
        (TextSize::Largest, key::SIZE_LARGEST),
    ];
    let motions = [
        (Motion::Device, key::THEME_DEVICE),
        (Motion::Still, key::MOTION_STILL),
    ];
    let sounds = [(true, key::SOUNDS_ON), (false, key::SOUNDS_OFF)];
    vec![
        choices(on, key::SETTINGS_LANGUAGE, languages),
        p("soft small-print", key::LANGUAGE_REVIEW.say()),
        choices(
            on,
            key::SETTINGS_THEME,
            themes.map(|(one, name)| (name.say(), family.theme == one, Act::SetTheme(one))),
        ),
        choices(
            on,
            key::SETTINGS_SIZE,
            sizes.map(|(one, name)| (name.say(), family.text_size == one, Act::SetTextSize(one))),
        ),
        choices(
            on,
            key::SETTINGS_MOTION,
            motions.map(|(one, name)| (name.say(), family.motion == one, Act::SetMotion(one))),
        ),
        choices(
            on,
            key::SETTINGS_SOUNDS,
            sounds.map(|(one, name)| (name.say(), family.sounds == one, Act::SetSounds(one))),
        ),
    ]
}

/// One of several: each with its name, whether it holds now, and what makes it hold.
pub(super) fn choices(
    on: &On,
    legend: Key,
    all: impl IntoIterator<Item = (&'static str, bool, Act)>,
) -> Html {
    let all = all
        .into_iter()
        .map(|(name, here, act)| choice(on, legend, name, here, act));
    let mut inner = vec![el("legend", "", vec![text(legend.say())])];
    inner.extend(all);
    el("fieldset", "", inner)
}

fn choice(on: &On, group: Key, name: &'static str, here: bool, act: Act) -> Html {
    let on = on.clone();
    html! {
        <label class="choice" key={name}>
            <input type="radio" name={group.say()} checked={here} onchange={move |_| on.emit(act.clone())} />
            { text(name) }
        </label>
    }
}

fn data(state: &State, on: &On) -> Vec<Html> {
    let asked = match &state.confirm {
        Some(Confirm::Import(family)) => {
            let reports = || family.children.iter().flat_map(|child| child.reports());
            let unknown = reports().filter(|report| state.knowledge.activity(&report.activity).is_none());
            let unknown = unknown.count();
            let mut said = key::IMPORT_SURE.with(&[
                ("children", &key::COUNT_CHILDREN.of(family.children.len())),
                ("reports", &key::COUNT_REPORTS.of(reports().count())),
            ]);
            if unknown > 0 {
                said.push(' ');
                said.push_str(&key::IMPORT_UNKNOWN.with(&[("count", &words::number(unknown))]));
            }
            confirm(on, &said, key::IMPORT_YES.say())
        }
        _ => nothing(),
    };
    vec![
        p("soft", kept(state.keeping).say()),
        div(
            "row",
            vec![
                button(on, Act::Export, "quiet", key::SETTINGS_EXPORT.say()),
                import(on),
            ],
        ),
        html! { <p class="error" role="alert">{ text(state.import_problem.clone().unwrap_or_default()) }</p> },
        asked,
    ]
}

fn erase(state: &State, on: &On) -> Vec<Html> {
    vec![
        p("soft", key::SETTINGS_ERASE_WHAT.say()),
        if state.confirm == Some(Confirm::Erase) {
            confirm(on, key::SETTINGS_ERASE_SURE.say(), key::SETTINGS_ERASE_YES.say())
        } else {
            button(on, Act::Ask(Confirm::Erase), "quiet", key::SETTINGS_ERASE.say())
        },
    ]
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
