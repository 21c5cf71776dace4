//! The boundary to JavaScript: what `embed.js` calls. The standalone page mounts the same element as a clinic
//! does.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

use crate::app::{App, Host};
use crate::platform::address::Address;
use crate::platform::{page, rest};

/// What the element was given.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
struct Options {
    /// Language tag; empty: the browser's. Our own page always goes by the browser and by what the family has chosen.
    lang: String,
    /// The address of the folder that the release stands in, with a slash at its end.
    base: String,
    /// Whether anything may be kept in the browser.
    storage: bool,
    /// Our own page: it has the address and the title to itself.
    standalone: bool,
}

/// Detail of `just-right-ready`.
#[derive(Serialize)]
pub(crate) struct Ready {
    /// The app's version.
    pub version: &'static str,
    /// How many activities it knows.
    pub activities: usize,
}

/// Detail of `just-right-pick`: an activity was opened.
#[derive(Serialize)]
pub(crate) struct Picked<'a> {
    /// Id of the activity.
    pub activity: &'a str,
    /// The grade.
    pub grade: &'a str,
    /// Expected chance of success.
    pub success: f64,
}

/// Detail of `just-right-report`.
#[derive(Serialize)]
pub(crate) struct Reported<'a> {
    /// Id of the activity.
    pub activity: &'a str,
    /// The grade.
    pub grade: &'a str,
    /// How it went.
    pub level: &'a str,
}

/// Detail of `just-right-error`.
#[derive(Serialize)]
pub(crate) struct Failed<'a> {
    /// What happened.
    pub message: &'a str,
}

/// A mounted app.
#[wasm_bindgen]
pub struct Mounted(AppHandle<App>);

#[wasm_bindgen]
impl Mounted {
    /// Takes the app off the page, and with it all that is kept of it here.
    pub fn unmount(self) {
        self.0.destroy();
    }
}

/// Mounts the app into `inside`, on behalf of the element `host`.
///
/// # Errors
/// Where `options` is not an object of the documented form.
#[wasm_bindgen]
pub fn mount(inside: Element, host: Element, options: JsValue) -> Result<Mounted, JsValue> {
    let options: Options = serde_wasm_bindgen::from_value(options)?;
    let props = Host {
        inside: inside.clone(),
        element: host,
        lang: Some(options.lang)
            .filter(|lang| !lang.is_empty() && (!options.standalone || is_for_tests(lang)))
            .or_else(page::language)
            .unwrap_or_default()
            .into(),
        base: options.base.into(),
        storage: options.storage,
        address: if options.standalone {
            Address::Hash
        } else {
            Address::Memory
        },
    };
    Ok(Mounted(
        yew::Renderer::<App>::with_root_and_props(inside, props).render(),
    ))
}

/// The rest of the app has come.
#[wasm_bindgen]
pub fn whole() {
    rest::came();
}

/// The rest of the app was wanted and could not be fetched.
#[wasm_bindgen]
pub fn missed() {
    rest::missed();
}

/// Our own page does not go by its attribute, except where a test asks for a language that no browser asks for.
#[cfg(feature = "test-hooks")]
fn is_for_tests(lang: &str) -> bool {
    crate::pseudo::asked_by(lang).is_some()
}

/// A release knows no such language.
#[cfg(not(feature = "test-hooks"))]
fn is_for_tests(_: &str) -> bool {
    false
}

/// The style sheet for the shadow root: it comes with the module, so a host page needs no `style-src` for us.
#[wasm_bindgen]
pub fn style() -> String {
    include_str!(concat!(env!("OUT_DIR"), "/style.css")).to_owned()
}
