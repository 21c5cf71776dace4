//! What a session starts with: the world, the child, and what can be offered.

use std::collections::BTreeMap;

use just_right_engine::ability::Profile;
use just_right_engine::area::{Area, PerArea, COUNT};
use just_right_engine::demand::{Band, Demands, LoadError, MAX_LOADED};
use just_right_engine::growth::{Prior, PriorError};
use just_right_engine::model::Model;
use just_right_engine::pick::NO_REPEAT;
use just_right_engine::repertoire::{Activity, Repertoire, Rung};
use just_right_engine::safety::{Allergens, Hazards, Limits, Safety, Supervision};
use just_right_engine::unit::{Logit, Minutes, Months};

use super::json::{quoted, Fields, Json, Wrong};

/// The most grades of an activity: the engine counts rungs in a byte.
const MOST_GRADES: usize = 255;

/// Where the scale ends, in logits, and the largest variance.
pub const MOST_LOGITS: f64 = 40.0;
const MOST_VARIANCE: f64 = 400.0;

/// A session that has started.
pub struct Started {
    pub areas: Areas,
    pub profile: Profile,
    pub offered: Offered,
    pub band: Band,
    pub no_repeat: usize,
}

impl Started {
    /// From the fields of `start`.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(fields: Fields) -> Result<Started, Wrong> {
        // The engine rolls no dice: the seed is for whoever reads the protocol of a simulation.
        fields.may("seed", |seed| seed.whole(-2f64.powi(63), 2f64.powi(64)))?;
        let areas = fields.need("areas", Areas::read)?;
        let prior = fields.need("prior", |prior| read_prior(prior, &areas))?;
        let model = fields.may("model", read_model)?.unwrap_or(Model::DEFAULT);
        let offered = fields.may("activities", |activities| {
            Offered::read(activities, &areas, &model)
        })?;
        let band = fields.may("band", read_band)?.unwrap_or(Band::JUST_RIGHT);
        let no_repeat = fields.may("no_repeat", Json::count)?.unwrap_or(NO_REPEAT);
        Ok(Started {
            profile: Profile::new(any_age(), prior, model),
            offered: offered.unwrap_or_default(),
            areas,
            band,
            no_repeat,
        })
    }
}

/// The age matters to safety and to the typical child only; here nothing is dangerous, and the typical child is the
/// prior's.
fn any_age() -> Months {
    Months::saturating(48.0)
}

/// The names of the areas, which stand for the engine's own by their place.
#[derive(Debug)]
pub struct Areas(Vec<String>);

impl Areas {
    fn read(json: &Json) -> Result<Areas, Wrong> {
        let mut names: Vec<String> = Vec::new();
        json.each(|_, name| {
            let name = name.text()?;
            if names.iter().any(|known| known == name) {
                return Err(Wrong::new(format!(
                    "{} stands twice: leave one out",
                    quoted(name)
                )));
            }
            names.push(name.to_owned());
            Ok(())
        })?;
        match names.len() {
            1..=COUNT => Ok(Areas(names)),
            count => Err(Wrong::new(format!(
                "{count} areas stand here; write 1 to {COUNT}"
            ))),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The engine's areas that are used.
    pub fn used(&self) -> &'static [Area] {
        static ALL: PerArea<Area> = Area::ALL;
        &ALL[..self.len().min(COUNT)]
    }

    /// The area of this name.
    ///
    /// # Errors
    /// That there is none.
    pub fn find(&self, name: &str) -> Result<Area, Wrong> {
        let place = self.0.iter().position(|known| known == name);
        place
            .and_then(|place| self.used().get(place))
            .copied()
            .ok_or_else(|| {
                let known: Vec<String> = self.0.iter().map(|name| quoted(name)).collect();
                Wrong::new(format!(
                    "there is no area {}; the session's areas are {}",
                    quoted(name),
                    known.join(", ")
                ))
            })
    }

    /// The name of an area.
    pub fn name(&self, area: Area) -> &str {
        self.0.get(area.index()).map_or(area.id(), String::as_str)
    }

    /// One value for each of the engine's areas, from one for each of the session's; 0 in the rest.
    pub fn spread_out(&self, values: &[f64]) -> PerArea<f64> {
        let mut all = [0.0; COUNT];
        for (slot, value) in all.iter_mut().zip(values) {
            *slot = *value;
        }
        all
    }
}

fn read_prior(json: &Json, areas: &Areas) -> Result<Prior, Wrong> {
    let fields = json.object()?;
    let count = areas.len();
    let mean = fields.need("mean", |mean| mean.numbers(count, -MOST_LOGITS, MOST_LOGITS))?;
    let rows = fields.need("cov", |rows| {
        let rows = rows.each(|_, row| row.numbers(count, -MOST_VARIANCE, MOST_VARIANCE))?;
        if rows.len() == count {
            Ok(rows)
        } else {
            Err(Wrong::new(format!(
                "{} rows stand here; write {count}, one for each area",
                rows.len()
            )))
        }
    })?;
    let mut covariance = [[0.0; COUNT]; COUNT];
    for (slot, row) in covariance.iter_mut().zip(&rows) {
        *slot = areas.spread_out(row);
    }
    Prior::new(areas.spread_out(&mean), covariance).map_err(|problem| {
        let what = match problem {
            PriorError::Number => "a number is out of range: write means from -40 to 40 and variances up to 400",
            PriorError::Asymmetric => {
                "the matrix is not symmetric: write the same number for two areas in either order"
            }
            PriorError::NotACovariance => {
                "the matrix is no covariance: variances are 0 or more, and no combination of areas may have less"
            }
        };
        Wrong::new(what).inside("cov")
    })
}

/// The engine's own configuration, with what is given in the place of what the app uses.
///
/// With `drop`, `careless`, `item_sd` and `child_sd` all 0 nothing is left that the app's model adds to the textbook's: then
/// it is [`Model::textbook`], which has no unsure reporter and nothing that makes up for a weak area either.
fn read_model(json: &Json) -> Result<Model, Wrong> {
    let mut model = Model::DEFAULT;
    for (name, value) in json.object()?.all() {
        let (field, most) = match name {
            "drop" => (&mut model.drop, 0.5),
            "drop_mean" => (&mut model.drop_mean, 10.0),
            "drop_sd" => (&mut model.drop_sd, 10.0),
            "careless" => (&mut model.careless, 0.5),
            "item_sd" => (&mut model.item_sd, 3.0),
            "child_sd" => (&mut model.child_sd, 3.0),
            _ => return Err(Wrong::new(
                "there is no such field; a model has drop, drop_mean, drop_sd, careless, item_sd, child_sd",
            )
            .inside(quoted(name))),
        };
        *field = value.number(0.0, most).map_err(|wrong| wrong.inside(name))?;
    }
    let switched_off = [model.drop, model.careless, model.item_sd, model.child_sd] == [0.0; 4];
    Ok(if switched_off { Model::textbook() } else { model })
}

fn read_band(json: &Json) -> Result<Band, Wrong> {
    let fields = json.object()?;
    let low = fields.need("low", |low| low.number(0.0, 1.0))?;
    let high = fields.need("high", |high| high.number(0.0, 1.0))?;
    Band::new(low, high)
        .ok_or_else(|| Wrong::new(format!("{low} to {high} is no band; write 0 < low < high < 1")))
}

/// What can be offered, and where to find it by name.
#[derive(Debug, Default)]
pub struct Offered {
    pub repertoire: Repertoire,
    places: BTreeMap<String, usize>,
    /// For each activity: the grades by name, and the names by grade.
    grades: Vec<(BTreeMap<String, u8>, Vec<String>)>,
}

impl Offered {
    fn read(json: &Json, areas: &Areas, model: &Model) -> Result<Offered, Wrong> {
        let mut offered = Offered::default();
        json.each(|place, activity| offered.add(place, activity, areas, model))?;
        Ok(offered)
    }

    fn add(&mut self, place: usize, json: &Json, areas: &Areas, model: &Model) -> Result<(), Wrong> {
        let fields = json.object()?;
        let id = fields.need("id", Json::text)?;
        if self.places.insert(id.to_owned(), place).is_some() {
            return Err(
                Wrong::new(format!("{} is the id of another activity, too", quoted(id))).inside("id"),
            );
        }
        let mut by_name = BTreeMap::new();
        let mut names = Vec::new();
        let rungs = fields.need("grades", |grades| {
            grades.each(|place, grade| {
                let fields = grade.object()?;
                let id = fields.need("id", Json::text)?;
                let rung = u8::try_from(place).ok().filter(|_| place < MOST_GRADES);
                let rung = rung.ok_or_else(|| Wrong::new(format!("{MOST_GRADES} grades are the most")))?;
                if by_name.insert(id.to_owned(), rung).is_some() {
                    return Err(
                        Wrong::new(format!("{} is the id of another grade, too", quoted(id))).inside("id"),
                    );
                }
                names.push(id.to_owned());
                let demands = fields.need("demands", |demands| read_demands(demands, areas, model))?;
                Ok(harmless(demands))
            })
        })?;
        if rungs.is_empty() {
            return Err(Wrong::new("the list is empty; write at least one grade").inside("grades"));
        }
        self.grades.push((by_name, names));
        self.repertoire.activities.push(Activity {
            id: id.to_owned(),
            rungs,
            gates: Vec::new(),
            levers: Vec::new(),
            minutes: Minutes(0),
        });
        Ok(())
    }

    /// The activity of this name: its place.
    ///
    /// # Errors
    /// That there is none.
    pub fn activity(&self, name: &str) -> Result<usize, Wrong> {
        self.places.get(name).copied().ok_or_else(|| {
            Wrong::new(format!(
                "there is no activity {} among the {} that the session started with",
                quoted(name),
                self.places.len()
            ))
        })
    }

    /// The grade of this name: its rung.
    ///
    /// # Errors
    /// That there is none.
    pub fn grade(&self, activity: usize, name: &str) -> Result<u8, Wrong> {
        let (by_name, names) = self
            .grades
            .get(activity)
            .ok_or_else(|| Wrong::new("no such activity"))?;
        by_name.get(name).copied().ok_or_else(|| {
            let known: Vec<String> = names.iter().take(10).map(|name| quoted(name)).collect();
            let rest = if names.len() > 10 { ", …" } else { "" };
            Wrong::new(format!(
                "there is no grade {}; the activity's grades are {}{rest}",
                quoted(name),
                known.join(", ")
            ))
        })
    }

    /// The name of a grade.
    pub fn grade_name(&self, activity: usize, rung: u8) -> &str {
        let names = self.grades.get(activity).map(|(_, names)| names);
        names
            .and_then(|names| names.get(usize::from(rung)))
            .map_or("", String::as_str)
    }
}

fn read_demands(json: &Json, areas: &Areas, model: &Model) -> Result<Demands, Wrong> {
    let mut demands = Demands::new().with_spread(model.item_sd);
    for (name, at) in json.object()?.all() {
        let area = areas.find(name)?;
        let at = at
            .number(-MOST_LOGITS, MOST_LOGITS)
            .map_err(|wrong| wrong.inside(name))?;
        demands
            .load(area, Logit::saturating(at))
            .map_err(|problem| match problem {
                LoadError::TooMany => Wrong::new(format!(
                    "more than {MAX_LOADED} areas are asked; leave out those that ask least"
                )),
                LoadError::Twice(_) => Wrong::new(format!("{} stands twice: leave one out", quoted(name))),
            })?;
    }
    if demands.iter().next().is_none() {
        return Err(Wrong::new(format!(
            "nothing is asked; write one to {MAX_LOADED} areas, each with the ability at which half succeed"
        )));
    }
    Ok(demands)
}

const HARMLESS: Safety = Safety {
    hazards: Hazards::EMPTY,
    allergens: Allergens::EMPTY,
    limits: Limits::EMPTY,
    supervision: Supervision::Nearby,
};

fn harmless(demands: Demands) -> Rung {
    Rung {
        demands,
        safety: HARMLESS,
    }
}
