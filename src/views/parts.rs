//! What all screens are made of: links, buttons, texts, drawings, the track.

use just_right_catalogue::content::{Picture, Shape};
use yew::prelude::*;
use yew::virtual_dom::{VNode, VTag};

use super::On;
use crate::app::{Act, State};
use crate::model::track::Track;
use crate::route::Route;
use crate::words::{key, Key};

/// A text that may change, in an element of its own.
pub fn text(said: impl Into<AttrValue>) -> Html {
    text_of(said.into())
}

#[inline(never)]
fn text_of(said: AttrValue) -> Html {
    html! { <span key={said.to_string()}>{ said }</span> }
}

/// Goes to a place by our own way, unless the person asked the browser for a new tab or window.
pub fn going(on: &On, route: &Route) -> Callback<MouseEvent> {
    let (on, route) = (on.clone(), route.clone());
    Callback::from(move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            on.emit(Act::Go(route.clone()));
        }
    })
}

/// A link to a place.
#[inline(never)]
pub fn link(on: &On, route: &Route, class: &'static str, inner: Html) -> Html {
    html! { <a {class} href={format!("#{}", route.text())} onclick={going(on, route)}>{ inner }</a> }
}

/// A button that does something.
pub fn button(on: &On, act: Act, class: &'static str, name: impl Into<AttrValue>) -> Html {
    button_of(on, act, class, name.into())
}

#[inline(never)]
fn button_of(on: &On, act: Act, class: &'static str, name: AttrValue) -> Html {
    let on = on.clone();
    html! {
        <button type="button" class={classes!("button", class)} onclick={move |_| on.emit(act.clone())}>{ text(name) }</button>
    }
}

/// A button for what may not be possible just now: it stays where it is and keeps its name, so that nobody loses the focus.
/// `by` is the id of what describes it; an `arrow` stands for its name where there is little room.
pub fn maybe(
    on: &On,
    act: Option<Act>,
    class: &'static str,
    name: Key,
    by: Option<&'static str>,
    arrow: bool,
) -> Html {
    let on = on.clone();
    html! {
        <button type="button" {class} key={name.say()} aria-label={arrow.then_some(name.say())} aria-describedby={by}
            aria-disabled={act.is_none().then_some("true")} onclick={move |_| if let Some(act) = &act { on.emit(act.clone()) }}>
            { if arrow { el("span", "arrow", Vec::new()) } else { text(name.say()) } }
        </button>
    }
}

/// A button with attributes of its own; those that are empty are left out.
#[inline(never)]
pub fn tap(
    on: &On,
    act: Act,
    class: &'static str,
    attributes: &[(&'static str, &str)],
    name: AttrValue,
) -> Html {
    let on = on.clone();
    let made = html! { <button type="button" {class} onclick={move |_| on.emit(act.clone())}>{ text(name) }</button> };
    with(made, attributes)
}

/// A button that is pressed or not. Where its name on the screen is short, the long one begins with it.
pub fn pressed(
    on: &On,
    act: Act,
    class: [&'static str; 2],
    pressed: bool,
    name: AttrValue,
    long: &str,
) -> Html {
    let attributes = [("aria-label", long), ("aria-pressed", truth(pressed))];
    tap(on, act, class[usize::from(pressed)], &attributes, name)
}

/// A truth as attributes say it.
pub fn truth(so: bool) -> &'static str {
    if so {
        "true"
    } else {
        "false"
    }
}

/// An element with more attributes; those that are empty are left out. The one named `key` is its key.
#[inline(never)]
pub fn with(made: Html, attributes: &[(&'static str, &str)]) -> Html {
    let mut made = made;
    if let VNode::VTag(tag) = &mut made {
        let tag = std::rc::Rc::make_mut(tag);
        for &(name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            if name == "key" {
                tag.key = Some(value.into());
            } else {
                tag.add_attribute(name, value.to_owned());
            }
        }
    }
    made
}

/// A box to tick.
#[inline(never)]
pub fn check(on: &On, act: Act, checked: bool, name: AttrValue) -> Html {
    let on = on.clone();
    html! {
        <label class="choice" key={name.to_string()}>
            <input type="checkbox" {checked} onchange={move |_| on.emit(act.clone())} />
            { text(name) }
        </label>
    }
}

/// The heading of a screen; focus begins here.
pub fn heading(said: impl Into<AttrValue>) -> Html {
    html! { <h1 tabindex="-1" data-start="">{ text(said) }</h1> }
}

/// One of several buttons that hold or do not, with its name as its key.
#[inline(never)]
pub fn toggle(on: &On, act: Act, class: &'static str, name: String, holds: bool) -> Html {
    let attributes = [("key", name.as_str()), ("aria-pressed", truth(holds))];
    tap(on, act, class, &attributes, name.clone().into())
}

/// What is said when it changes.
#[inline(never)]
pub fn status(class: &'static str, inner: Vec<Html>) -> Html {
    with(el("p", class, inner), &[("role", "status"), ("key", "status")])
}

/// An item of a list, with a name of its own in it.
#[inline(never)]
pub fn item(class: &'static str, name: &str, inner: Vec<Html>) -> Html {
    with(el("li", class, inner), &[("key", name)])
}

/// A plain element: tag, class (none where it is empty) and what is in it.
///
/// `html!` writes the making of an element out wherever it stands, some 200 bytes each time; here it stands once. What has
/// more than a class (a role, an event, a key) is made with `html!`.
#[inline(never)]
pub fn el(tag: &'static str, class: &'static str, inner: Vec<Html>) -> Html {
    let mut made = VTag::new(tag);
    if !class.is_empty() {
        made.add_attribute("class", class);
    }
    made.add_children(inner);
    made.into()
}

/// A group.
pub fn div(class: &'static str, inner: Vec<Html>) -> Html {
    el("div", class, inner)
}

/// A paragraph.
pub fn p(class: &'static str, said: impl Into<AttrValue>) -> Html {
    el("p", class, vec![text(said)])
}

/// A part of a screen under a heading of the second level.
#[inline(never)]
pub fn section(class: &'static str, title: impl Into<AttrValue>, inner: Vec<Html>) -> Html {
    let mut all = vec![el("h2", "", vec![text(title)])];
    all.extend(inner);
    el("section", class, all)
}

/// Nothing to see. A component or list that renders nothing among siblings trips Yew 0.23, an empty element does not.
#[inline(never)]
pub fn nothing() -> Html {
    html! { <span hidden=true></span> }
}

/// A list of lines.
#[inline(never)]
pub fn lines(class: &'static str, all: &[String]) -> Html {
    html! { <ul {class}>{ for all.iter().map(|line| html! { <li key={line.clone()}>{ text(line.clone()) }</li> }) }</ul> }
}

/// A small drawing beside words that say the same.
#[inline(never)]
pub fn sketch(state: &State, name: &str, class: &'static str) -> Html {
    let drawing = picture(state, name, "");
    with(el("span", class, vec![drawing]), &[("aria-hidden", "true")])
}

/// A drawing by name.
pub fn picture(state: &State, name: &str, class: &'static str) -> Html {
    match state.knowledge.picture(name) {
        Some(found) => drawn(found, class),
        None => html! { <div {class}></div> },
    }
}

fn drawn(picture: &Picture, class: &'static str) -> Html {
    let (width, height) = picture.size;
    html! {
        <svg {class} viewBox={format!("0 0 {width} {height}")} role="img" aria-label={picture.title.clone()} preserveAspectRatio="xMidYMid slice">
            { for picture.shapes.iter().filter_map(shape) }
        </svg>
    }
}

fn shape(shape: &Shape) -> Option<Html> {
    let mut tag = VTag::new(shape.element()?);
    for (name, value) in shape.named_attributes() {
        tag.add_attribute(name, value.to_owned());
    }
    for child in shape.children.iter().filter_map(self::shape) {
        tag.add_child(child);
    }
    Some(tag.into())
}

/// The track: the meter "How hard" for those who listen; for those who look the line with its zone, the flag of this
/// activity on it and how far it may really stand from there; the words for everybody.
///
/// It is drawn in parts of its own width, so that words and marks keep their size on a card, a page and paper alike. Only
/// shapes are in the drawing, which is mirrored where people read from the right; words are laid over it.
pub fn track(track: &Track) -> Html {
    let [easier, harder] = track.neighbours;
    let (from, to) = track.smudge;
    let half = (0.5 * (to - from)).max(0.03);
    html! {
        <div class="how-hard">
            <div class="meter" role="meter" aria-label={key::TRACK_NAME.say()} aria-valuemin="0" aria-valuemax="100"
                aria-valuenow={track.percent.to_string()} aria-valuetext={track.words()}>
                <svg class="track" aria-hidden="true">
                    <rect class="track-zone" x={part(track.zone.0)} y="19" width={part(track.zone.1 - track.zone.0)} height="37" rx="12" />
                    <line class="track-line" x1="0" x2="100%" y1="31" y2="31" />
                    <radialGradient id="smudge">
                        <stop class="track-haze" offset="0" stop-opacity=".5" />
                        <stop class="track-haze" offset=".55" stop-opacity=".26" />
                        <stop class="track-haze" offset="1" stop-opacity="0" />
                    </radialGradient>
                    <ellipse class="track-smudge" fill="url(#smudge)" cx={part(0.5 * (from + to))} cy="31" rx={part(half)} ry="15" />
                    <g>{ for easier.map(|at| ghost("M5-6-5 0 5 6z", at)) }{ for harder.map(|at| ghost("M-5-6 5 0-5 6z", at)) }</g>
                    <svg class="track-flag" x={part(track.at)} y="31" overflow="visible">
                        <path class="track-dot" d="M-1.300-28H18l-4.500 6 4.500 6H1.300v11.200a5 5 0 1 1-2.600 0z" />
                    </svg>
                </svg>
            </div>
            <div class="track-ends" aria-hidden="true">
                <span>{ text(key::TRACK_END_EASY.say()) }</span>
                <span class="mid">{ text(key::TRACK_MIDDLE.say()) }</span>
                <span>{ text(key::TRACK_END_HARD.say()) }</span>
            </div>
            <p class="track-words"><b>{ text(track.verdict) }</b>{ text(format!(" {}", track.chance)) }
                { if track.unsure { html! { <span class="soft">{ text(format!(" {}", key::TRACK_UNSURE.say())) }</span> } } else { nothing() } }
            </p>
        </div>
    }
}

/// Where one tap would lead: an arrowhead on the line.
fn ghost(shape: &'static str, at: f64) -> Html {
    html! { <svg class="track-flag" x={part(at)} y="31" overflow="visible" key={shape}><path class="track-ghost" d={shape} /></svg> }
}

/// A part of a width. Tenths of a percent are fine enough for any screen, and formatting of floats costs 7 KB.
fn part(of: f64) -> String {
    let tenths = (of * 1000.0).round() as u16;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn icon(shapes: Html) -> Html {
    html! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{ shapes }</svg> }
}

/// The app's mark: a dot in a zone.
pub fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 36 20" aria-hidden="true">
            <rect x="1" y="8" width="34" height="4" rx="2" fill="var(--line-2)" />
            <rect x="9" y="3" width="18" height="14" rx="7" fill="var(--zone-soft)" />
            <circle cx="18" cy="10" r="5.5" fill="var(--zone)" />
        </svg>
    }
}

/// A person.
pub fn person() -> Html {
    html! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="7" r="4" fill="var(--skin)" />
            <path d="M3 19c0-5 3-7 7-7s7 2 7 7z" fill="var(--cloth)" />
        </svg>
    }
}

/// A sun.
pub fn icon_today() -> Html {
    icon(
        html! { <><circle cx="12" cy="12" r="4.5" /><path d="M12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M5.3 5.3l2 2M16.7 16.7l2 2M5.3 18.7l2-2M16.7 7.3l2-2" /></> },
    )
}

/// Two children.
pub fn icon_children() -> Html {
    icon(
        html! { <><circle cx="8.5" cy="8" r="3.5" /><path d="M2 20c0-4.5 2.5-6.5 6.5-6.5s6.5 2 6.5 6.5" /><circle cx="17" cy="10" r="2.5" /><path d="M17 15.5c3 0 5 1.5 5 4.5" /></> },
    )
}

/// A week with a day ticked.
pub fn icon_plan() -> Html {
    icon(
        html! { <><rect x="3.5" y="5" width="17" height="15.5" rx="3" /><path d="M3.5 10h17M8 2.500v4M16 2.500v4M8.500 15l2.200 2.200 4.300-4.300" /></> },
    )
}

/// A seedling.
pub fn icon_growing() -> Html {
    icon(
        html! { <path d="M12 21v-9M12 13c0-4-2.500-6.500-7.500-6.500C4.500 11 7 13 12 13zM12 10.500c0-4 2.500-6.500 7.500-6.500 0 4.500-2.500 6.500-7.500 6.500zM6 21h12" /> },
    )
}

/// Sliders.
pub fn icon_settings() -> Html {
    icon(
        html! { <><path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="17" r="2" /></> },
    )
}
