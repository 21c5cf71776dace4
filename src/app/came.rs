//! Something large that came from outside, on its way to the one who takes it.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

/// Something that came, or did not. Whatever a button sends is copied at each press, so all that an act holds has to be easy to
/// copy; what is fetched is not, and only needs to be taken once.
pub struct Came<T>(Rc<Cell<Option<T>>>);

impl<T> Came<T> {
    /// On its way.
    pub fn new(what: Option<T>) -> Came<T> {
        Came(Rc::new(Cell::new(what)))
    }

    /// Takes it; nothing where it did not come or was taken before.
    pub fn take(&self) -> Option<T> {
        self.0.take()
    }
}

impl<T> Clone for Came<T> {
    fn clone(&self) -> Came<T> {
        Came(Rc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Came<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("Came")
    }
}
