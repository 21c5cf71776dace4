//! Other tabs of the same family: each tells the others that it has written, so that all show what is true.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::JsValue;
use yew::Callback;

use super::perhaps::{call, make, set};

/// A line to the other tabs. Where the browser has none, a tab learns of the others with its next write.
pub struct Tabs(Option<Line>);

struct Line {
    channel: JsValue,
    _hear: Closure<dyn FnMut()>,
}

impl Tabs {
    /// Listens from now on.
    pub fn join(heard: Callback<()>) -> Tabs {
        Tabs(make("BroadcastChannel", &["just-right".into()]).map(|channel| {
            let hear = Closure::<dyn FnMut()>::new(move || heard.emit(()));
            set(&channel, "onmessage", hear.as_ref());
            Line { channel, _hear: hear }
        }))
    }

    /// Tells the others that something was written.
    pub fn tell(&self) {
        self.call("postMessage");
    }

    fn call(&self, method: &str) {
        if let Some(line) = &self.0 {
            // Nobody may be there to hear it.
            let _ = call(&line.channel, method, &[JsValue::NULL]);
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.call("close");
    }
}
