//! How the page looks and behaves for this family.

use just_right_engine::pick::Dial;

use super::named::named;

named! {
    /// Light or dark.
    #[derive(Default)]
    Theme, "light or dark" {
        /// As the device says.
        #[default]
        Device = "device",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }
}

named! {
    /// How large the text is.
    #[derive(Default)]
    TextSize, "a size of text" {
        /// As it is made.
        #[default]
        Usual = "usual",
        /// A quarter larger.
        Large = "large",
        /// Half as large again.
        Largest = "largest",
    }
}

named! {
    /// Whether things move on the page.
    #[derive(Default)]
    Motion, "how much moves" {
        /// As the device says.
        #[default]
        Device = "device",
        /// Nothing moves.
        Still = "still",
    }
}

named! {
    /// How hard today may be: the engine's dial, as it is stored.
    #[derive(Default)]
    Mood, "how hard today may be" {
        /// A hard day.
        Easier = "easier",
        /// As usual.
        #[default]
        JustRight = "just-right",
        /// Up for a challenge.
        Stretch = "stretch",
    }
}

impl Mood {
    /// As the engine's dial.
    pub fn dial(self) -> Dial {
        match self {
            Mood::Easier => Dial::Easier,
            Mood::JustRight => Dial::JustRight,
            Mood::Stretch => Dial::Stretch,
        }
    }
}
