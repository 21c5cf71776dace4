//! Values that have a name in files, and the names of files themselves.

use serde::{de, Deserialize, Deserializer, Serialize, Serializer};

use just_right_engine::area::Area;
use just_right_engine::question::Answer;
use just_right_engine::report::Level;
use just_right_engine::safety::{Allergen, Hazard, Limit, Supervision};

/// A value out of a small, fixed list, each with a name.
pub trait Named: Copy + PartialEq + 'static {
    /// All values.
    fn all() -> &'static [Self];
    /// The name in files.
    fn name(self) -> &'static str;
    /// What the list is a list of, for messages.
    const WHAT: &'static str;

    /// The value with this name.
    fn named(name: &str) -> Option<Self> {
        Self::all().iter().copied().find(|one| one.name() == name)
    }
}

/// A [`Named`] value in a file, by its name; in the compiled content by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id<T>(pub T);

impl<T: Named> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de, T: Named> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByName<T>(core::marker::PhantomData<T>);
        impl<T: Named> de::Visitor<'_> for ByName<T> {
            type Value = Id<T>;
            fn expecting(&self, formatter: &mut core::fmt::Formatter) -> core::fmt::Result {
                write!(formatter, "{}: one of", T::WHAT)?;
                T::all()
                    .iter()
                    .try_for_each(|one| write!(formatter, " `{}`", one.name()))
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<Id<T>, E> {
                T::named(name)
                    .map(Id)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(name), &self))
            }
        }
        deserializer.deserialize_str(ByName(core::marker::PhantomData))
    }
}

/// A name for files out of a title: small letters, digits and hyphens. Empty where there is nothing to make it of.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        // Only Latin letters: the tables for all others would be carried by the app.
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9') => slug.push(c),
            '\'' | '’' => {}
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(feature = "source")]
impl<T: Named> schemars::JsonSchema for Id<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::WHAT.into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<&str> = T::all().iter().map(|one| one.name()).collect();
        schemars::json_schema!({ "type": "string", "enum": names })
    }
}

macro_rules! named {
    ($type:ty, $what:literal) => {
        impl $crate::id::Named for $type {
            const WHAT: &'static str = $what;
            fn all() -> &'static [Self] {
                <$type>::ALL.as_ref()
            }
            fn name(self) -> &'static str {
                self.id()
            }
        }
    };
}
pub(crate) use named;

/// Defines a short list whose values say no more than their names in files.
macro_rules! words_of_a_file {
    ($($(#[$doc:meta])* $name:ident, $what:literal { $($variant:ident = $id:literal),* })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each is named as in a file, and docs/CONTENT-FORMAT.md says what it means")]
        pub enum $name { $($variant),* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// Its name in files.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id),* }
            }
        }
        $crate::id::named!($name, $what);
    )* };
}
pub(crate) use words_of_a_file;

named!(Area, "a skill area");
named!(Level, "how it went");
named!(Answer, "an answer");
named!(Hazard, "a hazard");
named!(Allergen, "an allergen");
named!(Limit, "a medical limit");
named!(Supervision, "a kind of supervision");
