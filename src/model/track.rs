//! The track: one line from too easy to too hard with the just-right zone, and this activity for this child
//! on it.

use just_right_engine::demand::Outlook;

use crate::words::key;

/// Where things stand on the track, from 0 (too easy) to 1 (too hard), and what it says in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// The expected chance of success.
    pub at: f64,
    /// The middle 80 % of what it may be: from (easier side) to (harder side).
    pub smudge: (f64, f64),
    /// The just-right zone.
    pub zone: (f64, f64),
    /// The expected chance in percent.
    pub percent: u8,
    /// Where it lies: "Just right."
    pub verdict: &'static str,
    /// "About 8 times in 10 it should go well."
    pub chance: String,
    /// Whether it may be much easier or harder than it looks.
    pub unsure: bool,
    /// Where one tap on Easier, and one on Harder, would lead. Only where there are such buttons.
    pub neighbours: [Option<f64>; 2],
}

/// The ends of the track: a chance of success of .97 is too easy, .30 too hard.
const EASIEST: f64 = 0.97;
const HARDEST: f64 = 0.30;

/// Above this spread, in logits, we say that we are still finding out: it is 1.4 or more before anything was told, and ten
/// reports bring it to about 1.
pub const UNSURE: f64 = 1.2;

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// The place of a chance of success on the track: its logit, from [`EASIEST`] at the left to [`HARDEST`] at
/// the right.
fn place(p: f64) -> f64 {
    let (left, right) = (logit(EASIEST), logit(HARDEST));
    ((left - logit(p.clamp(0.001, 0.999))) / (left - right)).clamp(0.0, 1.0)
}

impl Track {
    /// For an outlook.
    pub fn of(outlook: &Outlook) -> Track {
        Track::at(outlook.success, outlook.interval(), outlook.spread > UNSURE)
    }

    /// The same beside its neighbours: the chances of success that one tap on Easier and one on Harder lead to.
    #[must_use]
    pub fn between(mut self, neighbours: [Option<f64>; 2]) -> Track {
        self.neighbours = neighbours.map(|chance| chance.map(place));
        self
    }

    /// For an expected chance of success, and the middle 80 % of what it may be.
    pub fn at(p: f64, (low, high): (f64, f64), unsure: bool) -> Track {
        let times = ((p * 10.0).round() as u8).clamp(1, 9);
        let verdict = match p {
            p if p >= 0.92 => key::TRACK_TOO_EASY,
            p if p >= 0.85 => key::TRACK_EASY_SIDE,
            p if p >= 0.65 => key::TRACK_JUST_RIGHT,
            p if p >= 0.50 => key::TRACK_STRETCH,
            _ => key::TRACK_TOO_HARD,
        };
        Track {
            at: place(p),
            smudge: (place(high), place(low)),
            zone: (place(0.85), place(0.65)),
            percent: (p * 100.0).round() as u8,
            verdict: verdict.say(),
            chance: key::TRACK_CHANCE.with(&[("n", &times.to_string())]),
            unsure,
            neighbours: [None, None],
        }
    }

    /// All of it in words.
    pub fn words(&self) -> String {
        let mut words = format!("{} {}", self.verdict, self.chance);
        if self.unsure {
            words.push(' ');
            words.push_str(key::TRACK_UNSURE.say());
        }
        words
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    /// With what it may be lying a logit to either side.
    fn track(success: f64) -> Track {
        let expected = |logit: f64| 1.0 / (1.0 + (-logit).exp());
        let middle = logit(success);
        Track::at(success, (expected(middle - 1.0), expected(middle + 1.0)), false)
    }

    #[test]
    fn easier_stands_further_left_and_the_zone_in_the_middle() {
        let (easy, right, hard) = (track(0.9), track(0.75), track(0.4));
        assert!(easy.at < right.at && right.at < hard.at);
        assert!(right.zone.0 < right.at && right.at < right.zone.1);
        assert!(
            (right.zone.0 + right.zone.1 - 1.0).abs() < 0.15,
            "the zone stands about in the middle"
        );
        assert!(right.smudge.0 < right.at && right.at < right.smudge.1);
    }

    #[test]
    fn the_words_say_the_same_as_the_place() {
        assert_eq!(
            track(0.75).words(),
            "Just right. About 8 times in 10 it should go well."
        );
        assert_eq!(
            track(0.3).words(),
            "Too hard for today. About 3 times in 10 it should go well."
        );
        let unsure = Track {
            unsure: true,
            ..track(0.75)
        };
        assert_eq!(
            unsure.words(),
            "Just right. About 8 times in 10 it should go well. We are still finding out."
        );
    }

    #[test]
    fn one_tap_easier_stands_on_the_easy_side_and_one_tap_harder_on_the_other() {
        let middle = track(0.75).between([Some(0.88), Some(0.5)]);
        let [Some(easier), Some(harder)] = middle.neighbours else {
            panic!("both are shown");
        };
        assert!(easier < middle.at && middle.at < harder);
        assert_eq!(track(0.75).neighbours, [None, None], "a card has no such buttons");
    }

    #[test]
    fn what_is_off_the_line_stands_at_its_end() {
        let far = track(0.995).between([Some(0.999), None]);
        assert_eq!((far.at, far.neighbours[0]), (0.0, Some(0.0)));
        assert_eq!(track(0.02).at, 1.0);
    }
}
