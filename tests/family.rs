//! What a family was promised of what it types and of every change: nothing else changes, nothing is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{added, TODAY};
use just_right::child_model::{self, Memory};
use just_right::family::{
    AgeMonths, AgeProblem, Answered, Change, Child, ChildId, Circumstances, Day, Declined, Energy, Enjoyed,
    Family, Happening, Mood, Motion, Nickname, Note, Planned, Reason, Report, Response, TextSize, Theme,
};
use just_right_catalogue::content::Sense;
use just_right_catalogue::Id;
use just_right_engine::area::Area;
use just_right_engine::question::Answer;
use just_right_engine::report::Level;
use just_right_engine::safety::{Allergen, Limit};
use proptest::prelude::*;

fn two_children() -> Family {
    Family::default()
        .apply(&added(Some("Mia"), 52))
        .apply(&added(Some("Rosa"), 19))
}

const MIA: ChildId = ChildId(1);
const ROSA: ChildId = ChildId(2);
const NOBODY: ChildId = ChildId(99);

fn report(activity: &str, level: Level, on: Day) -> Happening {
    let asked = vec![(Id(Area::GrossMotor), 3.0), (Id(Area::HandEye), 3.5)];
    let (activity, grade) = (activity.to_owned(), "2".to_owned());
    Happening::Reported(Report {
        activity,
        grade,
        asked,
        spread: 1.0,
        expected: 0.75,
        level: Id(level),
        enjoyed: None,
        note: None,
        on,
    })
}

fn answer(question: &str) -> Happening {
    let question = question.to_owned();
    Happening::Answered(Answered {
        question,
        area: Id(Area::FineMotor),
        at: 1.5,
        spread: 0.5,
        answer: Some(Id(Answer::Reminder)),
        on: TODAY,
    })
}

fn names(family: &Family) -> Vec<&str> {
    family
        .children
        .iter()
        .filter_map(|child| child.nickname.as_ref())
        .map(Nickname::as_str)
        .collect()
}

#[test]
fn an_age_is_read_as_people_type_it() {
    for (years, months, all) in [
        ("4", "", 48),
        ("4", "0", 48),
        ("4", "6", 54),
        (" 4 ", "\t6\n", 54),
        ("04", "06", 54),
        ("1", "", 12),
        ("1", "0", 12),
        ("12", "11", 155),
        ("12", "", 144),
        ("\u{a0}4\u{a0}", "", 48),
    ] {
        assert_eq!(
            AgeMonths::parse(years, months).map(AgeMonths::get),
            Ok(all),
            "{years:?} {months:?}"
        );
    }
}

#[test]
fn an_age_that_cannot_be_is_told_with_the_field_that_is_wrong() {
    use AgeProblem::{Empty, Months, TooOld, TooYoung, Years};
    for (years, months, problem) in [
        ("", "", Empty),
        ("  ", "\t", Empty),
        ("-1", "", Years),
        ("abc", "", Years),
        ("four", "3", Years),
        ("4.5", "", Years),
        ("4,5", "", Years),
        ("4 6", "", Years),
        ("4½", "", Years),
        ("1e1", "", Years),
        ("0x4", "", Years),
        ("４", "", Years),
        ("٤", "", Years),
        ("NaN", "", Years),
        ("4\u{202e}", "", Years),
        ("", "x", Months),
        ("4", "12", Months),
        ("4", "-1", Months),
        ("4", "6.5", Months),
        ("4", "six", Months),
        ("4", "99999999999999999999", Months),
        ("0", "11", TooYoung),
        ("", "11", TooYoung),
        ("0", "", TooYoung),
        ("0", "0", TooYoung),
        ("13", "", TooOld),
        ("12", "12", Months),
        ("200", "", TooOld),
        ("999", "11", TooOld),
    ] {
        assert_eq!(
            AgeMonths::parse(years, months),
            Err(problem),
            "{years:?} {months:?}"
        );
    }
}

#[test]
fn a_nickname_is_what_can_be_seen_of_what_was_typed() {
    for (typed, kept) in [
        ("Mia", Some("Mia")),
        ("  Mia  ", Some("Mia")),
        ("Mia Rose", Some("Mia Rose")),
        ("Zoë-Aimée O’Neill", Some("Zoë-Aimée O’Neill")),
        ("小明", Some("小明")),
        ("ליאור", Some("ליאור")),
        ("🦊", Some("🦊")),
        ("<b>Mia</b>", Some("<b>Mia</b>")),
        ("\u{202e}aiM\u{202c}", Some("aiM")),
        ("\u{2066}Mia\u{2069}", Some("Mia")),
        ("Mi\u{61c}a", Some("Mia")),
        ("Mi\u{200b}a\u{0}\u{7}\n", Some("Mia")),
        ("Mi\u{ad}a", Some("Mia")),
        ("\u{feff}Mia", Some("Mia")),
        ("", None),
        (" \t\r\n", None),
        ("\u{a0}\u{3000}\u{2003}", None),
        ("\u{200b}\u{200d}\u{2060}", None),
        ("\u{ad}\u{3164}\u{115f}", None),
        ("\u{202e}", None),
        (" \u{200b} ", None),
    ] {
        assert_eq!(
            Nickname::parse(typed).as_ref().map(Nickname::as_str),
            kept,
            "{typed:?}"
        );
    }
}

#[test]
fn a_very_long_nickname_is_cut_and_never_in_the_middle_of_a_letter() {
    for letter in ["a", "ß", "小", "🦊"] {
        let kept = Nickname::parse(&letter.repeat(5_000)).unwrap();
        assert_eq!(kept.as_str(), letter.repeat(Nickname::LONGEST));
    }
    let much_space = format!("\u{200b}{}Mia", " ".repeat(5_000));
    assert_eq!(Nickname::parse(&much_space).unwrap().as_str(), "Mia");
}

#[test]
fn an_added_child_is_the_one_that_the_page_is_about() {
    let family = Family::default().apply(&added(Some("Mia"), 52));
    let mia = family.active_child().unwrap();
    assert_eq!(
        (
            mia.nickname.as_ref().map(Nickname::as_str),
            mia.age.get(),
            mia.age_on
        ),
        (Some("Mia"), 52, TODAY)
    );
    assert!(
        mia.history.is_empty() && mia.allergens.is_empty() && mia.limits.is_empty() && mia.mouthing.is_none()
    );
    let family = family.apply(&added(None, 19));
    assert_eq!(family.active_child().unwrap().age.get(), 19);
    assert_eq!(family.children.len(), 2);
}

#[test]
fn a_family_of_a_hundred_children_takes_no_more_and_loses_none() {
    let full = (0..Family::MOST_CHILDREN).fold(Family::default(), |family, _| family.apply(&added(None, 52)));
    assert_eq!(full.children.len(), Family::MOST_CHILDREN);
    assert_eq!(full.apply(&added(None, 19)), full);
}

#[test]
fn correcting_name_and_age_keeps_all_that_happened() {
    let before = two_children().apply(&Change::Happened(MIA, report("hopscotch", Level::Easily, TODAY)));
    let age = AgeMonths::new(60).unwrap();
    let after = before.apply(&Change::ChildEdited {
        id: MIA,
        nickname: Nickname::parse("Mimi"),
        age,
        on: TODAY,
    });
    let (mia, rosa) = (after.child(MIA).unwrap(), after.child(ROSA).unwrap());
    assert_eq!((names(&after), mia.age_at(TODAY)), (vec!["Mimi", "Rosa"], 60));
    assert_eq!(mia.history, before.child(MIA).unwrap().history);
    assert_eq!((rosa, after.active), (before.child(ROSA).unwrap(), before.active));
}

#[test]
fn saving_the_age_that_is_shown_does_not_set_back_the_birthday() {
    let later = Day(TODAY.0 + 25);
    let age = AgeMonths::new(52).unwrap();
    let nickname = Nickname::parse("Mimi");
    let family = two_children().apply(&Change::ChildEdited {
        id: MIA,
        nickname,
        age,
        on: later,
    });
    let mia = family.child(MIA).unwrap();
    assert_eq!(mia.age_at(Day(TODAY.0 + 31)), 53);
    assert_eq!(names(&family), ["Mimi", "Rosa"]);
}

#[test]
fn what_safety_has_to_know_is_set_for_one_child_and_can_be_taken_away() {
    let set = Change::ProtectionSet {
        id: MIA,
        mouthing: Some(true),
        allergens: vec![Id(Allergen::Nuts)],
        limits: vec![Id(Limit::Joints)],
    };
    let family = two_children().apply(&set);
    let protection = child_model::protection(family.child(MIA).unwrap());
    assert_eq!(protection.mouthing, Some(true));
    assert!(protection.allergens.has(Allergen::Nuts) && protection.limits.has(Limit::Joints));
    assert_eq!(family.child(ROSA), two_children().child(ROSA));
    let unset = Change::ProtectionSet {
        id: MIA,
        mouthing: None,
        allergens: Vec::new(),
        limits: Vec::new(),
    };
    assert_eq!(family.apply(&unset), two_children());
}

#[test]
fn a_removed_child_is_gone_and_the_page_is_about_another() {
    let family = two_children();
    let without_rosa = family.apply(&Change::ChildRemoved(ROSA));
    assert_eq!(names(&without_rosa), ["Mia"]);
    assert_eq!(without_rosa.active_child().unwrap().id, MIA);
    let without_mia = family.apply(&Change::ChildRemoved(MIA));
    assert_eq!(
        (names(&without_mia), without_mia.active),
        (vec!["Rosa"], Some(ROSA))
    );
    let nobody = without_mia.apply(&Change::ChildRemoved(ROSA));
    assert_eq!(
        (nobody.children.len(), nobody.active, nobody.active_child()),
        (0, None, None)
    );
}

#[test]
fn a_new_child_never_gets_the_number_of_one_who_is_there() {
    let family = two_children()
        .apply(&Change::ChildRemoved(MIA))
        .apply(&added(Some("Tom"), 30));
    assert_eq!(names(&family), ["Rosa", "Tom"]);
    assert_ne!(family.children[0].id, family.children[1].id);
    assert_ne!(
        family.children[1].id, MIA,
        "what another tab still says of Mia is not said of Tom"
    );
    let highest = Child {
        id: ChildId(u32::MAX),
        ..family.children[0].clone()
    };
    let crowded = Family {
        children: vec![highest],
        ..Family::default()
    };
    let crowded = crowded.apply(&added(None, 20)).apply(&added(None, 30));
    let ids: std::collections::BTreeSet<ChildId> = crowded.children.iter().map(|child| child.id).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn choosing_a_child_changes_only_whom_the_page_is_about() {
    let family = two_children();
    let chosen = family.apply(&Change::ChildChosen(MIA));
    assert_eq!(chosen.active_child().unwrap().id, MIA);
    assert_eq!(chosen.apply(&Change::ChildChosen(ROSA)), family);
}

#[test]
fn what_happens_is_kept_in_its_order_and_for_its_child() {
    let family = two_children()
        .apply(&Change::Happened(MIA, answer("lid-off")))
        .apply(&Change::Happened(ROSA, report("hopscotch", Level::Easily, TODAY)))
        .apply(&Change::Happened(
            MIA,
            report("catch-a-ball", Level::LotOfHelp, TODAY),
        ));
    let mia = family.child(MIA).unwrap();
    assert_eq!(
        mia.history,
        [answer("lid-off"), report("catch-a-ball", Level::LotOfHelp, TODAY)]
    );
    assert_eq!((mia.answers().count(), mia.reports().count()), (1, 1));
    assert_eq!(
        family.child(ROSA).unwrap().history,
        [report("hopscotch", Level::Easily, TODAY)]
    );
}

#[test]
fn taking_back_takes_what_was_told_last_and_of_that_child_only() {
    let hopscotch = report("hopscotch", Level::Easily, TODAY);
    let none = two_children().apply(&Change::Happened(ROSA, hopscotch.clone()));
    let once = none.apply(&Change::Happened(MIA, hopscotch.clone()));
    let twice = once.apply(&Change::Happened(MIA, hopscotch.clone()));
    let back = Change::TakenBack(MIA, hopscotch);
    assert_eq!(twice.apply(&back), once);
    assert_eq!(once.apply(&back), none);
    assert_eq!(none.apply(&back), none, "what is not there cannot be taken back");
}

#[test]
fn taking_back_leaves_what_another_tab_has_told_since() {
    let hopscotch = report("hopscotch", Level::Easily, TODAY);
    let family = two_children()
        .apply(&Change::Happened(MIA, hopscotch.clone()))
        .apply(&Change::Happened(MIA, answer("lid-off")))
        .apply(&Change::TakenBack(MIA, hopscotch));
    assert_eq!(family.child(MIA).unwrap().history, [answer("lid-off")]);
}

#[test]
fn what_was_told_with_all_its_digits_can_be_taken_back() {
    let third = match answer("lid-off") {
        Happening::Answered(answered) => Happening::Answered(Answered {
            at: 1.0 / 3.0,
            ..answered
        }),
        other => other,
    };
    let told = two_children().apply(&Change::Happened(MIA, third.clone()));
    assert_eq!(told.apply(&Change::TakenBack(MIA, third)), two_children());
}

fn remarked(id: ChildId, happening: Happening, enjoyed: Option<Enjoyed>, note: &str) -> Change {
    match happening {
        Happening::Reported(report) => Change::Remarked(id, report, enjoyed, Note::parse(note)),
        Happening::Answered(_) => panic!("only a report is remarked on"),
    }
}

fn last_report(family: &Family, id: ChildId) -> Report {
    family.child(id).unwrap().reports().last().unwrap().clone()
}

#[test]
fn what_is_remarked_stands_in_its_report_and_changes_nothing_else() {
    let told = two_children()
        .apply(&Change::Happened(ROSA, report("hopscotch", Level::Easily, TODAY)))
        .apply(&Change::Happened(MIA, report("hopscotch", Level::Easily, TODAY)))
        .apply(&Change::Happened(MIA, answer("lid-off")));
    let remark = remarked(
        MIA,
        report("hopscotch", Level::Easily, TODAY),
        Some(Enjoyed::Loved),
        "On the stairs.",
    );
    let after = told.apply(&remark);
    let now = last_report(&after, MIA);
    assert_eq!(
        (now.enjoyed, now.note.as_ref().map(Note::as_str)),
        (Some(Enjoyed::Loved), Some("On the stairs."))
    );
    assert_eq!(after.child(ROSA), told.child(ROSA));
    let mind = Change::Remarked(MIA, now, None, None);
    assert_eq!(after.apply(&mind), told, "and can be taken away again");
    assert_eq!(
        child_model::profile(after.child(MIA).unwrap(), TODAY),
        child_model::profile(told.child(MIA).unwrap(), TODAY),
        "what a child likes says nothing of what it can do"
    );
}

#[test]
fn a_remark_about_a_report_that_another_tab_took_back_is_let_go() {
    let hopscotch = report("hopscotch", Level::Easily, TODAY);
    let remark = remarked(MIA, hopscotch, Some(Enjoyed::Fine), "");
    assert_eq!(two_children().apply(&remark), two_children());
}

#[test]
fn a_report_is_taken_back_with_what_was_remarked_of_it() {
    let hopscotch = report("hopscotch", Level::Easily, TODAY);
    let remarked = two_children()
        .apply(&Change::Happened(MIA, hopscotch.clone()))
        .apply(&remarked(MIA, hopscotch, Some(Enjoyed::NotToday), "Too loud."));
    let back = Change::TakenBack(MIA, Happening::Reported(last_report(&remarked, MIA)));
    assert_eq!(remarked.apply(&back), two_children());
}

fn declined(activity: &str, reason: Reason) -> Declined {
    Declined {
        activity: activity.into(),
        reason,
        on: TODAY,
    }
}

fn planned(activity: &str, on: Day) -> Planned {
    Planned {
        activity: activity.into(),
        on,
    }
}

#[test]
fn what_is_said_of_senses_and_activities_is_said_once_and_can_be_unsaid() {
    let family = two_children();
    for (say, again, unsay) in [
        (
            Change::SenseSet(MIA, Sense::Touch, Some(Response::Avoids)),
            Change::SenseSet(MIA, Sense::Touch, Some(Response::LooksFor)),
            Change::SenseSet(MIA, Sense::Touch, None),
        ),
        (
            Change::Declined(MIA, declined("hopscotch", Reason::Enough)),
            Change::Declined(MIA, declined("hopscotch", Reason::NoThings)),
            Change::Welcomed(MIA, "hopscotch".into()),
        ),
        (
            Change::SavedSet(MIA, "hopscotch".into(), true),
            Change::SavedSet(MIA, "hopscotch".into(), true),
            Change::SavedSet(MIA, "hopscotch".into(), false),
        ),
    ] {
        let said = family.apply(&say).apply(&again);
        let mia = said.child(MIA).unwrap();
        assert_eq!(mia.senses.len() + mia.declined.len() + mia.saved.len(), 1);
        assert_eq!(said, family.apply(&again), "what was said last holds");
        assert_eq!(said.apply(&unsay), family);
        assert_eq!(said.child(ROSA), family.child(ROSA));
    }
}

#[test]
fn a_new_plan_leaves_the_days_before_it_and_stays_in_the_order_of_days() {
    let day = |days: i32| Day(TODAY.0 + days);
    let before = vec![planned("hopscotch", day(-1)), planned("bug-watch", day(2))];
    let after = vec![
        planned("kick-a-goal", day(3)),
        planned("rug-treasure", day(0)),
        planned("sofa-train", day(-4)),
    ];
    let family = two_children()
        .apply(&Change::PlanSet(MIA, day(-1), before))
        .apply(&Change::PlanSet(MIA, TODAY, after));
    let plan = &family.child(MIA).unwrap().plan;
    let plan: Vec<_> = plan.iter().map(|one| (one.activity.as_str(), one.on)).collect();
    assert_eq!(
        plan,
        [
            ("hopscotch", day(-1)),
            ("rug-treasure", day(0)),
            ("kick-a-goal", day(3)),
        ]
    );
    let many = vec![planned("hopscotch", TODAY); 2 * Child::MOST_PLANNED];
    let full = family.apply(&Change::PlanSet(MIA, TODAY, many));
    assert_eq!(full.child(MIA).unwrap().plan.len(), Child::MOST_PLANNED);
}

#[test]
fn a_day_is_kept_free_once_and_the_first_are_forgotten_first() {
    let free = |family: Family, day: i32, free: bool| family.apply(&Change::FreeSet(MIA, Day(day), free));
    let mut family = free(free(two_children(), 5, true), 5, true);
    assert_eq!(family.child(MIA).unwrap().free, [Day(5)]);
    assert_eq!(family.child(ROSA).unwrap().free, []);
    family = free(family, 5, false);
    assert_eq!(family.child(MIA).unwrap().free, []);
    let many = i32::try_from(Child::MOST_FREE).unwrap() + 3;
    family = (0..many).fold(family, |family, day| free(family, day, true));
    let days = &family.child(MIA).unwrap().free;
    assert_eq!((days.len(), days[0]), (Child::MOST_FREE, Day(3)));
}

#[test]
fn how_the_child_is_holds_for_one_day() {
    let circumstances = Circumstances {
        energy: Some((Energy::Overloaded, TODAY)),
        ..Circumstances::default()
    };
    let family = two_children().apply(&Change::CircumstancesSet(circumstances));
    assert_eq!(family.circumstances.energy_on(TODAY), Some(Energy::Overloaded));
    assert_eq!(family.circumstances.energy_on(Day(TODAY.0 + 1)), None);
}

#[test]
fn an_import_replaces_all_and_an_erasure_leaves_nothing() {
    let full = two_children()
        .apply(&Change::ThemeSet(Theme::Dark))
        .apply(&Change::MoodSet(Mood::Stretch));
    let other = Family::default().apply(&added(Some("Tom"), 30));
    assert_eq!(full.apply(&Change::Imported(Box::new(other.clone()))), other);
    assert_eq!(full.apply(&Change::Erased), Family::default());
}

#[test]
fn how_the_page_looks_and_how_today_is_touch_nothing_else() {
    let family = two_children();
    for &theme in Theme::ALL {
        assert_eq!(
            family.apply(&Change::ThemeSet(theme)),
            Family {
                theme,
                ..family.clone()
            }
        );
    }
    for &mood in Mood::ALL {
        assert_eq!(
            family.apply(&Change::MoodSet(mood)),
            Family {
                mood,
                ..family.clone()
            }
        );
    }
    for &text_size in TextSize::ALL {
        let set = Family {
            text_size,
            ..family.clone()
        };
        assert_eq!(family.apply(&Change::TextSizeSet(text_size)), set);
    }
    for &motion in Motion::ALL {
        let set = Family {
            motion,
            ..family.clone()
        };
        assert_eq!(family.apply(&Change::MotionSet(motion)), set);
    }
    let sounds = Family {
        sounds: true,
        ..family.clone()
    };
    assert_eq!(family.apply(&Change::SoundsSet(true)), sounds);
    let language = Some("pt-BR".to_owned());
    let spoken = Family {
        language: language.clone(),
        ..family.clone()
    };
    assert_eq!(family.apply(&Change::LanguageSet(language)), spoken);
    let exported = Family {
        exported: Some(TODAY),
        ..family.clone()
    };
    assert_eq!(family.apply(&Change::Exported(TODAY)), exported);
}

#[test]
fn a_change_about_a_child_who_is_not_there_changes_nothing() {
    let family = two_children();
    let age = AgeMonths::new(60).unwrap();
    for change in [
        Change::ChildEdited {
            id: NOBODY,
            nickname: None,
            age,
            on: TODAY,
        },
        Change::ProtectionSet {
            id: NOBODY,
            mouthing: Some(true),
            allergens: Vec::new(),
            limits: Vec::new(),
        },
        Change::ChildRemoved(NOBODY),
        Change::ChildChosen(NOBODY),
        Change::Happened(NOBODY, report("hopscotch", Level::Easily, TODAY)),
        Change::TakenBack(NOBODY, report("hopscotch", Level::Easily, TODAY)),
        remarked(
            NOBODY,
            report("hopscotch", Level::Easily, TODAY),
            Some(Enjoyed::Loved),
            "Again!",
        ),
        Change::SenseSet(NOBODY, Sense::Touch, Some(Response::Avoids)),
        Change::Declined(NOBODY, declined("hopscotch", Reason::Enough)),
        Change::Welcomed(NOBODY, "hopscotch".into()),
        Change::SavedSet(NOBODY, "hopscotch".into(), true),
        Change::PlanSet(NOBODY, TODAY, vec![planned("hopscotch", TODAY)]),
        Change::FreeSet(NOBODY, TODAY, true),
    ] {
        assert_eq!(family.apply(&change), family, "{change:?}");
        assert_eq!(Family::default().apply(&change), Family::default(), "{change:?}");
    }
}

#[test]
fn what_two_tabs_tell_is_all_kept() {
    // Each tab knows only its own change; the store applies one after the other to what it holds.
    let changes = [
        Change::Happened(MIA, report("hopscotch", Level::Easily, TODAY)),
        Change::Happened(MIA, answer("lid-off")),
        Change::Happened(ROSA, report("catch-a-ball", Level::LittleHelp, TODAY)),
        Change::ThemeSet(Theme::Dark),
        added(Some("Tom"), 30),
    ];
    for one in &changes {
        for other in changes.iter().filter(|other| *other != one) {
            let both = two_children().apply(one).apply(other);
            for change in [one, other] {
                match change {
                    Change::Happened(id, happening) => {
                        assert!(both.child(*id).unwrap().history.contains(happening))
                    }
                    Change::ThemeSet(theme) => assert_eq!(both.theme, *theme),
                    _ => assert!(names(&both).contains(&"Tom")),
                }
            }
        }
    }
}

#[test]
fn two_tabs_that_each_add_a_child_have_two_more() {
    let both = two_children()
        .apply(&added(Some("Tom"), 30))
        .apply(&added(Some("Ida"), 40));
    assert_eq!(names(&both), ["Mia", "Rosa", "Tom", "Ida"]);
    let ids: std::collections::BTreeSet<ChildId> = both.children.iter().map(|child| child.id).collect();
    assert_eq!(ids.len(), 4);
}

#[test]
fn what_one_tab_tells_of_a_child_that_the_other_removed_is_let_go() {
    let family = two_children().apply(&Change::ChildRemoved(ROSA));
    let late = Change::Happened(ROSA, report("hopscotch", Level::Easily, TODAY));
    assert_eq!(family.apply(&late), family);
}

#[test]
fn an_age_grows_with_the_days() {
    let family = two_children();
    let mia = family.child(MIA).unwrap();
    for (days, months) in [(0, 52), (30, 52), (31, 53), (366, 64), (1_096, 88), (3_653, 172)] {
        assert_eq!(mia.age_at(Day(TODAY.0 + days)), months, "after {days} days");
    }
}

#[test]
fn a_clock_that_goes_back_makes_nobody_younger() {
    let family = two_children();
    let mia = family.child(MIA).unwrap();
    for days in [1, 400, 100_000] {
        assert_eq!(mia.age_at(Day(TODAY.0 - days)), 52);
        assert_eq!(Day(TODAY.0 - days).since(TODAY), 0);
    }
    assert_eq!(Day(i32::MIN).since(Day(i32::MAX)), 0);
    assert_eq!(Day(i32::MAX).since(Day(i32::MIN)), i32::MAX);
}

#[test]
fn a_clock_that_ran_years_ahead_and_was_set_right_leaves_the_same_child() {
    // Everything was told while the device thought it was 73 years later.
    let wrong = Day(TODAY.0 + 26_663);
    let told = |on: Day| {
        let change = Change::ChildAdded {
            nickname: None,
            age: AgeMonths::new(52).unwrap(),
            on,
        };
        Family::default()
            .apply(&change)
            .apply(&Change::Happened(MIA, report("hopscotch", Level::Easily, on)))
    };
    let of = |family: &Family| child_model::profile(family.child(MIA).unwrap(), TODAY);
    assert_eq!(of(&told(wrong)), of(&told(TODAY)));
    // The child was told before, only a report fell into the wrong time.
    let family = two_children().apply(&Change::Happened(MIA, report("hopscotch", Level::Easily, wrong)));
    let right = two_children().apply(&Change::Happened(MIA, report("hopscotch", Level::Easily, TODAY)));
    assert_eq!(of(&family), of(&right));
}

#[test]
fn a_child_corrected_to_be_much_younger_is_protected_as_the_younger_child() {
    // A trial entry that becomes a real child two years later.
    let family = two_children().apply(&Change::Happened(MIA, report("hopscotch", Level::Easily, TODAY)));
    let later = Day(TODAY.0 + 730);
    let age = AgeMonths::new(14).unwrap();
    let family = family.apply(&Change::ChildEdited {
        id: MIA,
        nickname: None,
        age,
        on: later,
    });
    let believed = child_model::profile(family.child(MIA).unwrap(), later)
        .age()
        .get();
    assert!(
        (believed - 14.0).abs() < 1.0,
        "protected as if {believed} months old"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Safety decides by the age of the profile, the parent sees the age of the child.
    #[test]
    fn the_age_that_safety_decides_by_is_the_age_that_is_shown(
        age in 12u16..=155,
        said in -50_000i32..100_000,
        happened in proptest::collection::vec(-50_000i32..100_000, 0..5),
        today in -50_000i32..100_000,
    ) {
        let (age, on) = (AgeMonths::new(age).unwrap(), Day(said));
        let family = Family::default().apply(&Change::ChildAdded { nickname: None, age, on });
        let family = happened.into_iter().fold(family, |family, on| {
            family.apply(&Change::Happened(MIA, report("hopscotch", Level::LittleHelp, Day(on))))
        });
        let child = family.child(MIA).unwrap();
        let shown = f64::from(child.age_at(Day(today)));
        let believed = child_model::profile(child, Day(today)).age().get();
        prop_assert!((believed - shown.min(240.0)).abs() <= 1.001, "shown {}, believed {}", shown, believed);
    }

    /// What the app remembers saves time and changes nothing: whatever happened, was taken back or corrected, and whoever
    /// the page is about, the belief is the one that a replay of the whole history gives, to the last bit.
    #[test]
    fn what_is_remembered_of_a_child_is_what_a_replay_gives(
        steps in proptest::collection::vec((0u8..8, 0i32..40, 0usize..5, proptest::bool::ANY), 1..25),
    ) {
        let mut memory = Memory::default();
        let (mut family, mut today) = (two_children(), TODAY);
        for (step, days, level, mia) in steps {
            let id = if mia { MIA } else { ROSA };
            let change = match step {
                0..=3 => Change::Happened(id, report("hopscotch", Level::ALL[level], today)),
                // A clock that runs ahead, and one that is behind.
                4 => Change::Happened(id, report("hopscotch", Level::ALL[level], Day(today.0 + 3 * (days - 20)))),
                5 => Change::Happened(id, answer("lid-off")),
                6 => match family.child(id).unwrap().history.last() {
                    Some(last) => Change::TakenBack(id, last.clone()),
                    None => continue,
                },
                _ => {
                    let age = AgeMonths::new(40 + u16::try_from(days).unwrap()).unwrap();
                    Change::ChildEdited { id, nickname: None, age, on: today }
                }
            };
            family = family.apply(&change);
            if days % 3 == 0 {
                today = Day(today.0 + days - 9);
            }
            let child = family.child(id).unwrap();
            prop_assert_eq!(memory.profile(child, today), child_model::profile(child, today));
        }
    }

    #[test]
    fn whatever_is_typed_as_age_or_name_is_taken_or_refused(years in ".{0,12}", months in ".{0,12}", name in ".{0,90}") {
        if let Ok(age) = AgeMonths::parse(&years, &months) {
            prop_assert!((12..=155).contains(&age.get()));
        }
        if let Some(kept) = Nickname::parse(&name) {
            prop_assert!((1..=Nickname::LONGEST).contains(&kept.as_str().chars().count()));
            prop_assert_eq!(Nickname::parse(kept.as_str()), Some(kept.clone()), "what was kept is kept again");
        }
    }
}
