//! Only in test builds: every component in every state on one page, for those who change one and for the tests.
//!
//! Each part names in `data-parts` the functions of `parts.rs` that it shows; a test asks that none is missing. Titles stand
//! here and not in the locales, because no family ever reads them.

use just_right_catalogue::content::Picture;
use just_right_engine::report::Level;
use yew::prelude::*;

use super::activity::rungs;
use super::children::form;
use super::doing::outcome;
use super::parts::{
    self, button, check, div, el, heading, item, lines, link, maybe, nothing, p, picture, pressed, section,
    status, tap, text, toggle, track, truth, with,
};
use super::settings::{choices, confirm};
use super::today::{card, moods};
use super::{notice, offer, On};
use crate::app::{Act, Notice, NoticeKind, State};
use crate::family::Theme;
use crate::model::activity::RungSaid;
use crate::model::picks::Card;
use crate::model::track::Track;
use crate::route::Route;
use crate::words::{self, key, Key};

/// The page.
pub fn gallery(state: &State, on: &On) -> Html {
    div(
        "gallery",
        vec![
            heading("Every component in every state"),
            piece(
                "Headings and words",
                "heading section p el div text nothing",
                said(),
            ),
            piece("Buttons", "button maybe", buttons(on)),
            piece("Links", "link going", links(on)),
            piece("Drawings", "picture", drawings(state)),
            piece(
                "Icons",
                "mark person icon_today icon_children icon_plan icon_growing icon_settings",
                icons(),
            ),
            piece(
                "Cards: before their words, with them, the easy win",
                "",
                cards(state, on),
            ),
            piece("The track: places and how sure we are", "track", tracks()),
            piece(
                "One of three, one of several",
                "tap toggle pressed truth with check",
                choosing(state, on),
            ),
            piece("Notices", "", notices(state, on)),
            piece("Asked before something is taken away", "", vec![asked(on)]),
            piece(
                "A form; sent empty it says what is missing",
                "",
                vec![form(&state.draft, on, key::START_SHOW.say(), true)],
            ),
            piece("How it went", "", vec![outcomes(state, on)]),
            piece("The ladder", "", vec![ladder(on)]),
            piece("How far", "", progress()),
            piece("Lists", "lines item status", lists()),
            piece("Nothing there yet", "", empty()),
        ],
    )
}

/// A part of the page.
fn piece(title: &'static str, parts: &'static str, inner: Vec<Html>) -> Html {
    html! {
        <section class="card body" data-parts={parts} key={title}>
            <h2>{ title }</h2>
            { for inner.into_iter().enumerate().map(|(index, one)| html! { <div key={index}>{ one }</div> }) }
        </section>
    }
}

fn said() -> Vec<Html> {
    vec![
        section(
            "",
            key::ACTIVITY_NEED.say(),
            vec![p("lead", key::HELLO_PROMISE.say()), nothing()],
        ),
        p("soft", key::HELLO_PRIVACY.say()),
        p("soft small-print", key::LANGUAGE_REVIEW.say()),
        p("label", key::QUESTIONS_PROGRESS.say()),
        el("p", "", vec![el("b", "", vec![text(key::ACTIVITY_SAFETY.say())])]),
    ]
}

fn buttons(on: &On) -> Vec<Html> {
    let kinds = ["main", "quiet", "plain", "main wide", "quiet wide", "quiet small"];
    let mut all: Vec<Html> = kinds
        .into_iter()
        .map(|kind| button(on, Act::Keep, kind, key::START_SHOW.say()))
        .collect();
    for (act, arrow) in [
        (Some(Act::Keep), false),
        (None, false),
        (Some(Act::Keep), true),
        (None, true),
    ] {
        all.push(maybe(on, act, "button quiet", key::ACTIVITY_HARDER, None, arrow));
    }
    all
}

fn links(on: &On) -> Vec<Html> {
    let name = || text(key::NAV_HELP.say());
    vec![
        p("", key::START_WHY.say()),
        el("p", "", vec![link(on, &Route::Gallery, "", name())]),
        link(on, &Route::Gallery, "button quiet", name()),
        link(
            on,
            &Route::Gallery,
            "chip",
            html! { <>{ parts::person() }{ text("Mia, 4") }</> },
        ),
        link(
            on,
            &Route::Gallery,
            "chip",
            html! { <>{ parts::person() }{ text("A name that is as long as forty letters!") }</> },
        ),
    ]
}

fn drawings(state: &State) -> Vec<Html> {
    vec![
        picture(state, "hello", "picture"),
        picture(state, "one-that-is-not-there-yet", "picture"),
    ]
}

fn icons() -> Vec<Html> {
    let all = [
        parts::mark(),
        parts::person(),
        parts::icon_today(),
        parts::icon_children(),
        parts::icon_plan(),
        parts::icon_growing(),
        parts::icon_settings(),
    ];
    // The icons of the navigation are drawn with its lines.
    vec![div("row nav-icons nav", all.into())]
}

/// A card as it stands before its words and drawing come, with them, and as the easy win.
fn cards(state: &State, on: &On) -> Vec<Html> {
    let first: Option<&Picture> = state.knowledge.drawings.as_ref().and_then(|all| all.0.first());
    let whole = Card {
        id: "whole".into(),
        grade: "0".into(),
        title: key::APP_NAME.say().into(),
        picture: first.map_or_else(String::new, |picture| picture.name.clone()),
        minutes: 15,
        areas: vec![key::AREA_FINE_MOTOR.say(), key::AREA_EXECUTIVE.say()],
        easy_win: false,
        track: Track::at(0.75, (0.55, 0.9), true),
        for_child: key::HELLO_FIND.say().into(),
        why: key::START_WHY.say().into(),
    };
    let coming = Card {
        id: "coming".into(),
        picture: String::new(),
        for_child: String::new(),
        ..whole.clone()
    };
    let easy = Card {
        id: "easy".into(),
        easy_win: true,
        track: Track::at(0.9, (0.8, 0.96), false),
        ..whole.clone()
    };
    [coming, whole, easy]
        .iter()
        .map(|one| card(state, one, on))
        .collect()
}

/// From too easy to too hard, each nearly sure, as usual and hardly known.
fn tracks() -> Vec<Html> {
    let places = [0.97, 0.88, 0.75, 0.58, 0.35];
    let widths = [0.02, 0.1, 0.25];
    let all = places
        .iter()
        .flat_map(|&at| widths.iter().map(move |&half| (at, (at - half, at + half))));
    let mut all: Vec<Html> = all
        .map(|(at, (low, high))| track(&Track::at(at, (low.max(0.02), high.min(0.99)), high - low > 0.4)))
        .collect();
    // On a page it also says where one tap on Easier or Harder leads.
    all.push(track(
        &Track::at(0.75, (0.65, 0.85), false).between([Some(0.85), Some(0.6)]),
    ));
    all
}

fn choosing(state: &State, on: &On) -> Vec<Html> {
    let themes = [
        (Theme::Device, key::THEME_DEVICE),
        (Theme::Light, key::THEME_LIGHT),
        (Theme::Dark, key::THEME_DARK),
    ];
    let taps = |class: &'static str| {
        let names = [key::LEVEL_LITTLE_HELP, key::LEVEL_EASILY].map(|one| one.say().to_owned());
        let all = names.into_iter().enumerate();
        div(
            "taps",
            all.map(|(index, name)| toggle(on, Act::Keep, class, name, index == 0))
                .collect(),
        )
    };
    let segments = [key::LEVEL_LITTLE_HELP, key::LEVEL_EASILY]
        .into_iter()
        .enumerate();
    let segments = segments.map(|(index, name)| {
        pressed(
            on,
            Act::Keep,
            ["segment", "segment here"],
            index == 1,
            name.say().into(),
        )
    });
    let doing = tap(
        on,
        Act::Keep,
        "button quiet",
        &[("aria-expanded", truth(false))],
        key::LEVEL_EASILY.say().into(),
    );
    let segments = with(
        div("segments", segments.collect()),
        &[("role", "group"), ("aria-label", key::MOOD_LABEL.say())],
    );
    vec![
        moods(state, on),
        taps("tap"),
        taps("tap lack"),
        segments,
        doing,
        check(on, Act::Keep, true, key::ALLERGEN_NUTS.say().into()),
        check(on, Act::Keep, false, key::ALLERGEN_EGG.say().into()),
        choices(
            on,
            key::SETTINGS_THEME,
            themes.map(|(one, name)| (name.say(), state.family.theme == one, Act::SetTheme(one))),
        ),
    ]
}

fn notices(state: &State, on: &On) -> Vec<Html> {
    let kinds = [
        (NoticeKind::Info, key::SETTINGS_IMPORTED),
        (NoticeKind::Problem, key::NOT_FETCHED),
        (NoticeKind::TakenBack, key::LEARNED_TAKEN_BACK),
        (NoticeKind::PutAside, key::DECLINE_TITLE),
        (NoticeKind::Learned, key::START_WHY),
    ];
    let mut all: Vec<Html> = kinds
        .into_iter()
        .map(|(kind, said)| {
            let text = said.say().to_owned();
            notice(state, &Notice { text, kind }, on)
        })
        .collect();
    all.push(offer(on, key::OFFER_COPY, Act::Export, key::SETTINGS_EXPORT));
    all
}

fn asked(on: &On) -> Html {
    confirm(on, key::SETTINGS_ERASE_SURE.say(), key::SETTINGS_ERASE_YES.say())
}

fn outcomes(state: &State, on: &On) -> Html {
    html! {
        <div class="outcomes" role="group" aria-label={key::HOW_TITLE.say()}>
            { for Level::ALL.into_iter().map(|level| outcome(state, level, Act::Keep, on)) }
        </div>
    }
}

/// A rung that is open, the one where they are, and one that is closed and says why.
fn ladder(on: &On) -> Html {
    let rung = |name: Key, grade: Option<&str>, word: &'static str| RungSaid {
        name: name.say().into(),
        grade: grade.map(String::from),
        word,
    };
    let all = vec![
        rung(key::LEVEL_LOT_OF_HELP, Some("0"), ""),
        rung(key::LEVEL_LITTLE_HELP, Some("1"), ""),
        rung(key::LEVEL_BY_THEMSELVES, None, key::TRACK_END_HARD.say()),
    ];
    rungs(all, 1, "set-the-table", on)
}

fn progress() -> Vec<Html> {
    [0_usize, 3, 6]
        .into_iter()
        .map(|value| html! { <progress class="progress" max="6" value={value.to_string()} aria-label={format!("{} {}", key::DOING_PROGRESS.say(), words::number(value))}></progress> })
        .collect()
}

fn lists() -> Vec<Html> {
    let all = [key::HELLO_PROMISE, key::HELLO_PRIVACY, key::START_WHY].map(|one| one.say().to_owned());
    vec![
        lines("", &all),
        el(
            "ul",
            "plain",
            vec![item("row apart", "one", vec![text(key::HELLO_FIND.say())])],
        ),
        status("soft", vec![text(key::START_WHY.say())]),
        html! { <ol class="steps">{ for all.iter().map(|one| html! { <li key={one.clone()}>{ text(one.clone()) }</li> }) }</ol> },
        html! { <details><summary>{ text(key::QUESTIONS_WHY.say()) }</summary>{ p("soft", key::START_WHY.say()) }</details> },
    ]
}

fn empty() -> Vec<Html> {
    let name = [("name", "Mia"), ("Name", "Mia")];
    vec![
        p("soft", key::OPENING.say()),
        p("soft", key::CHILDREN_NONE.say()),
        p("soft", key::TODAY_NONE.with(&name)),
        p("soft", key::TODAY_ALL.with(&name)),
    ]
}
