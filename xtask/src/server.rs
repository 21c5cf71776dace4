//! A small server for the finished release: static files, this machine only, nothing to install.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::fingerprint::Fingerprint;
use crate::run;
use crate::say::{self, Told};

/// Where it listens if no port is asked for; when others have it, the next free ones.
const PORTS: std::ops::RangeInclusive<u16> = 8080..=8099;
const LONGEST_REQUEST: u64 = 16 * 1024;
const SLOWEST_CLIENT: Duration = Duration::from_secs(15);
/// Its head tells the length of the body that is not sent.
const NOT_MODIFIED: &str = "304 Not Modified";

/// Serves a folder until the program is ended; `place` is where in the app its address leads.
pub fn serve(dist: &Path, place: &str, port: Option<u16>, open: bool) -> Told<()> {
    let listener = listen(port)?;
    let address = listener
        .local_addr()
        .map_err(|why| format!("The server has no address: {why}."))?;
    let address = format!("http://{address}/{place}");
    say::line(format!("\nJust Right is at {address} (end it with Ctrl+C)"));
    if open {
        open_in_browser(&address);
    }
    for stream in listener.incoming().flatten() {
        let dist = dist.to_path_buf();
        thread::spawn(move || {
            // A client that goes away in the middle is its own affair.
            let _ = talk(&stream, &dist);
        });
    }
    Ok(())
}

fn listen(port: Option<u16>) -> Told<TcpListener> {
    let try_port = |port: u16| TcpListener::bind(("127.0.0.1", port));
    match port {
        Some(port) => try_port(port).map_err(|why| {
            format!("Port {port} cannot be used: {why}. The mend: leave --port out, or name another.")
        }),
        None => PORTS
            .into_iter()
            .find_map(|port| try_port(port).ok())
            .ok_or_else(|| {
                format!(
                    "The ports {} to {} are all in use. The mend: --port N.",
                    PORTS.start(),
                    PORTS.end()
                )
            }),
    }
}

fn open_in_browser(address: &str) {
    let (program, first) = match std::env::consts::OS {
        "macos" => ("open", None),
        "windows" => ("cmd", Some(["/C", "start"])),
        _ => ("xdg-open", None),
    };
    if !run::succeeds(
        Command::new(program)
            .args(first.into_iter().flatten())
            .arg(address),
    ) {
        say::line("No browser could be opened from here; please open the address yourself.");
    }
}

/// One connection, one answer.
fn talk(stream: &TcpStream, dist: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(SLOWEST_CLIENT))?;
    stream.set_write_timeout(Some(SLOWEST_CLIENT))?;
    let mut lines = BufReader::new(stream.take(LONGEST_REQUEST)).lines();
    let Some(first) = lines.next().transpose()? else {
        return Ok(());
    };
    let mut known = None;
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("if-none-match") => {
                known = Some(value.trim().to_string())
            }
            _ => {}
        }
    }
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let answer = answer(dist, method, target, known.as_deref());
    let mut stream = stream;
    stream.write_all(&answer.head())?;
    if method != "HEAD" && answer.status != NOT_MODIFIED {
        stream.write_all(&answer.body)?;
    }
    stream.flush()
}

#[derive(Debug)]
struct Answer {
    status: &'static str,
    kind: &'static str,
    /// One more header, where there is something to say.
    also: Option<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn plain(status: &'static str) -> Self {
        Self {
            status,
            kind: "text/plain; charset=utf-8",
            also: None,
            body: format!("{status}\n").into_bytes(),
        }
    }

    fn head(&self) -> Vec<u8> {
        let also = self
            .also
            .as_ref()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .unwrap_or_default();
        format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{also}Cache-Control: no-cache\r\n\
             Access-Control-Allow-Origin: *\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
            self.status,
            self.kind,
            self.body.len()
        )
        .into_bytes()
    }
}

fn answer(dist: &Path, method: &str, target: &str, known: Option<&str>) -> Answer {
    if !matches!(method, "GET" | "HEAD") {
        let allow = Some(("Allow", "GET, HEAD".to_string()));
        return Answer {
            also: allow,
            ..Answer::plain("405 Method Not Allowed")
        };
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(mut file) = inside(dist, path) else {
        return Answer::plain("404 Not Found");
    };
    if file.is_dir() {
        if !path.ends_with('/') {
            // Relative on purpose: an absolute one could be made to lead elsewhere.
            let name = path.rsplit('/').next().unwrap_or_default();
            let there = Some(("Location", format!("./{name}/")));
            return Answer {
                also: there,
                ..Answer::plain("301 Moved Permanently")
            };
        }
        file.push("index.html");
    }
    let Ok(body) = fs::read(&file) else {
        return Answer::plain("404 Not Found");
    };
    let tag = format!("\"{}\"", Fingerprint::of(&body));
    let unchanged = known.is_some_and(|known| {
        known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == tag)
    });
    let tag = Some(("ETag", tag));
    let kind = kind(&file);
    Answer {
        status: if unchanged { NOT_MODIFIED } else { "200 OK" },
        kind,
        also: tag,
        body,
    }
}

/// The file that an address means, if it lies inside the folder: no way up, no absolute path, no link that leads out.
fn inside(dist: &Path, path: &str) -> Option<PathBuf> {
    let path = decode(path.strip_prefix('/')?)?;
    let plain = Path::new(&path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !plain || path.contains(['\\', '\0']) {
        return None;
    }
    let file = dist.join(path).canonicalize().ok()?;
    file.starts_with(dist.canonicalize().ok()?).then_some(file)
}

/// "%20" and the like; `None` when it is no text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "txt" | "md" | "toml" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places;

    /// A folder to serve, with a secret beside it; removed at the end.
    struct Site(PathBuf);

    impl Site {
        fn new(name: &str) -> Self {
            let base = std::env::temp_dir().join(format!("xtask-server-{name}-{}", std::process::id()));
            for (file, text) in [
                ("dist/index.html", "home"),
                ("dist/a b.js", "js"),
                ("dist/sub/index.html", "sub"),
                ("secret", "secret"),
            ] {
                places::write(&base.join(file), text).expect("the temp folder is writable");
            }
            Self(base)
        }

        fn get(&self, target: &str) -> Answer {
            answer(&self.0.join("dist"), "GET", target, None)
        }
    }

    impl Drop for Site {
        fn drop(&mut self) {
            // What stays behind lies in the temp folder.
            let _ = places::remove_folder(&self.0);
        }
    }

    #[test]
    fn files_are_served_by_their_names() {
        let site = Site::new("names");
        assert_eq!(site.get("/").body, b"home");
        assert_eq!(site.get("/?theme=dark#top").body, b"home");
        assert_eq!(site.get("/a%20b.js").body, b"js");
        assert_eq!(site.get("/sub/").body, b"sub");
        assert_eq!(site.get("/sub").also, Some(("Location", "./sub/".to_string())));
        assert_eq!(site.get("/nothing").status, "404 Not Found");
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let site = Site::new("out");
        for target in [
            "/../secret",
            "/%2e%2e/secret",
            "/sub/../../secret",
            "/..%2fsecret",
            "//etc/passwd",
            "/..\\secret",
            "/%00",
            "/%",
            "/%zz",
            "",
            "secret",
        ] {
            assert_eq!(site.get(target).status, "404 Not Found", "{target}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out_of_the_folder() {
        let site = Site::new("link");
        std::os::unix::fs::symlink(site.0.join("secret"), site.0.join("dist/link"))
            .expect("the temp folder is writable");
        assert_eq!(site.get("/link").status, "404 Not Found");
    }

    #[test]
    fn what_the_browser_already_has_is_not_sent_again() {
        let site = Site::new("etag");
        let Some(("ETag", tag)) = site.get("/").also else {
            panic!("a file has an ETag")
        };
        let again = answer(
            &site.0.join("dist"),
            "GET",
            "/",
            Some(&format!("\"other\", W/{tag}")),
        );
        assert_eq!(again.status, NOT_MODIFIED);
    }

    #[test]
    fn nothing_can_be_changed() {
        let site = Site::new("post");
        assert_eq!(
            answer(&site.0.join("dist"), "POST", "/", None).status,
            "405 Method Not Allowed"
        );
    }

    #[test]
    fn every_head_is_whole() {
        let head = String::from_utf8(Answer::plain("404 Not Found").head()).expect("a head is text");
        assert!(head.starts_with("HTTP/1.1 404 Not Found\r\n") && head.ends_with("\r\n\r\n"));
        assert!(
            head.contains("Content-Length: 14\r\n") && head.contains("Access-Control-Allow-Origin: *\r\n")
        );
    }

    #[test]
    fn a_browser_only_starts_wasm_and_modules_of_the_right_kind() {
        assert_eq!(kind(Path::new("a_bg.wasm")), "application/wasm");
        assert_eq!(kind(Path::new("boot.js")), "text/javascript; charset=utf-8");
        assert_eq!(
            kind(Path::new("manifest.webmanifest")),
            "application/manifest+json"
        );
        assert_eq!(kind(Path::new("unknown")), "application/octet-stream");
    }
}
