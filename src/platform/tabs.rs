//! Other tabs of the same family: each tells the others that it has written, so that all show what is true.

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

/// A line to the other tabs. Where the browser has none, a tab learns of the others with its next write.
pub struct Tabs {
    channel: Option<(JsValue, Closure<dyn FnMut()>)>,
}

impl Tabs {
    /// Listens from now on.
    pub fn join(heard: Callback<()>) -> Tabs {
        Tabs {
            channel: open(heard).ok(),
        }
    }

    /// Tells the others that something was written.
    pub fn tell(&self) {
        if let Some((channel, _)) = &self.channel {
            // Nobody may be there to hear it.
            let _ = call(channel, "postMessage", &JsValue::NULL);
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some((channel, _)) = &self.channel {
            let _ = call(channel, "close", &JsValue::NULL);
        }
    }
}

/// `BroadcastChannel` is asked for by name: a sandboxed frame may lack it, and throws when it is touched.
fn open(heard: Callback<()>) -> Result<(JsValue, Closure<dyn FnMut()>), JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &"BroadcastChannel".into())?.dyn_into()?;
    let channel: JsValue = Reflect::construct(&class, &js_sys::Array::of1(&"just-right".into()))?.into();
    let hear = Closure::<dyn FnMut()>::new(move || heard.emit(()));
    Reflect::set(&channel, &"onmessage".into(), hear.as_ref())?;
    Ok((channel, hear))
}

fn call(on: &JsValue, method: &str, with: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(on, &method.into())?.dyn_into()?;
    method.call1(on, with)
}
