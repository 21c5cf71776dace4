//! Getting to know: one question at a time, as long as they like.

use just_right_engine::question::Answer;
use yew::prelude::*;

use super::parts::{button, heading, link, p, text};
use super::On;
use crate::app::{Act, State};
use crate::family::Happening;
use crate::model::asking::{asking, over, Asking};
use crate::route::Route;
use crate::words::{self, key};

/// The question that tells most now.
pub fn questions(state: &State, on: &On) -> Html {
    let (Some(present), Some(child)) = (&state.present, state.family.active_child()) else {
        return html! { <p></p> };
    };
    let back = matches!(child.history.last(), Some(Happening::Answered(_)));
    if state.knowledge.texts.is_none() {
        return p("soft", key::OPENING.say());
    }
    match asking(&state.knowledge, present, child) {
        Some(asked) => question(&asked, &present.name, back, on),
        None => html! {
            <div class="questions">
                { heading(key::QUESTIONS_OVER_TITLE.say()) }
                <p>{ text(over(present)) }</p>
                { link(on, &Route::Today, "button main wide", text(key::QUESTIONS_TO_PICKS.say())) }
            </div>
        },
    }
}

fn question(asked: &Asking, name: &str, back: bool, on: &On) -> Html {
    let answers = Answer::ALL
        .into_iter()
        .rev()
        .map(|answer| (Some(answer), words::answer(answer)));
    let all = answers.chain([(None, key::ANSWER_NO_CHANCE.say())]);
    html! {
        <div class="questions" key={asked.id.clone()}>
            <p class="soft">{ text(key::QUESTIONS_NUMBER.with(&[("n", &(asked.asked + 1).to_string()), ("most", &asked.most.to_string())])) }</p>
            <progress class="progress" max={asked.most.to_string()} value={asked.asked.to_string()} aria-label={key::QUESTIONS_PROGRESS.say()}></progress>
            <p class="label">{ text(key::QUESTIONS_THINK.with(&[("name", name)])) }</p>
            <h1 id="question" tabindex="-1" data-start="">{ text(asked.text.clone()) }</h1>
            <div class="outcomes" role="group" aria-labelledby="question">
                { for all.map(|(answer, name)| {
                    let on = on.clone();
                    html! { <button type="button" class="outcome" key={name} onclick={move |_| on.emit(Act::Answer(answer))}>{ text(name) }</button> }
                }) }
            </div>
            <details key="why"><summary>{ text(key::QUESTIONS_WHY.say()) }</summary><p class="soft">{ text(asked.why.clone()) }</p></details>
            <div class="row">
                { if back { button(on, Act::QuestionBack, "quiet", key::QUESTIONS_BACK.say()) } else { html! { <span></span> } } }
                { link(on, &Route::Today, "button quiet", text(key::QUESTIONS_STOP.say())) }
            </div>
        </div>
    }
}
