//! The app as a WebAssembly module. It does nothing by itself: `embed.js` calls `mount` of the library.

// Named so that the library, with its exports, is linked.
use just_right as _;

fn main() {}
