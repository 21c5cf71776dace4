//! Whether the whole app is here. What a first pick needs is one module; the rest of the code is fetched behind it
//! (`xtask/src/split.rs` divides it, `embed.js` fetches it and says when it has come). Until then nothing may call a function
//! that begins with `later_`: those are the doors to the rest.

use std::cell::{Cell, RefCell};

use yew::Callback;

thread_local! {
    static WHOLE: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Callback<bool>>> = const { RefCell::new(Vec::new()) };
}

/// Whether it is.
pub fn is_here() -> bool {
    WHOLE.get()
}

/// Calls when it has come, and each time that it was wanted and could not be had.
pub fn when_here(call: Callback<bool>) {
    WAITING.with_borrow_mut(|waiting| waiting.push(call));
}

/// It has come.
pub fn came() {
    WHOLE.set(true);
    WAITING.take().iter().for_each(|call| call.emit(true));
}

/// It was wanted and could not be had.
pub fn missed() {
    let waiting = WAITING.with_borrow(Vec::clone);
    waiting.iter().for_each(|call| call.emit(false));
}
