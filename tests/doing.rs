//! What a family was promised of the ladder, and of easier and harder while an activity is under way, with the content as it
//! ships.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{family, knowledge, page, present};
use just_right::model::activity::{self, ladder, NoPage, Page};
use just_right::model::doing::{doing, step_after};
use just_right::model::picks::cards;

/// The pages of the first picks at several ages.
fn pages() -> impl Iterator<Item = (u16, Page)> {
    [14, 26, 40, 62, 95, 140].into_iter().flat_map(|months| {
        let family = family(months);
        let found = cards(knowledge(), &present(&family), 12);
        found
            .into_iter()
            .map(move |card| (months, page(&family, &card.id, Some(&card.grade))))
    })
}

#[test]
fn each_rung_of_the_ladder_leads_to_itself_or_says_why_not() {
    let (mut open, mut worded, mut closed) = (0, 0, 0);
    for (months, start) in pages() {
        let present = present(&family(months));
        let rungs = ladder(knowledge(), &present, &start.id);
        let names: Vec<_> = rungs.iter().map(|rung| rung.name.clone()).collect();
        assert_eq!(names, start.ladder, "{}: all rungs, easiest first", start.id);
        for (index, rung) in rungs.iter().enumerate() {
            match &rung.grade {
                Some(grade) => {
                    let there = activity::page(knowledge(), &present, &start.id, Some(grade)).unwrap();
                    assert_eq!(
                        (there.on, &there.rung),
                        (index, &rung.name),
                        "{} {grade}",
                        start.id
                    );
                    open += 1;
                    worded += usize::from(!rung.word.is_empty());
                }
                None => {
                    assert!(!rung.word.is_empty(), "{} {index} says why", start.id);
                    let there = activity::page(knowledge(), &present, &start.id, Some(&index.to_string()));
                    assert!(
                        matches!(there, Err(NoPage::Refused { .. })),
                        "{} {index}",
                        start.id
                    );
                    closed += 1;
                }
            }
        }
        let here = &rungs[start.on];
        assert_eq!(here.word, "", "{}: the rung of a pick needs no excuse", start.id);
    }
    assert!(
        open > 200 && worded > 50,
        "{open} ways, {worded} of them with a word, {closed} closed"
    );
}

#[test]
fn a_pick_stands_on_the_ladder_at_its_best_levers() {
    for (months, start) in pages() {
        let best = activity::page(knowledge(), &present(&family(months)), &start.id, None).unwrap();
        let rungs = ladder(knowledge(), &present(&family(months)), &start.id);
        assert_eq!(rungs[best.on].grade.as_ref(), Some(&best.grade), "{}", start.id);
    }
}

#[test]
fn an_activity_that_is_not_there_has_no_ladder() {
    assert_eq!(ladder(knowledge(), &present(&family(50)), "nope"), []);
}

#[test]
fn what_one_tap_does_stands_on_the_right_side_of_the_track() {
    for (_, page) in pages() {
        let [easier, harder] = page.track.neighbours;
        assert_eq!(
            (easier.is_some(), harder.is_some()),
            (page.easier.is_some(), page.harder.is_some())
        );
        assert!(easier.is_none_or(|at| at <= page.track.at), "{}", page.id);
        assert!(harder.is_none_or(|at| at >= page.track.at), "{}", page.id);
    }
}

#[test]
fn easier_and_harder_keep_the_step_while_the_steps_are_the_same_and_begin_anew_where_they_are_not() {
    let (mut kept, mut anew) = (0, 0);
    for (months, from) in pages() {
        for way in [&from.easier, &from.harder].into_iter().flatten() {
            let to = page(&family(months), &from.id, Some(&way.grade));
            for index in 0..doing(&from, 99).count {
                let after = step_after(&from, &to, index);
                if from.on == to.on {
                    assert_eq!(doing(&to, after).now, doing(&from, index).now);
                    kept += 1;
                } else {
                    assert_eq!(after, 0);
                    anew += 1;
                }
            }
        }
    }
    assert!(kept > 20 && anew > 20, "{kept} kept, {anew} anew");
}
