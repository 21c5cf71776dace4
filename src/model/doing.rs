//! Doing an activity: one large step at a time, and the time that is left.

use super::activity::Page;
use super::track::Track;
use crate::words::key;

/// One step on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Doing {
    /// What to do now.
    pub now: String,
    /// "Get ready" or "Step 2 of 3".
    pub label: String,
    /// What comes next.
    pub next: Option<String>,
    /// Which step, from 0.
    pub index: usize,
    /// How many there are.
    pub count: usize,
}

/// The step with this index, or the last one.
pub fn doing(page: &Page, index: usize) -> Doing {
    let ready = page.set_up.len();
    let all: Vec<&String> = page.set_up.iter().chain(&page.steps).collect();
    let index = index.min(all.len().saturating_sub(1));
    let label = if index < ready {
        key::DOING_READY.say().to_owned()
    } else {
        key::DOING_STEP.with(&[
            ("n", &(index - ready + 1).to_string()),
            ("count", &page.steps.len().to_string()),
        ])
    };
    Doing {
        now: all.get(index).map_or_else(String::new, |text| (*text).clone()),
        label,
        next: all.get(index + 1).map(|text| (*text).clone()),
        index,
        count: all.len(),
    }
}

/// The step to go on with after easier or harder. Where only the help changes the steps are the same, and one stays where one
/// is; another rung has things of its own to get ready, and begins with them.
pub fn step_after(from: &Page, to: &Page, index: usize) -> usize {
    if from.on == to.on {
        index
    } else {
        0
    }
}

/// What going easier or harder has changed, in words.
pub fn changed(easier: bool, by: &str, track: &Track) -> String {
    let said = if easier {
        key::DOING_EASIER_NOW
    } else {
        key::DOING_HARDER_NOW
    };
    said.with(&[("by", &super::sentence(by)), ("verdict", track.verdict)])
}

/// A timer that a child can see. All times are milliseconds of the browser's clock, which the caller knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timer {
    /// For how long it was set.
    pub minutes: u16,
    /// What is left while it stands still.
    left: f64,
    /// When it ends, while it runs.
    end: Option<f64>,
}

impl Timer {
    /// Set, and not yet started.
    pub fn set(minutes: u16) -> Timer {
        Timer {
            minutes,
            left: f64::from(minutes) * 60_000.0,
            end: None,
        }
    }

    /// How long it can be set for: a few round lengths, and the activity's own minutes.
    pub fn lengths(own: u16) -> Vec<u16> {
        let mut all = vec![1, 2, 3, 5, 10];
        if let Err(place) = all.binary_search(&own.max(1)) {
            all.insert(place, own);
        }
        all
    }

    /// Starts it, or goes on.
    pub fn start(&mut self, now: f64) {
        if self.end.is_none() {
            self.end = Some(now + self.left);
        }
    }

    /// Stops it for now.
    pub fn pause(&mut self, now: f64) {
        self.left = self.left(now);
        self.end = None;
    }

    /// Whether it runs.
    pub fn runs(&self) -> bool {
        self.end.is_some()
    }

    /// Whether it was started at all.
    pub fn begun(&self) -> bool {
        self.runs() || self.left < f64::from(self.minutes) * 60_000.0
    }

    fn left(&self, now: f64) -> f64 {
        // A clock that was put back does not make more time than there was.
        self.end
            .map_or(self.left, |end| (end - now).clamp(0.0, self.left))
    }

    /// Whether the time is up.
    pub fn is_over(&self, now: f64) -> bool {
        self.left(now) <= 0.0
    }

    /// How much of it is left, in thousandths.
    pub fn share(&self, now: f64) -> u16 {
        (self.left(now) / f64::from(self.minutes.max(1)) / 60.0).round() as u16
    }

    /// What is left as a clock says it: "4:05". A second that has begun counts.
    pub fn clock(&self, now: f64) -> String {
        let seconds = (self.left(now) / 1000.0).ceil() as u32;
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_runs_down_pauses_goes_on_and_ends() {
        let mut timer = Timer::set(5);
        assert!(!timer.begun() && !timer.runs());
        assert_eq!((timer.clock(0.0).as_str(), timer.share(0.0)), ("5:00", 1000));
        timer.start(1_000.0);
        assert_eq!(timer.clock(1_000.0), "5:00");
        assert_eq!(timer.clock(56_000.0), "4:05");
        assert_eq!(timer.share(151_000.0), 500);
        timer.pause(151_000.0);
        assert!(timer.begun() && !timer.runs());
        assert_eq!(
            timer.clock(900_000.0),
            "2:30",
            "while it stands still no time is lost"
        );
        timer.start(900_000.0);
        assert!(!timer.is_over(1_049_999.0) && timer.is_over(1_050_000.0));
        assert_eq!(
            (timer.clock(2_000_000.0).as_str(), timer.share(2_000_000.0)),
            ("0:00", 0)
        );
    }

    #[test]
    fn starting_twice_gives_no_more_time_and_a_clock_that_is_put_back_does_not_either() {
        let mut timer = Timer::set(1);
        timer.start(10_000.0);
        timer.start(40_000.0);
        assert_eq!(timer.clock(40_000.0), "0:30");
        assert_eq!(timer.clock(-1_000_000.0), "1:00");
    }

    #[test]
    fn the_activitys_own_minutes_are_among_the_lengths_once() {
        assert_eq!(Timer::lengths(8), [1, 2, 3, 5, 8, 10]);
        assert_eq!(Timer::lengths(5), [1, 2, 3, 5, 10]);
        assert_eq!(Timer::lengths(0), [1, 2, 3, 5, 10]);
    }
}
