//! What is never offered, whatever the fit. Hard constraints come before ranking and are never traded.

use crate::unit::Months;

/// Defines a small set over an enum with ids, kept in one integer.
macro_rules! flags {
    ($(#[$doc:meta])* $name:ident, $(#[$set_doc:meta])* $set:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The name used in files and exports.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)* }
            }

            /// The one with this `id`.
            pub fn from_id(id: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.id() == id)
            }
        }

        $(#[$set_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
        pub struct $set(u16);

        impl $set {
            /// Holds nothing.
            pub const EMPTY: $set = $set(0);

            /// With one more.
            #[must_use]
            pub const fn with(self, one: $name) -> $set {
                $set(self.0 | 1 << one as u16)
            }

            /// Without one.
            #[must_use]
            pub const fn without(self, one: $name) -> $set {
                $set(self.0 & !(1 << one as u16))
            }

            /// Whether it holds this one.
            pub const fn has(self, one: $name) -> bool {
                self.0 & 1 << one as u16 != 0
            }

            /// All that either holds.
            #[must_use]
            pub const fn union(self, other: $set) -> $set {
                $set(self.0 | other.0)
            }

            /// What both hold, in the order of `ALL`.
            pub fn common(self, other: $set) -> impl Iterator<Item = $name> {
                $set(self.0 & other.0).iter()
            }

            /// What it holds, in the order of `ALL`.
            pub fn iter(self) -> impl Iterator<Item = $name> {
                $name::ALL.iter().copied().filter(move |&one| self.has(one))
            }
        }

        impl FromIterator<$name> for $set {
            fn from_iter<I: IntoIterator<Item = $name>>(all: I) -> $set {
                all.into_iter().fold($set::EMPTY, $set::with)
            }
        }
    };
}

flags! {
    /// A danger that an activity or one of its rungs brings.
    Hazard,
    /// A set of dangers.
    Hazards {
        /// Fits a small-parts cylinder of 31.7 mm across, or is a ball under 44.5 mm.
        SmallParts = "small-parts",
        /// Food that blocks an airway: nuts, whole grapes, popcorn, sausage rounds, hard sweets, raw hard vegetables.
        ChokingFood = "choking-food",
        /// A balloon.
        LatexBalloon = "latex-balloon",
        /// String, lace or ribbon of more than 20 cm.
        Cord = "cord",
        /// More than a cupful of water.
        Water = "water",
        /// Oven, hob, kettle, hot water.
        Heat = "heat",
        /// Scissors, knives, needles.
        Sharp = "sharp",
        /// Climbing or standing above knee height.
        Height = "height",
        /// Paint, glue, salt dough, raw flour: not for eating.
        Inedible = "inedible",
        /// Hard balls in flight, swinging things.
        FastObject = "fast-object",
    }
}

flags! {
    /// Something that a child may be allergic to.
    Allergen,
    /// A set of allergens.
    Allergens {
        /// Wheat.
        Wheat = "wheat",
        /// Egg.
        Egg = "egg",
        /// Milk.
        Milk = "milk",
        /// Nuts.
        Nuts = "nuts",
        /// Sesame.
        Sesame = "sesame",
        /// Soy.
        Soy = "soy",
        /// Latex.
        Latex = "latex",
    }
}

flags! {
    /// A medical limit that the family set.
    Limit,
    /// A set of medical limits.
    Limits {
        /// Seizures.
        Seizure = "seizure",
        /// Heart.
        Heart = "heart",
        /// Joints.
        Joints = "joints",
        /// Swallowing.
        Swallowing = "swallowing",
        /// Skin.
        Skin = "skin",
    }
}

/// How near the adult stays. Ordered from far to near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Supervision {
    /// Within call.
    Nearby,
    /// In the same room, watching.
    SameRoom,
    /// Within arm's reach.
    ArmsReach,
}

impl Supervision {
    /// All of them.
    pub const ALL: &'static [Supervision] =
        &[Supervision::Nearby, Supervision::SameRoom, Supervision::ArmsReach];

    /// The name used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Supervision::Nearby => "nearby",
            Supervision::SameRoom => "same-room",
            Supervision::ArmsReach => "arms-reach",
        }
    }

    /// The one with this `id`.
    pub fn from_id(id: &str) -> Option<Supervision> {
        Supervision::ALL.iter().copied().find(|one| one.id() == id)
    }
}

/// The machine-readable safety of one rung (its activity's included).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Safety {
    /// Dangers.
    pub hazards: Hazards,
    /// Allergens in the materials.
    pub allergens: Allergens,
    /// Limits under which it is not offered.
    pub limits: Limits,
    /// How near the adult stays.
    pub supervision: Supervision,
}

/// What the family said of the child that safety depends on.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Protection {
    /// Still puts things in the mouth. Not said: taken as yes under three years.
    pub mouthing: Option<bool>,
    /// Allergies.
    pub allergens: Allergens,
    /// Medical limits.
    pub limits: Limits,
    /// The age of the youngest who is within reach of the same things, where that is another child.
    pub youngest: Option<Months>,
}

impl Protection {
    /// The age that dangers are measured by: what is within reach of a child is within reach of a younger one beside.
    pub fn age(&self, own: Months) -> Months {
        let younger = self.youngest.filter(|one| one.get() < own.get());
        younger.unwrap_or(own)
    }

    /// What safety has to know of a child of this age when these children, of whom it is one, do something together: the age of the
    /// youngest, whether any of them mouths, and all their allergies. Limits stay the child's own: they are about what one does.
    #[must_use]
    pub fn among<'a>(self, all: impl IntoIterator<Item = (Months, &'a Protection)>) -> Protection {
        all.into_iter().fold(self, |mut joint, (age, one)| {
            if joint.youngest.is_none_or(|known| age.get() < known.get()) {
                joint.youngest = Some(age);
            }
            joint.mouthing = Some(joint.mouthing == Some(true) || one.mouths(age));
            joint.allergens = joint.allergens.union(one.allergens);
            joint
        })
    }

    /// Whether things go in the mouth; not said, taken as yes under three years.
    fn mouths(&self, age: Months) -> bool {
        self.mouthing.unwrap_or(age.get() < 36.0)
    }
}

/// Why a rung is never offered to this child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// A hazard at this age, or while mouthing.
    Hazard(Hazard),
    /// An allergy.
    Allergen(Allergen),
    /// A medical limit.
    Limit(Limit),
}

/// The youngest age for a hazard, in months. After European and US toy and food guidance (EN 71-1, 16 CFR
/// 1501, national choking advice); legal is not always safe, so it is the stricter of them.
pub const fn youngest(hazard: Hazard) -> f64 {
    match hazard {
        Hazard::SmallParts => 36.0,
        Hazard::ChokingFood => 48.0,
        Hazard::LatexBalloon => 96.0,
        Hazard::Cord => 18.0,
        Hazard::Heat => 60.0,
        Hazard::Sharp => 24.0,
        Hazard::Water | Hazard::Height | Hazard::Inedible | Hazard::FastObject => 0.0,
    }
}

/// Whether this rung must never be offered to this child, and why.
pub fn danger(safety: &Safety, age: Months, protection: &Protection) -> Option<Danger> {
    if safety.hazards == Hazards::EMPTY
        && safety.allergens == Allergens::EMPTY
        && safety.limits == Limits::EMPTY
    {
        return None;
    }
    let age = protection.age(age);
    let mouthing = protection.mouths(age);
    let hazard = safety.hazards.iter().find(|&hazard| {
        age.get() < youngest(hazard)
            || mouthing
                && matches!(
                    hazard,
                    Hazard::SmallParts | Hazard::Inedible | Hazard::LatexBalloon
                )
    });
    hazard
        .map(Danger::Hazard)
        .or_else(|| {
            safety
                .allergens
                .common(protection.allergens)
                .next()
                .map(Danger::Allergen)
        })
        .or_else(|| latex(safety, protection))
        .or_else(|| safety.limits.common(protection.limits).next().map(Danger::Limit))
}

/// A balloon is latex even where a file forgot to say so.
fn latex(safety: &Safety, protection: &Protection) -> Option<Danger> {
    let both = safety.hazards.has(Hazard::LatexBalloon) && protection.allergens.has(Allergen::Latex);
    both.then_some(Danger::Allergen(Allergen::Latex))
}

/// How near the adult stays: never less than what the hazards ask at this age, whatever a file says.
pub fn supervision(safety: &Safety, age: Months) -> Supervision {
    let asked = safety
        .hazards
        .iter()
        .map(|hazard| least_supervision(hazard, age))
        .max();
    asked.map_or(safety.supervision, |asked| asked.max(safety.supervision))
}

/// The least supervision for a hazard at an age.
pub fn least_supervision(hazard: Hazard, age: Months) -> Supervision {
    match hazard {
        Hazard::Water | Hazard::Heat | Hazard::Height => Supervision::ArmsReach,
        Hazard::Sharp if age.get() < 60.0 => Supervision::ArmsReach,
        Hazard::Sharp | Hazard::Cord | Hazard::ChokingFood | Hazard::SmallParts | Hazard::LatexBalloon => {
            Supervision::SameRoom
        }
        Hazard::Inedible | Hazard::FastObject => Supervision::Nearby,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rung(hazards: &[Hazard]) -> Safety {
        Safety {
            hazards: hazards.iter().copied().collect(),
            allergens: Allergens::EMPTY,
            limits: Limits::EMPTY,
            supervision: Supervision::Nearby,
        }
    }

    fn age(months: f64) -> Months {
        Months::new(months).unwrap()
    }

    #[test]
    fn beads_wait_until_three_and_until_mouthing_has_ended() {
        let beads = rung(&[Hazard::SmallParts]);
        let nothing_said = Protection::default();
        assert_eq!(
            danger(&beads, age(35.9), &nothing_said),
            Some(Danger::Hazard(Hazard::SmallParts))
        );
        assert_eq!(danger(&beads, age(36.0), &nothing_said), None);
        let mouthing = Protection {
            mouthing: Some(true),
            ..nothing_said
        };
        assert_eq!(
            danger(&beads, age(60.0), &mouthing),
            Some(Danger::Hazard(Hazard::SmallParts))
        );
        let not_mouthing = Protection {
            mouthing: Some(false),
            ..nothing_said
        };
        assert!(
            danger(&beads, age(30.0), &not_mouthing).is_some(),
            "the law does not ask about mouthing"
        );
    }

    #[test]
    fn each_hazard_with_an_age_is_refused_the_day_before_it() {
        for &hazard in Hazard::ALL {
            let from = youngest(hazard);
            let no_mouthing = Protection {
                mouthing: Some(false),
                ..Protection::default()
            };
            if from > 0.0 {
                assert!(
                    danger(&rung(&[hazard]), age(from - 0.1), &no_mouthing).is_some(),
                    "{hazard:?}"
                );
            }
            assert!(
                danger(&rung(&[hazard]), age(from.max(12.0)), &no_mouthing).is_none(),
                "{hazard:?}"
            );
        }
    }

    #[test]
    fn an_allergy_and_a_limit_are_refused_at_every_age() {
        let bread = Safety {
            allergens: Allergens::EMPTY.with(Allergen::Wheat),
            ..rung(&[])
        };
        let allergic = Protection {
            allergens: Allergens::EMPTY.with(Allergen::Wheat),
            ..Protection::default()
        };
        assert_eq!(
            danger(&bread, age(140.0), &allergic),
            Some(Danger::Allergen(Allergen::Wheat))
        );
        let running = Safety {
            limits: Limits::EMPTY.with(Limit::Heart),
            ..rung(&[])
        };
        let heart = Protection {
            limits: Limits::EMPTY.with(Limit::Heart),
            ..Protection::default()
        };
        assert_eq!(
            danger(&running, age(140.0), &heart),
            Some(Danger::Limit(Limit::Heart))
        );
        let balloon = rung(&[Hazard::LatexBalloon]);
        let latex = Protection {
            allergens: Allergens::EMPTY.with(Allergen::Latex),
            ..Protection::default()
        };
        assert_eq!(
            danger(&balloon, age(140.0), &latex),
            Some(Danger::Allergen(Allergen::Latex))
        );
    }

    #[test]
    fn the_adult_is_never_further_away_than_the_hazard_allows() {
        assert_eq!(
            supervision(&rung(&[Hazard::Water]), age(100.0)),
            Supervision::ArmsReach
        );
        assert_eq!(
            supervision(&rung(&[Hazard::Sharp]), age(50.0)),
            Supervision::ArmsReach
        );
        assert_eq!(
            supervision(&rung(&[Hazard::Sharp]), age(90.0)),
            Supervision::SameRoom
        );
        assert_eq!(supervision(&rung(&[]), age(90.0)), Supervision::Nearby);
    }
}
