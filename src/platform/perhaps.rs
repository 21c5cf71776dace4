//! Parts of the browser that may be missing, denied or broken: each step gives `None` then, and nothing is thrown.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A property that is there.
pub fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(of, &name.into()).ok()?;
    (!found.is_undefined() && !found.is_null()).then_some(found)
}

/// Sets a property.
pub fn set(of: &JsValue, name: &str, value: &JsValue) {
    // What cannot be set stays as the browser has it.
    let _ = Reflect::set(of, &name.into(), value);
}

/// Calls a method.
pub fn call(of: &JsValue, name: &str, with: &[JsValue]) -> Option<JsValue> {
    let method: Function = get(of, name)?.dyn_into().ok()?;
    method.apply(of, &with.iter().collect::<Array>()).ok()
}

/// Makes something of a class of the page.
pub fn make(class: &str, with: &[JsValue]) -> Option<JsValue> {
    let class: Function = get(&js_sys::global(), class)?.dyn_into().ok()?;
    Reflect::construct(&class, &with.iter().collect::<Array>()).ok()
}

/// A part of the page's own object, such as `navigator`.
pub fn global(name: &str) -> Option<JsValue> {
    get(&js_sys::global(), name)
}
