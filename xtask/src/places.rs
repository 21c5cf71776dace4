//! Where everything lies in the working copy, and the few file operations that say in words what failed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::say::Told;

/// The working copy. Tools stay inside it (`.tools/`), so removing that folder undoes every set-up step except
/// system packages and the rustup toolchain.
#[derive(Clone)]
pub struct Places {
    root: PathBuf,
}

impl Places {
    /// Cargo tells a program that it runs where the package of that program is; the root is one up.
    pub fn find() -> Told<Self> {
        std::env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .and_then(|xtask| xtask.parent().map(Path::to_path_buf))
            .map(|root| Self { root })
            .ok_or_else(|| "Start this as `cargo xtask …`, from anywhere inside the repository.".to_string())
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn at(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn tools(&self) -> PathBuf {
        self.at(".tools")
    }

    /// Tools that cargo installs.
    pub fn tools_bin(&self) -> PathBuf {
        self.at(".tools/bin")
    }

    /// The log of one set-up step.
    pub fn log(&self, name: &str) -> PathBuf {
        self.at(".tools/logs").join(format!("{name}.log"))
    }
}

pub fn read(path: &Path) -> Told<String> {
    fs::read_to_string(path).map_err(|why| format!("{} cannot be read: {why}.", path.display()))
}

/// Writes a file, and the folders above it where they are missing.
pub fn write(path: &Path, text: impl AsRef<[u8]>) -> Told<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, text).map_err(|why| format!("{} cannot be written: {why}.", path.display()))
}

pub fn copy(from: &Path, to: &Path) -> Told<()> {
    fs::copy(from, to)
        .map(|_| ())
        .map_err(|why| format!("{} cannot be copied to {}: {why}.", from.display(), to.display()))
}

pub fn make_folder(path: &Path) -> Told<()> {
    fs::create_dir_all(path).map_err(|why| format!("The folder {} cannot be made: {why}.", path.display()))
}

/// Removes a folder and all in it; one that is not there is fine.
pub fn remove_folder(path: &Path) -> Told<()> {
    match fs::remove_dir_all(path) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("The folder {} cannot be removed: {why}.", path.display()))
        }
        _ => Ok(()),
    }
}

/// Every file below a folder, as (path with `/` relative to the folder, full path), in a stable order.
pub fn files_below(folder: &Path) -> Told<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<(String, PathBuf)>) -> Told<()> {
    let unreadable = |why: std::io::Error| format!("The folder {} cannot be read: {why}.", folder.display());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found)?;
        } else {
            found.push((name, path));
        }
    }
    Ok(())
}
