//! What a family was promised of the growing screen: what it praises is true, its lines are the child's own belief over time, and
//! what was loved or not comes back sooner or later, and never weighs what a child can do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{added, child, family, knowledge, page, present, reported, TODAY};
use just_right::child_model::{self, course, MOST_MOMENTS};
use just_right::family::{Answered, Change, Day, Enjoyed, Family, Happening, Note, Report};
use just_right::model::growing::{growing, Entry, Growing};
use just_right::model::picks::cards;
use just_right_catalogue::Id;
use just_right_engine::area::Area;
use just_right_engine::question::Answer;
use just_right_engine::report::Level;
use proptest::collection::vec;
use proptest::prelude::*;

fn mia() -> Family {
    Family::default().apply(&added(Some("Mia"), 50))
}

fn after(family: &Family, happening: Happening) -> Family {
    family.apply(&Change::Happened(child(family).id, happening))
}

fn day(before: i32) -> Day {
    Day(TODAY.0 - before)
}

/// A report that asked so much of one area.
fn report(activity: &str, grade: &str, area: Area, at: f64, level: Level, on: Day) -> Report {
    Report {
        activity: activity.into(),
        grade: grade.into(),
        asked: vec![(Id(area), at)],
        spread: 0.5,
        expected: 0.75,
        level: Id(level),
        enjoyed: None,
        note: None,
        on,
    }
}

fn told(family: &Family, report: Report) -> Family {
    after(family, Happening::Reported(report))
}

fn answered(area: Area, on: Day) -> Happening {
    Happening::Answered(Answered {
        question: "one-button".into(),
        area: Id(area),
        at: 1.0,
        spread: 0.5,
        answer: Some(Id(Answer::Reminder)),
        on,
    })
}

fn screen(family: &Family, lines: usize) -> Growing {
    growing(knowledge(), &present(family), child(family), TODAY, lines).expect("something was told")
}

fn wins(family: &Family) -> Vec<String> {
    screen(family, 8).wins
}

fn entries(found: &Growing) -> Vec<&Entry> {
    let days = found.days.iter();
    days.flat_map(|day| day.reports.iter().chain(&day.answers))
        .collect()
}

#[test]
fn before_anything_was_told_there_is_nothing_to_show() {
    let mia = mia();
    assert_eq!(growing(knowledge(), &present(&mia), child(&mia), TODAY, 8), None);
}

#[test]
fn what_went_by_itself_or_easily_lately_is_praised_and_nothing_else() {
    for (level, before, praised) in [
        (Level::Easily, 0, Some("“Catch a ball” went easily.")),
        (Level::ByThemselves, 28, Some("“Catch a ball” without help.")),
        (Level::ByThemselves, 29, None),
        (Level::LittleHelp, 0, None),
        (Level::NotThisTime, 0, None),
    ] {
        let family = told(
            &mia(),
            report("catch-a-ball", "2", Area::HandEye, 1.0, level, day(before)),
        );
        let wins = wins(&family);
        match praised {
            Some(praised) => assert_eq!(wins, [praised]),
            None => assert!(
                wins.len() == 1 && wins[0].starts_with("Mia gave new things a try"),
                "there is always a good word: {wins:?}"
            ),
        }
    }
}

#[test]
fn a_rung_is_reached_where_it_is_higher_and_asked_more_than_all_that_went_well_before() {
    let one = |grade: &str, at: f64, level: Level, before: i32| {
        report("catch-a-ball", grade, Area::HandEye, at, level, day(before))
    };
    let reached = |reports: &[Report]| {
        let family = reports
            .iter()
            .fold(mia(), |family, one| told(&family, one.clone()));
        wins(&family).iter().any(|win| win.contains("has moved up to"))
    };
    let low = one("1~help.shown", 1.0, Level::LittleHelp, 9);
    let high = one("2", 2.0, Level::LittleHelp, 1);
    assert!(reached(&[low.clone(), high.clone()]));
    assert!(
        !reached(std::slice::from_ref(&high)),
        "the first time is no step up"
    );
    assert!(!reached(&[high.clone(), low.clone()]), "a step down is none");
    let failed = one("2", 2.0, Level::LotOfHelp, 1);
    assert!(!reached(&[low.clone(), failed]), "it did not go well yet");
    let failed = one("1", 1.0, Level::NotThisTime, 9);
    assert!(!reached(&[failed, high.clone()]), "nothing went well before");
    let eased = one("2~help.hands", 0.5, Level::Easily, 1);
    assert!(
        !reached(&[low.clone(), eased]),
        "a higher rung made easier is not more"
    );
    let low = one("1", 1.0, Level::LittleHelp, 90);
    let as_high = one("2", 2.0, Level::Easily, 60);
    assert!(!reached(&[low, as_high, high]), "it was there before");
    let long_ago = one("2", 2.0, Level::Easily, 60);
    assert!(!reached(&[one("1", 1.0, Level::Easily, 90), long_ago]));
}

#[test]
fn an_area_has_grown_only_after_we_knew_the_child_in_it() {
    let praised = |family: &Family| {
        let found = screen(family, 8);
        let chart = found.charts.iter().find(|chart| chart.area == Area::FineMotor);
        let said = chart.unwrap().said.starts_with("Growing");
        let win = found.wins.iter().any(|win| win.starts_with("Hands and fingers:"));
        assert_eq!(said, win);
        win
    };
    let fine = |at: f64, level: Level, before: i32| {
        report("snip-and-cut", "2", Area::FineMotor, at, level, day(before))
    };
    // Much better than age lets expect, from the first day on: what moves is our picture of the child.
    let strong = (0..6).fold(mia(), |family, _| told(&family, fine(4.0, Level::Easily, 0)));
    assert!(!praised(&strong));
    // Known to need help with it at first, and later not.
    let known = (0..8).fold(mia(), |family, turn| {
        told(&family, fine(1.0, Level::LotOfHelp, 60 - turn))
    });
    let grown = (0..12).fold(known.clone(), |family, turn| {
        told(&family, fine(1.5, Level::ByThemselves, 20 - turn))
    });
    assert!(!praised(&known), "nothing went well yet");
    assert!(praised(&grown));
    // The other way round nothing is praised, and nothing is called a loss.
    let lost = (0..8).fold(mia(), |family, turn| {
        told(&family, fine(1.5, Level::Easily, 60 - turn))
    });
    let lost = (0..12).fold(lost, |family, turn| {
        told(&family, fine(1.0, Level::LotOfHelp, 20 - turn))
    });
    assert!(!praised(&lost));
    for sentence in wins(&lost)
        .iter()
        .chain(screen(&lost, 8).charts.iter().map(|chart| &chart.said))
    {
        for word in ["less", "worse", "behind", "can't", "fewer", "delay", "normal"] {
            assert!(!sentence.contains(word), "{sentence}");
        }
    }
}

#[test]
fn what_nothing_was_told_of_has_no_line() {
    let family = told(
        &mia(),
        report("catch-a-ball", "2", Area::HandEye, 1.0, Level::Easily, TODAY),
    );
    let found = screen(&after(&family, answered(Area::FineMotor, TODAY)), 8);
    let areas: Vec<Area> = found.charts.iter().map(|chart| chart.area).collect();
    assert_eq!(areas, [Area::FineMotor, Area::HandEye]);
    assert!(found.untold.contains("attention") && !found.untold.contains("hands and fingers"));
    let skipped = Happening::Answered(Answered {
        answer: None,
        ..match answered(Area::Attention, TODAY) {
            Happening::Answered(answered) => answered,
            Happening::Reported(_) => panic!("an answer"),
        }
    });
    let found = screen(&after(&mia(), skipped), 8);
    assert!(found.charts.is_empty(), "no chance to try tells nothing");
}

#[test]
fn history_stands_latest_first_by_day_with_all_that_was_said_of_it() {
    let mut family = mia();
    for (activity, level, before) in [
        ("hopscotch", Level::LittleHelp, 40),
        ("catch-a-ball", Level::Easily, 1),
        ("snip-and-cut", Level::NotThisTime, 0),
    ] {
        let report = Report {
            enjoyed: (before == 1).then_some(Enjoyed::Loved),
            note: (before == 0).then(|| Note::parse("Too tired.\nAnother day.").unwrap()),
            ..report(activity, "1", Area::HandEye, 1.0, level, day(before))
        };
        family = told(&family, report);
    }
    let family = after(&family, answered(Area::FineMotor, TODAY));
    let found = screen(&family, 8);
    let days: Vec<&str> = found.days.iter().map(|day| day.said.as_str()).collect();
    assert_eq!(days, ["Today", "Yesterday", "14 October"]);
    let all = entries(&found);
    let titles: Vec<&str> = all.iter().map(|entry| entry.title.as_str()).collect();
    let question = knowledge().asked("one-button").unwrap();
    assert_eq!(titles, ["Snip and cut", question, "Catch a ball", "Hopscotch"]);
    assert_eq!(all[0].note.as_deref(), Some("Too tired.\nAnother day."));
    assert_eq!(all[2].enjoyed, Some(Enjoyed::Loved));
    assert!(all[2].how.starts_with("Easily · "), "{}", all[2].how);
    assert_eq!(
        all.iter().map(|entry| entry.place).collect::<Vec<_>>(),
        [2, 3, 1, 0]
    );
}

#[test]
fn a_long_history_comes_in_parts_and_none_is_lost() {
    let mut family = mia();
    for turn in 0..30 {
        let on = day(30 - turn / 3);
        family = told(
            &family,
            report("hopscotch", "1", Area::GrossMotor, 1.0, Level::Easily, on),
        );
        if turn % 7 == 0 {
            family = after(&family, answered(Area::FineMotor, on));
            family = after(&family, answered(Area::Attention, on));
        }
    }
    let mut before = 0;
    for lines in (8..).step_by(8) {
        let found = screen(&family, lines);
        let shown = entries(&found).len();
        let reports: usize = found.days.iter().map(|day| day.reports.len()).sum();
        assert!(
            shown > before && reports <= lines,
            "{lines}: {shown} after {before}"
        );
        before = shown;
        if !found.more {
            break;
        }
    }
    assert_eq!(before, child(&family).history.len());
}

#[test]
fn an_activity_that_is_not_known_any_more_is_still_told_of() {
    let family = told(
        &mia(),
        report(
            "juggle-with-three",
            "5~trampoline.high",
            Area::HandEye,
            1.0,
            Level::Easily,
            TODAY,
        ),
    );
    let found = screen(&family, 8);
    assert_eq!(entries(&found)[0].title, "An activity from an earlier version");
    assert_eq!(entries(&found)[0].how, "Easily");
}

/// Whether an activity is offered at all after it was done and enjoyed like this, and so many others were done since.
fn offered(enjoyed: Option<Enjoyed>, since: usize) -> bool {
    let mia = family(60);
    let first = page(&mia, &cards(knowledge(), &present(&mia), 3)[1].id, None);
    let others = ["another-a", "another-b", "another-c"];
    let mut told_of = match reported(&first, Level::LittleHelp) {
        Happening::Reported(report) => Report { enjoyed, ..report },
        Happening::Answered(_) => panic!("a report"),
    };
    let mut now = told(&mia, told_of.clone());
    for turn in 0..since {
        // Activities that nobody knows, and that asked nothing: only the rest is tried here.
        told_of.activity = others[turn % 3].into();
        told_of.asked = Vec::new();
        now = told(&now, told_of.clone());
    }
    let all = cards(
        knowledge(),
        &present(&now),
        knowledge().catalogue.activities.len(),
    );
    all.iter().any(|card| card.id == first.id)
}

#[test]
fn what_was_loved_comes_back_sooner_and_what_was_not_enjoyed_rests_longer() {
    for (enjoyed, rests) in [
        (None, 7),
        (Some(Enjoyed::Fine), 7),
        (Some(Enjoyed::Loved), 3),
        (Some(Enjoyed::NotToday), 15),
    ] {
        assert!(
            !offered(enjoyed, rests),
            "{enjoyed:?} rests while {rests} others are done"
        );
        assert!(
            offered(enjoyed, rests + 1),
            "{enjoyed:?} is back after {} others",
            rests + 1
        );
    }
}

#[test]
fn what_was_put_back_stands_where_it_stood() {
    let family = (0..5).fold(mia(), |family, turn| {
        let level = Level::ALL[turn];
        told(
            &family,
            report(
                "hopscotch",
                "1",
                Area::GrossMotor,
                1.0,
                level,
                day(9 - turn as i32),
            ),
        )
    });
    let id = child(&family).id;
    for (place, happening) in child(&family).history.iter().enumerate() {
        let without = family.apply(&Change::TakenBack(id, happening.clone()));
        assert_eq!(child(&without).history.len(), 4);
        let back = without.apply(&Change::PutBack(id, place, happening.clone()));
        assert_eq!(back, family);
    }
    let last = child(&family).history[4].clone();
    let far = mia().apply(&Change::PutBack(id, 4, last.clone()));
    assert_eq!(
        child(&far).history,
        [last],
        "another tab may have taken more back"
    );
}

/// The cost of the screen for a family that has told something each day for years.
#[test]
fn the_screen_of_a_thousand_reports_is_there_at_once() {
    let areas = Area::ALL;
    let mut family = mia();
    let id = child(&family).id;
    for turn in 0..1000_usize {
        let mut one = report(
            "hopscotch",
            "1",
            areas[turn % 11],
            1.0,
            Level::ALL[turn % 5],
            day(1000 - turn as i32),
        );
        one.asked.push((Id(areas[(turn + 3) % 11]), 0.5));
        family.children[0].history.push(Happening::Reported(one));
    }
    let present = present(&family);
    let start = std::time::Instant::now();
    let found = growing(knowledge(), &present, family.child(id).unwrap(), TODAY, 8).unwrap();
    assert!(found
        .charts
        .iter()
        .all(|chart| chart.points.len() <= MOST_MOMENTS));
    assert!(start.elapsed().as_secs() < 10);
}

fn happenings() -> impl Strategy<Value = Vec<(i32, usize, usize, f64)>> {
    vec((-3i32..300, 0usize..11, 0usize..5, -2.0..4.0), 1..25)
}

/// The same happenings, most of them in the order of days, as a family tells them.
fn tell(happenings: &[(i32, usize, usize, f64)], in_order: bool) -> Family {
    let mut all = happenings.to_vec();
    if in_order {
        all.sort_by_key(|one| -one.0);
    }
    all.iter().fold(mia(), |family, &(before, area, level, at)| {
        let level = Level::ALL[level];
        told(
            &family,
            report("hopscotch", "1", Area::ALL[area], at, level, day(before)),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_course_ends_in_what_is_believed_today_and_its_days_go_on(
        happenings in happenings(), in_order: bool, later in 0i32..200,
    ) {
        let family = tell(&happenings, in_order);
        let (mia, today) = (child(&family), Day(TODAY.0 + later));
        let moments = course(mia, today);
        prop_assert!((2..=MOST_MOMENTS).contains(&moments.len()), "{}", moments.len());
        prop_assert!(moments.windows(2).all(|pair| pair[0].on < pair[1].on));
        let last = moments.last().unwrap();
        let believed = child_model::profile(mia, today);
        prop_assert_eq!(last.on, today);
        for area in Area::ALL {
            let seen = last.areas[area.index()];
            prop_assert_eq!(seen.ability, believed.ability(area).get());
            prop_assert_eq!(seen.deviation, believed.deviation(area));
            prop_assert_eq!(seen.spread, believed.uncertainty(area));
        }
    }

    #[test]
    fn each_line_goes_from_left_to_right_and_stays_in_its_band_and_frame(happenings in happenings()) {
        let family = tell(&happenings, true);
        let found = screen(&family, 8);
        let moments = course(child(&family), TODAY).len();
        for chart in &found.charts {
            prop_assert_eq!(chart.points.len(), moments);
            prop_assert!(chart.points.windows(2).all(|pair| pair[0].x < pair[1].x));
            prop_assert_eq!((chart.points[0].x, chart.points[moments - 1].x), (0.0, 1.0));
            for point in &chart.points {
                prop_assert!(0.0 <= point.band.0 && point.band.0 < point.y);
                prop_assert!(point.y < point.band.1 && point.band.1 <= 1.0);
            }
        }
    }

    #[test]
    fn every_win_is_true(happenings in happenings()) {
        let family = tell(&happenings, true);
        let well = |report: &Report| report.level.0.is_success() && TODAY.since(report.on) <= 28;
        for win in wins(&family) {
            let alone = win.contains("without help") || win.contains("went easily");
            let up = win.contains("has moved up");
            prop_assert!(!(alone || up) || child(&family).reports().any(well), "{}", win);
            if let Some((area, _)) = win.split_once(": more goes well now") {
                let area = Area::ALL.into_iter().find(|&one| just_right::words::capital(just_right::words::area(one)) == area).unwrap();
                let moments = course(child(&family), TODAY);
                let seen = |moment: &child_model::Moment| moment.areas[area.index()];
                let last = seen(moments.last().unwrap());
                let rises = moments.iter().map(|moment| last.ability - seen(moment).ability);
                prop_assert!(rises.fold(f64::MIN, f64::max) > 0.29, "{}", win);
            }
        }
    }

    /// Each report may make us less sure by chance; on average it makes us surer.
    #[test]
    fn with_each_report_the_band_narrows_in_expectation(area in 0usize..11, at in -1.0..3.0, told_before in 0usize..6) {
        let area = Area::ALL[area];
        let one = |level: Level| report("hopscotch", "1", area, at, level, TODAY);
        let before = (0..told_before).fold(mia(), |family, turn| told(&family, one(Level::ALL[turn % 5])));
        let spread = |family: &Family| course(child(family), TODAY).last().unwrap().areas[area.index()].spread;
        let profile = child_model::profile(child(&before), TODAY);
        let demands = child_model::asked(&one(Level::Easily));
        // How likely each level is, at the ability as it is believed on average.
        let e = profile.ability(area).get() - at;
        prop_assert!(demands.loads(area));
        let (mut whole, mut expected) = (0.0, 0.0);
        for level in Level::ALL {
            let chance = level.likelihood(profile.model(), e);
            whole += chance;
            expected += chance * spread(&told(&before, one(level))).powi(2);
        }
        prop_assert!(expected / whole < spread(&before).powi(2), "{} → {}", spread(&before), expected / whole);
    }
}
