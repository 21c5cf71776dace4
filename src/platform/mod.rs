//! The only door to the browser: storage, address, files, focus, time, voice, sound, the waking screen. Everything here can be missing or
//! denied, and then says so.

pub mod address;
pub mod files;
pub mod intl;
pub mod page;
mod perhaps;
pub mod print;
pub mod rest;
pub mod share;
pub mod sound;
pub mod speech;
pub mod storage;
pub mod tabs;
pub mod wake;
