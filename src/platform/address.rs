//! Where somebody is, kept in the page's address or, on somebody else's page, only in memory.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

use crate::route::Route;

/// How places are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// In the part of the address after `#`: back, forward, reload and bookmarks work.
    Hash,
    /// Nowhere outside this instance: a clinic's page keeps its own address and history.
    Memory,
}

impl Address {
    /// Where the page stands now.
    pub fn current(self) -> Route {
        match (self, web_sys::window()) {
            (Address::Hash, Some(window)) => Route::parse(&window.location().hash().unwrap_or_default()),
            _ => Route::default(),
        }
    }

    /// Goes to a new place. With [`Address::Hash`] the browser then calls the listener of
    /// [`Address::listen`].
    pub fn push(self, route: &Route) {
        if let (Address::Hash, Some(window)) = (self, web_sys::window()) {
            // A refusal (the browser allows a limited number a second) leaves the old address: the page
            // itself goes on.
            let _ = window.location().set_hash(&route.text());
        }
    }

    /// Goes to a new place in the stead of this one.
    pub fn replace(self, route: &Route) {
        if let (Address::Hash, Some(window)) = (self, web_sys::window()) {
            let history = window.history();
            let url = format!("#{}", route.text());
            let _ = history.map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&url)));
        }
    }

    /// Calls back when somebody goes back, forward, or types another address.
    pub fn listen(self, arrived: impl Fn(Route) + 'static) -> Option<EventListener> {
        let window = web_sys::window().filter(|_| self == Address::Hash)?;
        Some(EventListener::new(&window, "hashchange", move |_| {
            arrived(Address::Hash.current())
        }))
    }
}
