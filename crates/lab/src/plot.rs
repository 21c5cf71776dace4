//! Plots as SVG that stands in a page: they take their colours from the page, so that they are readable by day and night.

use std::fmt::Write as _;

/// A line, or points, in a plot.
pub struct Series {
    /// What stands in the legend; nothing where the line explains itself.
    pub name: String,
    /// Which of the page's colours: 0 to 7.
    pub colour: usize,
    /// Where.
    pub points: Vec<(f64, f64)>,
    /// How it is drawn.
    pub look: Look,
}

/// How a series is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A line.
    Line,
    /// A broken line: something to compare with.
    Dashed,
    /// A line with a dot at each point.
    Dots,
    /// An area: its points go around it.
    Band,
}

/// An axis.
pub struct Axis {
    /// What it shows.
    pub title: &'static str,
    /// Where it begins and ends.
    pub range: (f64, f64),
    /// Values that are named.
    pub marks: Vec<(f64, String)>,
}

impl Axis {
    /// With marks at these values.
    pub fn new(title: &'static str, range: (f64, f64), marks: &[f64]) -> Axis {
        Axis {
            title,
            range,
            marks: marks.iter().map(|&mark| (mark, format!("{mark}"))).collect(),
        }
    }

    fn share(&self, value: f64) -> f64 {
        let (low, high) = self.range;
        (value.clamp(low, high) - low) / (high - low)
    }
}

const WIDE: f64 = 460.0;
const HIGH: f64 = 300.0;
const LEFT: f64 = 52.0;
const BELOW: f64 = 44.0;
const ABOVE: f64 = 10.0;
const RIGHT: f64 = 12.0;

/// Draws a plot; its title is what a screen reader says.
pub fn draw(title: &str, x: &Axis, y: &Axis, series: &[Series]) -> String {
    let at_x = |value: f64| LEFT + x.share(value) * (WIDE - LEFT - RIGHT);
    let at_y = |value: f64| HIGH - BELOW - y.share(value) * (HIGH - BELOW - ABOVE);
    let (bottom, right) = (HIGH - BELOW, WIDE - RIGHT);
    let mut text = format!("<figure><figcaption>{title}</figcaption><svg viewBox=\"0 0 {WIDE} {HIGH}\" role=\"img\"><title>{title}</title>");
    for (value, name) in &y.marks {
        let at = at_y(*value);
        let _ = write!(
            text,
            "<path class=\"grid\" d=\"M{LEFT} {at:.1}H{right}\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text>",
            LEFT - 6.0,
            at + 4.0
        );
    }
    for (value, name) in &x.marks {
        let at = at_x(*value);
        let _ = write!(
            text,
            "<path class=\"grid\" d=\"M{at:.1} {ABOVE}V{bottom}\"/><text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{name}</text>",
            bottom + 16.0
        );
    }
    let _ = write!(
        text,
        "<text class=\"axis\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text><text class=\"axis\" transform=\"translate(13 {:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
        (LEFT + right) / 2.0,
        HIGH - 8.0,
        x.title,
        (ABOVE + bottom) / 2.0,
        y.title
    );
    for one in series {
        let mut path = String::new();
        for (place, &(a, b)) in one.points.iter().enumerate() {
            let _ = write!(
                path,
                "{}{:.1} {:.1}",
                if place == 0 { 'M' } else { 'L' },
                at_x(a),
                at_y(b)
            );
        }
        let class = match one.look {
            Look::Line | Look::Dots => "line",
            Look::Dashed => "line dashed",
            Look::Band => "band",
        };
        let _ = write!(text, "<path class=\"{class} c{}\" d=\"{path}\"/>", one.colour);
        if one.look == Look::Dots {
            for &(a, b) in &one.points {
                let _ = write!(
                    text,
                    "<circle class=\"c{}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\"/>",
                    one.colour,
                    at_x(a),
                    at_y(b)
                );
            }
        }
    }
    text += "</svg>";
    let named: Vec<&Series> = series.iter().filter(|one| !one.name.is_empty()).collect();
    if !named.is_empty() {
        text += "<p class=\"legend\">";
        for one in named {
            let dashed = if one.look == Look::Dashed {
                " class=\"dashed\""
            } else {
                ""
            };
            let _ = write!(
                text,
                "<span><i class=\"c{}\"><b{dashed}></b></i>{}</span> ",
                one.colour, one.name
            );
        }
        text += "</p>";
    }
    text + "</figure>"
}

/// A table; the first cell of each row is its name.
pub fn table(caption: &str, head: &[&str], rows: &[(&str, Vec<String>)]) -> String {
    let mut text =
        format!("<div class=\"wide\"><table><caption>{caption}</caption><thead><tr><th scope=\"col\"></th>");
    for title in head {
        let _ = write!(text, "<th scope=\"col\">{}</th>", escaped(title));
    }
    text += "</tr></thead><tbody>";
    for (name, cells) in rows {
        let _ = write!(text, "<tr><th scope=\"row\">{}</th>", escaped(name));
        for cell in cells {
            let _ = write!(text, "<td>{}</td>", escaped(cell));
        }
        text += "</tr>";
    }
    text + "</tbody></table></div>"
}

/// Text as it may stand in a page.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_is_drawn_at_the_edge_and_text_never_becomes_markup() {
        let axis = || Axis::new("x", (0.0, 1.0), &[0.0, 1.0]);
        let line = Series {
            name: String::new(),
            colour: 0,
            points: vec![(-5.0, 9.0)],
            look: Look::Line,
        };
        assert!(draw("t", &axis(), &axis(), &[line]).contains("M52.0 10.0"));
        assert!(table("t", &["p < .5"], &[]).contains("p &lt; .5"));
    }
}
