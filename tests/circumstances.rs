//! What a family was promised of its circumstances: nothing that does not fit is offered, and every number is true.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;

use common::{child, family, knowledge, page, present, reported, TODAY};
use just_right::family::{
    Change, Circumstances, Company, Day, Declined, Energy, Family, MessAllowed, Reason, Response, Whereabouts,
};
use just_right::model::circumstances::{fits, summary, Asks, Fit};
use just_right::model::picks::cards;
use just_right_catalogue::content::{Activity, Mess, Movement, Noise, Place, Sense};
use just_right_engine::grading::{self, Request};
use just_right_engine::report::Level;

fn with(family: &Family, circumstances: &Circumstances) -> Family {
    family.apply(&Change::CircumstancesSet(circumstances.clone()))
}

/// Ids of all that is offered, one round after the other.
fn offered(family: &Family) -> Vec<String> {
    let all = cards(
        knowledge(),
        &present(family),
        knowledge().catalogue.activities.len(),
    );
    all.into_iter().map(|card| card.id).collect()
}

fn content(id: &str) -> &'static Activity {
    knowledge().activity(id).unwrap().1
}

/// All that can be said of today, each on its own and some of it together.
fn days() -> Vec<Circumstances> {
    let nothing = Circumstances::default;
    let mut all: Vec<Circumstances> = Asks::ALL
        .into_iter()
        .flat_map(|asks| (0..asks.count()).map(move |answer| asks.answered(answer, &nothing(), TODAY)))
        .collect();
    let some: Vec<Circumstances> = all.iter().step_by(3).cloned().collect();
    for (one, other) in some.iter().zip(some.iter().skip(2)) {
        all.push(Circumstances {
            minutes: one.minutes.or(other.minutes),
            place: one.place.or(other.place),
            company: one.company.or(other.company),
            mess: one.mess.or(other.mess),
            energy: one.energy.or(other.energy),
            missing: vec!["paper".into(), "ball".into()],
        });
    }
    all
}

/// What each condition means, written down once more from what the screen says.
fn keeps_the_word(one: &Activity, today: &Circumstances) {
    if let Some(most) = today.minutes {
        assert!(one.minutes.iter().sum::<u16>() <= most, "{} is too long", one.id);
    }
    match today.place {
        Some(Whereabouts::Inside) => assert!(one.place.0 != Place::Outdoors, "{}", one.id),
        Some(Whereabouts::Outside) => assert!(
            !matches!(
                one.place.0,
                Place::Table | Place::Floor | Place::Kitchen | Place::Bathroom
            ),
            "{}",
            one.id
        ),
        Some(Whereabouts::OnTheWay) => assert!(one.place.0 == Place::Anywhere, "{}", one.id),
        None => {}
    }
    if today.company == Some(Company::TheTwoOfUs) {
        assert_eq!(one.partners, 0, "{}", one.id);
    }
    match today.mess {
        Some(MessAllowed::None) => assert!(one.mess.0 == Mess::None, "{}", one.id),
        Some(MessAllowed::Some) => assert!(one.mess.0 != Mess::Messy, "{}", one.id),
        None => {}
    }
    match today.energy {
        Some((Energy::NeedsToMove, _)) => assert!(one.movement.0 == Movement::Lots, "{}", one.id),
        Some((Energy::Calm, _)) => {
            assert!(
                one.movement.0 != Movement::Lots && one.noise.0 == Noise::Quiet,
                "{}",
                one.id
            );
        }
        Some((Energy::Overloaded, _)) => assert!(
            one.movement.0 == Movement::Still && one.noise.0 == Noise::Quiet && one.mess.0 == Mess::None,
            "{}",
            one.id
        ),
        None => {}
    }
    let needs = one
        .things
        .iter()
        .map(|&thing| &knowledge().catalogue.things[usize::from(thing)]);
    for thing in needs {
        assert!(
            !today.missing.contains(&thing.id),
            "{} needs {}",
            one.id,
            thing.id
        );
    }
}

#[test]
fn nothing_is_offered_that_does_not_fit_and_the_number_is_what_is_offered() {
    for months in [20, 50, 100] {
        for today in days() {
            let family = with(&family(months), &today);
            let offered = offered(&family);
            offered.iter().for_each(|id| keeps_the_word(content(id), &today));
            let fit = Fit::of(knowledge(), &present(&family));
            assert_eq!(
                fit.count,
                offered.len(),
                "{months} months: {}",
                summary(knowledge(), &present(&family))
            );
        }
    }
}

#[test]
fn without_circumstances_all_is_as_before() {
    let everything = family(50);
    assert_eq!(
        summary(knowledge(), &present(&everything)),
        "Anything goes: tell us about today"
    );
    assert!(offered(&everything).len() > 100);
    assert!(Fit::of(knowledge(), &present(&everything)).ways.is_empty());
}

#[test]
fn a_condition_that_is_relaxed_brings_as_many_as_it_says() {
    let hard = Circumstances {
        minutes: Some(5),
        place: Some(Whereabouts::OnTheWay),
        mess: Some(MessAllowed::None),
        energy: Some((Energy::NeedsToMove, TODAY)),
        missing: vec!["paper".into(), "pens".into()],
        ..Circumstances::default()
    };
    let mut helped = 0;
    for months in [18, 30, 50, 75, 110, 140] {
        let family = with(&family(months), &hard);
        let fit = Fit::of(knowledge(), &present(&family));
        assert!(fit.count < 3, "{}", fit.count);
        assert!(!fit.ways.is_empty() && fit.ways.len() <= 4);
        for way in &fit.ways {
            let then = offered(&with(&family, &way.then)).len();
            assert_eq!(then, fit.count + way.more, "{}", way.said);
            assert!(
                way.more > 0 && way.said.contains(&way.more.to_string()),
                "{}",
                way.said
            );
            helped += 1;
        }
        assert!(fit.ways.windows(2).all(|pair| pair[0].more >= pair[1].more));
    }
    assert!(helped > 6);
}

#[test]
fn the_shortest_step_that_helps_is_offered() {
    let today = Circumstances {
        minutes: Some(5),
        energy: Some((Energy::NeedsToMove, TODAY)),
        place: Some(Whereabouts::OnTheWay),
        ..Circumstances::default()
    };
    let family = with(&family(50), &today);
    let fit = Fit::of(knowledge(), &present(&family));
    let longer = fit
        .ways
        .iter()
        .find(|way| way.then.minutes != today.minutes)
        .unwrap();
    let minutes = longer.then.minutes.unwrap();
    assert!(
        longer
            .said
            .starts_with(&format!("Allow {minutes} minutes instead of 5: ")),
        "{}",
        longer.said
    );
    for less in [10, 15, 30].into_iter().filter(|&less| less < minutes) {
        let then = Circumstances {
            minutes: Some(less),
            ..today.clone()
        };
        assert_eq!(
            offered(&with(&family, &then)).len(),
            fit.count,
            "{less} minutes would do"
        );
    }
}

#[test]
fn how_the_child_is_today_is_forgotten_tomorrow_and_the_rest_is_not() {
    let today = Circumstances {
        place: Some(Whereabouts::Inside),
        energy: Some((Energy::Calm, Day(TODAY.0 - 1))),
        ..Circumstances::default()
    };
    let said = summary(knowledge(), &present(&with(&family(50), &today)));
    assert_eq!(said, "Inside");
}

#[test]
fn a_child_to_whom_all_is_too_much_gets_easy_things_in_a_quiet_corner() {
    let today = Circumstances {
        energy: Some((Energy::Overloaded, TODAY)),
        ..Circumstances::default()
    };
    let usual = family(60);
    let family = with(&usual, &today);
    let picked = cards(knowledge(), &present(&family), 6);
    let mut quiet = 0;
    for card in &picked {
        let page = page(&family, &card.id, Some(&card.grade));
        assert!(
            page.plan.outlook.success > 0.75,
            "{}: {}",
            card.id,
            page.plan.outlook.success
        );
        quiet += usize::from(card.grade.contains("place.quiet"));
    }
    assert!(quiet * 2 > picked.len(), "{quiet} of {}", picked.len());
}

#[test]
fn what_helps_with_a_sense_is_put_on_where_the_activity_stirs_it_and_belief_does_not_move() {
    let usual = family(60);
    let id = child(&usual).id;
    let family = usual.apply(&Change::SenseSet(id, Sense::Sound, Some(Response::Avoids)));
    let (before, after) = (present(&usual), present(&family));
    assert_eq!(before.profile, after.profile);
    let all = cards(knowledge(), &after, 60);
    let stirred: Vec<_> = all
        .iter()
        .filter(|card| {
            content(&card.id)
                .senses
                .iter()
                .any(|sense| sense.0 == Sense::Sound)
        })
        .collect();
    assert!(stirred.len() > 5);
    for card in &stirred {
        let one = content(&card.id);
        let (_, activity) = knowledge().activity(&card.id).unwrap();
        let page = page(&family, &card.id, Some(&card.grade));
        let has_place = one
            .levers
            .iter()
            .any(|&lever| knowledge().catalogue.levers[usize::from(lever)].id == "place");
        let crowded = page.plan.changes.len() >= 2;
        assert!(
            !has_place || crowded || card.grade.contains("place.quiet"),
            "{} {}",
            card.id,
            card.grade
        );
        assert!(
            page.changes.iter().any(|change| change.name == "Sounds"),
            "{}",
            activity.id
        );
    }
    // What does not stir it stays as it was.
    let request = Request { ..before.request() };
    for (index, one) in knowledge().catalogue.activities.iter().enumerate() {
        if one.senses.iter().all(|sense| sense.0 != Sense::Sound) {
            let activity = &knowledge().repertoire.activities[index];
            let Ok(plan) = grading::best(&knowledge().repertoire, activity, &request) else {
                continue;
            };
            let same = just_right::model::circumstances::with_wishes(
                knowledge(),
                &after,
                index,
                plan.clone(),
                &request,
            );
            assert_eq!(plan, same, "{}", one.id);
        }
    }
}

#[test]
fn what_is_not_for_us_is_gone_for_as_long_as_its_reason_says() {
    let family = family(50);
    let id = child(&family).id;
    let first = offered(&family)[0].clone();
    let declined = |reason, days: i32| {
        let declined = Declined {
            activity: first.clone(),
            reason,
            on: Day(TODAY.0 - days),
        };
        family.apply(&Change::Declined(id, declined))
    };
    for (reason, days, gone) in [
        (Reason::NoInterest, 0, true),
        (Reason::NoInterest, 89, true),
        (Reason::NoInterest, 90, false),
        (Reason::Enough, 20, true),
        (Reason::Enough, 21, false),
        (Reason::NoThings, 900, true),
        (Reason::NotOurWay, 900, true),
    ] {
        let family = declined(reason, days);
        assert_eq!(
            !offered(&family).contains(&first),
            gone,
            "{reason:?} after {days} days"
        );
        let back = family.apply(&Change::Welcomed(id, first.clone()));
        assert!(offered(&back).contains(&first));
    }
}

#[test]
fn where_little_fits_less_of_it_rests() {
    let today = Circumstances {
        minutes: Some(10),
        place: Some(Whereabouts::OnTheWay),
        energy: Some((Energy::Calm, TODAY)),
        ..Circumstances::default()
    };
    let mut family = with(&family(50), &today);
    for _ in 0..8 {
        let now = offered(&family);
        assert!(now.len() >= 3);
        let fit = Fit::of(knowledge(), &present(&family));
        assert_eq!(fit.count, now.len());
        let page = page(&family, &now[0], None);
        family = family.apply(&Change::Happened(
            child(&family).id,
            reported(&page, Level::LittleHelp),
        ));
    }
    let all: BTreeSet<String> = offered(&family).into_iter().collect();
    assert!(all.iter().all(|id| fits(knowledge(), content(id), &today)));
}
