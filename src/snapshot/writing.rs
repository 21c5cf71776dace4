//! The family's data as JSON. Written by hand: what is written is known, and a serializer for any type costs a family eight
//! kilobytes more before its first pick. What reads it back is a library that reads any JSON.

use just_right_catalogue::Named;

use crate::family::{Child, Circumstances, Family, Happening, Nickname, Note};

/// The family as it is written.
pub(super) fn family(family: &Family) -> String {
    let mut json = Json::default();
    json.open('{');
    json.field("children").list(&family.children, child);
    json.field("active")
        .maybe(family.active, |json, id| json.whole(id.0.into()));
    json.field("theme").name(family.theme);
    json.field("mood").name(family.mood);
    circumstances(json.field("circumstances"), &family.circumstances);
    json.field("language")
        .maybe(family.language.as_deref(), Json::text);
    json.field("text_size").name(family.text_size);
    json.field("motion").name(family.motion);
    json.field("sounds").truth(family.sounds);
    json.field("exported")
        .maybe(family.exported, |json, on| json.whole(on.0.into()));
    json.close('}');
    json.0
}

fn child(json: &mut Json, child: &Child) {
    json.open('{');
    json.field("id").whole(child.id.0.into());
    json.field("nickname")
        .maybe(child.nickname.as_ref().map(Nickname::as_str), Json::text);
    json.field("age").whole(child.age.get().into());
    json.field("age_on").whole(child.age_on.0.into());
    json.field("mouthing").maybe(child.mouthing, Json::truth);
    json.field("allergens")
        .list(&child.allergens, |json, one| json.name(one.0));
    json.field("limits")
        .list(&child.limits, |json, one| json.name(one.0));
    json.field("senses")
        .list(&child.senses, |json, (sense, response)| {
            json.open('[');
            json.name(sense.0);
            json.name(*response);
            json.close(']');
        });
    json.field("declined").list(&child.declined, |json, one| {
        json.open('{');
        json.field("activity").text(&one.activity);
        json.field("reason").name(one.reason);
        json.field("on").whole(one.on.0.into());
        json.close('}');
    });
    json.field("saved").list(&child.saved, |json, id| json.text(id));
    json.field("plan").list(&child.plan, |json, one| {
        json.open('{');
        json.field("activity").text(&one.activity);
        json.field("on").whole(one.on.0.into());
        json.close('}');
    });
    // It came after version 3 was frozen, and is written only where it says something.
    if !child.free.is_empty() {
        json.field("free")
            .list(&child.free, |json, day| json.whole(day.0.into()));
    }
    json.field("history").list(&child.history, happening);
    json.close('}');
}

fn happening(json: &mut Json, happening: &Happening) {
    json.open('{');
    match happening {
        Happening::Answered(one) => {
            json.field("answered").open('{');
            json.field("question").text(&one.question);
            json.field("area").name(one.area.0);
            json.field("at").number(one.at);
            json.field("spread").number(one.spread);
            json.field("answer")
                .maybe(one.answer, |json, answer| json.name(answer.0));
            json.field("on").whole(one.on.0.into());
        }
        Happening::Reported(one) => {
            json.field("reported").open('{');
            json.field("activity").text(&one.activity);
            json.field("grade").text(&one.grade);
            json.field("asked").list(&one.asked, |json, (area, at)| {
                json.open('[');
                json.name(area.0);
                json.number(*at);
                json.close(']');
            });
            json.field("spread").number(one.spread);
            json.field("expected").number(one.expected);
            json.field("level").name(one.level.0);
            json.field("enjoyed").maybe(one.enjoyed, Json::name);
            json.field("note")
                .maybe(one.note.as_ref().map(Note::as_str), Json::text);
            json.field("on").whole(one.on.0.into());
        }
    }
    json.close('}');
    json.close('}');
}

fn circumstances(json: &mut Json, told: &Circumstances) {
    json.open('{');
    json.field("minutes")
        .maybe(told.minutes, |json, minutes| json.whole(minutes.into()));
    json.field("place").maybe(told.place, Json::name);
    json.field("company").maybe(told.company, Json::name);
    json.field("mess").maybe(told.mess, Json::name);
    json.field("energy").maybe(told.energy, |json, (energy, on)| {
        json.open('[');
        json.name(energy);
        json.whole(on.0.into());
        json.close(']');
    });
    json.field("missing")
        .list(&told.missing, |json, thing| json.text(thing));
    json.close('}');
}

/// A JSON text that grows.
#[derive(Default)]
struct Json(String);

impl Json {
    /// Begins an object or an array.
    fn open(&mut self, bracket: char) {
        self.next();
        self.0.push(bracket);
    }

    fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    /// Puts a comma where something stands before.
    fn next(&mut self) {
        if !(self.0.is_empty() || self.0.ends_with(['{', '[', ':'])) {
            self.0.push(',');
        }
    }

    fn field(&mut self, name: &str) -> &mut Json {
        self.text(name);
        self.0.push(':');
        self
    }

    fn text(&mut self, text: &str) {
        self.next();
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.0.extend(['\\', c]),
                c if c < ' ' => {
                    let digit = |part: u32| char::from_digit(part, 16).unwrap_or('0');
                    self.0.push_str("\\u00");
                    self.0
                        .extend([digit(u32::from(c) >> 4), digit(u32::from(c) & 15)]);
                }
                c => self.0.push(c),
            }
        }
        self.0.push('"');
    }

    fn name<T: Named>(&mut self, one: T) {
        self.text(one.name());
    }

    fn truth(&mut self, truth: bool) {
        self.next();
        self.0.push_str(if truth { "true" } else { "false" });
    }

    fn whole(&mut self, number: i64) {
        self.next();
        self.0.push_str(&number.to_string());
    }

    /// A number to the millionth: all that happened is rounded so ([`Happening::round`]).
    fn number(&mut self, number: f64) {
        let millionths = (number * 1e6).round() as i64;
        self.next();
        if millionths < 0 {
            self.0.push('-');
        }
        let (whole, part) = (millionths.abs() / 1_000_000, millionths.abs() % 1_000_000);
        self.0.push_str(&whole.to_string());
        if part > 0 {
            let digits = (part + 1_000_000).to_string();
            self.0.push('.');
            self.0.push_str(digits[1..].trim_end_matches('0'));
        }
    }

    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Json, T)) {
        match value {
            Some(value) => write(self, value),
            None => {
                self.next();
                self.0.push_str("null");
            }
        }
    }

    fn list<T>(&mut self, all: &[T], mut write: impl FnMut(&mut Json, &T)) {
        self.open('[');
        all.iter().for_each(|one| write(self, one));
        self.close(']');
    }
}
