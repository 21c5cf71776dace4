//! What several children do together.

use just_right_engine::report::Level;
use yew::prelude::*;

use super::activity::not_shown;
use super::doing::outcome;
use super::parts::{
    button, check, div, el, heading, lines, link, nothing, p, picture, section, text, track, with,
};
use super::On;
use crate::app::together::{Act as Do, Stage};
use crate::app::{Act, State};
use crate::model;
use crate::model::activity::NoPage;
use crate::model::together::{supervision, Card, Role};
use crate::route::Route;
use crate::words::key;

/// The screen: who joins in and what suits all of them, or one of these activities.
pub fn together(state: &State, id: Option<&str>, on: &On) -> Html {
    let table = &state.table;
    match (id, &table.roles) {
        (Some(_), Some(Ok(roles))) => match table.stage {
            Stage::Read => read(state, roles, on),
            Stage::Do => doing(roles, on),
            Stage::Tell => tell(state, roles, on),
        },
        (Some(_), Some(Err(NoPage::Coming))) => not_shown(&NoPage::Coming, on),
        (Some(_), Some(Err(reason))) => div(
            "together",
            vec![
                heading(key::ACTIVITY_NOT_NOW.say()),
                p(
                    "",
                    match reason {
                        NoPage::Refused { why, .. } => why.clone(),
                        _ => key::ACTIVITY_UNKNOWN.say().to_owned(),
                    },
                ),
                back(on),
            ],
        ),
        _ => choose(state, on),
    }
}

fn back(on: &On) -> Html {
    link(
        on,
        &Route::Together(None),
        "back-link",
        text(key::TOGETHER_BACK.say()),
    )
}

fn choose(state: &State, on: &On) -> Html {
    let table = &state.table;
    let who = state.family.children.iter().map(|child| {
        check(
            on,
            Act::Together(Do::Switch(child.id)),
            table.chosen.contains(&child.id),
            crate::words::capital(&model::label(child, state.today)).into(),
        )
    });
    let few = table.chosen.len() < 2;
    let said = match table.cards.len() {
        _ if few => key::TOGETHER_FEW.say().to_owned(),
        0 => key::TOGETHER_NONE.say().to_owned(),
        n => key::TOGETHER_MANY.of(n),
    };
    let mut fields = vec![el("legend", "", vec![text(key::TOGETHER_WHO.say())])];
    fields.extend(who);
    let all = vec![
        heading(key::TOGETHER_TITLE.say()),
        el("fieldset", "who", fields),
        with(p("soft", said), &[("role", "status")]),
        if table.cards.is_empty() && !few {
            link(on, &Route::Today, "button quiet", text(key::TOGETHER_RELAX.say()))
        } else {
            nothing()
        },
        div(
            "cards",
            table.cards.iter().map(|one| card(state, one, on)).collect(),
        ),
    ];
    div("together", all)
}

fn card(state: &State, card: &Card, on: &On) -> Html {
    let route = Route::Together(Some(card.id.clone()));
    let mut meta = key::PLAN_MINUTES.with(&[("minutes", &card.minutes.to_string())]);
    meta.push_str(" · ");
    meta.push_str(card.supervision);
    let mut body = vec![
        el("h2", "", vec![link(on, &route, "", text(card.title.clone()))]),
        p("meta", meta),
    ];
    for (said, at) in &card.roles {
        body.push(div("role", vec![p("changed", said.clone()), track(at)]));
    }
    let all = vec![picture(state, &card.picture, "picture"), div("body", body)];
    with(el("article", "card pick", all), &[("key", &card.id)])
}

/// All roles side by side, each under the child's name.
fn side_by_side(roles: &[Role], inner: impl Fn(&Role) -> Vec<Html>) -> Html {
    let one = |role: &Role| {
        let mut all = vec![el("h2", "", vec![text(role.name.clone())])];
        all.extend(inner(role));
        el("section", "card body", all)
    };
    div("side-by-side", roles.iter().map(one).collect())
}

fn read(state: &State, roles: &[Role], on: &On) -> Html {
    let Some(first) = roles.first().map(|role| &role.page) else {
        return nothing();
    };
    let needs: Vec<String> = first
        .materials
        .iter()
        .map(|(what, instead)| match instead {
            Some(instead) => what.clone() + &key::ACTIVITY_OR.with(&[("instead", instead)]),
            None => what.clone(),
        })
        .collect();
    let roles_said = side_by_side(roles, |role| {
        let changes = role.page.changes.iter();
        let words: Vec<String> = changes.map(|change| change.words.clone()).collect();
        vec![
            el("p", "rung", vec![el("b", "", vec![text(role.page.rung.clone())])]),
            track(&role.page.track),
            lines("", &words),
        ]
    });
    div(
        "together activity",
        vec![
            back(on),
            picture(state, &first.picture, "picture wide-picture"),
            heading(first.title.clone()),
            p("lead", first.promise.clone()),
            roles_said,
            button(
                on,
                Act::Together(Do::Stage(Stage::Do)),
                "main wide",
                key::ACTIVITY_START.say(),
            ),
            section("", key::ACTIVITY_NEED.say(), vec![lines("", &needs)]),
            section(
                "safety",
                key::ACTIVITY_SAFETY.say(),
                vec![
                    el("p", "", vec![el("b", "", vec![text(supervision(roles))])]),
                    lines("", &first.safety),
                ],
            ),
        ],
    )
}

fn doing(roles: &[Role], on: &On) -> Html {
    let title = roles
        .first()
        .map_or_else(String::new, |role| role.page.title.clone());
    let steps = side_by_side(roles, |role| {
        let step = |step: &String| el("li", "", vec![text(step.clone())]);
        vec![
            p("rung", role.page.rung.clone()),
            el("h3", "", vec![text(key::DOING_READY.say())]),
            lines("", &role.page.set_up),
            el("h3", "", vec![text(key::ACTIVITY_STEPS.say())]),
            el("ol", "steps", role.page.steps.iter().map(step).collect()),
        ]
    });
    div(
        "together",
        vec![
            heading(title),
            steps,
            button(
                on,
                Act::Together(Do::Stage(Stage::Tell)),
                "main wide",
                key::DOING_DONE.say(),
            ),
            button(
                on,
                Act::Together(Do::Stage(Stage::Read)),
                "plain",
                key::DOING_BEFORE.say(),
            ),
        ],
    )
}

/// One tap for each child.
fn tell(state: &State, roles: &[Role], on: &On) -> Html {
    let told = &state.table.told;
    let last = told.last().map(|(child, ..)| *child);
    let one = |role: &Role| {
        let said = told.iter().find(|(child, ..)| *child == role.child);
        let group = key::TOGETHER_HOW.with(&[("name", &role.name)]);
        let shown = match said {
            Some((child, _, said)) => {
                let back = Act::Together(Do::TakeBack(*child));
                let back = button(on, back, "quiet small", key::LEARNED_TAKE_BACK.say());
                let last = if last == Some(*child) { "1" } else { "" };
                with(
                    div("notice", vec![p("", said.clone()), back]),
                    &[("tabindex", "-1"), ("data-told", last)],
                )
            }
            None => {
                let level = |level| outcome(state, level, Act::Together(Do::Report(role.child, level)), on);
                let all = div("outcomes", Level::ALL.into_iter().map(level).collect());
                with(all, &[("role", "group"), ("aria-label", &group)])
            }
        };
        vec![with(div("", vec![shown]), &[("role", "status")])]
    };
    let all_told = roles
        .iter()
        .all(|role| told.iter().any(|(child, ..)| *child == role.child));
    div(
        "together",
        vec![
            heading(key::HOW_TITLE.say()),
            p(
                "soft",
                if all_told {
                    key::TOGETHER_THANKS
                } else {
                    key::HOW_HONEST
                }
                .say(),
            ),
            side_by_side(roles, one),
            if all_told {
                nothing()
            } else {
                button(
                    on,
                    Act::Together(Do::Stage(Stage::Do)),
                    "plain",
                    key::DOING_BEFORE.say(),
                )
            },
            link(
                on,
                &Route::Together(None),
                if all_told {
                    "button main wide"
                } else {
                    "button plain"
                },
                text(key::TOGETHER_BACK.say()),
            ),
        ],
    )
}
