//! A screen that stays awake while somebody's hands are full.

use gloo::events::EventListener;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::perhaps::{call, get, global};

/// What keeps the screen awake until it is released, or until the page is hidden.
#[derive(Clone, Debug, PartialEq)]
pub struct Lock(JsValue);

impl Lock {
    /// The screen may go dark again.
    pub fn release(&self) {
        call(&self.0, "release", &[]);
    }
}

/// Keeps the screen awake. `None` where the browser cannot or does not want to, for example when the battery is low.
pub async fn keep() -> Option<Lock> {
    let lock = get(&global("navigator")?, "wakeLock")?;
    let promised: Promise = call(&lock, "request", &["screen".into()])?.dyn_into().ok()?;
    JsFuture::from(promised).await.ok().map(Lock)
}

/// Calls back when the page is seen again: the browser has released the lock while it was hidden.
pub fn on_return(returned: impl Fn() + 'static) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    let hidden = JsValue::from(document.clone());
    Some(EventListener::new(&document, "visibilitychange", move |_| {
        if get(&hidden, "hidden").is_none_or(|hidden| hidden.is_falsy()) {
            returned();
        }
    }))
}
