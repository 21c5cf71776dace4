//! The built-in content with what the engine needs of it, read once.

use just_right_catalogue::content::Activity;
use just_right_catalogue::Catalogue;
use just_right_engine::question;
use just_right_engine::repertoire::Repertoire;

/// All that the app knows of the world.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// The content.
    pub catalogue: Catalogue,
    /// The same for the engine: activities, levers and gates at the same indices.
    pub repertoire: Repertoire,
    /// The questions for the engine, at the same indices.
    pub questions: Vec<question::Question>,
}

impl Knowledge {
    /// The built-in content. What was compiled in with this very code always reads; were it not so, the app would know nothing and say so.
    pub fn built_in() -> Knowledge {
        let catalogue =
            Catalogue::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.bin"))).unwrap_or_default();
        Knowledge {
            repertoire: catalogue.repertoire(),
            questions: catalogue.questions.iter().map(|question| question.for_engine()).collect(),
            catalogue,
        }
    }

    /// An activity by id: its words and its place.
    pub fn activity(&self, id: &str) -> Option<(usize, &Activity)> {
        self.catalogue.activities.iter().enumerate().find(|(_, activity)| activity.id == id)
    }
}
