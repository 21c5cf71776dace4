//! What somebody does on the growing screen, and what is told after a report: whether it was enjoyed, a note, undo.

use yew::prelude::*;

use super::{App, NoticeKind, State};
use crate::family::{Change, ChildId, Enjoyed, Happening, Note, Report};
use crate::model::growing;
use crate::route::Route;
use crate::words::{key, Key};

/// What somebody did on the growing screen, or with the question after a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The child enjoyed it so much.
    Enjoyed(Enjoyed),
    /// There is something to remember.
    NoteWanted,
    /// The note was typed in.
    NoteTyped(String),
    /// The note is to be kept.
    NoteSent,
    /// What stands at this place of a history of this length did not happen. Of two taps the second one finds another length.
    TakeBack(usize, usize),
    /// It did, after all.
    PutBack,
    /// Show what was before.
    Earlier,
    /// Put it on paper.
    Print,
}

/// What lies open of what is told after a report, and of its history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telling {
    /// The report that was told last, as it stands in the history now.
    pub last: Option<(ChildId, Report)>,
    /// The note as typed, where one is written.
    pub note: Option<String>,
    /// What became of the last remark, in a sentence.
    pub said: Option<Key>,
    /// What was taken back last: of whom, from which place, and what.
    taken: Option<(ChildId, usize, Happening)>,
    /// How many times more of the history was asked for.
    more: usize,
}

/// So many lines of history are shown at first, and so many more each time.
const LINES: usize = 8;

impl Telling {
    /// A report was told.
    pub fn begin(&mut self, child: ChildId, report: &Report) {
        *self = Telling {
            last: Some((child, report.clone())),
            ..Telling::default()
        };
    }

    fn lines(&self) -> usize {
        LINES * (1 + self.more)
    }

    /// Whether more of the history was asked for than is shown at first.
    pub fn asked_for_more(&self) -> bool {
        self.more > 0
    }

    /// Somebody comes to the screen anew.
    pub fn close(&mut self) {
        self.more = 0;
    }
}

impl State {
    /// Works out the growing screen where it is looked at: to go through a whole history takes its time.
    pub(super) fn refresh_growing(&mut self) {
        self.growing = match (&self.present, self.family.active_child(), &self.route) {
            (Some(present), Some(child), Route::Growing) => {
                growing::growing(&self.knowledge, present, child, self.today, self.telling.lines())
            }
            _ => None,
        };
    }

    fn show_earlier(&mut self) {
        let lines = self.telling.lines();
        if let (Some(found), Some(child)) = (&mut self.growing, self.family.active_child()) {
            found.show(&self.knowledge, child, self.today, lines);
        }
    }
}

impl App {
    pub(super) fn on_growing(&mut self, ctx: &Context<Self>, act: Act) {
        let telling = &mut self.state.telling;
        match act {
            Act::Enjoyed(enjoyed) => {
                let said = match enjoyed {
                    Enjoyed::Loved => key::REMARK_SAID_LOVED,
                    Enjoyed::Fine => key::REMARK_SAID_FINE,
                    Enjoyed::NotToday => key::REMARK_SAID_NOT_TODAY,
                };
                self.remark(ctx, said, |report| report.enjoyed = Some(enjoyed));
            }
            Act::NoteWanted => {
                let told = telling.last.as_ref().and_then(|(_, report)| report.note.as_ref());
                telling.note = Some(told.map_or_else(String::new, |note| note.as_str().to_owned()));
                self.focus_on = Some("[data-note]");
            }
            Act::NoteTyped(typed) => telling.note = Some(typed),
            Act::NoteSent => {
                let note = telling.note.take().and_then(|typed| Note::parse(&typed));
                self.remark(ctx, key::REMARK_SAID_FINE, |report| report.note = note);
                self.focus_on = Some("[data-add-note]");
            }
            Act::TakeBack(place, length) => {
                let history = self.active().map(|child| &child.history);
                let found = history.filter(|history| history.len() == length);
                if let Some(happening) = found.and_then(|history| history.get(place).cloned()) {
                    self.taken_back(ctx, happening, key::GROWING_TAKEN_BACK);
                }
            }
            Act::PutBack => {
                if let Some((id, place, happening)) = telling.taken.take() {
                    self.change(ctx, Change::PutBack(id, place, happening));
                    self.say(NoticeKind::Info, key::GROWING_IS_BACK.say());
                }
            }
            Act::Earlier => {
                telling.more += 1;
                self.state.show_earlier();
                self.focus_on = Some("[data-end]");
            }
            Act::Print => self.print(),
        }
    }

    /// Adds something to the report that was told last.
    fn remark(&mut self, ctx: &Context<Self>, said: Key, add: impl FnOnce(&mut Report)) {
        let Some((id, was)) = self.state.telling.last.clone() else {
            return;
        };
        let mut now = was.clone();
        add(&mut now);
        self.state.telling.said = Some(said);
        self.state.telling.last = Some((id, now.clone()));
        self.change(ctx, Change::Remarked(id, was, now.enjoyed, now.note));
    }

    /// Takes something back that happened with the active child, and says how to have it back.
    pub(super) fn taken_back(&mut self, ctx: &Context<Self>, happening: Happening, said: Key) {
        let found = self.active().and_then(|child| {
            let place = child.history.iter().rposition(|one| *one == happening)?;
            Some((child.id, place))
        });
        let Some((id, place)) = found else {
            return;
        };
        self.state.telling.taken = Some((id, place, happening.clone()));
        self.change(ctx, Change::TakenBack(id, happening));
        self.say(NoticeKind::TakenBack, said.say());
    }
}
