//! Files that the family saves and opens, and the release's own.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::snapshot::LARGEST;

/// What an export is.
pub const JSON: &str = "application/json";
/// What a calendar is.
pub const CALENDAR: &str = "text/calendar;charset=utf-8";

/// Hands a text of this media type to the browser to save as a file.
///
/// # Errors
/// Where the browser does not allow it.
pub fn save(name: &str, text: &str, media: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media);
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken hold of the data with the click; a moment later the address may go.
    gloo::timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// Larger than any family's data.
    TooLarge {
        /// In whole megabytes.
        megabytes: u32,
    },
    /// The browser could not read it as text.
    Unreadable,
}

/// Reads a file as text. One that is too large is not even opened.
///
/// # Errors
/// See [`OpenError`].
pub async fn open(file: web_sys::File) -> Result<String, OpenError> {
    if file.size() > LARGEST as f64 {
        return Err(OpenError::TooLarge {
            megabytes: (file.size() / 1_048_576.0).round() as u32,
        });
    }
    let blob = gloo::file::Blob::from(Blob::from(file));
    gloo::file::futures::read_as_text(&blob)
        .await
        .map_err(|_| OpenError::Unreadable)
}

/// Fetches a file of the release. `None` where it cannot be had.
pub async fn fetch(url: &str) -> Option<Vec<u8>> {
    let window = web_sys::window()?;
    let response: web_sys::Response = JsFuture::from(window.fetch_with_str(url))
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    if !response.ok() {
        return None;
    }
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
