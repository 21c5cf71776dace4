//! `lab report`: everything that the laboratory finds, as one page that needs nothing else: plots, tables, no script.

use std::fmt::Write as _;

use serde_json::Value;

use crate::arguments::Arguments;
use crate::picks::{self, Course, Found, Scores, HEAD, NOTE};
use crate::plot::{draw, escaped, table, Axis, Look, Series};
use crate::{children, speed, Told};

/// Runs the suites and writes the page.
///
/// # Errors
/// What is wrong with the options or the files, and how to mend it.
pub fn run(arguments: &Arguments) -> Told {
    let file = arguments.need("html")?;
    // What a file says is asked for first, so that nobody waits for a page that cannot be made.
    let peers = arguments.text("peers").map(of_peers).transpose()?;
    let mut parts = Vec::new();
    if arguments.has("fit") || arguments.has("test") {
        eprintln!("real children");
        let told = children::run(&arguments.only(&["fit", "test"]))?;
        parts.push(format!("<h2>Real children</h2><pre>{}</pre>", escaped(&told)));
    }
    eprintln!("simulated families");
    let options = arguments.only(&["children", "seed"]);
    parts.insert(0, of_picks(&picks::compare(&options)?));
    parts.insert(1, of_courses(&picks::courses(arguments.number("seed", 1)?)));
    eprintln!("what each idea is worth");
    parts.push(of_picks(&picks::ablation(&options)?));
    parts.extend(peers);
    eprintln!("speed");
    parts.push(of_speed(&speed::measure(arguments.number("most", 100_000)?)));
    write(file, &page(&parts))?;
    Ok(format!("The page is {file}\n"))
}

/// Writes a page.
///
/// # Errors
/// Where the file cannot be written.
pub fn write(file: &str, page: &str) -> Result<(), String> {
    std::fs::write(file, page).map_err(|problem| format!("{file}: {problem}. Give --html a file to write"))
}

/// A whole page of these parts.
pub fn page(parts: &[String]) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
<title>The laboratory of Just Right</title><style>{STYLE}</style><main><h1>The laboratory of Just Right</h1>\
<p>How well the engine chooses, measured on simulated families whose truth is known, and on whatever files it was given. \
Simulated children are no evidence about real ones: each world says what happens if one assumption is wrong.</p>{}</main></html>\n",
        parts.concat()
    )
}

const STYLE: &str = ":root{color-scheme:light dark;--ink:#1d2330;--paper:#fff;--faint:#d9dde6;--c0:#0b66c3;--c1:#d9480f;--c2:#2b8a3e;\
--c3:#9c36b5;--c4:#c28b00;--c5:#0c8599;--c6:#868e96;--c7:#495057}\
@media(prefers-color-scheme:dark){:root{--ink:#e8eaf0;--paper:#15181f;--faint:#353b48;--c0:#74b0ff;--c1:#ff9463;--c2:#69db7c;\
--c3:#da8cf0;--c4:#ffd43b;--c5:#66d9e8;--c6:#9aa2ab;--c7:#c3c8ce}}\
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}main{max-width:60rem;margin:auto;padding:1rem}\
h2{margin:2.5rem 0 .5rem}.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:1rem}\
figure{margin:0}figcaption,caption{font-weight:600;text-align:left}svg{width:100%;height:auto;display:block}\
svg text{fill:var(--ink);font-size:12px}.grid{stroke:var(--faint)}.line{fill:none;stroke-width:2.2;stroke:var(--c)}\
.dashed{stroke-dasharray:5 4}.band{fill:var(--c);opacity:.22}circle{fill:var(--c)}\
.c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}.c4{--c:var(--c4)}.c5{--c:var(--c5)}.c6{--c:var(--c6)}.c7{--c:var(--c7)}\
.legend{margin:.2rem 0;font-size:.85rem}.legend span{white-space:nowrap;margin-right:.9em}\
.legend i{display:inline-block;width:1.4em;margin-right:.35em;vertical-align:middle}.legend b{display:block;border-top:3px solid var(--c)}\
.legend b.dashed{border-top-style:dashed}\
.wide{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0;font-size:.9rem;font-variant-numeric:tabular-nums}\
td,th{padding:.15rem .6rem;text-align:right;border-bottom:1px solid var(--faint)}th:first-child{text-align:left;font-weight:400}\
tr.us th,tr.us td{font-weight:700}pre{overflow-x:auto;font-size:.8rem}.note{font-size:.85rem}";

/// The part about simulated families: plots of the first worlds, and all tables.
pub fn of_picks(found: &Found) -> String {
    let mut text = String::new();
    if found.ablation {
        text += "<h2>What each idea of the engine is worth</h2>";
    } else {
        text += "<h2>Picks for simulated families</h2><div class=\"plots\">";
        let plotted =
            |scores: &&Scores| ["base", "two-down"].contains(&scores.world) || found.worlds.len() == 1;
        for scores in found.worlds.iter().filter(plotted) {
            text += &by_pick(scores);
            text += &calibration(scores);
        }
        text += "</div>";
        text += &overview(found);
    }
    let columns = &HEAD[..if found.ablation { 8 } else { 7 }];
    for scores in &found.worlds {
        text += &table(scores.world, columns, &scores.rows(found.ablation)).replace(
            "<tr><th scope=\"row\">engine",
            "<tr class=\"us\"><th scope=\"row\">engine",
        );
    }
    let _ = write!(
        text,
        "<p class=\"note\">{} children in each world, {} picks each, seed {}. {}</p>",
        found.children,
        found.picks,
        found.seed,
        escaped(NOTE)
    );
    text
}

/// The engine has the first colour everywhere.
fn colour(place: usize, of: usize) -> usize {
    (of.saturating_sub(2) + 8 - place % 8) % 8
}

fn by_pick(scores: &Scores) -> String {
    let count = scores.policies.len();
    let lines = scores.policies.iter().enumerate().map(|(place, line)| Series {
        name: line.policy.to_owned(),
        colour: colour(place, count),
        points: smooth(&line.score.by_pick),
        look: if line.policy == "oracle" {
            Look::Dashed
        } else {
            Look::Line
        },
    });
    draw(
        &format!("In the band, by number of the pick: {}", scores.world),
        &Axis::new(
            "pick (mean of five around it)",
            (1.0, 40.0),
            &[1.0, 10.0, 20.0, 30.0, 40.0],
        ),
        &Axis::new("share in the band", (0.0, 1.0), &[0.0, 0.25, 0.5, 0.75, 1.0]),
        &lines.collect::<Vec<_>>(),
    )
}

/// The mean of each and up to two on each side: a single pick of sixty children is mostly luck.
fn smooth(all: &[f64]) -> Vec<(f64, f64)> {
    let around = |place: usize| &all[place.saturating_sub(2)..(place + 3).min(all.len())];
    (0..all.len())
        .map(|place| {
            let near = around(place);
            ((place + 1) as f64, near.iter().sum::<f64>() / near.len() as f64)
        })
        .collect()
}

fn calibration(scores: &Scores) -> String {
    let count = scores.policies.len();
    let mut series = vec![Series {
        name: "as expected".into(),
        colour: 7,
        points: vec![(0.0, 0.0), (1.0, 1.0)],
        look: Look::Dashed,
    }];
    for (place, line) in scores.policies.iter().enumerate() {
        if line.score.bins.is_empty() || line.policy == "oracle" {
            continue;
        }
        // Of a bin with hardly a pick in it, only luck could be seen.
        let enough = line.score.bins.iter().filter(|bin| bin[2] >= 0.01);
        series.push(Series {
            name: line.policy.to_owned(),
            colour: colour(place, count),
            points: enough.map(|bin| (bin[0], bin[1])).collect(),
            look: Look::Dots,
        });
    }
    draw(
        &format!("Expected against true success: {}", scores.world),
        &Axis::new("expected chance of success", (0.4, 1.0), &[0.4, 0.6, 0.8, 1.0]),
        &Axis::new("true chance, mean of the bin", (0.4, 1.0), &[0.4, 0.6, 0.8, 1.0]),
        &series,
    )
}

/// All worlds at a glance: share in the band.
fn overview(found: &Found) -> String {
    let Some(first) = found.worlds.first() else {
        return String::new();
    };
    let head: Vec<&str> = first.policies.iter().map(|line| line.policy).collect();
    let row = |scores: &Scores| {
        let cells = scores.policies.iter();
        let cells = cells.map(|line| format!("{:.2}", line.score.in_band)).collect();
        (scores.world, cells)
    };
    let rows: Vec<(&str, Vec<String>)> = found.worlds.iter().map(row).collect();
    table("In the band, all worlds", &head, &rows)
}

/// How far from the mean 80 % of a normal lie, in standard deviations.
const EIGHTY_PERCENT: f64 = 1.281_551_565_545;

fn of_courses(courses: &[Course]) -> String {
    let mut text = "<h2>What the engine believes of two children</h2><p>Both lie far below the others of their age in two areas, and the \
intake saw it only dimly. The band holds 80 % of the belief.</p><div class=\"plots\">"
        .to_owned();
    for course in courses {
        let at = |place: usize| place as f64;
        let edge = |sign: f64| {
            let all = course.belief.iter().enumerate();
            all.map(move |(place, &(mean, sd))| (at(place), mean + sign * EIGHTY_PERCENT * sd))
        };
        let mut around: Vec<(f64, f64)> = edge(1.0).collect();
        around.extend(edge(-1.0).collect::<Vec<_>>().into_iter().rev());
        let heights = around
            .iter()
            .map(|point| point.1)
            .chain([course.truth, course.typical]);
        let (low, high) = heights.fold((f64::MAX, f64::MIN), |(low, high), one| {
            (low.min(one), high.max(one))
        });
        let marks: Vec<f64> = ((low.floor() as i32)..=(high.ceil() as i32))
            .step_by(2)
            .map(f64::from)
            .collect();
        let level = |name: &str, colour: usize, value: f64| Series {
            name: name.to_owned(),
            colour,
            points: vec![(0.0, value), (40.0, value)],
            look: Look::Dashed,
        };
        let belief = |name: &str, points: Vec<(f64, f64)>, look: Look| Series {
            name: name.to_owned(),
            colour: 0,
            points,
            look,
        };
        let means = course
            .belief
            .iter()
            .enumerate()
            .map(|(place, one)| (at(place), one.0));
        text += &draw(
            &course.title,
            &Axis::new("reports", (0.0, 40.0), &[0.0, 10.0, 20.0, 30.0, 40.0]),
            &Axis::new("ability, logits", (low.floor(), high.ceil()), &marks),
            &[
                belief("", around, Look::Band),
                belief("belief", means.collect(), Look::Line),
                level("truth", 1, course.truth),
                level("typical of the age", 6, course.typical),
            ],
        );
    }
    text + "</div>"
}

fn of_speed(found: &speed::Found) -> String {
    let powers = |all: &[i32], unit: &str| -> Vec<(f64, String)> {
        all.iter()
            .map(|&power| (f64::from(power), format!("{}{unit}", 10f64.powi(power))))
            .collect()
    };
    let points = found
        .picks_ms
        .iter()
        .map(|&(size, ms)| ((size as f64).log10(), ms.log10()));
    let plot = draw(
        "Three picks, by size of the catalogue",
        &Axis {
            title: "activities of eight rungs, four levers",
            range: (2.0, 5.0),
            marks: powers(&[2, 3, 4, 5], ""),
        },
        &Axis {
            title: "median time",
            range: (-2.0, 3.0),
            marks: powers(&[-2, -1, 0, 1, 2, 3], " ms"),
        },
        &[Series {
            name: String::new(),
            colour: 0,
            points: points.collect(),
            look: Look::Dots,
        }],
    );
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for (areas, ms) in &found.report_ms {
        rows.push((
            format!("a report about {areas} of 11 areas"),
            vec![format!("{ms:.3} ms")],
        ));
    }
    for (size, ms) in &found.picks_ms {
        rows.push((
            format!("three picks of {size} activities"),
            vec![format!("{ms:.2} ms")],
        ));
    }
    let rows: Vec<(&str, Vec<String>)> = rows
        .iter()
        .map(|(name, cells)| (name.as_str(), cells.clone()))
        .collect();
    format!(
        "<h2>Speed</h2><div class=\"plots\">{plot}{}</div><p class=\"note\">On this machine, while whatever else ran on it.</p>",
        table("Median times", &["time"], &rows)
    )
}

/// What `tests/peers/run.sh` printed: the questionnaire beside its peers.
fn of_peers(file: &str) -> Result<String, String> {
    let problem = |what: &dyn std::fmt::Display| {
        format!("{file}: {what}. Give --peers what tests/peers/run.sh printed")
    };
    let text = std::fs::read_to_string(file).map_err(|error| problem(&error))?;
    let all: Value = serde_json::from_str(&text).map_err(|error| problem(&error))?;
    let mut runs: Vec<(&str, &Value)> = Vec::new();
    if let Some(lab) = all.get("lab") {
        runs.push(("engine", lab));
    }
    let peers = all.get("peers").and_then(Value::as_object);
    let peers = peers.ok_or_else(|| problem(&"there are no peers in it"))?;
    runs.extend(peers.iter().map(|(name, run)| (name.as_str(), run)));
    let lengths = ["5", "10", "20"];
    let number = |run: &Value, length: &str, what: &str| run.get(length)?.get(what)?.as_f64();
    let rows: Vec<(&str, Vec<String>)> = runs
        .iter()
        .map(|(name, run)| {
            let cells = ["rmse", "coverage95", "ms_per_step"].iter().flat_map(|what| {
                lengths.map(|length| {
                    number(run, length, what).map_or("–".to_owned(), |one| format!("{one:.3}"))
                })
            });
            (*name, cells.collect())
        })
        .collect();
    let series = runs.iter().enumerate().map(|(place, (name, run))| Series {
        name: escaped(name),
        colour: place % 8,
        points: lengths
            .iter()
            .filter_map(|length| Some((length.parse().ok()?, number(run, length, "rmse")?)))
            .collect(),
        look: Look::Dots,
    });
    let plot = draw(
        "The questionnaire: error of the estimate",
        &Axis::new("answers", (0.0, 21.0), &[5.0, 10.0, 20.0]),
        &Axis::new(
            "RMSE, standard deviations",
            (0.2, 1.0),
            &[0.2, 0.4, 0.6, 0.8, 1.0],
        ),
        &series.collect::<Vec<_>>(),
    );
    let head = [
        "RMSE 5",
        "10",
        "20",
        "coverage 5",
        "10",
        "20",
        "ms a step 5",
        "10",
        "20",
    ];
    Ok(format!(
        "<h2>The questionnaire beside its peers</h2><div class=\"plots\">{plot}</div>{}",
        table("After so many answers", &head, &rows)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_needs_nothing_else() {
        let words = ["--world", "base", "--children", "2"].map(str::to_owned);
        let found = picks::compare(&Arguments::parse(words.into_iter()).unwrap()).unwrap();
        let page = page(&[of_picks(&found), of_courses(&picks::courses(1))]);
        assert!(page.contains("</svg>"));
        for outside in ["<script", "http:", "https:", "<link", "src=", "NaN"] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}
