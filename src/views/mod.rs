//! Views: data to html, and nothing else. A text that can change stands in an element of its own, keyed by
//! the text: a browser's page translation replaces text nodes, and an element that is exchanged whole does
//! not mind.

mod activity;
mod advice;
mod board;
mod children;
mod circumstances;
mod doing;
#[cfg(feature = "test-hooks")]
mod gallery;
mod growing;
mod hello;
mod parts;
mod plan;
mod questions;
pub(crate) mod settings;
mod today;
mod together;
mod told;

use just_right_catalogue::Named as _;
use yew::prelude::*;

use crate::app::today::Act as today_act;
use crate::app::{growing as act, Act, Keeping, Notice, NoticeKind, State};
use crate::model;
use crate::platform::page::theme_name;
use crate::route::Route;
use crate::snapshot::ReadError;
use crate::words::{self, key, Key};

use parts::{button, link, nothing, text};

/// Hears what people do.
type On = Callback<Act>;

/// The whole app.
pub fn app(state: &State, on: &On) -> Html {
    let opening = state.keeping == Keeping::Opening || state.listening;
    let direction = if state.spoken.from_right { "rtl" } else { "ltr" };
    let bare = matches!(state.route, Route::Doing(..)) || state.family.children.is_empty();
    html! {
        <div class={classes!("app", bare.then_some("bare"), state.standalone.then_some("standalone"))} lang={state.spoken.tag} dir={direction} data-theme={theme_name(state.family.theme)}
            data-size={state.family.text_size.name()} data-motion={state.family.motion.name()}>
            { header(state, on) }
            <main class="screen">
                <div class="notices" key="notices">{ for notices(state, on) }</div>
                <div class="place" key={place_key(state)}>
                    { if opening { html! { <p class="soft">{ text(key::OPENING.say()) }</p> } } else { place(state, on) } }
                </div>
            </main>
            { nav(state, on) }
        </div>
    }
}

/// The name of the page.
pub fn title(state: &State) -> String {
    let said = match &state.route {
        Route::Activity(id, _) | Route::Doing(id, ..) | Route::HowDidItGo(id, _) => {
            state.knowledge.title(id).map(str::to_owned)
        }
        Route::Today => Some(key::NAV_TODAY.say().into()),
        Route::Circumstances => Some(key::CIRCUMSTANCES_TITLE.say().into()),
        Route::Board => Some(key::TODAY_BOARD.say().into()),
        Route::Growing => Some(key::NAV_GROWING.say().into()),
        Route::Plan => Some(key::NAV_PLAN.say().into()),
        Route::Together(_) => Some(key::NAV_CHILDREN.say().into()),
        Route::Children | Route::Child(_) => Some(key::NAV_CHILDREN.say().into()),
        Route::Settings => Some(key::SETTINGS_TITLE.say().into()),
        Route::Questions => Some(key::QUESTIONS_TITLE.say().into()),
        Route::Advice(id) => state.knowledge.page(id).map(|page| page.title.clone()),
        _ => None,
    };
    said.map_or_else(
        || key::APP_NAME.say().into(),
        |said| format!("{said} · {}", key::APP_NAME.say()),
    )
}

fn place(state: &State, on: &On) -> Html {
    match &state.route {
        Route::Hello => hello::hello(state, on),
        Route::Start => hello::start(state, on),
        Route::Today => today::today(state, on),
        _ if !state.whole => html! { <p class="soft" role="status">{ text(key::OPENING.say()) }</p> },
        _ => later_place(state, on),
    }
}

/// A door to what is fetched after the first pick: see [`rest`](crate::platform::rest).
#[inline(never)]
fn later_place(state: &State, on: &On) -> Html {
    match &state.route {
        Route::Hello | Route::Start | Route::Today => nothing(),
        Route::Activity(id, grade) => activity::activity(state, id, grade.as_deref(), on),
        Route::Doing(id, grade, step) => doing::doing(state, id, grade, *step, on),
        Route::HowDidItGo(id, grade) => doing::how_did_it_go(state, id, grade, on),
        Route::Questions => questions::questions(state, on),
        Route::Circumstances => circumstances::circumstances(state, on),
        Route::Board => board::board(state, on),
        Route::Growing => growing::growing(state, on),
        Route::Plan => plan::plan(state, on),
        Route::Together(id) => together::together(state, id.as_deref(), on),
        Route::Children => children::children(state, on),
        Route::Child(id) => children::child(state, *id, on),
        Route::Settings => settings::settings(state, on),
        Route::Advice(id) => advice::advice(state, id, on),
        #[cfg(feature = "test-hooks")]
        Route::Panic => panicking(),
        #[cfg(feature = "test-hooks")]
        Route::Gallery => gallery::gallery(state, on),
    }
}

#[cfg(feature = "test-hooks")]
#[allow(clippy::panic)]
fn panicking() -> Html {
    panic!("asked to, by a test")
}

/// A screen is exchanged whole when somebody goes elsewhere; within one, what stays the same stays.
fn place_key(state: &State) -> String {
    match &state.route {
        Route::Activity(id, _) => format!("activity/{id}"),
        Route::Doing(id, ..) => format!("do/{id}"),
        other => other.text(),
    }
}

fn header(state: &State, on: &On) -> Html {
    let child = state
        .family
        .active_child()
        .filter(|_| !matches!(state.route, Route::Doing(..)));
    html! {
        <header class="top" key="top">
            { link(on, &Route::Hello, "wordmark", html! { <>{ parts::mark() }{ text(key::APP_NAME.say()) }</> }) }
            { match child {
                Some(child) => link(on, &Route::Children, "chip", html! {
                    <>{ parts::person() }{ text(format!("{}, {}", words::capital(&model::name(child)), child.age_at(state.today) / 12)) }</>
                }),
                None => html! { <span class="chip-space"></span> },
            } }
        </header>
    }
}

fn nav(state: &State, on: &On) -> Html {
    let item = |route: Route, name: Key, here: bool, icon: Html| {
        html! {
            <a key={name.say()} class={classes!("nav-item", here.then_some("here"))} href={format!("#{}", route.text())}
                aria-current={here.then_some("page")} onclick={parts::going(on, &route)}>
                { icon }{ text(name.say()) }
            </a>
        }
    };
    let today = matches!(
        state.route,
        Route::Today
            | Route::Hello
            | Route::Activity(..)
            | Route::Doing(..)
            | Route::HowDidItGo(..)
            | Route::Questions
            | Route::Circumstances
            | Route::Board
            | Route::Start
    );
    html! {
        <nav class="nav" key="nav" aria-label={key::NAV_LABEL.say()}>
            { item(Route::Today, key::NAV_TODAY, today, parts::icon_today()) }
            { item(Route::Plan, key::NAV_PLAN, matches!(state.route, Route::Plan), parts::icon_plan()) }
            { item(Route::Growing, key::NAV_GROWING, matches!(state.route, Route::Growing), parts::icon_growing()) }
            { item(Route::Children, key::NAV_CHILDREN, matches!(state.route, Route::Children | Route::Child(_) | Route::Together(_)), parts::icon_children()) }
            { item(Route::Settings, key::NAV_MORE, matches!(state.route, Route::Settings | Route::Advice(_)), parts::icon_settings()) }
        </nav>
    }
}

fn notices(state: &State, on: &On) -> Vec<Html> {
    let mut all = Vec::new();
    let keeping = match state.keeping {
        Keeping::Denied => Some(key::STORE_DENIED),
        Keeping::Failing => Some(key::STORE_FAILING),
        Keeping::ReadOnly => Some(key::STORE_READ_ONLY),
        Keeping::Opening | Keeping::Kept | Keeping::NotAsked => None,
    };
    if let Some((error, _)) = &state.unreadable {
        all.push(html! {
            <div class="notice problem" role="alert" tabindex="-1" data-notice="" key="unreadable">
                <p>{ text(unreadable(*error).say()) }</p>
                <div class="row">
                    { button(on, Act::ExportUnreadable, "quiet small", key::STORE_SAVE_FILE.say()) }
                    { button(on, Act::StartAnew, "quiet small", key::STORE_START_ANEW.say()) }
                </div>
            </div>
        });
    }
    if let Some(said) = keeping {
        all.push(html! { <p class="notice problem" role="status" key="keeping">{ text(said.say()) }</p> });
    }
    if let Some(said) = &state.notice {
        all.push(notice(state, said, on));
    }
    if state.new_version {
        let using = Act::AskPage("just-right-use-new-version");
        all.push(offer(on, key::OFFER_NEW_VERSION, using, key::OFFER_USE_NOW));
    } else if state.route == Route::Today
        && !state.reminded
        && model::wants_a_copy(&state.family, state.today)
    {
        all.push(offer(on, key::OFFER_COPY, Act::Export, key::SETTINGS_EXPORT));
    }
    all
}

/// Something that may be done now or later.
fn offer(on: &On, said: Key, act: Act, yes: Key) -> Html {
    html! {
        <div class="notice" role="status" key={said.say()}>
            <p>{ text(said.say()) }</p>
            <div class="row">
                { button(on, act, "quiet small", yes.say()) }
                { button(on, Act::NotNow, "quiet small", key::OFFER_NOT_NOW.say()) }
            </div>
        </div>
    }
}

/// Why what is stored is left as it is.
pub fn unreadable(error: ReadError) -> Key {
    match error {
        ReadError::Newer => key::STORE_NEWER,
        _ => key::STORE_DAMAGED,
    }
}

fn notice(state: &State, notice: &Notice, on: &On) -> Html {
    let (class, role) = match notice.kind {
        NoticeKind::Learned if state.whole => return told::later_learned(state, notice, on),
        NoticeKind::Learned => ("notice", "status"),
        NoticeKind::PutAside => ("notice learned", "status"),
        NoticeKind::Info | NoticeKind::TakenBack => ("notice", "status"),
        NoticeKind::Problem => ("notice problem", "alert"),
    };
    let undo = match notice.kind {
        NoticeKind::PutAside => button(
            on,
            Act::Today(today_act::Undo),
            "quiet small",
            key::LEARNED_TAKE_BACK.say(),
        ),
        NoticeKind::TakenBack => button(
            on,
            Act::Growing(act::Act::PutBack),
            "quiet small",
            key::GROWING_PUT_BACK.say(),
        ),
        _ => nothing(),
    };
    html! {
        <div class={class} {role} tabindex="-1" data-notice="" key={notice.text.clone()}>
            <p>{ text(notice.text.clone()) }</p>
            { undo }
        </div>
    }
}
