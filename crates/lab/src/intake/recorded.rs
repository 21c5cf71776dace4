//! Reads a bank of questions and recorded answers.

use std::collections::BTreeMap;

use just_right_engine::unit::Logit;

/// A question of the bank.
pub struct Item {
    id: String,
    /// Discrimination.
    pub slope: f64,
    /// Difficulty.
    pub at: Logit,
}

/// A person whose true ability is known.
pub struct Person {
    /// Name.
    pub id: String,
    /// The truth.
    pub ability: f64,
    /// To each question of the bank, where there is an answer.
    pub answers: Vec<Option<bool>>,
}

/// The lines of a table with these columns, each with its number.
fn rows<'a, const N: usize>(
    text: &'a str,
    columns: [&'static str; N],
) -> Result<impl Iterator<Item = Result<(usize, [&'a str; N]), String>>, String> {
    let mut lines = text.trim_start_matches('\u{FEFF}').lines();
    let header: Vec<&str> = lines
        .next()
        .unwrap_or_default()
        .split(',')
        .map(unquoted)
        .collect();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        *place = header.iter().position(|name| *name == column).ok_or_else(|| {
            format!(
                "line 1: the column {column} is missing; there are {}",
                header.join(", ")
            )
        })?;
    }
    let rows = lines.zip(2..).filter(|(line, _)| !line.trim().is_empty());
    Ok(rows.map(move |(line, number)| {
        let values: Vec<&str> = line.split(',').map(unquoted).collect();
        let mut row = [""; N];
        for ((value, place), column) in row.iter_mut().zip(places).zip(columns) {
            *value = values
                .get(place)
                .ok_or_else(|| format!("line {number}: the column {column} is missing"))?;
        }
        Ok((number, row))
    }))
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
        .unwrap_or(value)
}

fn number(text: &str, line: usize, low: f64, high: f64) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (low..=high).contains(number));
    number.ok_or_else(|| format!("line {line}: “{text}” stands where a number from {low} to {high} belongs"))
}

/// Reads `item,a,b`.
///
/// # Errors
/// What is wrong, and where.
pub fn bank(text: &str) -> Result<Vec<Item>, String> {
    let mut bank: Vec<Item> = Vec::new();
    for row in rows(text, ["item", "a", "b"])? {
        let (line, [id, a, b]) = row?;
        if bank.iter().any(|known| known.id == id) {
            return Err(format!("line {line}: the item {id} stands twice"));
        }
        bank.push(Item {
            id: id.to_owned(),
            slope: number(a, line, 0.05, 20.0)?,
            at: Logit::saturating(number(b, line, -40.0, 40.0)?),
        });
    }
    if bank.is_empty() {
        return Err("there is no question in it".into());
    }
    Ok(bank)
}

/// Reads `person,theta,item,response`.
///
/// # Errors
/// What is wrong, and where.
pub fn people(text: &str, bank: &[Item]) -> Result<Vec<Person>, String> {
    let items: BTreeMap<&str, usize> = bank.iter().map(|item| item.id.as_str()).zip(0..).collect();
    let mut people: Vec<Person> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows(text, ["person", "theta", "item", "response"])? {
        let (line, [id, theta, item, response]) = row?;
        let ability = number(theta, line, -40.0, 40.0)?;
        let answer = match response {
            "0" => false,
            "1" => true,
            _ => return Err(format!("line {line}: “{response}” stands where 0 or 1 belongs")),
        };
        let item = *items
            .get(item)
            .ok_or_else(|| format!("line {line}: the bank has no item {item}"))?;
        let place = *places.entry(id).or_insert_with(|| {
            people.push(Person {
                id: id.to_owned(),
                ability,
                answers: vec![None; bank.len()],
            });
            people.len() - 1
        });
        let person = &mut people[place];
        if person.ability != ability {
            return Err(format!("line {line}: {id} had another theta before"));
        }
        if person.answers[item].replace(answer).is_some() {
            return Err(format!("line {line}: {id} answers this item twice"));
        }
    }
    if people.is_empty() {
        return Err("there is nobody in it".into());
    }
    Ok(people)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const BANK: &str = "\u{FEFF}b,item,a\r\n0.5,q1,1.2\r\n-1,\"q2\",0.8\r\n";

    #[test]
    fn columns_are_found_by_their_names() {
        let bank = bank(BANK).unwrap();
        assert_eq!(
            (bank[1].id.as_str(), bank[1].slope, bank[1].at.get()),
            ("q2", 0.8, -1.0)
        );
        let people = people("person,theta,item,response\np,0.5,q2,1\n\nr,-1,q1,0\n", &bank).unwrap();
        assert_eq!(people[0].answers, [None, Some(true)]);
        assert_eq!((people[1].id.as_str(), people[1].ability), ("r", -1.0));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let with = |rows: &str| format!("person,theta,item,response\n{rows}");
        let read = bank(BANK).unwrap();
        for (text, word) in [
            (String::new(), "column"),
            (with(""), "nobody"),
            (with("p,0,q1\n"), "line 2"),
            (with("p,0,q1,1\np,0,q9,1\n"), "line 3"),
            (with("p,NaN,q1,1\n"), "NaN"),
            (with("p,1e999,q1,1\n"), "1e999"),
            (with("p,0,q1,yes\n"), "yes"),
            (with("p,0,q1,1\np,0,q1,1\n"), "twice"),
            (with("p,0,q1,1\np,1,q2,1\n"), "theta"),
        ] {
            let problem = people(&text, &read).err().unwrap();
            assert!(problem.contains(word), "{problem}");
        }
        for (text, word) in [
            ("item,a\n", "column b"),
            ("item,a,b\n", "no question"),
            ("item,a,b\nq,-1,0\n", "line 2"),
            ("item,a,b\nq,1,0\nq,1,0\n", "twice"),
        ] {
            let problem = bank(text).err().unwrap();
            assert!(problem.contains(word), "{problem}");
        }
    }
}
