//! What is told of an activity: how it went and whether it was enjoyed, drawn for those who do not read, and the question after
//! a report.

use just_right_catalogue::Named as _;
use just_right_engine::report::Level;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::parts::{button, div, nothing, p, sketch, tap, text, truth};
use super::On;
use crate::app::growing::Act as Told;
use crate::app::{Act, Notice, State};
use crate::family::Enjoyed;
use crate::words::{self, key};

/// What was learned from a report, with Undo; and, for whoever likes, whether it was enjoyed and what to remember.
#[inline(never)]
pub fn later_learned(state: &State, notice: &Notice, on: &On) -> Html {
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
            let wanted = Act::Growing(Told::NoteWanted);
            tap(
                on,
                wanted,
                "button plain small",
                &[("data-add-note", "1"), ("key", "add")],
                name.say().into(),
            )
        }
    };
    html! {
        <div class="remarks" key="remarks">
            <p id="enjoyed"><b>{ text(ask) }</b></p>
            <div class="enjoyed" role="group" aria-labelledby="enjoyed">
                { for Enjoyed::ALL.iter().map(|&one| {
                    let (on, here) = (on.clone(), report.enjoyed == Some(one));
                    html! {
                        <button type="button" key={words::enjoyed(one)} class="outcome" aria-pressed={truth(here)}
                            onclick={move |_| on.emit(Act::Growing(Told::Enjoyed(one)))}>
                            { face(state, one) }{ text(words::enjoyed(one)) }
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

/// Who did how much, as one sees it: who lifts the block.
pub fn hands(state: &State, level: Level) -> Html {
    sketch(state, &["told-", level.id()].concat(), "hands")
}

/// A face for whether it was enjoyed: one that laughs, one that smiles, one that rests.
fn face(state: &State, enjoyed: Enjoyed) -> Html {
    sketch(state, &["felt-", enjoyed.name()].concat(), "face")
}

/// What was remarked of a report: a face with its word, and the note.
pub fn remarked(state: &State, enjoyed: Option<Enjoyed>, note: Option<&str>) -> [Html; 2] {
    [
        enjoyed.map_or_else(nothing, |one| {
            div("felt", vec![face(state, one), text(words::enjoyed(one))])
        }),
        note.map_or_else(nothing, |note| p("note", note.to_owned())),
    ]
}
