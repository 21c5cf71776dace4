//! A fingerprint of files: it tells that nothing changed, so that nothing is done twice.
//!
//! FNV-1a, 64 bits: the same on every machine and toolchain, and nobody gains by forging it.

use std::fmt;
use std::fs;
use std::path::Path;

use crate::places;
use crate::say::Told;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fingerprint(u64);

impl Fingerprint {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub fn of(bytes: &[u8]) -> Self {
        Self::new().and(bytes)
    }

    /// Goes on with one more piece. The length goes in too, so that "ab", "c" differs from "a", "bc".
    pub fn and(self, bytes: &[u8]) -> Self {
        let length = (bytes.len() as u64).to_le_bytes();
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(bytes.iter().chain(&length).fold(self.0, step))
    }

    /// Goes on with a file, or with every file below a folder: names and contents. What is missing counts as missing.
    pub fn and_path(self, path: &Path) -> Told<Self> {
        if !path.is_dir() {
            return self.and_file(path);
        }
        let mut all = self;
        for (name, file) in places::files_below(path)? {
            all = all.and(name.as_bytes()).and_file(&file)?;
        }
        Ok(all)
    }

    fn and_file(self, path: &Path) -> Told<Self> {
        match fs::read(path) {
            Ok(bytes) => Ok(self.and(&bytes)),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(self.and(b"missing")),
            Err(why) => Err(format!("{} cannot be read: {why}.", path.display())),
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_give_the_same_fingerprint_on_every_machine() {
        assert_eq!(
            Fingerprint::of(b"just right").to_string(),
            Fingerprint::of(b"just right").to_string()
        );
        assert_eq!(Fingerprint::new().to_string(), "cbf29ce484222325");
    }

    #[test]
    fn where_one_piece_ends_matters() {
        assert_ne!(Fingerprint::of(b"ab").and(b"c"), Fingerprint::of(b"a").and(b"bc"));
    }

    #[test]
    fn a_folder_changes_with_a_name_and_with_a_content() {
        let folder = std::env::temp_dir().join(format!("xtask-fingerprint-{}", std::process::id()));
        let look = || Fingerprint::new().and_path(&folder);

        places::write(&folder.join("one/a.txt"), "1").expect("the temp folder is writable");
        let before = look();
        places::write(&folder.join("one/a.txt"), "2").expect("the temp folder is writable");
        let other_content = look();
        places::write(&folder.join("one/b.txt"), "").expect("the temp folder is writable");
        let other_names = look();
        places::remove_folder(&folder).expect("the temp folder is writable");

        assert_ne!(before, other_content);
        assert_ne!(other_content, other_names);
    }
}
