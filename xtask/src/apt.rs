//! Debian packages: only what is missing, without a question, and with the mend in words where it cannot be.

use std::process::Command;

use crate::places::Places;
use crate::run;
use crate::say::Told;

/// A package, and what its version must begin with.
#[derive(Clone, Copy)]
pub struct Package {
    name: &'static str,
    version: &'static str,
}

impl Package {
    pub const fn any_version(name: &'static str) -> Self {
        Self { name, version: "" }
    }

    pub const fn of_version(name: &'static str, version: &'static str) -> Self {
        Self { name, version }
    }

    fn is_installed(self) -> bool {
        let format = "-f=${db:Status-Status} ${Version}";
        run::answer(Command::new("dpkg-query").args(["-W", format, self.name]))
            .is_some_and(|answer| answer.starts_with(&format!("installed {}", self.version)))
    }

    /// Whether the package lists of this machine offer it.
    fn is_known(self) -> bool {
        run::answer(Command::new("apt-cache").args(["show", self.name]))
            .is_some_and(|answer| offers(&answer, self.version))
    }
}

/// Whether what `apt-cache show` printed has a version that begins so.
fn offers(shown: &str, version: &str) -> bool {
    shown
        .lines()
        .filter_map(|line| line.strip_prefix("Version: "))
        .any(|offered| offered.starts_with(version))
}

/// Installs what is missing of some packages; `what` is said first.
pub fn install(places: &Places, packages: &[Package], what: &str) -> Told<()> {
    let missing: Vec<Package> = packages
        .iter()
        .copied()
        .filter(|package| !package.is_installed())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    let names = names.join(" ");
    let apt_get = apt_get(&names)?;
    if !missing.iter().all(|package| package.is_known()) {
        run::announced(
            "package lists, which do not know all that is needed",
            apt_get().arg("update"),
            &places.log("apt-update"),
        )?;
    }
    if let Some(package) = missing.iter().find(|package| !package.is_known()) {
        return Err(format!(
            "the package mirror has no {} {}",
            package.name, package.version
        ));
    }
    let mut command = apt_get();
    command
        .args(["install", "-y", "--no-install-recommends"])
        .args(names.split(' '));
    run::announced(what, &mut command, &places.log("apt-install"))
}

/// How apt-get can be run here: as root, or by a sudo that asks nothing.
fn apt_get(names: &str) -> Told<impl Fn() -> Command> {
    if !run::succeeds(Command::new("apt-get").arg("--version")) {
        return Err("there is no apt-get here".to_string());
    }
    let root = run::answer(Command::new("id").arg("-u")).is_some_and(|user| user == "0");
    if !root && !run::succeeds(Command::new("sudo").args(["-n", "true"])) {
        return Err(format!(
            "installing packages needs root; ask for `apt-get install --no-install-recommends {names}` and start again"
        ));
    }
    Ok(move || {
        let mut command = if root {
            Command::new("env")
        } else {
            Command::new("sudo")
        };
        if !root {
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_version_is_not_an_offer() {
        let shown = "Package: rustc-web\nVersion: 1.85.0+dfsg3-1~deb12u3\nDepends: libc6\n";
        assert!(!offers(shown, "1.96"));
        assert!(offers(
            &format!("{shown}\nVersion: 1.96.0+dfsg1-1~deb12u2\n"),
            "1.96"
        ));
        assert!(offers(shown, ""));
        assert!(!offers("", ""));
    }
}
