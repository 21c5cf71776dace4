//! The browser's own voice. What it reads never leaves the device where the voice is the device's; which voices there are
//! is the browser's affair.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use super::perhaps::{call, get, global, make, set};

/// Whether there is a voice for a language. `None`: the browser has not told yet which voices it has.
pub fn voice(lang: &str) -> Option<bool> {
    let Some(voices) = voices() else {
        return Some(false);
    };
    (voices.length() > 0).then(|| voice_for(&voices, lang).is_some())
}

/// Reads a text now, in the stead of what is being read.
pub fn read(text: &str, lang: &str) {
    let Some(words) = make("SpeechSynthesisUtterance", &[text.into()]) else {
        return;
    };
    set(&words, "lang", &lang.into());
    if let Some(voice) = voices().and_then(|voices| voice_for(&voices, lang)) {
        set(&words, "voice", &voice);
    }
    stop();
    if let Some(synthesis) = global("speechSynthesis") {
        call(&synthesis, "speak", &[words]);
    }
}

/// Stops reading.
pub fn stop() {
    if let Some(synthesis) = global("speechSynthesis") {
        call(&synthesis, "cancel", &[]);
    }
}

fn voices() -> Option<Array> {
    call(&global("speechSynthesis")?, "getVoices", &[])?
        .dyn_into()
        .ok()
}

/// The first voice whose language begins as ours does: `en-GB` reads `en`.
fn voice_for(voices: &Array, lang: &str) -> Option<JsValue> {
    let ours = lang.split('-').next().unwrap_or_default();
    voices.iter().find(|voice| {
        let lang = get(voice, "lang").and_then(|lang| lang.as_string());
        let rest = lang.as_deref().and_then(|lang| lang.strip_prefix(ours));
        rest.is_some_and(|rest| matches!(rest.bytes().next(), None | Some(b'-' | b'_')))
    })
}
