//! One page that shows an author the holes: coverage, shares, levers, anchors, reading level, materials.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use just_right_engine::area::Area;

use super::html::{escaped, page};
use crate::content::{Content, Occupation, Source};
use crate::id::Named as _;
use crate::source::anchors::{ANCHORS, EFFECTS};
use crate::source::facts::{Band, ChangeOf, Facts, RungFacts, Survey};
use crate::source::Look;

const STYLE: &str = "\
:root { color-scheme: light dark; --hole: light-dark(#fbd9cc, #5c2a1a); --line: light-dark(#ddd3c2, #3a474e); }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif;
  background: light-dark(#fdfaf4, #161d21); color: light-dark(#22313a, #f1ebdf); }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: start; vertical-align: top; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
.hole { background: var(--hole); font-weight: 700; }
.columns { columns: 22rem; }
.columns ul { margin: 0; }
small { color: light-dark(#53626a, #b9c2c4); }
meter { inline-size: 8rem; }
summary { cursor: pointer; font-weight: 600; }
";

/// The page.
pub fn report(look: &Look) -> String {
    let mut body = String::from("<h1>What the catalogue holds</h1>\n");
    head(look, &mut body);
    coverage(&look.survey, &mut body);
    occupations(&look.survey, &mut body);
    shares(&look.survey, &mut body);
    levers(&look.content, &look.survey, &mut body);
    sources(&look.survey, &mut body);
    reading(&look.survey, &mut body);
    dangers(&look.content, &look.survey, &mut body);
    materials(&look.survey, &mut body);
    page("Coverage of Just Right", STYLE, &body)
}

fn rungs(survey: &Survey) -> impl Iterator<Item = (&Facts, &RungFacts)> {
    let activities = survey.activities.iter();
    activities.flat_map(|facts| facts.rungs.iter().map(move |rung| (facts, rung)))
}

fn head(look: &Look, body: &mut String) {
    let survey = &look.survey;
    let characters: usize = survey.activities.iter().map(|facts| facts.characters).sum();
    let _ = writeln!(
        body,
        "<p>{} activities with {} rungs, {} questions, {} drawings. {characters} characters of text, {} an activity. \
         {} problems to mend.</p>",
        survey.activities.len(),
        rungs(survey).count(),
        look.content.catalogue.questions.len(),
        look.content.drawings.0.len(),
        characters / survey.activities.len().max(1),
        look.problems.len(),
    );
    list_of(
        body,
        "Promised and not yet there",
        survey.missing().iter().map(|missing| escaped(missing)),
    );
}

/// A list that can be unfolded, where it has anything.
fn list_of(body: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return;
    }
    let _ = writeln!(
        body,
        "<details><summary>{title}: {}</summary><div class=\"columns\"><ul>",
        items.len()
    );
    for item in items {
        let _ = writeln!(body, "<li>{item}</li>");
    }
    body.push_str("</ul></div></details>\n");
}

/// A map over the age bands, a row for each of some things.
fn map<T: Copy>(
    body: &mut String,
    survey: &Survey,
    all: &[T],
    name: impl Fn(T) -> &'static str,
    reaches: impl Fn(&Facts, T, Band) -> bool,
    least: usize,
) {
    body.push_str("<table><thead><tr><th></th>");
    for band in Band::ALL {
        let _ = write!(body, "<th scope=\"col\">{}</th>", band.name);
    }
    body.push_str("</tr></thead><tbody>\n");
    for &row in all {
        let _ = write!(body, "<tr><th scope=\"row\">{}</th>", name(row));
        for band in Band::ALL {
            let there = survey.activities.iter().filter(|facts| reaches(facts, row, band));
            let ids: Vec<&str> = there.map(|facts| facts.id.as_str()).collect();
            let class = if ids.len() < least {
                "number hole"
            } else {
                "number"
            };
            let _ = write!(
                body,
                "<td class=\"{class}\" title=\"{}\">{}</td>",
                escaped(&ids.join(", ")),
                ids.len()
            );
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</tbody></table>\n");
}

fn coverage(survey: &Survey, body: &mut String) {
    let least = Survey::FEWEST_IN_A_CELL;
    let _ = writeln!(
        body,
        "<h2>Areas by age</h2>\n<p>Activities that have a rung whose demand in this area lies in these years. Marked: fewer \
         than {least}. Hold the pointer over a number for the names.</p>"
    );
    map(body, survey, &Area::ALL, Area::id, Facts::reaches, least);
}

fn occupations(survey: &Survey, body: &mut String) {
    body.push_str("<h2>Occupations by age</h2>\n<p>Activities with a rung that half of the children of these years manage.</p>\n");
    let reaches = |facts: &Facts, occupation: Occupation, band: Band| {
        facts.occupation == occupation && facts.rungs.iter().any(|rung| band.holds(rung.months()))
    };
    map(body, survey, &Occupation::ALL, Occupation::id, reaches, 1);
}

fn shares(survey: &Survey, body: &mut String) {
    body.push_str("<h2>Shares</h2>\n<table><thead><tr><th></th><th>activities</th><th>at least</th><th></th></tr></thead><tbody>\n");
    let all = survey.activities.len().max(1);
    for share in survey.shares() {
        let class = if share.count < share.least {
            "number hole"
        } else {
            "number"
        };
        let _ = writeln!(
            body,
            "<tr><th scope=\"row\">{}</th><td class=\"{class}\">{}</td><td class=\"number\">{}</td><td><meter max=\"{all}\" \
             value=\"{count}\">{count}</meter> {} %</td></tr>",
            escaped(&share.name),
            share.count,
            share.least,
            share.count * 100 / all,
            count = share.count,
        );
    }
    body.push_str("</tbody></table>\n");
}

fn count_table(body: &mut String, rows: impl IntoIterator<Item = (String, usize)>) {
    body.push_str("<table><tbody>\n");
    for (name, count) in rows {
        let class = if count == 0 { "number hole" } else { "number" };
        let _ = writeln!(
            body,
            "<tr><th scope=\"row\">{}</th><td class=\"{class}\">{count}</td></tr>",
            escaped(&name)
        );
    }
    body.push_str("</tbody></table>\n");
}

fn levers(content: &Content, survey: &Survey, body: &mut String) {
    body.push_str(
        "<h2>Levers</h2>\n<p>Activities in which each may be moved, and own words for its settings.</p>\n",
    );
    let words = |lever: usize| {
        let texts = content.texts.activities.iter().flat_map(|text| &text.words);
        texts.filter(|word| usize::from(word.0) == lever).count()
    };
    count_table(
        body,
        content
            .catalogue
            .levers
            .iter()
            .enumerate()
            .flat_map(|(index, lever)| {
                let on = survey
                    .activities
                    .iter()
                    .filter(|facts| !facts.levers_off.contains(&lever.id))
                    .count();
                [
                    (lever.id.clone(), on),
                    (format!("{}: own words", lever.id), words(index)),
                ]
            }),
    );
    body.push_str("<h3>What changes from rung to rung</h3>\n");
    count_table(
        body,
        ChangeOf::all().iter().map(|&change| {
            let count = rungs(survey).filter(|(_, rung)| rung.change == change).count();
            (change.id().to_owned(), count)
        }),
    );
}

fn sources(survey: &Survey, body: &mut String) {
    body.push_str("<h2>Where the numbers come from</h2>\n");
    let count = |is: fn(&Source) -> bool| rungs(survey).filter(|(_, rung)| is(&rung.source)).count();
    count_table(
        body,
        [
            (
                "data".to_owned(),
                count(|source| matches!(source, Source::Data(_))),
            ),
            (
                "a published list".to_owned(),
                count(|source| matches!(source, Source::List(_))),
            ),
            (
                "judgement".to_owned(),
                count(|source| matches!(source, Source::Judgement)),
            ),
        ],
    );
    let uses = |name: &str| {
        let used =
            rungs(survey).filter(|(_, rung)| matches!(&rung.source, Source::Data(data) if data == name));
        used.map(|(facts, _)| facts.id.as_str()).collect::<Vec<_>>()
    };
    body.push_str("<h3>Anchors</h3>\n<table><thead><tr><th>name</th><th>what</th><th>months</th><th>rungs</th></tr></thead><tbody>\n");
    for anchor in &ANCHORS {
        let used = uses(anchor.name);
        let class = if used.is_empty() { "number hole" } else { "number" };
        let _ = writeln!(
            body,
            "<tr><td>{}</td><td>{}</td><td class=\"number\">{:.0}</td><td class=\"{class}\" title=\"{}\">{}</td></tr>",
            anchor.name,
            anchor.what,
            anchor.months,
            escaped(&used.join(", ")),
            used.len()
        );
    }
    body.push_str("</tbody></table>\n<h3>Effects</h3>\n");
    count_table(
        body,
        EFFECTS.iter().map(|effect| {
            let name = format!("{}..{}", effect.from, effect.to);
            (
                format!("{name} ({}, {} logit)", effect.lever, effect.logit),
                uses(&name).len(),
            )
        }),
    );
    let reasons = rungs(survey).filter_map(|(facts, rung)| {
        let because = rung.because.as_ref()?;
        Some(format!(
            "{}, “{}”: {}",
            escaped(&facts.id),
            escaped(&rung.name),
            escaped(because)
        ))
    });
    list_of(body, "Reasons to lie away from an anchor", reasons);
}

fn reading(survey: &Survey, body: &mut String) {
    let _ = writeln!(
        body,
        "<h2>Reading level</h2>\n<p>Half of all texts read at school year {:.1} or below (Flesch and Kincaid).</p>",
        survey.median_grade()
    );
    let mut activities: Vec<&Facts> = survey.activities.iter().collect();
    activities.sort_by(|a, b| b.grade.total_cmp(&a.grade));
    body.push_str("<table><thead><tr><th>the hardest</th><th>school year</th></tr></thead><tbody>\n");
    for facts in activities.iter().take(15) {
        let _ = writeln!(
            body,
            "<tr><td>{}</td><td class=\"number\">{:.1}</td></tr>",
            escaped(&facts.id),
            facts.grade
        );
    }
    body.push_str("</tbody></table>\n");
    activities.sort_by_key(|facts| std::cmp::Reverse(facts.characters));
    body.push_str("<table><thead><tr><th>the longest</th><th>characters</th></tr></thead><tbody>\n");
    for facts in activities.iter().take(15) {
        let _ = writeln!(
            body,
            "<tr><td>{}</td><td class=\"number\">{}</td></tr>",
            escaped(&facts.id),
            facts.characters
        );
    }
    body.push_str("</tbody></table>\n");
}

fn dangers(content: &Content, survey: &Survey, body: &mut String) {
    body.push_str("<h2>Safety</h2>\n<p>Activities with each hazard, allergen and limit at some rung.</p>\n");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for activity in &content.catalogue.activities {
        let mut here: Vec<&str> = activity
            .rungs
            .iter()
            .flat_map(|rung| {
                let hazards = rung.hazards.iter().map(|hazard| hazard.0.id());
                let allergens = rung.allergens.iter().map(|allergen| allergen.0.id());
                hazards
                    .chain(allergens)
                    .chain(rung.limits.iter().map(|limit| limit.0.id()))
            })
            .collect();
        here.sort_unstable();
        here.dedup();
        here.into_iter()
            .for_each(|id| *counts.entry(id).or_default() += 1);
    }
    count_table(body, counts.into_iter().map(|(id, count)| (id.to_owned(), count)));
    let aside = survey.activities.iter().flat_map(|facts| {
        facts
            .not
            .iter()
            .map(|not| format!("{}: {}", escaped(&facts.id), escaped(not)))
    });
    list_of(body, "Dangers that were put aside with a reason", aside);
}

fn materials(survey: &Survey, body: &mut String) {
    let mut things: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for facts in &survey.activities {
        for thing in &facts.materials {
            things.entry(thing.to_lowercase()).or_default().push(&facts.id);
        }
    }
    let mut things: Vec<_> = things.into_iter().collect();
    things.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    body.push_str("<h2>Materials</h2>\n");
    let items = things
        .iter()
        .map(|(thing, ids)| format!("{} <small>{}</small>", escaped(thing), escaped(&ids.join(", "))));
    list_of(body, "Things", items);
}
