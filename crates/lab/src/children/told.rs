//! What came out, for readers and for programs.

use std::fmt::Write as _;

use serde_json::{json, Map, Value};

use super::score::Score;

/// Everything that is told.
pub struct Outcome {
    /// Responses predicted.
    pub n: usize,
    /// Children calibrated on, and predicted.
    pub children: (usize, usize),
    /// Responses left out because their milestone was not calibrated.
    pub unknown: usize,
    /// Rows that stood twice and counted once.
    pub repeated: usize,
    /// Scores.
    pub models: Vec<Model>,
    /// What was fitted, by model.
    pub fitted: Value,
    /// How long it took.
    pub seconds: f64,
}

/// A model's scores.
pub struct Model {
    /// For programs.
    pub name: &'static str,
    /// For readers.
    pub title: &'static str,
    /// The scores.
    pub score: Score,
    /// Scores to be seen beside them: what they are of, for programs and for readers.
    pub beside: Option<(&'static str, &'static str, Score)>,
}

const NOTE: &str = "Calibration is the mean distance of expected from seen shares in ten equal-width bins; by luck: what it would \
be on average if every chance were exactly true and responses independent. Recalibrated: stretched as children left out \
of the fit taught it, the child's latest answer to the same milestone included.";

const HEAD: [&str; 6] = ["model", "log loss", "Brier", "AUC", "calibration", "by luck"];

impl Outcome {
    /// One JSON object.
    ///
    /// # Errors
    /// None is known.
    pub fn json(&self) -> Result<String, String> {
        let mut models = Map::new();
        for model in &self.models {
            let mut value = json!(model.score);
            if let (Some((name, _, score)), Some(fields)) = (&model.beside, value.as_object_mut()) {
                fields.insert((*name).to_owned(), json!(score));
            }
            models.insert(model.name.to_owned(), value);
        }
        let all = json!({
            "n": self.n,
            "children": { "fit": self.children.0, "test": self.children.1 },
            "unknown": self.unknown,
            "repeated": self.repeated,
            "models": models,
            "fitted": self.fitted,
            "seconds": (self.seconds * 10.0).round() / 10.0,
        });
        let text = serde_json::to_string(&all).map_err(|problem| problem.to_string())?;
        Ok(text + "\n")
    }

    fn lines(&self) -> Vec<(String, &Score)> {
        let mut lines = Vec::new();
        for model in &self.models {
            lines.push((model.title.to_owned(), &model.score));
            if let Some((_, title, score)) = &model.beside {
                lines.push((format!("  {title}"), score));
            }
        }
        lines
    }

    fn summary(&self) -> String {
        let mut text = format!(
            "{} responses predicted, of {} children; calibrated on {} others. {:.1} s",
            self.n, self.children.1, self.children.0, self.seconds
        );
        for (count, what) in [
            (
                self.unknown,
                "responses left out: their milestones were not calibrated",
            ),
            (self.repeated, "rows stood twice and counted once"),
        ] {
            if count > 0 {
                let _ = write!(text, "; {count} {what}");
            }
        }
        text
    }

    /// A table to read.
    pub fn table(&self) -> String {
        let [model, loss, brier, auc, calibration, luck] = HEAD;
        let mut text = format!(
            "{}\n\n{model:26}{loss:>10}{brier:>8}{auc:>8}{calibration:>13}{luck:>9}\n",
            self.summary()
        );
        for (title, score) in self.lines() {
            let [loss, brier, auc, calibration, luck] = cells(score);
            let _ = writeln!(
                text,
                "{title:26}{loss:>10}{brier:>8}{auc:>8}{calibration:>13}{luck:>9}"
            );
        }
        let _ = write!(text, "\n{NOTE}\n");
        text
    }

    /// The same as a page, with what lies in the bins.
    pub fn html(&self) -> String {
        let mut body = format!("<h1>Real children</h1><p>{}</p>", self.summary());
        body += &table(
            "Scores",
            &HEAD,
            self.lines().iter().map(|(title, score)| {
                let mut row = vec![title.trim().to_owned()];
                row.extend(cells(score));
                row
            }),
        );
        let _ = write!(body, "<p>{NOTE}</p>");
        for model in &self.models {
            let rows = model
                .score
                .bins
                .iter()
                .zip(0..)
                .filter(|(bin, _)| bin.count > 0.0)
                .map(|(bin, at)| {
                    vec![
                        format!("{} to {} %", 10 * at, 10 * (at + 1)),
                        format!("{}", bin.count),
                        format!("{:.1} %", 100.0 * bin.expected / bin.count),
                        format!("{:.1} %", 100.0 * bin.passed / bin.count),
                    ]
                });
            let title = format!("Expected and seen: {}", model.title);
            body += &table(&title, &["bin", "responses", "expected", "passed"], rows);
        }
        format!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Real children</title><style>{STYLE}</style>{body}</html>\n")
    }
}

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;margin:1.5rem 0}caption{text-align:left;font-weight:bold}\
td,th{padding:.2rem .8rem;text-align:right;border-bottom:1px solid #bbb}th:first-child{text-align:left}";

fn table(caption: &str, head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = format!("<table><caption>{caption}</caption><thead><tr>");
    for title in head {
        let _ = write!(text, "<th scope=\"col\">{title}</th>");
    }
    text += "</tr></thead><tbody>";
    for row in rows {
        for (cell, at) in row.iter().zip(0..) {
            let _ = match at {
                0 => write!(text, "<tr><th scope=\"row\">{cell}</th>"),
                _ => write!(text, "<td>{cell}</td>"),
            };
        }
        text += "</tr>";
    }
    text + "</tbody></table>"
}

fn cells(score: &Score) -> [String; 5] {
    [
        format!("{:.4}", score.log_loss),
        format!("{:.4}", score.brier),
        score.auc.map_or("none".into(), |auc| format!("{auc:.4}")),
        format!("{:.4}", score.calibration),
        format!("{:.4}", score.calibration_by_luck),
    ]
}
