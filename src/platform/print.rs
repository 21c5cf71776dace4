//! Paper.

/// Opens the browser's own way to print the page. Whether it could is not known everywhere: a frame that may not is only silent.
pub fn print() -> bool {
    web_sys::window().is_some_and(|window| window.print().is_ok())
}
