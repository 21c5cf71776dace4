//! The browser's Intl: how a language says numbers, lists and days. Where it lacks something, a plain form stands in.

use std::cell::RefCell;

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::family::Day;
use crate::words::{DateStyle, Forms};

thread_local! {
    static KNOWN: RefCell<Vec<&'static Browser>> = const { RefCell::new(Vec::new()) };
}

/// The forms of a language. Each is made once and kept for as long as the page lives.
pub fn forms(tag: &'static str) -> &'static dyn Forms {
    KNOWN.with_borrow_mut(|known| {
        let found = known.iter().find(|one| one.tag == tag).copied();
        found.unwrap_or_else(|| {
            let made: &'static Browser = Box::leak(Box::new(Browser::new(tag)));
            known.push(made);
            made
        })
    })
}

struct Browser {
    tag: &'static str,
    plurals: Intl::PluralRules,
    numbers: Function,
    lists: Option<(JsValue, Function)>,
}

impl Browser {
    fn new(tag: &'static str) -> Browser {
        let (locales, options) = (Array::of1(&tag.into()), Object::new());
        Browser {
            tag,
            plurals: Intl::PluralRules::new(&locales, &options),
            numbers: Intl::NumberFormat::new(&locales, &options).format(),
            lists: list_format(&locales),
        }
    }
}

/// `Intl.ListFormat` came later than the rest, so it is asked for.
fn list_format(locales: &Array) -> Option<(JsValue, Function)> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"ListFormat".into()).ok()?.dyn_into().ok()?;
    let list = Reflect::construct(&class, &Array::of1(locales)).ok()?;
    let format = Reflect::get(&list, &"format".into()).ok()?.dyn_into().ok()?;
    Some((list, format))
}

impl Forms for Browser {
    fn plural(&self, n: usize) -> String {
        self.plurals.select(n as f64).into()
    }

    fn list(&self, items: &[&str]) -> String {
        let plain = || items.join(", ");
        let Some((list, format)) = &self.lists else {
            return plain();
        };
        let items: Array = items.iter().map(|&item| JsValue::from_str(item)).collect();
        let said = format.call1(list, &items).ok().and_then(|said| said.as_string());
        said.unwrap_or_else(plain)
    }

    fn number(&self, n: usize) -> String {
        let said = self.numbers.call1(&JsValue::UNDEFINED, &(n as f64).into()).ok();
        said.and_then(|said| said.as_string())
            .unwrap_or_else(|| n.to_string())
    }

    fn date(&self, day: Day, style: DateStyle) -> String {
        let options = Object::new();
        let parts: &[(&str, &str)] = match style {
            DateStyle::Weekday => &[("weekday", "long")],
            DateStyle::Brief => &[("weekday", "short")],
            DateStyle::Short => &[("weekday", "short"), ("day", "numeric"), ("month", "short")],
            DateStyle::InYear => &[("day", "numeric"), ("month", "long")],
            DateStyle::Long => &[
                ("weekday", "long"),
                ("day", "numeric"),
                ("month", "long"),
                ("year", "numeric"),
            ],
        };
        // A `Day` is a date without a place: it is formed as if it were in UTC.
        for (name, value) in parts.iter().chain(&[("timeZone", "UTC")]) {
            // A plain object of our own takes any value.
            let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
        }
        let date = js_sys::Date::new(&(f64::from(day.0) * 86_400_000.0).into());
        let format = Intl::DateTimeFormat::new(&Array::of1(&self.tag.into()), &options).format();
        let said = format.call1(&JsValue::UNDEFINED, &date).ok();
        said.and_then(|said| said.as_string()).unwrap_or_default()
    }
}
