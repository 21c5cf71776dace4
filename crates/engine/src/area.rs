//! The eleven skill areas of practice, and values that have one entry for each.

/// Number of skill areas.
pub const COUNT: usize = 11;

/// One value for each area, in the order of [`Area::ALL`].
pub type PerArea<T> = [T; COUNT];

/// A skill area: what an activity can ask of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Area {
    /// Looking after oneself: eating, dressing, washing.
    SelfCare,
    /// Moving the whole body: sitting, standing, walking, balance.
    GrossMotor,
    /// Hands and fingers.
    FineMotor,
    /// Planning, starting, stopping and switching.
    Executive,
    /// Understanding, remembering, reasoning.
    Cognition,
    /// Staying with something and following what is said.
    Attention,
    /// Organising what the senses tell.
    Sensory,
    /// Knowing where one's body is and how strongly it moves.
    BodyAwareness,
    /// Praxis: working out a new movement and putting movements in order.
    MotorPlanning,
    /// Seeing how things lie in space and guiding the hand by it.
    VisualMotor,
    /// Catching, aiming, pouring: hand and eye at the same moment.
    HandEye,
}

impl Area {
    /// All areas, in the order that every [`PerArea`] uses.
    pub const ALL: PerArea<Area> = [
        Area::SelfCare,
        Area::GrossMotor,
        Area::FineMotor,
        Area::Executive,
        Area::Cognition,
        Area::Attention,
        Area::Sensory,
        Area::BodyAwareness,
        Area::MotorPlanning,
        Area::VisualMotor,
        Area::HandEye,
    ];

    /// The name used in files, exports and events.
    pub const fn id(self) -> &'static str {
        match self {
            Area::SelfCare => "self-care",
            Area::GrossMotor => "gross-motor",
            Area::FineMotor => "fine-motor",
            Area::Executive => "executive",
            Area::Cognition => "cognition",
            Area::Attention => "attention",
            Area::Sensory => "sensory",
            Area::BodyAwareness => "body-awareness",
            Area::MotorPlanning => "motor-planning",
            Area::VisualMotor => "visual-motor",
            Area::HandEye => "hand-eye",
        }
    }

    /// The area with this [`id`](Area::id).
    pub fn from_id(id: &str) -> Option<Area> {
        Area::ALL.into_iter().find(|area| area.id() == id)
    }

    /// Its place in a [`PerArea`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// A set of areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Areas(u16);

impl Areas {
    /// Holds none.
    pub const EMPTY: Areas = Areas(0);

    /// Holds all.
    pub const ALL: Areas = Areas((1 << COUNT) - 1);

    /// With one more.
    #[must_use]
    pub const fn with(self, area: Area) -> Areas {
        Areas(self.0 | 1 << area.index())
    }

    /// Whether it holds this one.
    pub const fn has(self, area: Area) -> bool {
        self.0 & 1 << area.index() != 0
    }

    /// Whether it holds all of these.
    pub const fn contains(self, others: Areas) -> bool {
        self.0 & others.0 == others.0
    }

    /// What both hold.
    #[must_use]
    pub const fn common(self, other: Areas) -> Areas {
        Areas(self.0 & other.0)
    }

    /// What either holds.
    #[must_use]
    pub const fn union(self, other: Areas) -> Areas {
        Areas(self.0 | other.0)
    }

    /// As a number below 2048.
    pub(crate) const fn bits(self) -> usize {
        self.0 as usize
    }

    /// What it holds, in the order of [`Area::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Area> {
        Area::ALL.into_iter().filter(move |&area| self.has(area))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_is_found_by_its_id_and_stands_at_its_index() {
        for (index, area) in Area::ALL.into_iter().enumerate() {
            assert_eq!(area.index(), index);
            assert_eq!(Area::from_id(area.id()), Some(area));
        }
        assert_eq!(Area::from_id("luck"), None);
    }
}
