//! What the engine takes the world to be: a handful of numbers, each with where it is from.

/// The engine's own configuration. [`Model::default`] is what the app uses; [`Model::textbook`] switches
/// everything off that textbooks leave out, for reference numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// Chance that an area carries an extra drop: 0 to 0.5. A child with one specific difficulty would
    /// otherwise sit in the far tail of the Gaussian, and the engine would be slow to believe it.
    pub drop: f64,
    /// How deep such a drop is on average, in logits.
    pub drop_mean: f64,
    /// And how far drops lie apart: standard deviation in logits.
    pub drop_sd: f64,
    /// Share of reports that are tapped at random: 0 to 0.5.
    pub careless: f64,
    /// How unsure a demand is of which nothing better is known: standard deviation in logits.
    pub item_sd: f64,
    /// How much a child's day moves success: standard deviation in logits.
    pub child_sd: f64,
    /// How far reporters lie apart in what they call a success: standard deviation in logits.
    pub reporter_sd: f64,
    /// Chance that for this child strong areas make up for weak ones, so that a task does not fail at its weakest area.
    pub making_up: f64,
    /// If so, how far: 0 is a pure conjunction, 1 a plain mean of the areas.
    pub making_up_mean: f64,
    /// And how unsure that is: standard deviation.
    pub making_up_sd: f64,
    /// How fast a deviation from the typical child fades: mean time in days.
    pub fading_days: f64,
}

/// Mean time over which a deviation from the typical child fades, in days: on real children visits three
/// months apart correlate at about .75 (AR(1)).
const FADING_DAYS: f64 = 91.0 / 0.287_682_072_451_780_9;

impl Model {
    /// What the app uses.
    pub const DEFAULT: Model = Model {
        drop: 0.15,
        drop_mean: 3.0,
        drop_sd: 1.0,
        careless: 0.06,
        item_sd: 0.35,
        child_sd: 0.35,
        reporter_sd: 0.2,
        making_up: 0.08,
        making_up_mean: 0.6,
        making_up_sd: 0.35,
        fading_days: FADING_DAYS,
    };

    /// The plain textbook model: one Gaussian, sure demands, careful and unbiased reports.
    pub const fn textbook() -> Model {
        Model {
            drop: 0.0,
            drop_mean: 0.0,
            drop_sd: 0.0,
            careless: 0.0,
            item_sd: 0.0,
            child_sd: 0.0,
            reporter_sd: 0.0,
            making_up: 0.0,
            making_up_mean: 0.0,
            making_up_sd: 0.0,
            fading_days: FADING_DAYS,
        }
    }

    /// How much the link is softened for what is not known of an activity and of the child's day: the logit is
    /// divided by √(1 + .346 (σ_item² + σ_day²)), the logistic-normal approximation.
    pub(crate) fn softening(&self, item_sd: f64) -> f64 {
        libm::sqrt(1.0 + 0.346 * (item_sd * item_sd + self.child_sd * self.child_sd))
    }
}

impl Default for Model {
    fn default() -> Self {
        Model::DEFAULT
    }
}
