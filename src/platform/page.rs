//! The page around us: the day, focus, title, theme, and events for the host.

use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Element, HtmlElement};

use crate::family::{Day, Theme};

/// Today, in the family's own time zone.
pub fn today() -> Day {
    let now = js_sys::Date::new_0();
    let local = now.get_time() - now.get_timezone_offset() * 60_000.0;
    Day((local / 86_400_000.0).floor() as i32)
}

/// The clock, in milliseconds.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// A date for file names: 2026-11-23.
pub fn date_for_a_name() -> String {
    let now = js_sys::Date::new_0();
    format!(
        "{:04}-{:02}-{:02}",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date()
    )
}

/// Now, as calendars write it, in universal time: 20261124T181500Z.
pub fn stamp() -> String {
    let now = String::from(js_sys::Date::new_0().to_iso_string());
    let whole = now.split('.').next().unwrap_or_default();
    let mut stamp: String = whole.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    stamp.push('Z');
    stamp
}

/// Puts the focus on what a new screen begins with, and shows its top.
pub fn focus_start(root: &Element) {
    if let Ok(Some(start)) = root.query_selector("[data-start]") {
        if let Some(element) = start.dyn_ref::<HtmlElement>() {
            // A heading that cannot take focus loses nothing: the screen is the same.
            let _ = element.focus();
        }
    }
    if let Some(element) = root.query_selector(".app").ok().flatten() {
        element.scroll_into_view();
    }
}

/// Puts the focus on the first element that matches.
pub fn focus(root: &Element, selector: &str) {
    if let Ok(Some(found)) = root.query_selector(selector) {
        if let Some(element) = found.dyn_ref::<HtmlElement>() {
            let _ = element.focus();
        }
    }
}

/// Names the page. Only on our own page.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Says which language our own page is in, and from which side it is read.
pub fn set_language(tag: &str, from_right: bool) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("lang", tag);
        let _ = root.set_attribute("dir", if from_right { "rtl" } else { "ltr" });
    }
}

/// The language that the person has chosen in the browser.
pub fn language() -> Option<String> {
    web_sys::window()?.navigator().language()
}

/// Tells our own page its theme, for what lies around the app.
pub fn set_page_theme(theme: Theme) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-theme", theme_name(theme));
    }
}

/// The theme as an attribute.
pub fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::Device => "device",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// Fires an event on the element of the host page: it bubbles, leaves the shadow root and carries plain JSON.
pub fn tell_host(host: &Element, name: &str, detail: &impl Serialize) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    init.set_detail(&detail.serialize(&plain).unwrap_or(JsValue::NULL));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = host.dispatch_event(&event);
    }
}

/// Asks the browser not to throw the data away when space is short. What it answers changes nothing here.
pub fn ask_to_persist() {
    if let Some(window) = web_sys::window() {
        let storage = window.navigator().storage();
        if !JsValue::from(storage.clone()).is_undefined() {
            let _ = storage.persist();
        }
    }
}

/// Waits, in milliseconds.
pub async fn wait(milliseconds: u32) {
    gloo::timers::future::TimeoutFuture::new(milliseconds).await;
}
