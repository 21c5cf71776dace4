//! What a family says of today, and of single activities: what the picks have to fit into.

use super::named::named;
use super::Day;

/// Today's circumstances. All of it may be left unsaid, and all is remembered but how the child is, which is of one day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Circumstances {
    /// The most minutes that there are, from getting ready to having cleared away.
    pub minutes: Option<u16>,
    /// Where.
    pub place: Option<Whereabouts>,
    /// Who is there.
    pub company: Option<Company>,
    /// How much there may be to clean.
    pub mess: Option<MessAllowed>,
    /// How the child is, and on which day that was said.
    pub energy: Option<(Energy, Day)>,
    /// Ids of things that are not at hand.
    pub missing: Vec<String>,
}

impl Circumstances {
    /// The most things that can be missing.
    pub const MOST_MISSING: usize = 100;

    /// How the child is today, if it was said today.
    pub fn energy_on(&self, today: Day) -> Option<Energy> {
        self.energy
            .filter(|&(_, on)| on == today)
            .map(|(energy, _)| energy)
    }
}

named! {
    /// Where somebody is.
    Whereabouts, "where somebody is" {
        /// At home, inside.
        Inside = "inside",
        /// Outdoors.
        Outside = "outside",
        /// On the way, or waiting somewhere.
        OnTheWay = "on-the-way",
    }
}

named! {
    /// Who is there.
    Company, "who is there" {
        /// One adult and this child.
        TheTwoOfUs = "the-two-of-us",
        /// Other children, too.
        Others = "others",
    }
}

named! {
    /// How much there may be to clean.
    MessAllowed, "how much mess there may be" {
        /// Nothing.
        None = "none",
        /// A little.
        Some = "some",
    }
}

named! {
    /// How a child is today.
    Energy, "how a child is today" {
        /// Needs to move.
        NeedsToMove = "needs-to-move",
        /// Calm.
        Calm = "calm",
        /// Everything is too much.
        Overloaded = "overloaded",
    }
}

named! {
    /// How a child takes in a channel of the senses.
    Response, "how a child takes in a sense" {
        /// Avoids it.
        Avoids = "avoids",
        /// Is fine with it.
        Fine = "fine",
        /// Looks for it.
        LooksFor = "looks-for",
    }
}

/// An activity that a family does not want.
#[derive(Clone, Debug, PartialEq)]
pub struct Declined {
    /// Id of the activity.
    pub activity: String,
    /// Why.
    pub reason: Reason,
    /// When it was said.
    pub on: Day,
}

impl Declined {
    /// Whether it is left out still: a reason that may pass holds for a while, the others until it is wanted again.
    pub fn holds_on(&self, today: Day) -> bool {
        let most = match self.reason {
            Reason::NoInterest => 90,
            Reason::Enough => 21,
            Reason::NoThings | Reason::NotOurWay => return true,
        };
        today.since(self.on) < most
    }
}

named! {
    /// Why an activity is not wanted.
    Reason, "why an activity is not wanted" {
        /// The child is not interested.
        NoInterest = "no-interest",
        /// We do not have what it needs.
        NoThings = "no-things",
        /// It does not suit how we live.
        NotOurWay = "not-our-way",
        /// We have had enough of it for now.
        Enough = "enough",
    }
}

/// A moment of the week's plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Id of the activity.
    pub activity: String,
    /// The day.
    pub on: Day,
}
