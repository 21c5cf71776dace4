//! Doing it, one large step at a time, and telling how it went.

use just_right_engine::report::Level;
use yew::prelude::*;

use super::activity::not_shown;
use super::parts::{button, div, el, link, maybe, nothing, p, picture, text};
use super::told::hands;
use super::On;
use crate::app::doing::{Act as Did, Doing};
use crate::app::{Act, State};
use crate::model::activity::{page, Neighbour, Page};
use crate::model::doing::{self, Timer};
use crate::route::Route;
use crate::words::{self, key, number, Key};

/// One step: what to do now, what comes then, and what may be wanted on the way.
pub fn doing(state: &State, id: &str, grade: &str, index: usize, on: &On) -> Html {
    let Some(present) = &state.present else {
        return html! { <p></p> };
    };
    let found = match page(&state.knowledge, present, id, Some(grade)) {
        Ok(found) => found,
        Err(reason) => return not_shown(&reason, on),
    };
    let step = doing::doing(&found, index);
    let then = match &step.next {
        Some(next) => key::DOING_THEN.with(&[("next", next)]),
        None => key::DOING_LAST.say().to_owned(),
    };
    let back = html! { <><span aria-hidden="true" class="arrow"></span>{ text(found.title.clone()) }</> };
    div(
        "doing",
        vec![
            el(
                "p",
                "back",
                vec![link(
                    on,
                    &Route::Activity(id.into(), Some(grade.into())),
                    "",
                    back,
                )],
            ),
            picture(state, &found.picture, "picture doing-picture"),
            html! { <progress class="progress" max={step.count.to_string()} value={(step.index + 1).to_string()} aria-label={key::DOING_PROGRESS.say()}></progress> },
            div(
                "stage",
                vec![
                    div(
                        "now-then",
                        vec![
                            p("label", step.label.clone()),
                            html! { <h1 class="now" tabindex="-1" data-start="">{ text(step.now.clone()) }</h1> },
                            p("then", then),
                        ],
                    ),
                    clock(&state.doing, on),
                ],
            ),
            help(&found),
            tools(&state.doing, found.minutes[1], on),
            missing(&state.doing),
            bar(state, &found, &step, on),
        ],
    )
}

/// How much help, and in which words: what easier and harder change most.
fn help(page: &Page) -> Html {
    if page.changes.is_empty() {
        return nothing();
    }
    let all = page.changes.iter().map(|change| p("", change.words.clone()));
    let name = p("label", key::DOING_HELP.say());
    div("help", std::iter::once(name).chain(all).collect())
}

/// The voice and the timer.
fn tools(doing: &Doing, own: u16, on: &On) -> Html {
    let voice = if doing.voice == Some(true) {
        div(
            "row",
            vec![
                button(on, Act::Doing(Did::Read), "quiet small", key::DOING_READ.say()),
                pressed(
                    on,
                    Did::ReadEach,
                    "button quiet small",
                    key::DOING_READ_EACH.say().into(),
                    None,
                    doing.each,
                ),
            ],
        )
    } else {
        nothing()
    };
    let lengths = Timer::lengths(own).into_iter().map(|minutes| {
        let name = key::TIMER_MINUTES.of(usize::from(minutes));
        let set = doing.timer.is_some_and(|timer| timer.minutes == minutes);
        pressed(
            on,
            Did::SetTimer(minutes),
            "length",
            number(usize::from(minutes)),
            Some(name),
            set,
        )
    });
    let lengths = div("lengths", lengths.collect());
    div(
        "tools",
        vec![
            voice,
            html! { <details class="timer"><summary>{ text(key::TIMER_TITLE.say()) }</summary>{ lengths }</details> },
        ],
    )
}

/// A button that stays pressed.
fn pressed(on: &On, act: Did, class: &'static str, shown: String, name: Option<String>, is: bool) -> Html {
    let on = on.clone();
    html! {
        <button type="button" {class} key={shown.clone()} aria-label={name} aria-pressed={if is { "true" } else { "false" }}
            onclick={move |_| on.emit(Act::Doing(act.clone()))}>{ text(shown) }</button>
    }
}

/// The time that is left: a disc that empties, and the same in numbers.
fn clock(doing: &Doing, on: &On) -> Html {
    let Some(timer) = &doing.timer else {
        return nothing();
    };
    let over = timer.is_over(doing.now);
    let run = match (timer.runs(), timer.begun()) {
        (true, _) => key::TIMER_PAUSE,
        (_, true) => key::TIMER_GO_ON,
        _ => key::TIMER_START,
    };
    // A hundredth more, so that the full disc closes.
    let share = timer.share(doing.now);
    let left = format!("{} 1000", share + share / 100);
    let run = if over {
        nothing()
    } else {
        button(on, Act::Doing(Did::RunTimer), "small", run.say())
    };
    let again = if timer.begun() {
        button(
            on,
            Act::Doing(Did::TimerAgain),
            "quiet small",
            key::TIMER_AGAIN.say(),
        )
    } else {
        nothing()
    };
    html! {
        <div class="clock">
            <svg class={classes!("disc", timer.runs().then_some("runs"))} viewBox="0 0 100 100" aria-hidden="true">
                <circle class="disc-left" cx="50" cy="50" r="22" pathLength="1000" stroke-dasharray={left} transform="matrix(0 -1 -1 0 100 100)" />
            </svg>
            <p class="digits" role="timer" aria-label={key::TIMER_TITLE.say()}>{ text(timer.clock(doing.now)) }</p>
            <p class="over" role="status">{ text(if over { key::TIMER_OVER.say() } else { "" }) }</p>
            { div("row", vec![run, again]) }
        </div>
    }
}

/// What this browser cannot do, said once.
fn missing(doing: &Doing) -> Html {
    let all = [
        (doing.dark, key::DOING_DARK),
        (doing.voice == Some(false), key::DOING_NO_VOICE),
    ];
    let said = all.iter().filter(|(is, _)| *is && !doing.told);
    div(
        "missing",
        said.map(|(_, said)| p("soft small-print", said.say())).collect(),
    )
}

/// The way on, and easier and harder without leaving.
fn bar(state: &State, page: &Page, step: &doing::Doing, on: &On) -> Html {
    let at = |index: usize| Act::Swap(Route::Doing(page.id.clone(), page.grade.clone(), index));
    let last = step.next.is_none();
    let back = step.index.checked_sub(1).map(at);
    let done = Act::Swap(Route::HowDidItGo(page.id.clone(), page.grade.clone()));
    let grade = |to: &Option<Neighbour>, easier: bool, name: Key, class: &'static str| {
        let to = to
            .as_ref()
            .map(|to| Act::Doing(Did::Grade(to.grade.clone(), easier)));
        maybe(on, to, class, name, None, false)
    };
    let done = button(
        on,
        done,
        if last { "main" } else { "quiet" },
        key::DOING_DONE.say(),
    );
    div(
        "doing-bar",
        vec![
            html! { <p class="said" role="status">{ text(state.doing.changed.clone()) }</p> },
            div(
                "ways",
                vec![
                    maybe(on, back, "button quiet", key::DOING_BEFORE, None, true),
                    if last {
                        nothing()
                    } else {
                        button(on, at(step.index + 1), "main", key::DOING_NEXT.say())
                    },
                    done,
                ],
            ),
            div(
                "grades",
                vec![
                    grade(
                        &page.easier,
                        true,
                        key::ACTIVITY_EASIER,
                        "button quiet small step by-easier",
                    ),
                    grade(
                        &page.harder,
                        false,
                        key::ACTIVITY_HARDER,
                        "button quiet small step by-harder",
                    ),
                ],
            ),
        ],
    )
}

/// One tap on what happened.
pub fn how_did_it_go(state: &State, id: &str, grade: &str, on: &On) -> Html {
    let Some(present) = &state.present else {
        return html! { <p></p> };
    };
    let title = match page(&state.knowledge, present, id, Some(grade)) {
        Ok(found) => found.title,
        Err(reason) => return not_shown(&reason, on),
    };
    html! {
        <div class="how">
            <p class="soft">{ text(title) }</p>
            <h1 id="how-title" tabindex="-1" data-start="">{ text(key::HOW_TITLE.say()) }</h1>
            <div class="outcomes" role="group" aria-labelledby="how-title">
                { for Level::ALL.into_iter().map(|level| outcome(state, level, Act::Report(level), on)) }
            </div>
            <p class="soft">{ text(key::HOW_HONEST.say()) }</p>
            <p>{ link(on, &Route::Activity(id.into(), Some(grade.into())), "", text(key::HOW_NOT_DONE.say())) }</p>
        </div>
    }
}

/// One thing that can have happened.
pub fn outcome(state: &State, level: Level, act: Act, on: &On) -> Html {
    let name = words::level(level);
    let on = on.clone();
    html! {
        <button type="button" class="outcome" key={name} onclick={move |_| on.emit(act.clone())}>
            { hands(state, level) }{ text(name) }
        </button>
    }
}
