//! Children's records: a CSV file made into rows that can be counted on, or a sentence that says what to mend.

use std::collections::{BTreeMap, BTreeSet};

/// One response: a child of this age did this milestone, or did not.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Index of the child.
    pub child: usize,
    /// Age in days.
    pub days: f64,
    /// Index of the milestone.
    pub item: usize,
    /// Whether it was passed.
    pub pass: bool,
    /// Whether the child had been seen before that day: only then is there anything to predict from.
    pub predicted: bool,
    /// The child's latest earlier answer to the same milestone: how many days ago, and what it was.
    pub earlier: Option<(f64, bool)>,
}

/// The names behind the indices. They are those of the file that was calibrated on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Milestones, in alphabetical order.
    pub items: Vec<String>,
    /// For each milestone the index of its area.
    pub area_of: Vec<usize>,
    /// Areas, in order of first appearance.
    pub areas: Vec<String>,
}

/// Rows sorted by child, age and milestone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// The responses.
    pub rows: Vec<Row>,
    /// Where each child's rows begin and end.
    pub children: Vec<(usize, usize)>,
    /// Rows that stood in the file twice and count once.
    pub repeated: usize,
    /// Responses to milestones that the calibration does not know: left out.
    pub unknown: usize,
}

impl Records {
    /// How many responses there are to predict.
    pub fn to_predict(&self) -> usize {
        self.rows.iter().filter(|row| row.predicted).count()
    }

    /// Only the children at these places: `keep` is asked with the place of each in alphabetical order.
    pub fn only(&self, keep: impl Fn(usize) -> bool) -> Records {
        let mut some = Records::default();
        for (place, &(from, to)) in self.children.iter().enumerate() {
            if keep(place) {
                let start = some.rows.len();
                some.rows.extend_from_slice(&self.rows[from..to]);
                some.children.push((start, some.rows.len()));
            }
        }
        some
    }

    /// The visits of one child, in order: stretches of rows of the same day.
    pub fn visits(&self, child: (usize, usize)) -> impl Iterator<Item = (usize, usize)> + '_ {
        let (mut from, to) = child;
        std::iter::from_fn(move || {
            let day = self.rows.get(from).filter(|_| from < to)?.days;
            let start = from;
            while from < to && self.rows[from].days == day {
                from += 1;
            }
            Some((start, from))
        })
    }
}

/// Reads the file that is calibrated on.
///
/// # Errors
/// What is wrong with it, where, and how to mend it.
pub fn to_fit(name: &str, text: &[u8]) -> Result<(Names, Records), String> {
    let lines = lines(name, text)?;
    let mut areas: Vec<String> = Vec::new();
    let mut found: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in &lines {
        let area = areas
            .iter()
            .position(|known| *known == line.area)
            .unwrap_or_else(|| {
                areas.push(line.area.clone());
                areas.len() - 1
            });
        let &mut (before, where_before) = found.entry(&line.item).or_insert((area, line.number));
        if before != area {
            return Err(format!(
                "{name}, line {}: milestone “{}” belongs to area “{}”, but to “{}” on line {where_before}. \
                 Give each milestone one area",
                line.number, line.item, line.area, areas[before]
            ));
        }
    }
    let names = Names {
        items: found.keys().map(|&item| item.to_owned()).collect(),
        area_of: found.values().map(|&(area, _)| area).collect(),
        areas,
    };
    let records = sorted(&lines, &names);
    Ok((names, records))
}

/// Reads a file that is predicted with what was calibrated on another. A milestone's area is the one it was calibrated
/// with.
///
/// # Errors
/// What is wrong with it, where, and how to mend it.
pub fn to_test(name: &str, text: &[u8], names: &Names) -> Result<Records, String> {
    Ok(sorted(&lines(name, text)?, names))
}

/// One line of the file, understood.
struct Line {
    number: usize,
    child: String,
    days: f64,
    item: String,
    area: String,
    pass: bool,
}

const COLUMNS: [&str; 5] = ["child", "age_days", "item", "area", "pass"];

/// Nobody is older, in days: beyond it the column holds something else.
const OLDEST: f64 = 45_000.0;

fn lines(name: &str, text: &[u8]) -> Result<Vec<Line>, String> {
    let text = match std::str::from_utf8(text) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(problem) => {
            let at = text[..problem.valid_up_to()]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count()
                + 1;
            return Err(format!(
                "{name}, line {at}: this is no UTF-8 text. Save the table as CSV in UTF-8"
            ));
        }
    };
    // Old spreadsheets end lines with a carriage return alone.
    let separator = if text.contains('\n') { '\n' } else { '\r' };
    let mut numbered = text
        .split(separator)
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty());
    let Some((head, _)) = numbered.next() else {
        return Err(format!(
            "{name} is empty. Its first line should be {}",
            COLUMNS.join(",")
        ));
    };
    let head: Vec<String> = fields(head).iter().map(|field| field.to_lowercase()).collect();
    let place = |column: &str| {
        let mut places = (0..head.len()).filter(|&at| head[at] == column);
        match (places.next(), places.next()) {
            (Some(at), None) => Ok(at),
            (Some(_), Some(_)) => Err(format!("{name}, line 1: column “{column}” is there twice. Leave one of them")),
            (None, _) => Err(format!(
                "{name}, line 1: column “{column}” is missing. The first line should be {}, separated by commas",
                COLUMNS.join(",")
            )),
        }
    };
    let [child, days, item, area, pass] = COLUMNS.map(place);
    let (child, days, item, area, pass) = (child?, days?, item?, area?, pass?);
    let mut lines = Vec::new();
    for (line, number) in numbered {
        let fields = fields(line);
        if fields.len() != head.len() {
            return Err(format!(
                "{name}, line {number}: {} fields where the first line has {}. Mend the commas or quotes of this line",
                fields.len(),
                head.len()
            ));
        }
        let named = |at: usize| match fields[at].as_str() {
            "" => Err(format!(
                "{name}, line {number}: “{}” is empty. Fill it in or leave the line out",
                head[at]
            )),
            field => Ok(field.to_owned()),
        };
        let days = fields[days]
            .parse()
            .ok()
            .filter(|days| (0.0..=OLDEST).contains(days))
            .ok_or_else(|| {
                format!(
                "{name}, line {number}: age_days is “{}”. It should be the age in days, from 0 to {OLDEST}",
                fields[days]
            )
            })?;
        let pass = match fields[pass].parse::<f64>() {
            Ok(1.0) => true,
            Ok(0.0) => false,
            _ => {
                return Err(format!(
                    "{name}, line {number}: pass is “{}”. It should be 1 or 0; leave out what was not seen",
                    fields[pass]
                ))
            }
        };
        lines.push(Line {
            number,
            child: named(child)?,
            days,
            item: named(item)?,
            area: named(area)?,
            pass,
        });
    }
    if lines.is_empty() {
        return Err(format!(
            "{name} has a first line and nothing below it. Add the children's responses"
        ));
    }
    Ok(lines)
}

/// The fields of a line (RFC 4180, but a field ends with its line).
fn fields(line: &str) -> Vec<String> {
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut characters = line.trim_end_matches('\r').chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' if quoted || field.trim().is_empty() => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field).trim().to_owned()),
            other => field.push(other),
        }
    }
    fields.push(field.trim().to_owned());
    fields
}

/// Puts lines into order: by child, age and milestone. Equal rows count once; a milestone that was both passed and not
/// passed on one day counts with both.
fn sorted(lines: &[Line], names: &Names) -> Records {
    let children: BTreeSet<&str> = lines.iter().map(|line| line.child.as_str()).collect();
    let children: Vec<&str> = children.into_iter().collect();
    // A first visit is one even where nothing of it is known here.
    let mut first_day: BTreeMap<usize, f64> = BTreeMap::new();
    for line in lines {
        if let Ok(child) = children.binary_search(&line.child.as_str()) {
            let day = first_day.entry(child).or_insert(line.days);
            *day = day.min(line.days);
        }
    }
    let mut rows: Vec<Row> = lines
        .iter()
        .filter_map(|line| {
            Some(Row {
                child: children.binary_search(&line.child.as_str()).ok()?,
                days: line.days,
                item: names.items.binary_search(&line.item).ok()?,
                pass: line.pass,
                predicted: false,
                earlier: None,
            })
        })
        .collect();
    let unknown = lines.len() - rows.len();
    rows.sort_by(|a, b| {
        let by_child = a.child.cmp(&b.child).then(a.days.total_cmp(&b.days));
        by_child.then(a.item.cmp(&b.item)).then(a.pass.cmp(&b.pass))
    });
    let known = rows.len();
    rows.dedup();
    let mut records = Records {
        repeated: known - rows.len(),
        unknown,
        ..Records::default()
    };
    let mut last: BTreeMap<usize, (f64, bool)> = BTreeMap::new();
    for (at, row) in rows.iter_mut().enumerate() {
        match records.children.last_mut() {
            Some((from, to))
                if records
                    .rows
                    .get(*from)
                    .is_some_and(|first: &Row| first.child == row.child) =>
            {
                *to = at + 1;
            }
            _ => {
                records.children.push((at, at + 1));
                last.clear();
            }
        }
        row.predicted = first_day.get(&row.child).is_some_and(|&first| row.days > first);
        row.earlier = last
            .insert(row.item, (row.days, row.pass))
            .map(|(days, pass)| (row.days - days, pass));
        records.rows.push(row.clone());
    }
    records
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SOUND: &str =
        "child,age_days,item,area,pass\nb,30,x,hands,1\nb,60,y,legs,0\na,10,x,hands,0\na,50,x,hands,1\n";

    fn problem(text: &str) -> String {
        to_fit("F.csv", text.as_bytes()).unwrap_err()
    }

    #[test]
    fn rows_are_sorted_and_know_what_came_before() {
        let (names, records) = to_fit("F.csv", SOUND.as_bytes()).unwrap();
        assert_eq!(names.items, ["x", "y"]);
        assert_eq!(names.areas, ["hands", "legs"]);
        assert_eq!(records.children, [(0, 2), (2, 4)]);
        assert_eq!(records.rows[1].earlier, Some((40.0, false)));
        assert_eq!(records.to_predict(), 2);
        assert_eq!(records.visits((2, 4)).collect::<Vec<_>>(), [(2, 3), (3, 4)]);
        assert_eq!(records.only(|place| place == 1).children, [(0, 2)]);
    }

    #[test]
    fn marks_of_spreadsheets_and_order_and_repetition_change_nothing() {
        let (names, records) = to_fit("F.csv", SOUND.as_bytes()).unwrap();
        let windows = format!("\u{feff}{}", SOUND.replace('\n', "\r\n"));
        let quoted = SOUND.replace("hands", "\"hands\"");
        let old = SOUND.replace('\n', "\r");
        for text in [windows, quoted, old] {
            assert_eq!(
                to_fit("F.csv", text.as_bytes()).unwrap(),
                (names.clone(), records.clone())
            );
        }
        let twice = format!("{SOUND}b,30,x,hands,1\n");
        let twice = to_fit("F.csv", twice.as_bytes()).unwrap().1;
        assert_eq!((twice.repeated, twice.rows), (1, records.rows));
        let mixed = "pass,more,child,item,area,age_days\n1,?,a,\"x, y\",hands,3.5\n";
        assert_eq!(to_fit("F.csv", mixed.as_bytes()).unwrap().0.items, ["x, y"]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, told) in [
            ("", "F.csv is empty"),
            ("\n\n", "F.csv is empty"),
            ("child,age_days,item,area,pass\n", "nothing below"),
            ("child,age_days,item,pass\na,1,x,1\n", "column “area” is missing"),
            ("child;age_days;item;area;pass\n", "separated by commas"),
            ("child,age_days,item,area,pass,pass\n", "twice"),
            (
                "child,age_days,item,area,pass\na,1,x,hands,2\n",
                "line 2: pass is “2”",
            ),
            (
                "child,age_days,item,area,pass\na,1,x,hands,NaN\n",
                "line 2: pass is “NaN”",
            ),
            (
                "child,age_days,item,area,pass\n\na,NaN,x,hands,1\n",
                "line 3: age_days is “NaN”",
            ),
            (
                "child,age_days,item,area,pass\na,-4,x,hands,1\n",
                "line 2: age_days is “-4”",
            ),
            (
                "child,age_days,item,area,pass\na,inf,x,hands,1\n",
                "line 2: age_days",
            ),
            ("child,age_days,item,area,pass\na,1,x,1\n", "4 fields"),
            (
                "child,age_days,item,area,pass\n,1,x,hands,1\n",
                "“child” is empty",
            ),
            (
                "child,age_days,item,area,pass\na,1,x,hands,1\na,2,x,legs,1\n",
                "one area",
            ),
        ] {
            assert!(problem(text).contains(told), "{text}: {}", problem(text));
        }
        assert!(to_fit("F.csv", b"child\n\xff\xfe")
            .unwrap_err()
            .contains("line 2: this is no UTF-8"));
    }

    #[test]
    fn milestones_without_calibration_are_left_out_and_counted() {
        let (names, _) = to_fit("F.csv", SOUND.as_bytes()).unwrap();
        let test = "child,age_days,item,area,pass\nc,1,z,hands,1\nc,2,y,other,1\nd,3,z,hands,0\n";
        let records = to_test("T.csv", test.as_bytes(), &names).unwrap();
        assert_eq!(
            (records.unknown, records.rows.len(), records.children.len()),
            (2, 1, 1)
        );
        assert!(records.rows[0].predicted, "it is of the second visit");
    }
}
