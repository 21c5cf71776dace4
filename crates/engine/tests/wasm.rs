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
use just_right_engine::pick::{picks, Dial};
use just_right_engine::question::{Answer, Question};
use just_right_engine::report::Level;
use just_right_engine::unit::Logit;

/// What the scenario comes to, everywhere.
const EVERYWHERE: u64 = 0x5b81_8a4f_7c89_d079;

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

/// Three families over three weeks: a questionnaire, then picks and reports on every second day.
fn scenario() -> u64 {
    let mut print = Print(0xcbf2_9ce4_8422_2325);
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
            })
            .collect();
        for asked in 0..6 {
            let Some(next) = profile.next_question(&open, asked) else {
                break;
            };
            profile.answer(&open.remove(next), dice.of(&Answer::ALL));
        }
        let mut done = Vec::new();
        for _ in 0..10 {
            let request = Request {
                profile: &profile,
                protection: &protection,
                band: Band::JUST_RIGHT,
                minutes: None,
                therapist: false,
            };
            let dial = dice.of(&[Dial::Easier, Dial::JustRight, Dial::Stretch]);
            let offered = picks(&repertoire, &request, dial, &done, 3).picks;
            for pick in &offered {
                print.bits(pick.activity as u64);
                print.plan(&pick.plan);
            }
            for pick in &offered {
                done.push(repertoire.activities[pick.activity].id.clone());
                profile.report(&pick.plan.demands, dice.of(&Level::ALL));
            }
            profile.elapse(2.0);
        }
        for a in Area::ALL {
            print.number(profile.ability(a).get());
            for b in Area::ALL {
                print.number(profile.covariance(a, b));
            }
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
