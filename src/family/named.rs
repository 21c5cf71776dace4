//! Choices out of a short list, each with a name in files.

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
    };
}
pub(super) use named;
