//! The built-in content with what the engine needs of it, read once. Words and drawings arrive a moment
//! later.

use just_right_catalogue::content::{Activity, ActivityText, Drawings, Page, Picture, Texts};
use just_right_catalogue::{Catalogue, Part as _};
use just_right_engine::question;
use just_right_engine::repertoire::Repertoire;

use crate::child_model;

/// All that the app knows of the world.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// What is needed to rank.
    pub catalogue: Catalogue,
    /// The same for the engine: activities, levers and gates at the same indices.
    pub repertoire: Repertoire,
    /// The questions for the engine, at the same indices.
    pub questions: Vec<question::Question>,
    /// All words, once they are there.
    pub texts: Option<Texts>,
    /// All drawings, once they are there.
    pub drawings: Option<Drawings>,
}

impl Knowledge {
    /// The file of this very version that holds [`Texts`].
    pub const TEXTS_FILE: &'static str = concat!("later/", env!("TEXTS_FILE"));
    /// The file of this very version that holds [`Drawings`].
    pub const DRAWINGS_FILE: &'static str = concat!("later/", env!("DRAWINGS_FILE"));

    /// The built-in content. What was compiled in with this very code always reads; were it not so, the app
    /// would know nothing and say so.
    pub fn built_in() -> Knowledge {
        let catalogue = Catalogue::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.bin")))
            .unwrap_or_default();
        Knowledge {
            repertoire: catalogue.repertoire(),
            questions: catalogue
                .questions
                .iter()
                .map(|one| child_model::question(one.area.0, one.at().get(), one.spread.into()))
                .collect(),
            catalogue,
            texts: None,
            drawings: None,
        }
    }

    /// An activity by id: its place and what a card says of it.
    pub fn activity(&self, id: &str) -> Option<(usize, &Activity)> {
        self.catalogue
            .activities
            .iter()
            .enumerate()
            .find(|(_, activity)| activity.id == id)
    }

    /// All words of the activity at this place.
    pub fn text(&self, index: usize) -> Option<&ActivityText> {
        self.texts.as_ref()?.activities.get(index)
    }

    /// What a rung is called, once the words are there.
    pub fn rung_name(&self, index: usize, rung: usize) -> Option<&str> {
        Some(self.text(index)?.rungs.get(rung)?.name.as_str())
    }

    /// A drawing by name.
    pub fn picture(&self, name: &str) -> Option<&Picture> {
        self.drawings.as_ref()?.picture(name)
    }

    /// A page of advice by id.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.texts.as_ref()?.page(id)
    }
}
