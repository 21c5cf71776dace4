//! The only door to the browser: storage, address, files, focus, time. Everything here can be missing or
//! denied, and then says so.

pub mod address;
pub mod files;
pub mod page;
pub mod print;
pub mod storage;
