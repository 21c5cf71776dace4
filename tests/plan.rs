//! What a family was promised of the plan of a week, of its calendar file, and of what several children do together; with the content as
//! it ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{added, child, family, knowledge, page, present, reported, TODAY};
use just_right::child_model::Memory;
use just_right::family::{Change, Child, ChildId, Day, Declined, Family, Planned, Reason};
use just_right::model::calendar::{self, Wanted};
use just_right::model::plan::{self, Week};
use just_right::model::{dates, together};
use just_right_catalogue::Id;
use just_right_engine::area::Area;
use just_right_engine::report::Level;
use just_right_engine::safety::{self, Allergen, Danger, Hazard, Supervision};
use just_right_engine::unit::Months;

fn week(family: &Family) -> Week {
    plan::week(knowledge(), &present(family), child(family), TODAY)
}

fn planned(family: &Family, plan: Vec<Planned>) -> Family {
    family.apply(&Change::PlanSet(child(family).id, plan::since(TODAY), plan))
}

fn made(family: &Family, most: Option<u16>) -> Family {
    let plan = plan::filled(knowledge(), &present(family), child(family), TODAY, most);
    planned(family, plan)
}

fn activities(week: &Week) -> Vec<String> {
    week.moments().map(|one| one.planned.activity.clone()).collect()
}

fn on(days: i32) -> Day {
    Day(TODAY.0 + days)
}

fn first(family: &Family) -> Planned {
    week(family).moments().next().unwrap().planned.clone()
}

// The plan

#[test]
fn a_plan_has_one_or_two_moments_on_each_day_and_nothing_twice() {
    for months in [14, 30, 50, 75, 100, 150] {
        let week = week(&made(&family(months), None));
        assert_eq!(week.days.len(), 7);
        for day in &week.days {
            assert!((1..=2).contains(&day.moments.len()), "{months}: {day:?}");
        }
        let all = activities(&week);
        let once: BTreeSet<_> = all.iter().collect();
        assert_eq!(once.len(), all.len(), "{months}: nothing twice");
        assert!(all.len() > 7, "{months}: some days have two");
        assert!(!week.has_room());
    }
}

#[test]
fn two_moments_of_a_day_take_half_an_hour_at_most_and_the_minutes_are_all_that_it_takes() {
    let week = week(&made(&family(50), None));
    for day in week.days.iter().filter(|day| day.moments.len() == 2) {
        let minutes: u16 = day.moments.iter().map(|one| one.minutes).sum();
        assert!(minutes <= 30, "{}: {minutes}", day.name);
    }
    for moment in week.moments() {
        let (_, content) = knowledge().activity(&moment.planned.activity).unwrap();
        assert_eq!(moment.minutes, content.minutes.iter().sum::<u16>());
    }
    assert_eq!(week.minutes(), week.moments().map(|one| one.minutes).sum::<u16>());
}

#[test]
fn where_there_is_little_time_every_moment_keeps_to_it() {
    let week = week(&made(&family(50), Some(15)));
    assert!(week.moments().all(|one| one.minutes <= 15));
    assert!(week.moments().count() >= 7);
}

#[test]
fn easy_wins_are_spread_over_the_week_and_likelier_to_go_well() {
    for months in [30, 50, 100] {
        let family = made(&family(months), None);
        let week = week(&family);
        let begins: Vec<usize> = (0..7).filter(|&day| week.days[day].moments[0].easy_win).collect();
        assert!((2..=3).contains(&begins.len()), "{begins:?}");
        assert!(
            begins.windows(2).all(|pair| pair[1] - pair[0] == 3),
            "every third day: {begins:?}"
        );
        for day in week.days.iter().filter(|day| day.moments.len() == 2) {
            let easy = day.moments.iter().filter(|one| one.easy_win).count();
            assert_eq!(easy, 1, "{}: one of two", day.name);
        }
        for moment in week.moments().filter(|one| one.easy_win) {
            let as_usual = page(&family, &moment.planned.activity, None).track;
            assert!(
                moment.track.as_ref().unwrap().percent >= as_usual.percent,
                "{}",
                moment.title
            );
        }
    }
}

#[test]
fn a_week_is_spread_over_areas() {
    for months in [30, 50, 75, 100] {
        let family = made(&family(months), None);
        let mut areas: BTreeMap<Area, usize> = BTreeMap::new();
        for moment in week(&family).moments() {
            let page = page(&family, &moment.planned.activity, Some(&moment.grade));
            *areas.entry(page.plan.bottleneck().unwrap()).or_default() += 1;
        }
        assert!(areas.len() >= 5, "{months}: {areas:?}");
        assert!(areas.values().all(|&times| times <= 4), "{months}: {areas:?}");
    }
}

#[test]
fn nothing_is_planned_on_a_day_that_is_kept_free() {
    let id = child(&family(50)).id;
    let family = family(50)
        .apply(&Change::FreeSet(id, on(1), true))
        .apply(&Change::FreeSet(id, on(4), true));
    let week = week(&made(&family, None));
    for (day, of) in week.days.iter().enumerate() {
        assert_eq!(of.free, day == 1 || day == 4);
        assert_eq!(of.moments.is_empty(), of.free);
    }
    assert!(!week.has_room(), "a free day is no gap");
    assert_eq!(week.beside(on(0), true).unwrap().on, on(2), "moving goes past it");
    assert_eq!(week.beside(on(5), false).unwrap().on, on(3));
    assert!(week.beside(on(0), false).is_none());
}

#[test]
fn filling_keeps_what_is_planned_and_fills_only_what_is_empty() {
    let family = made(&family(50), None);
    let moment = week(&family).days[3].moments[0].planned.clone();
    let thinner = planned(&family, plan::moved(child(&family), TODAY, (moment.on, 0), None));
    let rest = activities(&week(&thinner));
    let again = made(&thinner, None);
    let all = activities(&week(&again));
    assert!(rest.iter().all(|one| all.contains(one)));
    assert!(!week(&again).days[3].moments.is_empty());
    // A day later, only the new seventh day is empty.
    let tomorrow = plan::filled(knowledge(), &present(&family), child(&family), on(1), None);
    let before = plan::open(child(&family), on(1));
    let new: Vec<_> = tomorrow.iter().filter(|one| !before.contains(one)).collect();
    assert_eq!(new.len(), 1);
    assert_eq!(new[0].on, on(7));
}

#[test]
fn swapping_gives_something_new_that_fits_the_day_and_never_what_was_turned_down() {
    let mut family = made(&family(50), None);
    let moment = week(&family)
        .days
        .iter()
        .find(|day| day.moments.len() == 2)
        .unwrap()
        .moments[1]
        .planned
        .clone();
    let (mut here, mut turned_down) = (moment, Vec::new());
    for _ in 0..5 {
        let before = activities(&week(&family));
        let (knowledge, present) = (knowledge(), present(&family));
        let spot = (here.on, 1);
        let next = plan::other(
            knowledge,
            &present,
            child(&family),
            TODAY,
            spot,
            &turned_down,
            None,
        );
        let new = Planned {
            activity: next.unwrap(),
            on: here.on,
        };
        let plan = plan::swapped(child(&family), TODAY, &here, &new.activity);
        assert!(!before.contains(&new.activity) && !turned_down.contains(&new.activity));
        assert_eq!(new.on, here.on);
        turned_down.push(here.activity.clone());
        family = planned(&family, plan);
        let day = week(&family)
            .days
            .into_iter()
            .find(|day| day.on == here.on)
            .unwrap();
        assert!(day.moments.iter().map(|one| one.minutes).sum::<u16>() <= 30);
        assert_eq!(day.moments[1].planned, new, "it keeps its place");
        here = new;
    }
}

#[test]
fn what_a_family_does_not_want_is_not_planned() {
    let bare = made(&family(50), None);
    let mut family = family(50);
    for activity in activities(&week(&bare)) {
        let declined = Declined {
            activity,
            reason: Reason::NoInterest,
            on: TODAY,
        };
        family = family.apply(&Change::Declined(child(&family).id, declined));
    }
    let all = activities(&week(&made(&family, None)));
    assert!(all.iter().all(|one| !activities(&week(&bare)).contains(one)));
}

#[test]
fn moving_and_removing_change_nothing_else() {
    let family = made(&family(50), None);
    let moment = first(&family);
    let before = activities(&week(&family));
    let moved = planned(
        &family,
        plan::moved(child(&family), TODAY, (moment.on, 0), Some(on(5))),
    );
    let days = week(&moved).days;
    assert_eq!(days[5].moments.last().unwrap().planned.activity, moment.activity);
    assert_eq!(activities(&week(&moved)).len(), before.len());
    let removed = planned(&family, plan::moved(child(&family), TODAY, (moment.on, 0), None));
    assert_eq!(activities(&week(&removed)), before[1..]);
}

#[test]
fn what_was_done_on_its_day_shows_as_done() {
    let family = made(&family(50), None);
    let moment = first(&family);
    assert!(week(&family).moments().all(|one| !one.done));
    let told = reported(&page(&family, &moment.activity, None), Level::LittleHelp);
    let family = family.apply(&Change::Happened(child(&family).id, told));
    let done: Vec<_> = week(&family)
        .moments()
        .filter(|one| one.done)
        .map(|one| one.planned.clone())
        .collect();
    assert_eq!(done, [moment]);
}

#[test]
fn what_was_missed_waits_without_counting_and_moves_to_today_in_one_step() {
    let id = child(&family(50)).id;
    let missed = Planned {
        activity: "hopscotch".into(),
        on: on(-2),
    };
    let long_ago = Planned {
        activity: "catch-a-ball".into(),
        on: on(-9),
    };
    let family = family(50).apply(&Change::PlanSet(
        id,
        on(-20),
        vec![long_ago.clone(), missed.clone()],
    ));
    let waiting: Vec<_> = week(&family)
        .missed
        .iter()
        .map(|one| one.planned.clone())
        .collect();
    assert_eq!(
        waiting,
        std::slice::from_ref(&missed),
        "what is longer ago is let go"
    );
    let before = present(&family);
    let family = planned(
        &family,
        plan::moved(child(&family), TODAY, (missed.on, 0), Some(TODAY)),
    );
    assert_eq!(
        present(&family),
        before,
        "nothing that is believed of the child changed"
    );
    assert_eq!(week(&family).days[0].moments[0].planned.activity, "hopscotch");
    assert!(week(&family).missed.is_empty());
    assert!(
        child(&family).plan.contains(&long_ago),
        "the past is left as it is"
    );
}

#[test]
fn what_was_done_a_day_later_was_not_missed() {
    let family = family(50);
    let id = child(&family).id;
    let activity = knowledge().catalogue.activities[0].id.clone();
    let family = family.apply(&Change::PlanSet(
        id,
        on(-3),
        vec![Planned { activity, on: on(-1) }],
    ));
    assert_eq!(week(&family).missed.len(), 1);
    let id_of = week(&family).missed[0].planned.activity.clone();
    let best = just_right::model::activity::page(knowledge(), &present(&family), &id_of, None);
    if let Ok(page) = best {
        let family = family.apply(&Change::Happened(id, reported(&page, Level::Easily)));
        assert!(week(&family).missed.is_empty());
    }
}

#[test]
fn what_can_be_added_is_possible_new_and_begins_with_the_engines_choice_then_what_is_saved() {
    let family = made(&family(50), None);
    let kept = page(&family, "hopscotch", None).id;
    let family = family.apply(&Change::SavedSet(child(&family).id, kept.clone(), true));
    let offers = plan::offers(knowledge(), &present(&family), child(&family), TODAY, on(2));
    let ids: Vec<&String> = offers.iter().map(|(id, _)| id).collect();
    let planned = activities(&week(&family));
    assert!(ids.iter().all(|id| !planned.contains(id)));
    assert!(planned.contains(&kept) || ids.contains(&&kept));
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(!offers.is_empty());
}

#[test]
fn an_activity_that_this_version_does_not_know_breaks_nothing() {
    let family = family(50);
    let unknown = Planned {
        activity: "from-another-version".into(),
        on: TODAY,
    };
    let family = planned(&family, vec![unknown.clone()]);
    assert_eq!(week(&family).moments().count(), 0);
    assert!(child(&family).plan.contains(&unknown), "it is kept");
}

// The calendar file

/// A reader of calendar files by the letter of RFC 5545: lines end in CRLF, are folded, have a name, parameters and a value.
fn parsed(text: &str) -> Vec<(String, String, String)> {
    assert!(text.ends_with("\r\n"), "the last line ends, too");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let unfolded = text.replace("\r\n ", "");
    let lines = unfolded.split("\r\n").filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (head, value) = line.split_once(':').expect(line);
            let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
            assert!(name.chars().all(|c| c.is_ascii_uppercase() || c == '-'), "{name}");
            (name.into(), parameters.into(), value.into())
        })
        .collect()
}

/// The text of a value of the type TEXT.
fn text(value: &str) -> String {
    let (mut said, mut letters) = (String::new(), value.chars());
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next().unwrap() {
                'n' | 'N' => said.push('\n'),
                c @ ('\\' | ';' | ',') => said.push(c),
                c => panic!("\\{c} means nothing"),
            },
            ';' | ',' => panic!("not marked: {value}"),
            c => said.push(c),
        }
    }
    said
}

type Event = BTreeMap<String, (String, String)>;

fn events(file: &str) -> Vec<Event> {
    let lines = parsed(file);
    assert_eq!(lines.first().unwrap().2, "VCALENDAR");
    assert_eq!(lines.last().unwrap().0, "END");
    let mut all: Vec<Event> = Vec::new();
    let mut inside = false;
    for (name, parameters, value) in lines {
        match (name.as_str(), value.as_str()) {
            ("BEGIN", "VEVENT") => {
                assert!(!inside);
                inside = true;
                all.push(Event::new());
            }
            ("END", "VEVENT") => inside = false,
            _ if inside => {
                let twice = all.last_mut().unwrap().insert(name.clone(), (parameters, value));
                assert!(twice.is_none(), "{name} stands once");
            }
            _ => {}
        }
    }
    all
}

const STAMP: &str = "20261123T181500Z";

fn file(family: &Family, at: Option<u16>, name: Option<&str>) -> String {
    let wanted = Wanted {
        child: child(family).id,
        name,
        at,
        stamp: STAMP,
    };
    calendar::calendar(&week(family), &wanted)
}

#[test]
fn each_moment_is_an_event_on_its_day() {
    let family = made(&family(50), None);
    let events = events(&file(&family, None, None));
    let week = week(&family);
    assert_eq!(events.len(), week.moments().count());
    for (event, moment) in events.iter().zip(week.moments()) {
        let (kind, start) = &event["DTSTART"];
        assert_eq!(
            (kind.as_str(), start),
            ("VALUE=DATE", &dates::compact(moment.planned.on))
        );
        let next = Day(moment.planned.on.0 + 1);
        assert_eq!(
            event["DTEND"].1,
            dates::compact(next),
            "a whole day ends where the next begins"
        );
        assert_eq!(text(&event["SUMMARY"].1), moment.title);
        let about = text(&event["DESCRIPTION"].1);
        assert!(about.contains(moment.rung.trim_end_matches('.')), "{about}");
        assert!(
            about.contains(&moment.needs) && about.contains(moment.supervision),
            "{about}"
        );
    }
}

/// Google, Apple and Outlook ask for the same: VERSION and PRODID at the head, UID and DTSTAMP in each event, lines that end in CRLF, and no
/// UID twice. A UID that stays lets a file that is read again replace what it brought before.
#[test]
fn google_apple_and_outlook_find_what_they_ask_for() {
    let family = made(&family(50), None);
    let text = file(&family, Some(16 * 60), None);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    let events = events(&text);
    let uids: BTreeSet<_> = events.iter().map(|one| one["UID"].1.clone()).collect();
    assert_eq!(uids.len(), events.len());
    assert!(events.iter().all(|one| one["DTSTAMP"].1 == STAMP));
    let later = file(&family, None, Some("Mia"));
    let again: BTreeSet<_> = self::events(&later)
        .iter()
        .map(|one| one["UID"].1.clone())
        .collect();
    assert_eq!(uids, again, "the same moment has the same UID");
}

#[test]
fn at_a_time_of_day_two_moments_follow_each_other_and_midnight_is_the_next_day() {
    let family = made(&family(50), None);
    let week = week(&family);
    let events = events(&file(&family, Some(23 * 60 + 50), None));
    let mut place = 0;
    for day in &week.days {
        let mut at = 23 * 60 + 50;
        for moment in &day.moments {
            let written = |at: u16| {
                let on = Day(day.on.0 + i32::from(at / 1440));
                format!("{}T{:02}{:02}00", dates::compact(on), at / 60 % 24, at % 60)
            };
            assert_eq!(events[place]["DTSTART"].1, written(at));
            at += moment.minutes;
            assert_eq!(events[place]["DTEND"].1, written(at));
            place += 1;
        }
    }
    assert_eq!(calendar::minutes("16:30"), Some(990));
    assert_eq!(calendar::minutes("07:05:00"), Some(425));
    for odd in ["", "24:00", "12:60", "12", "a:b", "12:é"] {
        assert_eq!(calendar::minutes(odd), None, "{odd}");
    }
}

#[test]
fn a_calendar_learns_nothing_of_the_child_but_the_nickname_where_it_may() {
    let family = made(&Family::default().apply(&added(Some("Zoë-Anouk"), 50)), None);
    assert!(!file(&family, None, None).contains("Zoë"));
    let named = events(&file(&family, None, Some("Zoë; \\ Anouk, 4")));
    assert!(named
        .iter()
        .all(|one| text(&one["SUMMARY"].1).ends_with(" with Zoë; \\ Anouk, 4")));
    let all = file(&family, None, None);
    assert!(!all.contains("month") && !all.contains("years"), "no age");
}

#[test]
fn long_lines_are_folded_between_characters() {
    let family = made(&family(50), None);
    let name = "ÿ漢🧩".repeat(40);
    let file = file(&family, None, Some(&name));
    assert!(events(&file)
        .iter()
        .all(|one| text(&one["SUMMARY"].1).contains(&name)));
}

#[test]
fn what_is_done_is_not_put_in_the_calendar() {
    let family = made(&family(50), None);
    let moment = first(&family);
    let all = events(&file(&family, None, None)).len();
    let told = reported(&page(&family, &moment.activity, None), Level::LittleHelp);
    let family = family.apply(&Change::Happened(child(&family).id, told));
    assert_eq!(events(&file(&family, None, None)).len(), all - 1);
}

// Together

fn siblings(ages: &[u16]) -> Family {
    ages.iter().fold(Family::default(), |family, &months| {
        family.apply(&added(Some(&format!("Child {months}")), months))
    })
}

fn ids(family: &Family) -> Vec<ChildId> {
    family.children.iter().map(|one| one.id).collect()
}

/// The rung that a role stands on.
fn rung(role: &together::Role) -> &'static just_right_catalogue::content::Rung {
    &knowledge().activity(&role.page.id).unwrap().1.rungs[role.page.on]
}

fn all_roles(family: &Family) -> Vec<Vec<together::Role>> {
    let presents = together::presents(family, &ids(family), TODAY, &mut Memory::default());
    together::cards(knowledge(), &presents)
        .iter()
        .map(|card| together::roles(knowledge(), &presents, &card.id).unwrap())
        .collect()
}

#[test]
fn each_child_has_a_role_at_its_own_grade() {
    let family = siblings(&[40, 80]);
    let presents = together::presents(&family, &ids(&family), TODAY, &mut Memory::default());
    let cards = together::cards(knowledge(), &presents);
    assert!(!cards.is_empty() && cards.len() <= together::MOST);
    let mut differ = 0;
    for card in &cards {
        assert_eq!(card.roles.len(), 2);
        let roles = together::roles(knowledge(), &presents, &card.id).unwrap();
        for (role, (said, track)) in roles.iter().zip(&card.roles) {
            assert!(said.contains(&role.name), "{said}");
            assert_eq!(
                role.page.track.words(),
                track.words(),
                "card and page say the same"
            );
        }
        differ += usize::from(roles[0].page.grade != roles[1].page.grade);
    }
    assert!(differ > 0, "a child of three and one of six do not do the same");
}

/// The promise of safety: what one of them must not get hold of is in nobody's role, and the adult stays as near as the youngest needs.
#[test]
fn no_role_is_dangerous_to_any_of_them_and_the_supervision_is_the_strictest() {
    for ages in [&[20, 60][..], &[34, 110], &[14, 40, 100], &[50, 50], &[47, 62]] {
        let family = siblings(ages);
        let youngest = f64::from(*ages.iter().min().unwrap());
        for roles in all_roles(&family) {
            let mut nearest = Supervision::Nearby;
            for role in &roles {
                let content = rung(role);
                for hazard in content.hazards.iter().map(|id| id.0) {
                    assert!(
                        youngest >= safety::youngest(hazard),
                        "{}: {hazard:?}",
                        role.page.id
                    );
                    let mouthed = matches!(
                        hazard,
                        Hazard::SmallParts | Hazard::Inedible | Hazard::LatexBalloon
                    );
                    assert!(youngest >= 36.0 || !mouthed, "{}: {hazard:?}", role.page.id);
                    nearest = nearest.max(safety::least_supervision(hazard, Months::saturating(youngest)));
                }
                nearest = nearest.max(content.supervision.0);
            }
            let said = together::supervision(&roles);
            let least = just_right::model::activity::supervision(nearest);
            let near = [Supervision::Nearby, Supervision::SameRoom, Supervision::ArmsReach]
                .map(just_right::model::activity::supervision);
            let place = |said: &str| near.iter().position(|one| *one == said).unwrap();
            assert!(place(said) >= place(least), "{}: {said}", roles[0].page.id);
        }
    }
}

#[test]
fn one_childs_allergy_holds_for_all() {
    let family = siblings(&[60, 80]);
    let allergic = family.apply(&Change::ProtectionSet {
        id: ids(&family)[0],
        mouthing: None,
        allergens: Allergen::ALL.iter().map(|&one| Id(one)).collect(),
        limits: Vec::new(),
    });
    for role in all_roles(&allergic).iter().flatten() {
        assert!(rung(role).allergens.is_empty(), "{}", role.page.id);
    }
    let presents = together::presents(&allergic, &ids(&allergic), TODAY, &mut Memory::default());
    for (_, present) in &presents {
        let wheat = safety::Safety {
            hazards: safety::Hazards::EMPTY,
            allergens: [Allergen::Wheat].into_iter().collect(),
            limits: safety::Limits::EMPTY,
            supervision: Supervision::Nearby,
        };
        let found = safety::danger(&wheat, present.profile.age(), &present.protection);
        assert_eq!(found, Some(Danger::Allergen(Allergen::Wheat)));
    }
}

#[test]
fn a_childs_own_picks_are_not_touched_by_who_else_there_is() {
    let alone = Family::default().apply(&added(Some("Mia"), 80));
    let with_baby = alone.apply(&added(Some("Leo"), 14));
    let with_baby = with_baby.apply(&Change::ChildChosen(alone.children[0].id));
    assert_eq!(present(&alone).protection, present(&with_baby).protection);
}

#[test]
fn what_is_told_of_one_child_counts_for_that_child_only() {
    let family = siblings(&[40, 80]);
    let roles = all_roles(&family).remove(0);
    let told = roles[1].page.report(Level::Easily, TODAY);
    let happening = just_right::family::Happening::Reported(told);
    let after = family.apply(&Change::Happened(roles[1].child, happening));
    let reports = |child: &Child| child.reports().count();
    assert_eq!(after.children.iter().map(reports).collect::<Vec<_>>(), [0, 1]);
}
