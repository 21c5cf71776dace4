//! The picks: three cards, and the sentence about what the last report taught.

use just_right_catalogue::content::Activity;
use just_right_engine::grading::Plan;
use just_right_engine::pick::Role;
use just_right_engine::report::Level;

use super::circumstances::Asked;
use super::track::Track;
use super::{sentence, Present};
use crate::child_model::Learned;
use crate::knowledge::Knowledge;
use crate::words::{self, key};

/// Picks in one round.
pub const ROUND: usize = 3;

/// A pick as a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Id of the activity.
    pub id: String,
    /// The grade, as a token.
    pub grade: String,
    /// Title.
    pub title: String,
    /// Name of the drawing.
    pub picture: String,
    /// Minutes in all.
    pub minutes: u16,
    /// The areas that it asks most of.
    pub areas: Vec<&'static str>,
    /// Whether it is the easy win.
    pub easy_win: bool,
    /// Where it stands.
    pub track: Track,
    /// What was chosen and changed for this child, in one line; empty while the words are still on their way.
    pub for_child: String,
    /// Why, in one line.
    pub why: String,
}

/// The first `count` picks as cards.
pub fn cards(knowledge: &Knowledge, present: &Present, count: usize) -> Vec<Card> {
    Asked::under(knowledge, present, &present.circumstances)
        .picks(count)
        .iter()
        .filter_map(|pick| {
            let activity = knowledge.catalogue.activities.get(pick.activity)?;
            let rung = knowledge.rung_name(pick.activity, usize::from(pick.plan.grade.rung));
            Some(card(
                knowledge,
                present,
                activity,
                rung,
                &pick.plan,
                pick.role == Role::EasyWin,
            ))
        })
        .collect()
}

fn card(
    knowledge: &Knowledge,
    present: &Present,
    activity: &Activity,
    rung: Option<&str>,
    plan: &Plan,
    easy_win: bool,
) -> Card {
    Card {
        id: activity.id.clone(),
        grade: knowledge.repertoire.token(&plan.grade),
        title: activity.title.clone(),
        picture: activity.picture.clone(),
        minutes: activity.total_minutes().0,
        areas: plan
            .factors
            .iter()
            .take(2)
            .map(|&(area, _)| words::area(area))
            .collect(),
        easy_win,
        track: Track::of(&plan.outlook),
        for_child: rung.map_or_else(String::new, |rung| for_child(knowledge, present, rung, plan)),
        why: why(present, plan),
    }
}

/// "For Mia: you loosen the lid, they lift it; you hold things steady."
pub fn for_child(knowledge: &Knowledge, present: &Present, rung: &str, plan: &Plan) -> String {
    let changes: Vec<&str> = plan
        .changes
        .iter()
        .filter_map(|change| {
            let lever = knowledge.catalogue.levers.get(change.lever)?;
            lever
                .settings
                .get(change.setting)
                .map(|setting| setting.short.as_str())
        })
        .collect();
    if changes.is_empty() {
        key::CARD_FOR_AS_IS.with(&[("name", &present.name), ("rung", &sentence(rung))])
    } else {
        key::CARD_FOR_CHANGED.with(&[
            ("name", &present.name),
            ("rung", &sentence(rung)),
            ("changes", &words::list(&changes)),
        ])
    }
}

/// An area is still new to us while its spread is above this, in logits: it is 1.3 before anything was told, and ten reports
/// that ask something of it bring it to .7 or less.
pub(super) const UNSURE: f64 = 1.0;

/// The bottleneck in words; where little is known yet, that is said too.
pub fn why(present: &Present, plan: &Plan) -> String {
    let Some(area) = plan.bottleneck() else {
        return String::new();
    };
    let unsure = present.profile.uncertainty(area) > UNSURE;
    let text = if unsure {
        key::CARD_WHY_UNSURE
    } else {
        key::CARD_WHY
    };
    text.with(&[
        ("name", &present.name),
        ("Name", &present.name_first),
        ("area", words::area(area)),
    ])
}

/// What a report taught, in one sentence.
pub fn learned_sentence(present: &Present, learned: Option<Learned>, level: Level) -> String {
    let Some(learned) = learned else {
        return key::LEARNED_NOTED.with(&present.places());
    };
    let text = match (learned.by, level) {
        (by, _) if by > 0.3 => key::LEARNED_MUCH_MORE,
        (by, _) if by > 0.05 => key::LEARNED_MORE,
        (by, Level::LittleHelp) if by < -0.05 => key::LEARNED_HELP_COUNTS,
        (by, Level::NotThisTime | Level::LotOfHelp) if by < -0.05 => key::LEARNED_GROWING,
        _ => key::LEARNED_AS_EXPECTED,
    };
    text.with(&[
        ("name", &present.name),
        ("Name", &present.name_first),
        ("area", words::area(learned.area)),
    ])
}
