//! The same bits in the browser as natively: a family that moves from the clinic's computer to a phone keeps its picks.
//!
//! One fixed scenario is played in both worlds and everything it shows is folded into one number. When a change of
//! the model is meant to change predictions, the number changes with it: take the new one from the failing test, and see that both worlds
//! agree on it.
#![allow(clippy::unwrap_used)]

mod common;

use common::{random_protection, random_repertoire, Dice};
use just_right_engine::ability::Profile;
use just_right_engine::area::Area;
use just_right_engine::demand::{Band, Outlook};
use just_right_engine::grading::{Plan, Request};
use just_right_engine::joint::together;
use just_right_engine::pick::{picks, Dial, Done, Rest, Wanted};
use just_right_engine::question::{Answer, Form, Question, Rating, Reply};
use just_right_engine::report::{Level, Told};
use just_right_engine::unit::Logit;

/// What the scenario comes to, everywhere.
const EVERYWHERE: u64 = 0x676a_8fab_934f_cfb8;

/// FNV-1a, 64 bits.
struct Print(u64);

impl Print {
    fn bits(&mut self, value: u64) {
        for byte in value.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn number(&mut self, value: f64) {
        self.bits(value.to_bits());
    }

    fn outlook(&mut self, outlook: &Outlook) {
        self.number(outlook.success);
        self.number(outlook.centre);
        self.number(outlook.spread);
        self.number(outlook.chance_too_hard());
        self.number(outlook.interval().0);
    }

    fn plan(&mut self, plan: &Plan) {
        self.outlook(&plan.outlook);
        self.number(plan.in_band);
        for (area, chance) in &plan.factors {
            self.bits(area.index() as u64);
            self.number(*chance);
        }
        for change in &plan.changes {
            self.number(change.success_without);
        }
        for step in [plan.easier, plan.harder].into_iter().flatten() {
            self.number(step.success);
            self.grade(step.grade.rung, &step.grade.settings);
        }
        self.grade(plan.grade.rung, &plan.grade.settings);
    }

    fn grade(&mut self, rung: u8, settings: &[u8]) {
        self.bits(u64::from(rung));
        for &setting in settings {
            self.bits(u64::from(setting));
        }
    }
}

/// Three families over three weeks: ratings, a questionnaire in both forms, then picks and reports, told finely and coarsely, on
/// every second day; and at the end something to play together.
fn scenario() -> u64 {
    let mut print = Print(0xcbf2_9ce4_8422_2325);
    let mut children = Vec::new();
    for (family, age) in [(1, 20.0), (2, 47.0), (3, 110.0)] {
        let mut dice = Dice(family);
        let mut profile = Profile::of_age(common::months(age));
        let repertoire = random_repertoire(&mut dice, profile.age(), 12);
        let protection = random_protection(&mut dice);
        let mut open: Vec<Question> = Area::ALL
            .into_iter()
            .map(|area| Question {
                area,
                at: Logit::saturating(profile.ability(area).get() + 0.5),
                spread: 0.7,
                slope: 1.2,
            })
            .collect();
        for area in [Area::GrossMotor, Area::Attention] {
            profile.rate(area, dice.of(&Rating::ALL));
        }
        if let Some(next) = profile.most_telling(&open, Form::YesNo) {
            profile.reply(&open.remove(next), Reply::Yes(dice.chance(0.5)));
        }
        for asked in 0..6 {
            let Some(next) = profile.next_question(&open, asked) else {
                break;
            };
            profile.answer(&open.remove(next), dice.of(&Answer::ALL));
        }
        let mut done: Vec<Done> = Vec::new();
        for _ in 0..10 {
            let dial = dice.of(&[Dial::Easier, Dial::JustRight, Dial::Stretch]);
            let request = Request {
                profile: &profile,
                protection: &protection,
                band: dial.band(),
                minutes: None,
                therapist: false,
            };
            let wanted = Wanted::in_the_app(3, &done, repertoire.activities.len());
            let offered = picks(&repertoire, &request, &wanted).picks;
            for pick in &offered {
                print.bits(pick.activity as u64);
                print.plan(&pick.plan);
            }
            for (pick, finely) in offered.iter().zip([true, true, false]) {
                done.push(Done {
                    activity: repertoire.activities[pick.activity].id.clone(),
                    demands: pick.plan.demands,
                    rest: Rest::Usual,
                });
                let level = dice.of(&Level::ALL);
                let told = if finely {
                    Told::Level(level)
                } else {
                    Told::Success(level.is_success())
                };
                profile.hear(&pick.plan.demands, told);
            }
            profile.elapse(2.0);
        }
        for a in Area::ALL {
            print.number(profile.ability(a).get());
            for b in Area::ALL {
                print.number(profile.covariance(a, b));
            }
        }
        print.number(profile.reporter().0);
        print.number(profile.reporter().1);
        children.push((profile, protection));
    }
    let repertoire = random_repertoire(&mut Dice(9), common::months(50.0), 12);
    let requests: Vec<Request> = children
        .iter()
        .map(|(profile, protection)| Request {
            profile,
            protection,
            band: Band::JUST_RIGHT,
            minutes: None,
            therapist: true,
        })
        .collect();
    for pair in [[0, 1], [1, 2]] {
        let joint = together(&repertoire, &pair.map(|child| requests[child]), 4);
        print.bits(joint.len() as u64);
        for joint in joint {
            print.bits(joint.activity as u64);
            joint.roles.iter().for_each(|plan| print.plan(plan));
        }
    }
    print.0
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_picks_are_the_same_to_the_last_bit_natively_and_in_the_browser() {
    let found = scenario();
    assert_eq!(found, EVERYWHERE, "the scenario came to {found:#018x}");
}
