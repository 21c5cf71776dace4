//! One child, driven from outside: a line in, a line out.
//!
//! Pure: the same lines give the same answers, on every platform. Whatever stands in a line, the answer is one line,
//! and the session goes on.

use std::collections::BTreeSet;

use just_right_engine::ability::Profile;
use just_right_engine::area::Area;
use just_right_engine::demand::{Band, Demands};
use just_right_engine::grading::{self, Refusal, Request, Step};
use just_right_engine::pick::{picks, Done, Rest, Rounds, Wanted};
use just_right_engine::question::{Form, Question, Rating, Reply};
use just_right_engine::repertoire::{Activity, Grade};
use just_right_engine::report::{Level, Told};
use just_right_engine::safety::{Allergens, Limits, Protection};
use just_right_engine::unit::Logit;
use serde::Serialize;

use super::json::{quoted, Fields, Json, Wrong};
use super::start::{Areas, Offered, Started, MOST_LOGITS};

/// Longer than anybody is away: a century.
const MOST_DAYS: f64 = 36_525.0;

/// How steep a question may be; the engine knows no others.
const SLOPES: (f64, f64) = (0.05, 20.0);

/// A session, before and after its start.
#[derive(Default)]
pub struct Session {
    child: Option<Child>,
}

impl Session {
    /// What a line is answered with: one line of JSON, without its end.
    pub fn answer(&mut self, line: &[u8]) -> String {
        self.understand(line)
            .unwrap_or_else(|wrong| error(&wrong.to_string()))
    }

    fn understand(&mut self, line: &[u8]) -> Result<String, Wrong> {
        let json = Json::parse(line)?;
        let fields = json.object()?;
        let op = fields.need("op", Json::text)?;
        if op == "start" {
            // Read as a whole before anything is given up: a start that fails leaves the session as it was.
            let child = Child::new(Started::read(fields)?);
            let answer = told(&child.started());
            self.child = Some(child);
            return Ok(answer);
        }
        let ask = match op {
            "rate" => Child::rate,
            "pick" => Child::pick,
            "report" => Child::report,
            "predict" => Child::predict,
            "ability" => Child::ability,
            "elapse" => Child::elapse,
            "questions" => Child::questions,
            "ask" => Child::ask,
            "answer" => Child::hear,
            "explain" => Child::explain,
            _ => {
                let what = format!(
                    "there is no op {}; there are start, rate, pick, report, predict, ability, elapse, questions, ask, \
                     answer, explain",
                    quoted(op)
                );
                return Err(Wrong::new(what).inside("op"));
            }
        };
        match &mut self.child {
            Some(child) => ask(child, fields),
            None => Err(Wrong::new(format!(
                "{} comes before the start: send {{\"op\":\"start\",…}} first",
                quoted(op)
            ))),
        }
    }
}

/// An answer that says what is wrong.
pub fn error(what: &str) -> String {
    #[derive(Serialize)]
    struct Told<'a> {
        error: &'a str,
    }
    told(&Told { error: what })
}

fn told(answer: &impl Serialize) -> String {
    // Numbers, texts and lists always have a place in JSON.
    serde_json::to_string(answer)
        .unwrap_or_else(|_| r#"{"error":"the answer cannot be written as JSON"}"#.into())
}

#[derive(Serialize)]
struct Fine {
    ok: bool,
}

fn fine() -> String {
    told(&Fine { ok: true })
}

/// The session's child, with what can be offered and asked.
struct Child {
    areas: Areas,
    profile: Profile,
    world: Offered,
    band: Band,
    no_repeat: usize,
    done: Vec<Done>,
    questions: Vec<Asked>,
    /// How unsure the difficulty of a question is.
    spread: f64,
}

/// A question, and whether it was answered.
struct Asked {
    id: String,
    question: Question,
    answered: bool,
}

impl Child {
    fn new(started: Started) -> Child {
        Child {
            spread: started.profile.model().item_sd,
            areas: started.areas,
            profile: started.profile,
            world: started.offered,
            band: started.band,
            no_repeat: started.no_repeat,
            done: Vec::new(),
            questions: Vec::new(),
        }
    }

    fn started(&self) -> impl Serialize {
        #[derive(Serialize)]
        struct Started {
            ok: bool,
            activities: usize,
            grades: usize,
        }
        let activities = &self.world.repertoire.activities;
        Started {
            ok: true,
            activities: activities.len(),
            grades: activities.iter().map(|activity| activity.rungs.len()).sum(),
        }
    }

    fn rate(&mut self, fields: Fields) -> Result<String, Wrong> {
        let area = fields.need("area", |area| self.areas.find(area.text()?))?;
        let level = fields.need("level", |level| level.whole(-2.0, 2.0))?;
        if let Some(&rating) = Rating::ALL.get((level + 2.0) as usize) {
            self.profile.rate(area, rating);
        }
        Ok(fine())
    }

    fn pick(&mut self, fields: Fields) -> Result<String, Wrong> {
        #[derive(Serialize)]
        struct Picked<'a> {
            activity: &'a str,
            grade: &'a str,
            success: f64,
            in_band: f64,
            bottleneck: Option<&'a str>,
        }
        #[derive(Serialize)]
        struct Picks<'a> {
            picks: Vec<Picked<'a>>,
        }
        let count = fields.need("count", Json::count)?;
        let open = &self.world.repertoire;
        // Kept to the letter, unless nothing at all were left: then the one that rested longest comes back.
        let all_rest = open
            .activities
            .iter()
            .all(|activity| self.rests(&activity.id) > 0);
        let no_repeat = if all_rest {
            self.no_repeat.min(open.activities.len().saturating_sub(1))
        } else {
            self.no_repeat
        };
        let wanted = Wanted {
            count,
            rounds: Rounds::AllJustRight,
            done: &self.done,
            no_repeat,
            variety: 1.0,
            left_out: &[],
        };
        let picked = picks(open, &self.request(), &wanted);
        let mut answer = Picks { picks: Vec::new() };
        for pick in &picked.picks {
            let Some(activity) = open.activities.get(pick.activity) else {
                continue;
            };
            let place = self.world.activity(&activity.id)?;
            answer.picks.push(Picked {
                activity: &activity.id,
                grade: self.world.grade_name(place, pick.plan.grade.rung),
                success: pick.plan.outlook.success,
                in_band: pick.plan.in_band,
                bottleneck: pick.plan.bottleneck().map(|area| self.areas.name(area)),
            });
        }
        Ok(told(&answer))
    }

    /// For how many more reported picks an activity rests.
    fn rests(&self, activity: &str) -> usize {
        let ago = self.done.iter().rev().position(|one| one.activity == activity);
        ago.map_or(0, |ago| self.no_repeat.saturating_sub(ago))
    }

    fn request(&self) -> Request<'_> {
        Request {
            profile: &self.profile,
            protection: &NOTHING_TO_PROTECT_FROM,
            band: self.band,
            minutes: None,
            therapist: false,
        }
    }

    /// The activity and the grade that a line names.
    fn version(&self, fields: Fields) -> Result<(usize, u8), Wrong> {
        let activity = fields.need("activity", |name| self.world.activity(name.text()?))?;
        let grade = fields.need("grade", |name| self.world.grade(activity, name.text()?))?;
        Ok((activity, grade))
    }

    fn demands(&self, activity: usize, grade: u8) -> Result<(&Activity, &Demands), Wrong> {
        let activity = self.world.repertoire.activities.get(activity);
        let found =
            activity.and_then(|activity| Some((activity, &activity.rungs.get(usize::from(grade))?.demands)));
        found.ok_or_else(|| Wrong::new("there is no such grade"))
    }

    fn report(&mut self, fields: Fields) -> Result<String, Wrong> {
        let (activity, grade) = self.version(fields)?;
        let told = match (fields.has("level"), fields.has("success")) {
            (true, false) => {
                let level = fields.need("level", |level| level.whole(0.0, 3.0))?;
                Told::OfFour(Level::ALL[(level as usize).min(3)])
            }
            (false, true) => Told::Success(fields.need("success", Json::flag)?),
            (true, true) => return Err(Wrong::new("both “level” and “success” stand here: leave one out")),
            (false, false) => {
                return Err(Wrong::new(
                    "neither “level” nor “success” stands here: add \"level\": 0, 1, 2 or 3, or \"success\": true or false",
                ))
            }
        };
        let (activity, demands) = self.demands(activity, grade)?;
        let done = Done {
            activity: activity.id.clone(),
            demands: *demands,
            rest: Rest::Usual,
        };
        self.profile.hear(&done.demands, told);
        self.done.push(done);
        Ok(fine())
    }

    fn predict(&mut self, fields: Fields) -> Result<String, Wrong> {
        #[derive(Serialize)]
        struct Predicted {
            success: f64,
        }
        let (activity, grade) = self.version(fields)?;
        let (_, demands) = self.demands(activity, grade)?;
        Ok(told(&Predicted {
            success: self.profile.outlook(demands).success,
        }))
    }

    fn ability(&mut self, _: Fields) -> Result<String, Wrong> {
        #[derive(Serialize)]
        struct Ability {
            mean: Vec<f64>,
            sd: Vec<f64>,
            cov: Vec<Vec<f64>>,
        }
        let areas = self.areas.used();
        let child = &self.profile;
        let row = |&a: &Area| areas.iter().map(|&b| child.covariance(a, b)).collect();
        Ok(told(&Ability {
            mean: areas.iter().map(|&area| child.ability(area).get()).collect(),
            sd: areas.iter().map(|&area| child.uncertainty(area)).collect(),
            cov: areas.iter().map(row).collect(),
        }))
    }

    fn elapse(&mut self, fields: Fields) -> Result<String, Wrong> {
        let days = fields.need("days", |days| days.number(0.0, MOST_DAYS))?;
        let growth = |growth: &Json| growth.numbers(self.areas.len(), -MOST_LOGITS, MOST_LOGITS);
        let growth = fields.may("growth", growth)?.unwrap_or_default();
        self.profile.grow(days, &self.areas.spread_out(&growth));
        Ok(fine())
    }

    /// Adds questions. One that is known by its id is replaced, and may be asked anew.
    fn questions(&mut self, fields: Fields) -> Result<String, Wrong> {
        #[derive(Serialize)]
        struct Known {
            ok: bool,
            items: usize,
        }
        let mut ids = BTreeSet::new();
        let items = fields.need("items", |items| {
            items.each(|_, item| {
                let fields = item.object()?;
                let id = fields.need("id", Json::text)?;
                if !ids.insert(id) {
                    return Err(
                        Wrong::new(format!("{} is the id of another question, too", quoted(id))).inside("id"),
                    );
                }
                let area = fields.need("area", |area| self.areas.find(area.text()?))?;
                let slope = fields.may("a", |slope| slope.number(SLOPES.0, SLOPES.1))?;
                let at = fields.need("b", |at| at.number(-MOST_LOGITS, MOST_LOGITS))?;
                Ok(Asked {
                    id: id.to_owned(),
                    question: Question {
                        area,
                        at: Logit::saturating(at),
                        spread: self.spread,
                        slope: slope.unwrap_or(1.0),
                    },
                    answered: false,
                })
            })
        })?;
        let answer = Known {
            ok: true,
            items: items.len(),
        };
        self.questions.retain(|known| !ids.contains(known.id.as_str()));
        self.questions.extend(items);
        Ok(told(&answer))
    }

    fn ask(&mut self, _: Fields) -> Result<String, Wrong> {
        #[derive(Serialize)]
        struct Next<'a> {
            question: Option<&'a str>,
        }
        let open: Vec<&Asked> = self.questions.iter().filter(|asked| !asked.answered).collect();
        let questions: Vec<Question> = open.iter().map(|asked| asked.question).collect();
        let next = self.profile.most_telling(&questions, Form::YesNo);
        Ok(told(&Next {
            question: next
                .and_then(|next| open.get(next))
                .map(|asked| asked.id.as_str()),
        }))
    }

    fn hear(&mut self, fields: Fields) -> Result<String, Wrong> {
        let (questions, profile) = (&mut self.questions, &mut self.profile);
        let asked = fields.need("question", |name| {
            let name = name.text()?;
            let count = questions.len();
            let known = questions.iter_mut().find(|asked| asked.id == name);
            let known = known.ok_or_else(|| {
                Wrong::new(format!(
                    "there is no question {} among the {count} of the session",
                    quoted(name)
                ))
            })?;
            if known.answered {
                return Err(Wrong::new(format!(
                    "{} was answered already; send it again with “questions” to ask it anew",
                    quoted(name)
                )));
            }
            Ok(known)
        })?;
        let success = fields.need("success", Json::flag)?;
        profile.reply(&asked.question, Reply::Yes(success));
        asked.answered = true;
        Ok(fine())
    }

    fn explain(&mut self, fields: Fields) -> Result<String, Wrong> {
        let (place, rung) = self.version(fields)?;
        let (activity, _) = self.demands(place, rung)?;
        let request = self.request();
        let repertoire = &self.world.repertoire;
        let plan = grading::at(repertoire, activity, Grade::plain(rung), &request)
            .map_err(|_| Wrong::new("the engine has nothing to say of this grade"))?;
        let step = |step: Step| Neighbour {
            grade: self.world.grade_name(place, step.grade.rung),
            success: step.success,
        };
        let (best, refused) = match grading::best(repertoire, activity, &request) {
            Ok(best) => {
                let best = Best {
                    grade: self.world.grade_name(place, best.grade.rung),
                    success: best.outlook.success,
                    in_band: best.in_band,
                };
                (Some(best), None)
            }
            Err(refusal) => (None, Some(self.refused(place, refusal))),
        };
        Ok(told(&Explained {
            activity: &activity.id,
            grade: self.world.grade_name(place, rung),
            success: plan.outlook.success,
            in_band: plan.in_band,
            too_hard: plan.outlook.chance_too_hard(),
            centre: plan.outlook.centre,
            spread: plan.outlook.spread,
            interval: plan.outlook.interval(),
            bottleneck: plan.bottleneck().map(|area| self.areas.name(area)),
            factors: plan
                .factors
                .iter()
                .map(|&(area, chance)| Factor {
                    area: self.areas.name(area),
                    chance,
                })
                .collect(),
            easier: plan.easier.map(step),
            harder: plan.harder.map(step),
            best,
            refused,
            done: self.done.iter().filter(|one| one.activity == activity.id).count(),
            rests: self.rests(&activity.id),
        }))
    }

    fn refused(&self, place: usize, refusal: Refusal) -> Refused<'_> {
        let plain = |reason| Refused {
            reason,
            grade: None,
            area: None,
            success: None,
        };
        match refusal {
            Refusal::TooHard { grade, area, success } => Refused {
                reason: "too-hard",
                grade: Some(self.world.grade_name(place, grade.rung)),
                area: Some(self.areas.name(area)),
                success: Some(success),
            },
            Refusal::TooEasy { grade, success } => Refused {
                reason: "too-easy",
                grade: Some(self.world.grade_name(place, grade.rung)),
                area: None,
                success: Some(success),
            },
            // These need safety, minutes or gates, of which a session has none.
            Refusal::Unsafe(_) => plain("unsafe"),
            Refusal::TooLong(_) => plain("too-long"),
            Refusal::Gate(_) => plain("gate"),
            Refusal::Empty => plain("empty"),
        }
    }
}

const NOTHING_TO_PROTECT_FROM: Protection = Protection {
    youngest: None,
    mouthing: None,
    allergens: Allergens::EMPTY,
    limits: Limits::EMPTY,
};

/// The engine's explanation of one grade.
#[derive(Serialize)]
struct Explained<'a> {
    activity: &'a str,
    grade: &'a str,
    /// Mean of the chance of success.
    success: f64,
    /// Chance that it lies in the band.
    in_band: f64,
    /// Chance that it is below one half.
    too_hard: f64,
    /// Mean and spread of its logit.
    centre: f64,
    spread: f64,
    /// The middle 80 % of the chance of success.
    interval: (f64, f64),
    bottleneck: Option<&'a str>,
    /// Weakest first.
    factors: Vec<Factor<'a>>,
    /// The next grade of the activity that is noticeably easier, and the next that is harder.
    easier: Option<Neighbour<'a>>,
    harder: Option<Neighbour<'a>>,
    /// The grade that the engine would take of this activity; null where it would refuse the activity.
    best: Option<Best<'a>>,
    refused: Option<Refused<'a>>,
    /// How often the activity was reported.
    done: usize,
    /// For how many more reports it is not offered again.
    rests: usize,
}

#[derive(Serialize)]
struct Factor<'a> {
    area: &'a str,
    chance: f64,
}

#[derive(Serialize)]
struct Neighbour<'a> {
    grade: &'a str,
    success: f64,
}

#[derive(Serialize)]
struct Best<'a> {
    grade: &'a str,
    success: f64,
    in_band: f64,
}

/// Why the whole activity would not be picked.
#[derive(Serialize)]
struct Refused<'a> {
    reason: &'static str,
    /// The easiest grade that is too hard, or the hardest that is too easy.
    grade: Option<&'a str>,
    /// The area that would bring it into reach.
    area: Option<&'a str>,
    success: Option<f64>,
}
