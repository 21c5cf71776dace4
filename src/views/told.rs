//! What is told of an activity: how it went and whether it was enjoyed, drawn for those who do not read, and the question after
//! a report.

use just_right_engine::report::Level;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::{button, div, el, nothing, p, text};
use super::On;
use crate::app::growing::Act as Told;
use crate::app::{Act, Notice, State};
use crate::family::Enjoyed;
use crate::words::{self, key};

/// What was learned from a report, with Undo; and, for whoever likes, whether it was enjoyed and what to remember.
pub fn learned(state: &State, notice: &Notice, on: &On) -> Html {
    html! {
        <div class="notice learned" key={notice.text.clone()}>
            <div role="status" tabindex="-1" data-notice=""><p>{ text(notice.text.clone()) }</p></div>
            { button(on, Act::TakeBack, "quiet small", key::LEARNED_TAKE_BACK.say()) }
            { remarks(state, on) }
        </div>
    }
}

fn remarks(state: &State, on: &On) -> Html {
    let telling = &state.telling;
    let (Some((_, report)), Some(present)) = (&telling.last, &state.present) else {
        return nothing();
    };
    let ask = key::REMARK_ASK.with(&present.places());
    let said = telling.said.map_or("", |said| said.say());
    let note = match &telling.note {
        Some(typed) => field(typed, on),
        None => {
            let name = if report.note.is_some() {
                key::REMARK_CHANGE_NOTE
            } else {
                key::REMARK_ADD_NOTE
            };
            let on = on.clone();
            html! {
                <button type="button" class="button plain small" data-add-note="" key="add"
                    onclick={move |_| on.emit(Act::Growing(Told::NoteWanted))}>{ text(name.say()) }</button>
            }
        }
    };
    html! {
        <div class="remarks" key="remarks">
            <p id="enjoyed"><b>{ text(ask) }</b></p>
            <div class="enjoyed" role="group" aria-labelledby="enjoyed">
                { for Enjoyed::ALL.iter().map(|&one| {
                    let (on, here) = (on.clone(), report.enjoyed == Some(one));
                    html! {
                        <button type="button" key={words::enjoyed(one)} class="outcome" aria-pressed={if here { "true" } else { "false" }}
                            onclick={move |_| on.emit(Act::Growing(Told::Enjoyed(one)))}>
                            { face(one) }{ text(words::enjoyed(one)) }
                        </button>
                    }
                }) }
            </div>
            <p role="status" class="soft">{ text(said) }</p>
            { note }
        </div>
    }
}

fn field(typed: &str, on: &On) -> Html {
    let typing = {
        let on = on.clone();
        move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            on.emit(Act::Growing(Told::NoteTyped(field.value())));
        }
    };
    html! {
        <div class="field" key="note">
            <label for="note">{ text(key::REMARK_NOTE.say()) }</label>
            <textarea id="note" data-note="" rows="2" maxlength="500" value={typed.to_owned()} oninput={typing} />
            <div class="row">{ button(on, Act::Growing(Told::NoteSent), "main small", key::REMARK_KEEP.say()) }</div>
        </div>
    }
}

/// Shapes of a drawing: class and path.
type Shapes = &'static [(&'static str, &'static str)];

fn drawing(class: &'static str, view: &'static str, shapes: Shapes) -> Html {
    html! {
        <svg {class} viewBox={view} aria-hidden="true">
            { for shapes.iter().map(|&(class, path)| html! { <path key={path} {class} d={path} /> }) }
        </svg>
    }
}

/// Who did how much, as one sees it: a large person, a small one, and the block that they lift.
pub fn hands(level: Level) -> Html {
    const ADULT: (&str, &str) = (
        "big",
        "M20 8a5 5 0 1 1-10 0a5 5 0 0 1 10 0zM7 40c0-15 2-25 8-25s8 10 8 25z",
    );
    const CHILD: (&str, &str) = (
        "kid",
        "M38 19a4.500 4.500 0 1 1-9 0a4.500 4.500 0 0 1 9 0zM27 40c0-9 2-15 6.500-15s6.500 6 6.500 15z",
    );
    const ALONE: (&str, &str) = (
        "kid",
        "M36 19a4.500 4.500 0 1 1-9 0a4.500 4.500 0 0 1 9 0zM25 40c0-9 2-15 6.500-15s6.500 6 6.500 15z",
    );
    const GROUND: (&str, &str) = ("line", "M3 41h58");
    let shapes: Shapes = match level {
        // Side by side, the block left where it is.
        Level::NotThisTime => &[
            GROUND,
            ADULT,
            CHILD,
            ("line", "M20 22c3 5 6 7 9 7"),
            ("later", "M49 30h10v10H49z"),
        ],
        // The adult's two arms and the child's hold it.
        Level::LotOfHelp => &[
            GROUND,
            ADULT,
            CHILD,
            ("thing", "M45 14h11v11H45z"),
            ("line thick", "M20 20C30 8 38 10 45 16M20 24C30 14 38 16 45 22"),
            ("line", "M37 29l8-5"),
        ],
        // The child lifts it, a hand from the side steadies it.
        Level::LittleHelp => &[
            GROUND,
            ALONE,
            ("thing", "M37 9h11v11H37z"),
            ("line", "M36 27l3-7M27 27c4-1 8-3 12-7"),
            ("line thick", "M64 22c-6-1-10-3-15-7"),
        ],
        // The child alone.
        Level::ByThemselves => &[
            GROUND,
            ALONE,
            ("thing", "M26 1h11v11H26z"),
            ("line", "M26 29l-1-15M37 29l1-15"),
        ],
        // The child alone, in one hand and with a jump.
        Level::Easily => &[
            GROUND,
            ("kid", "M36 14a4.500 4.500 0 1 1-9 0a4.500 4.500 0 0 1 9 0zM25 34c0-9 2-14 6.500-14s6.500 5 6.500 14z"),
            ("thing", "M41 1h11v11H41z"),
            ("line", "M37 24l7-11M26 24l-8-7M27 38h-4M40 38h-4"),
            ("star", "M11 3l1.500 4L17 7l-3.500 2.800L15 14l-4-2.500L7 14l1.500-4.200L5 7l4.500 0z"),
        ],
    };
    drawing("hands", "0 0 64 44", shapes)
}

/// A face for whether it was enjoyed: a laugh, a smile, and one that rests.
pub fn face(enjoyed: Enjoyed) -> Html {
    const HEAD: (&str, &str) = ("head", "M22 12a10 10 0 1 1-20 0a10 10 0 0 1 20 0z");
    let shapes: Shapes = match enjoyed {
        Enjoyed::Loved => &[
            HEAD,
            (
                "line",
                "M6.500 10c.7-2 2.800-2 3.500 0M14 10c.7-2 2.800-2 3.500 0",
            ),
            ("mouth", "M6.500 13.500h11c0 7-11 7-11 0z"),
        ],
        Enjoyed::Fine => &[
            HEAD,
            (
                "line",
                "M8.500 9v1.500M15.500 9v1.500M7.500 14.500c2.500 3 6.500 3 9 0",
            ),
        ],
        Enjoyed::NotToday => &[
            HEAD,
            (
                "line",
                "M6.500 10c.7 1.500 2.800 1.500 3.500 0M14 10c.7 1.500 2.800 1.500 3.500 0M9 16h6",
            ),
        ],
    };
    drawing("face", "0 0 24 24", shapes)
}

/// What was remarked of a report: a face with its word, and the note.
pub fn remarked(enjoyed: Option<Enjoyed>, note: Option<&str>) -> Vec<Html> {
    let enjoyed = enjoyed.map(|one| div("felt", vec![face(one), text(words::enjoyed(one))]));
    let note = note.map(|note| p("note", note.to_owned()));
    vec![
        enjoyed.unwrap_or_else(nothing),
        note.unwrap_or_else(|| el("span", "", Vec::new())),
    ]
}
