//! The app: one component that holds the state, hears what people do, and shows the view for where they are.

pub mod came;
pub mod doing;
pub mod growing;
pub mod plan;
pub mod today;
pub mod together;

use came::Came;
use gloo::events::EventListener;
use just_right_catalogue::content::{Drawings, Speech, Texts};
use just_right_catalogue::{Id, Part};
use just_right_engine::question::Answer;
use just_right_engine::report::Level;
use just_right_engine::safety::{Allergen, Limit};
use web_sys::Element;
use yew::prelude::*;

use crate::child_model::{self, Memory};
use crate::embed::{Failed, Picked, Ready, Reported};
use crate::family::{
    AgeMonths, AgeProblem, Change, Child, ChildId, Circumstances, Day, Family, Happening, Mood, Motion,
    Nickname, Report, TextSize, Theme,
};
use crate::knowledge::Knowledge;
use crate::model::circumstances::Fit;
use crate::model::growing::Growing;
use crate::model::picks::ROUND;
use crate::model::plan::{self as model_plan, Week};
use crate::model::{activity, asking, picks, Present};
use crate::platform::address::Address;
use crate::platform::files::OpenError;
use crate::platform::storage::{Opened, WriteError, Written};
use crate::platform::tabs::Tabs;
use crate::platform::{files, intl, page, print, rest, storage};
use crate::route::Route;
use crate::snapshot::{self, ReadError};
use crate::views;
use crate::words::{self, key, Offered, Spoken, DRAWINGS_FILE};

/// Where the app is mounted, and what it may do there.
#[derive(Clone, PartialEq, Properties)]
pub struct Host {
    /// The element that holds the app.
    pub inside: Element,
    /// The custom element on the host page: events are fired on it.
    pub element: Element,
    /// Language tag.
    pub lang: AttrValue,
    /// The address of the folder that the release stands in.
    pub base: AttrValue,
    /// Whether anything may be kept in the browser.
    pub storage: bool,
    /// How places are kept.
    pub address: Address,
}

/// What somebody did, or what came back from the browser.
#[derive(Clone, Debug)]
pub enum Act {
    /// Go to a place.
    Go(Route),
    /// Go to a place in the stead of this one.
    Swap(Route),
    /// The address changed.
    Arrived(Route),
    /// A field of the child's form was typed in.
    Typed(Field, String),
    /// Still puts things in the mouth.
    MouthingSet(Option<bool>),
    /// An allergy was switched.
    AllergenSwitched(Allergen),
    /// A medical limit was switched.
    LimitSwitched(Limit),
    /// The child's form was sent.
    ChildSent,
    /// The page is about this child now.
    Choose(ChildId),
    /// Ask before something that takes data away.
    Ask(Confirm),
    /// Do not.
    Keep,
    /// Do what was asked about.
    Do,
    /// An activity went like this.
    Report(Level),
    /// Take the last report back.
    TakeBack,
    /// A question was answered; `None`: no chance to try.
    Answer(Option<Answer>),
    /// Go back one question.
    QuestionBack,
    /// Show three more picks.
    More,
    /// How the page looks.
    SetTheme(Theme),
    /// The rest of the code has come, or was wanted and could not be had.
    Whole(bool),
    /// Another tab has written.
    OtherTabWrote,
    /// What is stored after another tab has written.
    Reopened(Opened),
    /// A new version waits.
    NewVersion,
    /// The browser would put the app among the person's own.
    Installable,
    /// The page around us shall do this: an event on our element.
    AskPage(&'static str),
    /// Not now: what was offered is not offered again until the page is opened anew.
    NotNow,
    /// How large the text is.
    SetTextSize(TextSize),
    /// Whether things move.
    SetMotion(Motion),
    /// Whether a timer may ring.
    SetSounds(bool),
    /// How hard today may be.
    SetMood(Mood),
    /// On the picks, the circumstances and the board.
    Today(today::Act),
    /// While doing it.
    Doing(doing::Act),
    /// On the growing screen, and what is told after a report.
    Growing(growing::Act),
    /// On the plan.
    Plan(plan::Act),
    /// On what several children do together.
    Together(together::Act),
    /// Save all as a file.
    Export,
    /// Save the unreadable snapshot as a file.
    ExportUnreadable,
    /// Begin anew although something unreadable is there.
    StartAnew,
    /// A file was chosen.
    FileChosen(web_sys::File),
    /// A file was read.
    FileRead(Result<String, OpenError>),
    /// Drawings arrived, if they could be had.
    Drawn(Came<Drawings>),
    /// Another language than English arrived, if it could be had.
    Heard(Offered, Came<Speech>),
    /// Words arrived, in this language, if they could be had.
    Fetched(Offered, Came<Texts>),
    /// The texts are in this language from now on; `None`: as the page says.
    SetLanguage(Option<String>),
    /// The store has not answered for [`LONGEST_OPENING`].
    OpeningTookLong,
    /// What was stored.
    Opened(Opened),
    /// Erasing ended.
    Erased(Result<Written, WriteError>),
    /// A write ended.
    Written(Result<Written, WriteError>),
}

/// A field of the child's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Nickname.
    Nickname,
    /// Years.
    Years,
    /// Months.
    Months,
}

/// Something to ask about before it is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Confirm {
    /// Erase everything.
    Erase,
    /// Remove a child.
    Remove(ChildId),
    /// Replace all by an import.
    Import(Box<Family>),
}

/// The child's form while it is filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// As typed.
    pub nickname: String,
    /// As typed.
    pub years: String,
    /// As typed.
    pub months: String,
    /// Still puts things in the mouth.
    pub mouthing: Option<bool>,
    /// Allergies.
    pub allergens: Vec<Allergen>,
    /// Medical limits.
    pub limits: Vec<Limit>,
    /// What was wrong when it was sent.
    pub problem: Option<AgeProblem>,
}

impl Draft {
    fn of(child: &Child, today: Day) -> Draft {
        let age = child.age_at(today);
        Draft {
            nickname: child
                .nickname
                .as_ref()
                .map_or_else(String::new, |name| name.as_str().to_owned()),
            years: (age / 12).to_string(),
            months: (age % 12).to_string(),
            mouthing: child.mouthing,
            allergens: child.allergens.iter().map(|id| id.0).collect(),
            limits: child.limits.iter().map(|id| id.0).collect(),
            problem: None,
        }
    }
}

/// Whether what is told is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Not known yet.
    Opening,
    /// It is.
    Kept,
    /// The host page did not ask for it.
    NotAsked,
    /// The browser does not allow it.
    Denied,
    /// What is stored must not be overwritten.
    ReadOnly,
    /// The last write did not succeed.
    Failing,
}

/// Something to say at the top of the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What.
    pub text: String,
    /// What kind.
    pub kind: NoticeKind,
}

/// What kind of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was learned from a report; it can be taken back.
    Learned,
    /// An activity was put aside; it can be welcomed back.
    PutAside,
    /// Something that was told was taken back; it can be put back.
    TakenBack,
    /// Good to know.
    Info,
    /// Something did not work.
    Problem,
}

/// All that the views read.
pub struct State {
    /// The content.
    pub knowledge: Knowledge,
    /// The family's data.
    pub family: Family,
    /// Where somebody is.
    pub route: Route,
    /// Today.
    pub today: Day,
    /// The active child as screens speak of it.
    pub present: Option<Present>,
    /// What was believed before, so that a history is not gone through again and again.
    pub memory: Memory,
    /// The child's form.
    pub draft: Draft,
    /// What is said at the top.
    pub notice: Option<Notice>,
    /// What was asked about.
    pub confirm: Option<Confirm>,
    /// How many picks are shown.
    pub count: usize,
    /// The picks.
    pub cards: Vec<picks::Card>,
    /// How many activities fit into today, where that was asked for.
    pub fit: Option<Fit>,
    /// What lies open of what is told after a report, and of its history.
    pub telling: growing::Telling,
    /// How the child grows, where that is looked at and something was told.
    pub growing: Option<Growing>,
    /// The plan of the week, where it is looked at.
    pub week: Week,
    /// What lies open on its screen.
    pub desk: plan::Desk,
    /// What several children do together, where that is looked at.
    pub table: together::Table,
    /// Whether what is told is kept.
    pub keeping: Keeping,
    /// What is spoken.
    pub spoken: Spoken,
    /// A new version waits.
    pub new_version: bool,
    /// The browser would put the app among the person's own.
    pub installable: bool,
    /// The reminder to save a file was seen.
    pub reminded: bool,
    /// The whole app is here: see [`rest`].
    pub whole: bool,
    /// Another language is on its way, and nothing is said until it is there.
    pub listening: bool,
    /// Where there is an import that was not understood: what is wrong.
    pub import_problem: Option<String>,
    /// Our own page.
    pub standalone: bool,
    /// What goes on while an activity is under way.
    pub doing: doing::Doing,
    /// What is stored and cannot be read: what is wrong, and the text itself.
    pub unreadable: Option<(ReadError, String)>,
}

impl State {
    fn refresh(&mut self) {
        self.present = self
            .family
            .active_child()
            .map(|child| Present::of(&self.family, child, self.today, &mut self.memory));
        self.refresh_cards();
    }

    fn refresh_cards(&mut self) {
        let (knowledge, present) = (&self.knowledge, self.present.as_ref());
        let shows_cards = matches!(self.route, Route::Today | Route::Board);
        let cards = present.filter(|_| shows_cards);
        self.cards = cards.map_or_else(Vec::new, |present| picks::cards(knowledge, present, self.count));
        if self.whole {
            self.later_refresh();
        }
    }

    /// What only the screens of the rest show.
    #[inline(never)]
    fn later_refresh(&mut self) {
        let (knowledge, present) = (&self.knowledge, self.present.as_ref());
        let asks = |present: &&Present| match self.route {
            Route::Circumstances => true,
            Route::Today => present.circumstances != Circumstances::default(),
            _ => false,
        };
        self.fit = present.filter(asks).map(|present| Fit::of(knowledge, present));
        self.refresh_growing();
        self.week = match (&self.present, self.family.active_child(), &self.route) {
            (Some(present), Some(child), Route::Plan) => {
                model_plan::week(&self.knowledge, present, child, self.today)
            }
            _ => Week::default(),
        };
        self.refresh_table();
    }

    /// The form as it begins for a child; empty for one who is not there.
    fn draft_of(&self, id: ChildId) -> Draft {
        let child = self.family.child(id);
        child
            .map(|child| Draft::of(child, self.today))
            .unwrap_or_default()
    }

    /// Where somebody really is: a place that needs a child is the first screen without one.
    fn settle(&self, route: Route) -> Route {
        let nobody = self.family.children.is_empty();
        match route {
            route if nobody && route.needs_child() => Route::Hello,
            Route::Hello if !nobody => Route::Today,
            route => route,
        }
    }
}

/// The component.
pub struct App {
    state: State,
    /// Changes that are shown but not yet stored, oldest first, and how many of them are being written now.
    unsaved: Vec<Change>,
    writing: usize,
    /// The language that was asked for; `None` until it is known.
    language: Option<Offered>,
    /// What waits for the rest of the code.
    waiting: Vec<Act>,
    focus_start: bool,
    focus_on: Option<&'static str>,
    _arrivals: Option<EventListener>,
    /// What the page around us and other tabs tell.
    _around: Vec<EventListener>,
    tabs: Tabs,
}

/// The longest that a family waits for a store that does not answer, in milliseconds.
const LONGEST_OPENING: u32 = 8_000;

impl Component for App {
    type Message = Act;
    type Properties = Host;

    fn create(ctx: &Context<Self>) -> Self {
        let host = ctx.props();
        let knowledge = Knowledge::built_in();
        let file = format!("{}{DRAWINGS_FILE}", host.base);
        ctx.link()
            .send_future(async move { Act::Drawn(Came::new(part(&file).await)) });
        let arrived = ctx.link().callback(Act::Arrived);
        let listener = host.address.listen(move |route| arrived.emit(route));
        let keeping = if host.storage {
            Keeping::Opening
        } else {
            Keeping::NotAsked
        };
        if host.storage {
            ctx.link()
                .send_future(async { Act::Opened(storage::open(page::today()).await) });
            ctx.link().send_future(async {
                page::wait(LONGEST_OPENING).await;
                Act::OpeningTookLong
            });
        }
        let state = State {
            knowledge,
            family: Family::default(),
            route: host.address.current(),
            today: page::today(),
            present: None,
            memory: Memory::default(),
            draft: Draft::default(),
            notice: None,
            confirm: None,
            count: ROUND,
            cards: Vec::new(),
            fit: None,
            telling: growing::Telling::default(),
            growing: None,
            week: Week::default(),
            desk: plan::Desk::default(),
            table: together::Table::default(),
            keeping,
            spoken: english(),
            new_version: false,
            installable: false,
            reminded: false,
            whole: rest::is_here(),
            listening: false,
            import_problem: None,
            standalone: host.address == Address::Hash,
            doing: doing::Doing::default(),
            unreadable: None,
        };
        let mut app = App {
            state,
            language: None,
            unsaved: Vec::new(),
            writing: 0,
            waiting: Vec::new(),
            focus_start: false,
            focus_on: None,
            _arrivals: listener,
            _around: around(ctx),
            tabs: Tabs::join(ctx.link().callback(|()| Act::OtherTabWrote)),
        };
        if !app.state.whole {
            rest::when_here(ctx.link().callback(Act::Whole));
        }
        if !host.storage {
            app.settle_language(ctx);
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, act: Act) -> bool {
        words::speak(self.state.spoken);
        let today = page::today();
        if today != self.state.today {
            self.state.today = today;
            self.state.refresh();
        }
        match act {
            Act::Go(route) => self.go(ctx, route, Address::push),
            Act::Swap(route) => self.go(ctx, route, Address::replace),
            Act::Arrived(route) => {
                if route == self.state.route {
                    return false;
                }
                self.arrive(ctx, route);
            }
            Act::Typed(field, text) => self.typed(field, text),
            Act::MouthingSet(mouthing) => self.state.draft.mouthing = mouthing,
            Act::AllergenSwitched(one) => switch(&mut self.state.draft.allergens, one),
            Act::LimitSwitched(one) => switch(&mut self.state.draft.limits, one),
            Act::ChildSent => self.child_sent(ctx),
            Act::More => {
                self.state.count += ROUND;
                self.state.refresh_cards();
            }
            // What is not yet written goes with the next write, which finds the other tab's news by itself.
            Act::OtherTabWrote if self.unsaved.is_empty() && self.state.keeping == Keeping::Kept => {
                ctx.link()
                    .send_future(async { Act::Reopened(storage::open(page::today()).await) });
                return false;
            }
            Act::Reopened(Opened::Family(family)) if self.unsaved.is_empty() => {
                if family == self.state.family {
                    return false;
                }
                self.state.family = family;
                self.state.refresh();
                self.settle_language(ctx);
                self.state.route = self.state.settle(self.state.route.clone());
            }
            Act::OtherTabWrote | Act::Reopened(_) => return false,
            Act::NewVersion => self.state.new_version = true,
            Act::Installable => self.state.installable = true,
            Act::NotNow => {
                self.state.new_version = false;
                self.state.reminded = true;
                self.focus_start = true;
            }
            Act::SetMood(mood) => {
                self.state.count = ROUND;
                self.change(ctx, Change::MoodSet(mood));
            }
            Act::Drawn(drawings) => {
                // Without drawings all can be read.
                self.state.knowledge.drawings = drawings.take();
                self.state.knowledge.name_drawings();
            }
            Act::Heard(language, speech) => self.heard(ctx, language, speech.take()),
            Act::Fetched(language, texts) => self.fetched(ctx, language, texts.take()),
            Act::OpeningTookLong if self.state.keeping == Keeping::Opening => {
                self.opened(ctx, Opened::Denied)
            }
            // An answer that comes too late is not put over what the family has told meanwhile.
            Act::Opened(opened) if self.state.keeping == Keeping::Opening => self.opened(ctx, opened),
            Act::OpeningTookLong | Act::Opened(_) => return false,
            Act::Written(written) => return self.written(ctx, written),
            Act::Whole(true) => self.whole(ctx),
            Act::Whole(false) => {
                // What was said to have failed must not happen by itself later.
                self.waiting.clear();
                self.say(NoticeKind::Problem, key::NOT_FETCHED.say());
            }
            // The rest of the code is on its way: what it shall do is not forgotten.
            act if !self.state.whole => {
                self.waiting.push(act);
                self.want_the_rest(ctx);
                return false;
            }
            act => return self.later_act(ctx, act),
        }
        if self.state.whole {
            self.later_attend(ctx);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        words::speak(self.state.spoken);
        views::app(&self.state, &ctx.link().callback(|act: Act| act))
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let inside = &ctx.props().inside;
        if first {
            let detail = Ready {
                version: env!("CARGO_PKG_VERSION"),
                activities: self.state.knowledge.catalogue.activities.len(),
            };
            page::tell_host(&ctx.props().element, "just-right-ready", &detail);
        }
        if std::mem::take(&mut self.focus_start) {
            page::focus_start(inside);
        }
        if let Some(selector) = self.focus_on.take() {
            page::focus(inside, selector);
        }
        if self.state.standalone {
            words::speak(self.state.spoken);
            page::set_language(self.state.spoken.tag, self.state.spoken.from_right);
            page::set_page_theme(self.state.family.theme);
            page::set_title(&views::title(&self.state));
        }
    }
}

impl App {
    /// A door to what is fetched after the first pick: see [`rest`].
    #[inline(never)]
    fn later_act(&mut self, ctx: &Context<Self>, act: Act) -> bool {
        match act {
            Act::Choose(id) => {
                self.change(ctx, Change::ChildChosen(id));
                self.go(ctx, Route::Today, Address::push);
            }
            Act::Ask(confirm) => {
                self.state.confirm = Some(confirm);
                self.focus_on = Some("[data-confirm]");
            }
            Act::Keep => {
                self.state.confirm = None;
                self.focus_start = true;
            }
            Act::Do => self.confirmed(ctx),
            Act::Report(level) => self.report(ctx, level),
            Act::TakeBack => self.take_back(ctx),
            Act::Answer(answer) => self.answer(ctx, answer),
            Act::QuestionBack => {
                let last = self
                    .active()
                    .and_then(|child| child.history.last().map(|last| (child.id, last.clone())));
                if let Some((id, last @ Happening::Answered(_))) = last {
                    self.change(ctx, Change::TakenBack(id, last));
                    self.focus_start = true;
                }
            }
            Act::AskPage(event) => {
                self.state.installable = false;
                page::tell_host(&ctx.props().element, event, &());
            }
            Act::SetTextSize(size) => self.change(ctx, Change::TextSizeSet(size)),
            Act::SetMotion(motion) => self.change(ctx, Change::MotionSet(motion)),
            Act::SetSounds(sounds) => self.change(ctx, Change::SoundsSet(sounds)),
            Act::SetTheme(theme) => self.change(ctx, Change::ThemeSet(theme)),
            Act::Today(act) => self.on_today(ctx, act),
            Act::Doing(act) => self.on_doing(ctx, act),
            Act::Growing(act) => self.on_growing(ctx, act),
            Act::Plan(act) => self.on_plan(ctx, act),
            Act::Together(act) => self.on_together(ctx, act),
            Act::Export => {
                self.export(&snapshot::to_export(&self.state.family));
                self.change(ctx, Change::Exported(self.state.today));
            }
            Act::ExportUnreadable => {
                if let Some((_, text)) = self.state.unreadable.clone() {
                    self.export(&text);
                }
            }
            Act::StartAnew => {
                self.state.unreadable = None;
                self.state.notice = None;
                self.replace_stored(ctx, Act::Written);
            }
            Act::FileChosen(file) => {
                self.state.import_problem = None;
                ctx.link()
                    .send_future(async move { Act::FileRead(files::open(file).await) });
                return false;
            }
            Act::FileRead(read) => self.file_read(read),
            Act::SetLanguage(tag) => {
                self.change(ctx, Change::LanguageSet(tag));
                self.settle_language(ctx);
            }
            Act::Erased(Ok(_)) => {
                self.state.keeping = Keeping::Kept;
                self.tabs.tell();
                self.say(NoticeKind::Info, key::SETTINGS_ERASED.say());
            }
            Act::Erased(Err(_)) => self.say(NoticeKind::Problem, key::SETTINGS_ERASE_REFUSED.say()),
            // All others are done by `update`.
            _ => return false,
        }
        self.later_attend(ctx);
        true
    }

    /// The rest of the code has come.
    fn whole(&mut self, ctx: &Context<Self>) {
        self.state.whole = true;
        self.state.refresh_cards();
        self.later_tell_pick(ctx);
        for act in std::mem::take(&mut self.waiting) {
            ctx.link().send_message(act);
        }
        self.focus_start = !self.state.route.is_of_first_pick();
    }

    /// Asks for the rest of the code, now or once more.
    fn want_the_rest(&self, ctx: &Context<Self>) {
        page::tell_host(&ctx.props().element, "just-right-wanted", &());
    }

    fn active(&self) -> Option<&Child> {
        self.state.family.active_child()
    }

    /// Applies a change at once and writes it behind.
    fn change(&mut self, ctx: &Context<Self>, change: Change) {
        self.state.family = self.state.family.apply(&change);
        self.state.refresh();
        if matches!(self.state.keeping, Keeping::Kept | Keeping::Failing) {
            self.unsaved.push(change);
            self.write(ctx);
        }
    }

    /// Writes what is not yet saved, one write at a time. What a write could not save goes with the next.
    fn write(&mut self, ctx: &Context<Self>) {
        if self.writing > 0 || self.unsaved.is_empty() {
            return;
        }
        self.writing = self.unsaved.len();
        let (changes, expected, today) = (self.unsaved.clone(), self.state.family.clone(), self.state.today);
        ctx.link()
            .send_future(async move { Act::Written(storage::commit(&changes, &expected, today).await) });
    }

    /// Puts what is shown into the store in the stead of all that is there, and tells how that went.
    fn replace_stored(&mut self, ctx: &Context<Self>, then: fn(Result<Written, WriteError>) -> Act) {
        self.unsaved.clear();
        let family = self.state.family.clone();
        ctx.link()
            .send_future(async move { then(storage::replace(&family).await.map(|()| Written::Same)) });
    }

    fn go(&mut self, ctx: &Context<Self>, route: Route, by: impl Fn(Address, &Route)) {
        let route = self.state.settle(route);
        by(ctx.props().address, &route);
        self.arrive(ctx, route);
    }

    fn arrive(&mut self, ctx: &Context<Self>, route: Route) {
        let route = self.state.settle(route);
        let same_screen = std::mem::discriminant(&route) == std::mem::discriminant(&self.state.route);
        let easier_or_harder = same_screen && matches!(route, Route::Activity(..));
        match &route {
            Route::Child(Some(id)) => {
                self.state.draft = self.state.draft_of(ChildId(*id));
            }
            Route::Start | Route::Child(None) if !same_screen => self.state.draft = Draft::default(),
            Route::Growing => self.state.telling.close(),
            Route::Plan => self.state.desk = plan::Desk::default(),
            Route::Together(_) => self.state.table.begin(),
            _ => {}
        }
        if !matches!(route, Route::Today) {
            self.state.notice = None;
        }
        self.state.confirm = None;
        self.state.import_problem = None;
        // Going easier or harder stays on the same screen: focus stays on the button, and a live region says
        // what changed.
        self.focus_start = !easier_or_harder;
        self.state.route = route;
        self.state.refresh_cards();
        if self.state.whole {
            self.later_tell_pick(ctx);
        } else if !self.state.route.is_of_first_pick() {
            self.want_the_rest(ctx);
        }
    }

    /// Tells the host that an activity was opened.
    #[inline(never)]
    fn later_tell_pick(&self, ctx: &Context<Self>) {
        if let Route::Activity(id, grade) = &self.state.route {
            self.tell_pick(ctx, id, grade.as_deref());
        }
    }

    fn tell_pick(&self, ctx: &Context<Self>, id: &str, grade: Option<&str>) {
        let Some(present) = &self.state.present else {
            return;
        };
        if let Ok(found) = activity::page(&self.state.knowledge, present, id, grade) {
            let detail = Picked {
                activity: id,
                grade: &found.grade,
                success: found.plan.outlook.success,
            };
            page::tell_host(&ctx.props().element, "just-right-pick", &detail);
        }
    }

    fn typed(&mut self, field: Field, text: String) {
        let draft = &mut self.state.draft;
        match field {
            Field::Nickname => draft.nickname = text,
            Field::Years => draft.years = text,
            Field::Months => draft.months = text,
        }
        draft.problem = None;
    }

    fn child_sent(&mut self, ctx: &Context<Self>) {
        let draft = self.state.draft.clone();
        let age = match AgeMonths::parse(&draft.years, &draft.months) {
            Ok(age) => age,
            Err(problem) => {
                self.state.draft.problem = Some(problem);
                self.focus_on = Some("[aria-invalid=true]");
                return;
            }
        };
        let (nickname, on) = (Nickname::parse(&draft.nickname), self.state.today);
        let existing = match self.state.route {
            Route::Child(Some(id)) => self.state.family.child(ChildId(id)).map(|child| child.id),
            _ => None,
        };
        match existing {
            Some(id) => self.change(
                ctx,
                Change::ChildEdited {
                    id,
                    nickname,
                    age,
                    on,
                },
            ),
            None => {
                let first = self.state.family.children.is_empty();
                self.change(ctx, Change::ChildAdded { nickname, age, on });
                if first && self.state.keeping == Keeping::Kept {
                    page::ask_to_persist();
                }
            }
        }
        let said = draft.mouthing.is_some() || !draft.allergens.is_empty() || !draft.limits.is_empty();
        if let Some(id) = existing
            .or(self.state.family.active)
            .filter(|_| said || existing.is_some())
        {
            let allergens = draft.allergens.into_iter().map(Id).collect();
            let limits = draft.limits.into_iter().map(Id).collect();
            self.change(
                ctx,
                Change::ProtectionSet {
                    id,
                    mouthing: draft.mouthing,
                    allergens,
                    limits,
                },
            );
        }
        self.state.count = ROUND;
        let next = if existing.is_some() {
            Route::Children
        } else {
            Route::Today
        };
        self.go(ctx, next, Address::push);
    }

    fn confirmed(&mut self, ctx: &Context<Self>) {
        match self.state.confirm.take() {
            Some(Confirm::Erase) => {
                self.state.family = self.state.family.apply(&Change::Erased);
                self.state.unreadable = None;
                self.state.refresh();
                self.go(ctx, Route::Hello, Address::push);
                // Whatever the state of the store, newer or damaged: erasing is the family's right. It is said when it is done.
                match self.state.keeping {
                    Keeping::NotAsked | Keeping::Denied => {
                        self.say(NoticeKind::Info, key::SETTINGS_ERASED.say())
                    }
                    _ => self.replace_stored(ctx, Act::Erased),
                }
            }
            Some(Confirm::Remove(id)) => {
                self.change(ctx, Change::ChildRemoved(id));
                self.go(ctx, Route::Children, Address::replace);
            }
            Some(Confirm::Import(family)) => {
                self.change(ctx, Change::Imported(family));
                let read_only = self.state.keeping == Keeping::ReadOnly;
                let said = if read_only {
                    key::SETTINGS_IMPORTED_NOT_KEPT
                } else {
                    key::SETTINGS_IMPORTED
                };
                self.say(NoticeKind::Info, said.say());
            }
            None => {}
        }
    }

    fn report(&mut self, ctx: &Context<Self>, level: Level) {
        let (Some(present), Route::HowDidItGo(id, grade)) = (&self.state.present, self.state.route.clone())
        else {
            return;
        };
        let found = activity::page(&self.state.knowledge, present, &id, Some(&grade));
        let (Ok(found), Some(child)) = (found, self.active().map(|child| child.id)) else {
            return;
        };
        let before = present.clone();
        let (report, learned) = self.record(ctx, child, &found, level, &before);
        self.state.telling.begin(child, &report);
        self.state.count = ROUND;
        // The report is the end of this way: going back must not report again.
        self.go(ctx, Route::Today, Address::replace);
        self.say(NoticeKind::Learned, &learned);
    }

    /// Keeps how a grade went with a child, and tells the host. Gives what is kept, and in words what was learned from it.
    fn record(
        &mut self,
        ctx: &Context<Self>,
        child: ChildId,
        page: &activity::Page,
        level: Level,
        before: &Present,
    ) -> (Report, String) {
        let report = page.report(level, self.state.today);
        self.change(ctx, Change::Happened(child, Happening::Reported(report.clone())));
        let detail = Reported {
            activity: &page.id,
            grade: &page.grade,
            level: level.id(),
        };
        page::tell_host(&ctx.props().element, "just-right-report", &detail);
        let after = self.state.present_of(child);
        let learned =
            after.and_then(|after| child_model::learned(&before.profile, &after.profile, &page.plan.demands));
        (report, picks::learned_sentence(before, learned, level))
    }

    fn take_back(&mut self, ctx: &Context<Self>) {
        // The one that the notice speaks of: another tab may have told something since.
        if let Some((_, report)) = self.state.telling.last.clone() {
            let mut told = Happening::Reported(report);
            told.round();
            self.taken_back(ctx, told, key::LEARNED_TAKEN_BACK);
        }
    }

    fn answer(&mut self, ctx: &Context<Self>, answer: Option<Answer>) {
        let (Some(present), Some(child)) = (&self.state.present, self.active()) else {
            return;
        };
        let Some(asked) = asking::asking(&self.state.knowledge, present, child) else {
            return;
        };
        let Some(question) = self.state.knowledge.catalogue.question(&asked.id) else {
            return;
        };
        let (id, answered) = (child.id, asking::answered(question, answer, self.state.today));
        self.change(ctx, Change::Happened(id, Happening::Answered(answered)));
        self.focus_start = true;
    }

    fn print(&mut self) {
        if !print::print() {
            self.say(NoticeKind::Problem, key::PRINT_REFUSED.say());
        }
    }

    fn export(&mut self, text: &str) {
        let name = format!("just-right-{}.json", page::date_for_a_name());
        match files::save(&name, text, files::JSON) {
            Ok(()) => self.say(NoticeKind::Info, &key::SETTINGS_EXPORTED.with(&[("file", &name)])),
            Err(_) => self.say(NoticeKind::Problem, key::SETTINGS_EXPORT_REFUSED.say()),
        }
    }

    fn file_read(&mut self, read: Result<String, OpenError>) {
        let problem = match read {
            Err(OpenError::TooLarge { megabytes }) => {
                key::IMPORT_TOO_LARGE.with(&[("size", &megabytes.to_string())])
            }
            Err(OpenError::Unreadable) => key::IMPORT_BROKEN.say().to_owned(),
            Ok(text) => match snapshot::read(&text, self.state.today) {
                Ok(found) => {
                    self.state.confirm = Some(Confirm::Import(Box::new(found.family)));
                    self.focus_on = Some("[data-confirm]");
                    return;
                }
                Err(error) => views::settings::import_problem(error),
            },
        };
        self.state.import_problem = Some(problem);
    }

    /// Sees to it that the language which the family or the page asks for is the one that is spoken.
    fn settle_language(&mut self, ctx: &Context<Self>) {
        let tag = self.state.family.language.as_deref();
        let language = Offered::asked_by(tag.unwrap_or(&ctx.props().lang));
        if self.language == Some(language) {
            return;
        }
        let first = self.language.replace(language).is_none();
        let base = &ctx.props().base;
        let texts = format!("{base}{}", language.texts);
        match language.speech {
            Some(speech) => {
                let speech = format!("{base}{speech}");
                self.state.listening = first;
                ctx.link()
                    .send_future(async move { Act::Heard(language, Came::new(part(&speech).await)) });
            }
            None => {
                self.state.knowledge.speak_english();
                self.state.spoken = built_in(language);
                words::speak(self.state.spoken);
                self.state.refresh();
            }
        }
        ctx.link()
            .send_future(async move { Act::Fetched(language, Came::new(part(&texts).await)) });
    }

    fn heard(&mut self, ctx: &Context<Self>, language: Offered, speech: Option<Speech>) {
        if self.language != Some(language) {
            return;
        }
        self.state.listening = false;
        let Some(speech) = speech else {
            self.say(NoticeKind::Problem, key::NOT_FETCHED.say());
            self.tell_error(ctx, key::NOT_FETCHED.say());
            return;
        };
        let texts = self.state.knowledge.speak(speech);
        self.state.spoken = Spoken {
            tag: language.tag,
            texts: words::learned(language.tag, texts),
            forms: intl::forms(language.tag),
            from_right: false,
        };
        words::speak(self.state.spoken);
        self.state.refresh();
        self.focus_start = true;
    }

    fn fetched(&mut self, ctx: &Context<Self>, language: Offered, texts: Option<Texts>) {
        if self.language != Some(language) {
            return;
        }
        // Without words nothing can be done.
        if texts.is_none() {
            self.say(NoticeKind::Problem, key::NOT_FETCHED.say());
            self.tell_error(ctx, key::NOT_FETCHED.say());
        }
        self.state.knowledge.texts = texts;
        // The cards on the screen still lack what their rungs are called.
        self.state.refresh_cards();
    }

    fn opened(&mut self, ctx: &Context<Self>, opened: Opened) {
        self.state.keeping = Keeping::Kept;
        match opened {
            Opened::Nothing => {}
            Opened::Family(family) => self.state.family = family,
            Opened::Earlier(family) => {
                self.state.family = family;
                // Written once in today's form: what the form of that time did not know stays as it was understood today.
                self.change(ctx, Change::Upgraded);
            }
            Opened::Older(family) => {
                self.state.family = family;
                self.say(NoticeKind::Problem, key::STORE_OLDER.say());
            }
            Opened::Unreadable(error, text) => {
                self.state.keeping = Keeping::ReadOnly;
                self.state.unreadable = Some((error, text));
                self.focus_on = Some("[data-notice]");
                self.tell_error(ctx, views::unreadable(error).say());
            }
            Opened::Denied => {
                self.state.keeping = Keeping::Denied;
                self.tell_error(ctx, key::STORE_DENIED.say());
            }
        }
        self.state.refresh();
        self.settle_language(ctx);
        let route = self.state.settle(self.state.route.clone());
        if route != self.state.route {
            ctx.props().address.replace(&route);
            self.state.route = route;
        }
        if let Route::Child(Some(id)) = self.state.route {
            self.state.draft = self.state.draft_of(ChildId(id));
        }
        self.state.refresh_cards();
    }

    fn written(&mut self, ctx: &Context<Self>, written: Result<Written, WriteError>) -> bool {
        let (before, count) = (self.state.keeping, std::mem::take(&mut self.writing));
        match written {
            Ok(written) => {
                self.state.keeping = Keeping::Kept;
                self.unsaved.drain(..count.min(self.unsaved.len()));
                self.tabs.tell();
                if let Written::Merged(family) = written {
                    self.state.family = family.apply_all(&self.unsaved);
                    self.state.refresh();
                }
                self.write(ctx);
                true
            }
            Err(error) => {
                self.state.keeping = match error {
                    WriteError::Newer => Keeping::ReadOnly,
                    WriteError::Refused | WriteError::TooLarge => Keeping::Failing,
                };
                if before != self.state.keeping {
                    self.tell_error(ctx, key::STORE_FAILING.say());
                }
                true
            }
        }
    }

    fn say(&mut self, kind: NoticeKind, text: &str) {
        self.state.notice = Some(Notice {
            text: text.to_owned(),
            kind,
        });
        self.focus_start = false;
        self.focus_on = Some("[data-notice]");
    }

    fn tell_error(&self, ctx: &Context<Self>, message: &str) {
        page::tell_host(&ctx.props().element, "just-right-error", &Failed { message });
    }
}

/// What `boot.js` tells our own page: it knows what stands around the app.
fn around(ctx: &Context<App>) -> Vec<EventListener> {
    if ctx.props().address != Address::Hash {
        return Vec::new();
    }
    let told = [
        ("just-right-new-version", (|| Act::NewVersion) as fn() -> Act),
        ("just-right-installable", || Act::Installable),
    ];
    let hear = |(event, act): (&'static str, fn() -> Act)| {
        let link = ctx.link().clone();
        EventListener::new(&ctx.props().element, event, move |_| link.send_message(act()))
    };
    told.into_iter().map(hear).collect()
}

/// English with the browser's forms.
fn english() -> Spoken {
    Spoken {
        forms: intl::forms("en"),
        ..Spoken::ENGLISH
    }
}

/// A language that needs no file: English.
#[cfg(not(feature = "test-hooks"))]
fn built_in(_: Offered) -> Spoken {
    english()
}

/// English, or one made of it for tests.
#[cfg(feature = "test-hooks")]
fn built_in(language: Offered) -> Spoken {
    crate::pseudo::spoken(language, english()).unwrap_or_else(english)
}

/// Fetches a part of the content. `None` where it cannot be had.
async fn part<P: Part>(file: &str) -> Option<P> {
    P::from_bytes(&files::fetch(file).await?).ok()
}

fn switch<T: PartialEq>(list: &mut Vec<T>, one: T) {
    match list.iter().position(|known| *known == one) {
        Some(index) => {
            list.remove(index);
        }
        None => list.push(one),
    }
}
