//! Numbers that come from records of real children: everyday abilities, called anchors, each with the ability at
//! which half of the children show it; and effects, each the distance between two anchors that differ in one thing.
//!
//! Derived from childdevdata (CC BY 4.0) by Stef van Buuren, Iris Eekhout and the Global Child Development Group:
//! items that ask for the same ability were put together under a description in our own words. NOTICE says how.

use just_right_engine::area::Area::{self, *};

/// An everyday ability with its place on the scale.
#[derive(Debug)]
pub struct Anchor {
    /// As a source names it: `data lid_off`.
    pub name: &'static str,
    /// What the child does.
    pub what: &'static str,
    /// The areas that it speaks of.
    pub areas: &'static [Area],
    /// The ability at which half of the children show it, in logits.
    pub logit: f64,
    /// The age that the growth curve gives for it, in months.
    pub months: f64,
}

/// What changing one thing does.
#[derive(Debug)]
pub struct Effect {
    /// Which kind of change.
    pub lever: &'static str,
    /// The easier anchor.
    pub from: &'static str,
    /// The harder one.
    pub to: &'static str,
    /// How much harder it makes things, in logits.
    pub logit: f64,
}

impl Anchor {
    /// The anchor with this name.
    pub fn named(name: &str) -> Option<&'static Anchor> {
        ANCHORS.iter().find(|anchor| anchor.name == name)
    }
}

impl Effect {
    /// The effect that a source names by its two anchors: `tower_2..tower_8`.
    pub fn named(name: &str) -> Option<&'static Effect> {
        let (from, to) = name.split_once("..")?;
        EFFECTS
            .iter()
            .find(|effect| effect.from == from && effect.to == to)
    }
}

const fn anchor(
    name: &'static str,
    what: &'static str,
    areas: &'static [Area],
    logit: f64,
    months: f64,
) -> Anchor {
    Anchor {
        name,
        what,
        areas,
        logit,
        months,
    }
}

const fn effect(lever: &'static str, from: &'static str, to: &'static str, logit: f64) -> Effect {
    Effect {
        lever,
        from,
        to,
        logit,
    }
}

/// All anchors.
#[rustfmt::skip]
pub const ANCHORS: [Anchor; 89] = [
    anchor("sit_alone", "sits on the floor without hands or support", &[GrossMotor], -8.01, 6.3),
    anchor("stand_alone", "stands without holding on", &[GrossMotor], -3.56, 11.8),
    anchor("walk_held", "walks with someone or something holding", &[GrossMotor], -4.55, 10.2),
    anchor("walk_alone", "walks several steps alone", &[GrossMotor], -3.01, 12.7),
    anchor("walk_backward", "takes steps backwards", &[GrossMotor, BodyAwareness], -1.65, 15.3),
    anchor("run", "runs without falling often", &[GrossMotor], -0.97, 16.9),
    anchor("kick_ball", "kicks a ball forward", &[GrossMotor, HandEye], -1.23, 16.3),
    anchor("throw_over", "throws a ball overarm while standing", &[GrossMotor, HandEye], 1.17, 22.7),
    anchor("stairs_up_held", "goes up stairs with a hand held, both feet per step", &[GrossMotor], -2.08, 14.4),
    anchor("stairs_up_both", "goes up stairs alone, both feet per step", &[GrossMotor], 1.99, 25.5),
    anchor("stairs_up_alt", "goes up stairs alone, one foot per step", &[GrossMotor, MotorPlanning], 5.14, 39.5),
    anchor("stairs_down_held", "comes down stairs with support, both feet per step", &[GrossMotor], -1.56, 15.5),
    anchor("stairs_down_both", "comes down stairs alone, both feet per step", &[GrossMotor], 2.41, 27.0),
    anchor("stairs_down_alt", "comes down stairs alone, one foot per step", &[GrossMotor, MotorPlanning], 7.06, 51.7),
    anchor("jump_up", "jumps up, both feet off the floor", &[GrossMotor], 1.14, 22.6),
    anchor("jump_off_step", "jumps down from the lowest step", &[GrossMotor], 1.99, 25.5),
    anchor("jump_fwd_10cm", "jumps forward about 10 cm", &[GrossMotor, MotorPlanning], 2.42, 27.1),
    anchor("jump_fwd_60cm", "jumps forward about 60 cm", &[GrossMotor, MotorPlanning], 6.66, 48.9),
    anchor("tiptoe", "walks on tiptoe a few steps", &[GrossMotor, BodyAwareness], 2.64, 27.9),
    anchor("walk_line", "steps along a line on the floor", &[GrossMotor, BodyAwareness], 2.69, 28.1),
    anchor("heel_toe", "walks heel to toe along a line", &[GrossMotor, BodyAwareness], 8.58, 63.9),
    anchor("balance_held", "stands on one foot while holding on", &[GrossMotor, BodyAwareness], -0.37, 18.3),
    anchor("balance_1s", "stands on one foot about 1 s", &[GrossMotor, BodyAwareness], 2.47, 27.2),
    anchor("balance_2s", "stands on one foot about 2 s", &[GrossMotor, BodyAwareness], 3.59, 31.9),
    anchor("balance_3s", "stands on one foot about 3 s", &[GrossMotor, BodyAwareness], 5.97, 44.4),
    anchor("balance_4s", "stands on one foot about 4 s", &[GrossMotor, BodyAwareness], 7.11, 52.0),
    anchor("balance_8s", "stands on one foot about 8 s", &[GrossMotor, BodyAwareness], 8.30, 61.4),
    anchor("hop", "hops on one foot, several hops forward", &[GrossMotor, MotorPlanning], 6.94, 50.8),
    anchor("copy_postures", "copies whole-body poses shown by an adult", &[MotorPlanning, BodyAwareness], 5.14, 39.5),
    anchor("copy_hands", "copies hand positions shown by an adult", &[MotorPlanning, BodyAwareness, FineMotor], 4.09, 34.2),
    anchor("scribble", "makes marks with a crayon unprompted", &[FineMotor, VisualMotor], -3.42, 12.0),
    anchor("stroke_vertical", "draws an up-down line after seeing it drawn", &[FineMotor, VisualMotor], 1.75, 24.6),
    anchor("stroke_horizontal", "draws a side-to-side line after seeing it drawn", &[FineMotor, VisualMotor], 1.80, 24.8),
    anchor("circle_imitate", "draws a round shape after seeing it drawn", &[FineMotor, VisualMotor], 2.90, 28.9),
    anchor("circle_copy", "copies a circle from a picture", &[FineMotor, VisualMotor], 3.55, 31.7),
    anchor("cross_imitate", "draws a cross after seeing it drawn", &[FineMotor, VisualMotor], 5.26, 40.2),
    anchor("cross_copy", "copies a cross from a picture", &[FineMotor, VisualMotor], 6.50, 47.8),
    anchor("square_imitate", "draws a square after seeing it drawn", &[FineMotor, VisualMotor], 8.16, 60.3),
    anchor("square_copy", "copies a square from a picture", &[FineMotor, VisualMotor], 8.71, 65.1),
    anchor("person_3", "draws a person with at least 3 parts", &[FineMotor, VisualMotor, BodyAwareness], 5.48, 41.5),
    anchor("person_6", "draws a person with at least 6 parts", &[FineMotor, VisualMotor, BodyAwareness], 8.22, 60.8),
    anchor("snip", "snips paper edge with scissors", &[FineMotor, HandEye], 2.83, 28.7),
    anchor("cut_across", "cuts a sheet in two", &[FineMotor, HandEye], 4.71, 37.2),
    anchor("cut_line", "cuts along a drawn line", &[FineMotor, HandEye, VisualMotor], 6.24, 46.1),
    anchor("cut_square", "cuts out a square", &[FineMotor, HandEye, VisualMotor], 9.35, 71.1),
    anchor("cut_circle", "cuts out a circle", &[FineMotor, HandEye, VisualMotor], 9.94, 77.2),
    anchor("string_beads", "strings beads or blocks on a lace", &[FineMotor, HandEye], 2.34, 26.8),
    anchor("fold_paper", "folds a sheet of paper", &[FineMotor, VisualMotor], 2.35, 26.8),
    anchor("tower_2", "stacks 2 blocks", &[FineMotor, HandEye], -2.12, 14.4),
    anchor("tower_8", "stacks 8 blocks", &[FineMotor, HandEye], 2.13, 26.0),
    anchor("bridge_3", "builds a 3-block bridge like a model", &[FineMotor, VisualMotor], 3.91, 33.3),
    anchor("coin_slot", "posts coins in a slot", &[FineMotor, HandEye], -2.79, 13.1),
    anchor("lid_off", "takes the lid off a bottle", &[FineMotor], -1.19, 16.4),
    anchor("button_1", "does up one button", &[FineMotor, SelfCare], 5.10, 39.3),
    anchor("cup", "drinks from an open cup", &[SelfCare], -2.53, 13.6),
    anchor("spoon_start", "starts feeding self with a spoon", &[SelfCare, FineMotor], -1.36, 16.0),
    anchor("spoon_tidy", "uses a spoon with little spilling", &[SelfCare, FineMotor], 1.28, 23.1),
    anchor("utensil_alone", "feeds self with spoon or fork, no help", &[SelfCare, FineMotor], 1.38, 23.4),
    anchor("fork", "eats with a fork", &[SelfCare, FineMotor], 1.93, 25.3),
    anchor("fork_cut", "cuts soft food with the side of a fork", &[SelfCare, FineMotor], 7.20, 52.7),
    anchor("shoes_off", "takes shoes off", &[SelfCare], 1.65, 24.3),
    anchor("some_clothes_on", "puts on some clothing", &[SelfCare], 1.30, 23.1),
    anchor("coat_on", "puts on coat or jacket", &[SelfCare, MotorPlanning], 2.88, 28.9),
    anchor("tshirt_on", "puts on a T-shirt", &[SelfCare, MotorPlanning, BodyAwareness], 4.22, 34.8),
    anchor("dress_alone", "dresses without help", &[SelfCare, Executive], 5.41, 41.1),
    anchor("hands_wash_dry", "washes and dries hands", &[SelfCare, Executive], 3.29, 30.5),
    anchor("teeth_helped", "brushes teeth with help", &[SelfCare], 0.78, 21.5),
    anchor("teeth_alone", "brushes teeth without help (parent report; does not mean a clean mouth)", &[SelfCare, Executive], 5.95, 44.3),
    anchor("zip_after_demo", "moves a zip up and down after a demonstration", &[SelfCare, FineMotor], 1.18, 22.8),
    anchor("story", "listens to a short story", &[Attention], 0.42, 20.5),
    anchor("direction_1", "follows a one-part spoken direction", &[Attention, Cognition], -1.20, 16.3),
    anchor("direction_2", "follows a two-part spoken direction", &[Attention, Executive], 0.73, 21.4),
    anchor("direction_3", "follows a three-step spoken command", &[Attention, Executive], 9.22, 69.9),
    anchor("digits_2", "repeats 2 numbers", &[Attention, Cognition], 3.84, 33.0),
    anchor("digits_3", "repeats 3 numbers", &[Attention, Cognition], 5.63, 42.3),
    anchor("two_step_imitate", "copies a two-step action", &[Executive, MotorPlanning], 2.69, 28.1),
    anchor("match_pictures", "matches identical pictures", &[Cognition, VisualMotor], 1.74, 24.6),
    anchor("match_colours", "matches 3 colours", &[Cognition, VisualMotor], 4.18, 34.6),
    anchor("match_size", "matches by size", &[Cognition, VisualMotor], 5.24, 40.1),
    anchor("sort_colour", "sorts by colour", &[Cognition, Executive], 6.04, 44.8),
    anchor("count_1to1", "counts objects one by one", &[Cognition, Attention], 5.56, 41.9),
    anchor("shape_1", "places 1 shape in a shape board", &[VisualMotor, HandEye], -1.49, 15.7),
    anchor("shape_all", "completes a 3-shape board", &[VisualMotor, HandEye], 0.70, 21.3),
    anchor("shape_rotated", "completes the same board after it is turned round", &[VisualMotor, Cognition], 1.97, 25.4),
    anchor("pegs_2", "puts 2 pegs in holes", &[FineMotor, HandEye], -3.51, 11.8),
    anchor("pegs_6", "puts 6 pegs in holes", &[FineMotor, HandEye], -2.35, 13.9),
    anchor("pegs_timed", "fills the pegboard against the clock (25 s)", &[FineMotor, HandEye, Attention], 0.56, 20.9),
    anchor("place_memory", "remembers where things were placed", &[Cognition, Attention, VisualMotor], 7.03, 51.5),
    anchor("feel_shapes", "tells shapes apart by touch", &[Sensory, Cognition], 3.85, 33.0),
];

/// All effects.
#[rustfmt::skip]
pub const EFFECTS: [Effect; 33] = [
    effect("assistance", "stairs_up_held", "stairs_up_both", 4.07),
    effect("assistance", "stairs_down_held", "stairs_down_both", 3.97),
    effect("assistance", "balance_held", "balance_2s", 3.96),
    effect("assistance", "walk_held", "walk_alone", 1.54),
    effect("assistance", "teeth_helped", "teeth_alone", 5.17),
    effect("assistance", "spoon_start", "utensil_alone", 2.74),
    effect("demonstration", "circle_imitate", "circle_copy", 0.65),
    effect("demonstration", "cross_imitate", "cross_copy", 1.24),
    effect("demonstration", "square_imitate", "square_copy", 0.55),
    effect("time limit", "pegs_6", "pegs_timed", 2.91),
    effect("quantity", "pegs_2", "pegs_6", 1.16),
    effect("quantity", "tower_2", "tower_8", 4.25),
    effect("duration", "balance_1s", "balance_2s", 1.12),
    effect("duration", "balance_2s", "balance_3s", 2.38),
    effect("duration", "balance_3s", "balance_4s", 1.14),
    effect("duration", "balance_2s", "balance_8s", 4.71),
    effect("distance", "jump_fwd_10cm", "jump_fwd_60cm", 4.24),
    effect("precision", "snip", "cut_across", 1.88),
    effect("precision", "cut_across", "cut_line", 1.53),
    effect("precision", "cut_line", "cut_square", 3.11),
    effect("precision", "cut_line", "cut_circle", 3.70),
    effect("precision", "walk_line", "heel_toe", 5.89),
    effect("form complexity", "circle_copy", "cross_copy", 2.95),
    effect("form complexity", "cross_copy", "square_copy", 2.21),
    effect("coordination", "stairs_up_both", "stairs_up_alt", 3.15),
    effect("coordination", "stairs_down_both", "stairs_down_alt", 4.65),
    effect("steps", "direction_1", "direction_2", 1.93),
    effect("steps", "digits_2", "digits_3", 1.79),
    effect("steps", "some_clothes_on", "dress_alone", 4.11),
    effect("layout", "shape_1", "shape_all", 2.19),
    effect("layout", "shape_all", "shape_rotated", 1.27),
    effect("quality", "spoon_start", "spoon_tidy", 2.64),
    effect("materials", "spoon_tidy", "fork", 0.65),
];

#[cfg(test)]
mod tests {
    use super::*;
    use just_right_engine::growth;
    use just_right_engine::unit::Months;

    #[test]
    fn an_anchors_age_and_its_ability_lie_on_the_growth_curve() {
        for anchor in &ANCHORS {
            let at_that_age = growth::typical(Months::saturating(anchor.months)).get();
            assert!(
                (at_that_age - anchor.logit).abs() < 0.05,
                "{anchor:?}: {at_that_age}"
            );
        }
    }

    #[test]
    fn an_effect_lies_between_two_anchors_and_is_near_their_distance() {
        for effect in &EFFECTS {
            let logit = |name| Anchor::named(name).map(|anchor| anchor.logit);
            let apart = logit(effect.to)
                .zip(logit(effect.from))
                .map(|(to, from)| to - from);
            // They were measured child by child, so they are not quite the difference of two medians.
            assert!(
                apart.is_some_and(|apart| (apart - effect.logit).abs() < 0.35),
                "{effect:?}: {apart:?}"
            );
        }
    }

    #[test]
    fn each_name_stands_there_once() {
        for (index, anchor) in ANCHORS.iter().enumerate() {
            assert!(
                ANCHORS[..index].iter().all(|other| other.name != anchor.name),
                "{anchor:?}"
            );
        }
    }
}
