//! Whether the whole app is here. What a first pick needs is one module; the rest of the code is fetched behind it
//! (`xtask/src/split.rs` divides it, `embed.js` fetches it and says when it has come). Until then nothing may call a function
//! that begins with `later_`: those are the doors to the rest.

use std::cell::{Cell, RefCell};

use yew::Callback;

thread_local! {
    static WHOLE: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Callback<()>>> = const { RefCell::new(Vec::new()) };
}

/// Whether it is.
pub fn is_here() -> bool {
    WHOLE.get()
}

/// Calls once it has come.
pub fn when_here(call: Callback<()>) {
    WAITING.with_borrow_mut(|waiting| waiting.push(call));
}

/// It has come.
pub fn came() {
    WHOLE.set(true);
    WAITING.take().iter().for_each(|call| call.emit(()));
}
