//! The built-in content with what the engine needs of it, read once. Words and drawings arrive a moment
//! later.

use just_right_catalogue::content::{Activity, ActivityText, Drawings, Page, Picture, Speech, Texts};
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
    /// In another language than English: what is seen on each of them.
    pub pictures: Vec<String>,
    /// Activities whose words are English still although another language is spoken, by their places.
    pub in_english: Vec<u16>,
}

impl Knowledge {
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
            pictures: Vec::new(),
            in_english: Vec::new(),
        }
    }

    /// Speaks another language from now on; gives the texts of the interface. Words of the language before are gone with it.
    pub fn speak(&mut self, speech: Speech) -> Vec<String> {
        self.catalogue = speech.catalogue;
        self.pictures = speech.pictures;
        self.in_english = speech.in_english;
        self.texts = None;
        self.name_drawings();
        speech.interface
    }

    /// Speaks English again.
    pub fn speak_english(&mut self) {
        let drawings = self.drawings.take();
        *self = Knowledge {
            drawings,
            ..Knowledge::built_in()
        };
    }

    /// Says in the language that is spoken what is seen on the drawings.
    pub fn name_drawings(&mut self) {
        let drawings = self.drawings.iter_mut().flat_map(|drawings| &mut drawings.0);
        drawings
            .zip(&self.pictures)
            .for_each(|(picture, title)| picture.title.clone_from(title));
    }

    /// Whether the words of the activity at this place are English although another language is spoken.
    pub fn is_in_english(&self, index: usize) -> bool {
        self.in_english.iter().any(|&one| usize::from(one) == index)
    }

    /// An activity by id: its place and what a card says of it.
    pub fn activity(&self, id: &str) -> Option<(usize, &Activity)> {
        self.catalogue
            .activities
            .iter()
            .enumerate()
            .find(|(_, activity)| activity.id == id)
    }

    /// What the activity with this id is called.
    pub fn title(&self, id: &str) -> Option<&str> {
        self.activity(id).map(|(_, activity)| activity.title.as_str())
    }

    /// All words of the activity at this place.
    pub fn text(&self, index: usize) -> Option<&ActivityText> {
        self.texts.as_ref()?.activities.get(index)
    }

    /// What a rung is called, once the words are there.
    pub fn rung_name(&self, index: usize, rung: usize) -> Option<&str> {
        Some(self.text(index)?.rungs.get(rung)?.name.as_str())
    }

    /// What the question with this id asks, once the words are there.
    pub fn asked(&self, id: &str) -> Option<&str> {
        let index = self
            .catalogue
            .questions
            .iter()
            .position(|question| question.id == id)?;
        Some(self.texts.as_ref()?.questions.get(index)?.as_str())
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
