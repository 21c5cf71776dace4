//! Handing a text on: by the device's own way of sharing, or where there is none as a copy to paste.

use js_sys::{Object, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::perhaps::{call, get, global, set};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// It was handed to the device, which takes it from here; whoever thought better of it need not hear of it.
    Handed,
    /// It is in the clipboard.
    Copied,
    /// Neither could be done.
    Refused,
}

/// Shares a text under a title. It needs a tap of the person just before.
pub async fn share(title: &str, text: &str) -> Shared {
    let Some(navigator) = global("navigator") else {
        return Shared::Refused;
    };
    let what = Object::new();
    set(&what, "title", &title.into());
    set(&what, "text", &text.into());
    if let Some(sharing) = promised(&navigator, "share", &what) {
        return match JsFuture::from(sharing).await {
            Err(error)
                if get(&error, "name").and_then(|name| name.as_string()).as_deref() != Some("AbortError") =>
            {
                copy(&navigator, text).await
            }
            _ => Shared::Handed,
        };
    }
    copy(&navigator, text).await
}

async fn copy(navigator: &JsValue, text: &str) -> Shared {
    let clipboard = get(navigator, "clipboard");
    let copying = clipboard.and_then(|clipboard| promised(&clipboard, "writeText", &text.into()));
    let copied = match copying {
        Some(copying) => JsFuture::from(copying).await.is_ok(),
        None => false,
    };
    if copied {
        Shared::Copied
    } else {
        Shared::Refused
    }
}

fn promised(of: &JsValue, method: &str, with: &JsValue) -> Option<Promise> {
    call(of, method, std::slice::from_ref(with))?.dyn_into().ok()
}
