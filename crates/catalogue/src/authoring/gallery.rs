//! All drawings on one page, in both themes.

use std::fmt::Write as _;

use super::html::{escaped, page};
use crate::content::{Content, Picture, Shape};

const STYLE: &str = "\
body { margin: 0; font: 16px/1.4 system-ui, sans-serif; background: #808080; }
h1, nav { margin: 0; padding: 12px 20px; color: #fff; font-size: 20px; }
nav { padding-top: 0; font-size: 14px; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 640px), 1fr)); gap: 2px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; break-inside: avoid; }
.light, .dark { padding: 14px 20px; background: var(--sheet); color: var(--ink); }
.light { color-scheme: light; }
.dark { color-scheme: dark; }
figure { margin: 0; display: grid; grid-template-columns: minmax(0, 320px) 96px; gap: 4px 12px; align-items: end; }
svg { inline-size: 100%; block-size: auto; border-radius: 14px; background: var(--well); }
figcaption { grid-column: 1 / -1; }
figcaption b { display: block; }
figcaption span { color: var(--ink-2); font-size: 14px; }
";

/// The page. `tokens` is the style sheet in which the themes' tokens stand.
pub fn gallery(content: &Content, tokens: &str) -> String {
    let mut body = format!("<h1>{} drawings, light and dark</h1>\n", content.drawings.0.len());
    body.push_str(
        "<nav>Each as large as on an activity’s page, and as small as it must still be readable.</nav>\n",
    );
    for picture in &content.drawings.0 {
        let users = content
            .catalogue
            .activities
            .iter()
            .filter(|activity| activity.picture == picture.name);
        let titles: Vec<String> = users.map(|activity| escaped(&activity.title)).collect();
        let used = if titles.is_empty() {
            "no activity".to_owned()
        } else {
            titles.join(", ")
        };
        body.push_str("<div class=\"pair\">\n");
        for theme in ["light", "dark"] {
            let _ = writeln!(
                body,
                "<div class=\"{theme}\"><figure>{large}{small}<figcaption><b>{used}</b>\
                 <span>{name}.svg: {title}</span></figcaption></figure></div>",
                large = svg(picture),
                small = svg(picture),
                name = escaped(&picture.name),
                title = escaped(&picture.title),
            );
        }
        body.push_str("</div>\n");
    }
    body.push_str("</main>\n");
    page(
        "Drawings of Just Right",
        &format!(":root {{\n{}}}\n{STYLE}", declared(tokens)),
        &body,
    )
}

/// The lines of a style sheet that give a token its value.
fn declared(sheet: &str) -> String {
    sheet
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("--") && line.ends_with(';'))
        .fold(String::new(), |all, line| all + "  " + line + "\n")
}

fn svg(picture: &Picture) -> String {
    let (width, height) = picture.size;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">",
        escaped(&picture.title)
    );
    picture.shapes.iter().for_each(|shape| draw(shape, &mut svg));
    svg.push_str("</svg>");
    svg
}

fn draw(shape: &Shape, svg: &mut String) {
    let Some(tag) = shape.element() else {
        return;
    };
    let _ = write!(svg, "<{tag}");
    for (name, value) in shape.named_attributes() {
        let _ = write!(svg, " {name}=\"{}\"", escaped(value));
    }
    svg.push('>');
    shape.children.iter().for_each(|child| draw(child, svg));
    let _ = write!(svg, "</{tag}>");
}
