//! Choices out of a short list, each with a name in files. They are written and read through the one reader of names
//! ([`Id`](just_right_catalogue::Id)): a reader of its own for each list would cost the first pick a kilobyte.

/// Defines such a list: `Type, "what it is" { Variant = "name" }`.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$of:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$of])* $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
        }

        impl just_right_catalogue::Named for $name {
            const WHAT: &'static str = $what;
            fn all() -> &'static [Self] {
                $name::ALL
            }
            fn name(self) -> &'static str {
                match self { $($name::$variant => $id),+ }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                just_right_catalogue::Id(*self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                just_right_catalogue::Id::deserialize(deserializer).map(|just_right_catalogue::Id(one)| one)
            }
        }
    };
}
pub(super) use named;
