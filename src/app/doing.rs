//! What somebody does while an activity is under way: the timer, reading aloud, the screen that stays awake, easier and harder
//! in place.

use gloo::events::EventListener;
use yew::prelude::*;

use super::{App, NoticeKind};
use crate::model::activity::{self, Page};
use crate::model::doing::{self as model, Timer};
use crate::platform::share::Shared;
use crate::platform::sound::Bell;
use crate::platform::wake::Lock;
use crate::platform::{page, share, speech, wake};
use crate::route::Route;
use crate::words::key;

/// What somebody did on the doing screen, or what came back from the browser meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Print what is on the screen.
    Print,
    /// Hand the activity on to somebody.
    Share,
    /// What became of that.
    Shared(Shared),
    /// Do it at this grade from now on; whether that is the easier one.
    Grade(String, bool),
    /// Read this step aloud.
    Read,
    /// Read each step by itself, or do not.
    ReadEach,
    /// The browser had time to find its voices.
    VoicesFound,
    /// Set the timer for so many minutes; put it away if it is set for them.
    SetTimer(u16),
    /// Start the timer, stop it for now, or go on.
    RunTimer,
    /// Set the timer as it was, and start it.
    TimerAgain,
    /// A second went by for the timer of this number.
    Tick(u32),
    /// The screen is kept awake, or is not.
    Awake(Option<Lock>),
    /// The page is seen again.
    Returned,
}

/// What is going on while an activity is done. It is gone when the family goes elsewhere.
#[derive(Default)]
pub struct Doing {
    /// The timer, if it is set.
    pub timer: Option<Timer>,
    /// The browser's clock at the last change of the timer.
    pub now: f64,
    /// Whether there is a voice that reads the page's language; `None`: not known yet.
    pub voice: Option<bool>,
    /// Whether each step is read by itself.
    pub each: bool,
    /// Whether the screen may go dark.
    pub dark: bool,
    /// What going easier or harder changed last.
    pub changed: String,
    /// Whether what is missing here was said already.
    pub told: bool,
    /// Which activity is under way, and at which step.
    under_way: Option<(String, usize)>,
    /// What was read last.
    read: String,
    /// Each start of the timer has its number, so that the seconds of an earlier one are not counted.
    ticking: u32,
    lock: Option<Lock>,
    bell: Option<Bell>,
    _returns: Option<EventListener>,
}

/// How long a browser may take to find its voices, in milliseconds.
const FINDING_VOICES: u32 = 1_500;

impl App {
    pub(super) fn on_doing(&mut self, ctx: &Context<Self>, act: Act) {
        let lang = self.state.spoken.tag;
        let now = page::now();
        let doing = &mut self.state.doing;
        doing.now = now;
        match act {
            Act::Print => self.print(),
            Act::Share => self.share(ctx),
            Act::Shared(Shared::Handed) => {}
            Act::Shared(Shared::Copied) => self.say(NoticeKind::Info, key::SHARE_COPIED.say()),
            Act::Shared(Shared::Refused) => self.say(NoticeKind::Problem, key::SHARE_REFUSED.say()),
            Act::Grade(grade, easier) => self.do_at(ctx, grade, easier),
            Act::Read => self.read_step(lang, true),
            Act::ReadEach => {
                doing.each = !doing.each;
                doing.read.clear();
                if !doing.each {
                    speech::stop();
                }
            }
            Act::VoicesFound => doing.voice = Some(speech::voice(lang) == Some(true)),
            Act::SetTimer(minutes) => {
                let was = doing.timer.take();
                doing.timer = (was.map(|timer| timer.minutes) != Some(minutes)).then(|| Timer::set(minutes));
            }
            Act::RunTimer => match &mut doing.timer {
                Some(timer) if timer.runs() => timer.pause(now),
                _ => self.start_timer(ctx),
            },
            Act::TimerAgain => {
                doing.timer = doing.timer.map(|timer| Timer::set(timer.minutes));
                self.start_timer(ctx);
            }
            Act::Tick(number) if number == doing.ticking => self.tick(ctx),
            Act::Tick(_) => {}
            Act::Awake(lock) if doing.under_way.is_some() => {
                doing.dark = lock.is_none();
                doing.lock = lock;
            }
            // It came when the family had gone on.
            Act::Awake(lock) => lock.iter().for_each(Lock::release),
            Act::Returned => keep_awake(ctx),
        }
    }

    /// Begins and ends what goes on only while an activity is under way, and reads the step if each is to be read.
    #[inline(never)]
    pub(super) fn later_attend(&mut self, ctx: &Context<Self>) {
        let at = match &self.state.route {
            Route::Doing(id, _, step) if self.state.present.is_some() => Some((id.clone(), *step)),
            _ => None,
        };
        let doing = &mut self.state.doing;
        if at != doing.under_way {
            let (before, after) = (doing.under_way.as_ref(), at.as_ref());
            let same = before
                .zip(after)
                .is_some_and(|(before, after)| before.0 == after.0);
            doing.told |= before.is_some() && (doing.dark || doing.voice == Some(false));
            if !same {
                let left = std::mem::take(doing);
                doing.told = left.told;
                left.end();
            }
            doing.changed.clear();
            doing.under_way = at;
            if !same && doing.under_way.is_some() {
                self.begin(ctx);
            }
        }
        if self.state.doing.each {
            self.read_step(self.state.spoken.tag, false);
        }
    }

    fn begin(&mut self, ctx: &Context<Self>) {
        let doing = &mut self.state.doing;
        keep_awake(ctx);
        let returned = ctx.link().callback(|()| super::Act::Doing(Act::Returned));
        doing._returns = wake::on_return(move || returned.emit(()));
        doing.voice = speech::voice(self.state.spoken.tag);
        if doing.voice.is_none() {
            later(ctx, FINDING_VOICES, Act::VoicesFound);
        }
    }

    /// Hands on the activity that is looked at, in words without the child.
    fn share(&self, ctx: &Context<Self>) {
        let (Some(present), Route::Activity(id, grade)) = (&self.state.present, &self.state.route) else {
            return;
        };
        let Ok(page) = activity::page(&self.state.knowledge, present, id, grade.as_deref()) else {
            return;
        };
        let text = page.to_share();
        ctx.link().send_future(async move {
            super::Act::Doing(Act::Shared(share::share(&page.title, &text).await))
        });
    }

    /// The page at a grade of the activity that is under way.
    fn under_way(&self, grade: Option<&str>) -> Option<(Page, usize)> {
        let Route::Doing(id, at, step) = &self.state.route else {
            return None;
        };
        let present = self.state.present.as_ref()?;
        let found = activity::page(&self.state.knowledge, present, id, Some(grade.unwrap_or(at)));
        found.ok().map(|page| (page, *step))
    }

    fn do_at(&mut self, ctx: &Context<Self>, grade: String, easier: bool) {
        let (Some((from, step)), Some((to, _))) = (self.under_way(None), self.under_way(Some(&grade))) else {
            return;
        };
        let way = if easier { &from.easier } else { &from.harder };
        let by = way.as_ref().map_or("", |way| way.by.as_str());
        let said = model::changed(easier, by, &to.track);
        let step = model::step_after(&from, &to, model::doing(&from, step).index);
        self.tell_pick(ctx, &to.id, Some(&grade));
        self.go(ctx, Route::Doing(to.id, grade, step), super::Address::replace);
        // Nobody is taken away from the button that they may want to press again.
        self.focus_start = false;
        self.later_attend(ctx);
        self.state.doing.changed = said;
    }

    fn read_step(&mut self, lang: &str, again: bool) {
        let Some((page, step)) = self.under_way(None) else {
            return;
        };
        let now = model::doing(&page, step).now;
        if again || now != self.state.doing.read {
            speech::read(&now, lang);
            self.state.doing.read = now;
        }
    }

    fn start_timer(&mut self, ctx: &Context<Self>) {
        let doing = &mut self.state.doing;
        if self.state.family.sounds && doing.bell.is_none() {
            doing.bell = Bell::ready();
        }
        if let Some(timer) = &mut doing.timer {
            timer.start(doing.now);
            doing.ticking += 1;
            later(ctx, 1_000, Act::Tick(doing.ticking));
        }
    }

    fn tick(&mut self, ctx: &Context<Self>) {
        let doing = &mut self.state.doing;
        match &mut doing.timer {
            Some(timer) if timer.runs() && timer.is_over(doing.now) => {
                timer.pause(doing.now);
                doing.bell.iter().for_each(Bell::ring);
            }
            Some(timer) if timer.runs() => later(ctx, 1_000, Act::Tick(doing.ticking)),
            _ => {}
        }
    }
}

impl Doing {
    fn end(self) {
        if self.under_way.is_some() {
            speech::stop();
        }
        self.lock.iter().for_each(Lock::release);
        self.bell.iter().for_each(Bell::away);
    }
}

fn keep_awake(ctx: &Context<App>) {
    ctx.link()
        .send_future(async { super::Act::Doing(Act::Awake(wake::keep().await)) });
}

fn later(ctx: &Context<App>, milliseconds: u32, act: Act) {
    ctx.link().send_future(async move {
        page::wait(milliseconds).await;
        super::Act::Doing(act)
    });
}
