//! The questionnaire: the question that tells most now.

use just_right_catalogue::content::Question;
use just_right_catalogue::Id;
use just_right_engine::question::MOST_QUESTIONS;

use super::Present;
use crate::family::{Answered, Child, Day};
use crate::knowledge::Knowledge;
use crate::words::{self, key};

/// A question on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// Id of the question.
    pub id: String,
    /// What the child does.
    pub text: String,
    /// Its area.
    pub area: &'static str,
    /// Why it is asked.
    pub why: String,
    /// How many were answered, from 0.
    pub asked: usize,
    /// How many there are at most.
    pub most: usize,
}

/// What to ask now; `None` when enough is known, or while the words are still on their way.
pub fn asking(knowledge: &Knowledge, present: &Present, child: &Child) -> Option<Asking> {
    let texts = knowledge.texts.as_ref()?;
    let asked = child.answers().count();
    let open: Vec<usize> = knowledge
        .catalogue
        .questions
        .iter()
        .enumerate()
        .filter(|(_, question)| !child.answers().any(|answered| answered.question == question.id))
        .map(|(index, _)| index)
        .collect();
    let candidates: Vec<_> = open
        .iter()
        .filter_map(|&index| knowledge.questions.get(index).copied())
        .collect();
    let chosen = present.profile.next_question(&candidates, asked)?;
    let index = *open.get(chosen)?;
    let question = knowledge.catalogue.questions.get(index)?;
    Some(Asking {
        id: question.id.clone(),
        text: texts.questions.get(index)?.clone(),
        area: words::area(question.area.0),
        why: texts.whys.get(&question.area).cloned().unwrap_or_default(),
        asked,
        most: MOST_QUESTIONS,
    })
}

/// What is recorded of an answer.
pub fn answered(
    question: &Question,
    answer: Option<just_right_engine::question::Answer>,
    on: Day,
) -> Answered {
    Answered {
        question: question.id.clone(),
        area: question.area,
        at: question.at().get(),
        spread: question.spread.into(),
        answer: answer.map(Id),
        on,
    }
}

/// What the questionnaire says when it is over.
pub fn over(present: &Present) -> String {
    key::QUESTIONS_OVER.with(&present.places())
}
