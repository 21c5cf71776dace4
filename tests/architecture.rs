//! The arrows of ARCHITECTURE.md that a compiler does not see.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// What a view may know of the browser: the types of what a person did, as the framework hands them over.
const EVENTS: [&str; 3] = ["web_sys::HtmlInputElement", "web_sys::File", "web_sys::Element"];

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(path.to_str().unwrap()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn the_browser_is_reached_through_one_door() {
    for path in sources("src") {
        let inside = path.components().any(|part| part.as_os_str() == "platform");
        if inside || path.ends_with("embed.rs") {
            continue;
        }
        let mut text = fs::read_to_string(&path).unwrap();
        EVENTS.iter().for_each(|known| text = text.replace(known, ""));
        // A listener that is kept by the one component lives and dies with it.
        let text = text.replace("gloo::events::EventListener", "");
        for door in [
            "web_sys::",
            "js_sys::",
            "gloo::",
            "wasm_bindgen_futures::",
            "idb::",
        ] {
            assert!(!text.contains(door), "{} uses {door}", path.display());
        }
    }
}

#[test]
fn the_engine_and_the_content_know_nothing_of_what_stands_above_them() {
    for path in sources("crates/engine/src") {
        let text = fs::read_to_string(&path).unwrap();
        for above in [
            "just_right_catalogue",
            "just_right::",
            "std::fs",
            "std::net",
            "std::time",
            "web_sys",
        ] {
            assert!(!text.contains(above), "{} uses {above}", path.display());
        }
    }
    for path in sources("crates/catalogue/src") {
        let text = fs::read_to_string(&path).unwrap();
        for above in ["just_right::", "web_sys", "yew::"] {
            assert!(!text.contains(above), "{} uses {above}", path.display());
        }
    }
}
