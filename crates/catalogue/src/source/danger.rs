//! Words that name a danger. The engine enforces only what the safety data says, so a text that speaks of beads must
//! have the hazard, or say why there is none.

use std::ops::Range;
use std::sync::LazyLock;

use just_right_engine::safety::{Allergen, Hazard};

use super::phrases::{self, Phrases};

/// What the safety data can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Peril {
    Hazard(Hazard),
    Allergen(Allergen),
}

impl Peril {
    pub(crate) fn id(self) -> &'static str {
        match self {
            Peril::Hazard(hazard) => hazard.id(),
            Peril::Allergen(allergen) => allergen.id(),
        }
    }

    pub(crate) fn named(id: &str) -> Option<Peril> {
        Hazard::from_id(id)
            .map(Peril::Hazard)
            .or_else(|| Allergen::from_id(id).map(Peril::Allergen))
    }

    /// The list of the file that it stands in.
    pub(crate) fn list(self) -> &'static str {
        match self {
            Peril::Hazard(_) => "hazards",
            Peril::Allergen(_) => "allergens",
        }
    }
}

/// What several words ask for. Any one of `answers` is an answer.
struct Asks {
    answers: &'static [Peril],
    /// In the singular, separated by commas; a plural by s or es is found by itself.
    words: &'static str,
}

const SMALL: Peril = Peril::Hazard(Hazard::SmallParts);
const CHOKING: Peril = Peril::Hazard(Hazard::ChokingFood);
const BALLOON: Peril = Peril::Hazard(Hazard::LatexBalloon);
const CORD: Peril = Peril::Hazard(Hazard::Cord);
const WATER: Peril = Peril::Hazard(Hazard::Water);
const HEAT: Peril = Peril::Hazard(Hazard::Heat);
const SHARP: Peril = Peril::Hazard(Hazard::Sharp);
const HEIGHT: Peril = Peril::Hazard(Hazard::Height);
const INEDIBLE: Peril = Peril::Hazard(Hazard::Inedible);
const FAST: Peril = Peril::Hazard(Hazard::FastObject);
const WHEAT: Peril = Peril::Allergen(Allergen::Wheat);
const EGG: Peril = Peril::Allergen(Allergen::Egg);
const MILK: Peril = Peril::Allergen(Allergen::Milk);
const NUTS: Peril = Peril::Allergen(Allergen::Nuts);
const SESAME: Peril = Peril::Allergen(Allergen::Sesame);
const SOY: Peril = Peril::Allergen(Allergen::Soy);
const LATEX: Peril = Peril::Allergen(Allergen::Latex);

const ASKED: [Asks; 18] = [
    Asks {
        answers: &[SMALL],
        words: "bead,coin,marble,pebble,acorn,conker,dice,paper clip,bottle cap,bottle top,rubber band,loom band,\
            small stone,little stone,dry lentil,dried lentil,dried bean,dry bean,chickpea,sequin,pom-pom,pompom,jigsaw",
    },
    Asks {
        answers: &[CHOKING, SMALL],
        words: "seed",
    },
    Asks {
        answers: &[CHOKING],
        words: "grape,nut,peanut,almond,walnut,hazelnut,cashew,pistachio,popcorn,raisin,sultana,cherry,cherries,\
            cherry tomato,sausage,hot dog,raw carrot,carrot stick,apple slice,apple piece,hard sweet,boiled sweet,candy,\
            marshmallow,chewing gum,olive,blueberry,blueberries",
    },
    Asks {
        answers: &[BALLOON],
        words: "balloon",
    },
    Asks {
        answers: &[CORD],
        words: "string,rope,ribbon,shoelace,lace,yarn,cord,scarf,scarves,twine",
    },
    Asks {
        answers: &[WATER],
        words: "bathtub,paddling pool,swimming pool,in the bath,full bath,bath time",
    },
    Asks {
        answers: &[HEAT],
        words: "oven,stove,hob,kettle,hot water,boiling,boil,toaster,candle,microwave,frying pan,griddle,tawa,comal,wok,\
            hot iron,campfire",
    },
    Asks {
        answers: &[SHARP],
        words: "scissors,knife,knives,needle,toothpick,skewer,peeler,grater,drawing pin,thumbtack,saw blade,pin cushion",
    },
    Asks {
        answers: &[HEIGHT],
        words: "ladder,climbing frame,climb onto,climb on,climb up,step stool,stand on a chair,stand on the chair,\
            stand on a stool,stands on a chair,stands on a stool,tree trunk,low wall",
    },
    Asks {
        answers: &[INEDIBLE],
        words: "paint,glue,salt dough,play dough,playdough,modelling dough,clay,plasticine,shaving foam,glitter,raw flour,\
            bubble mix,washing-up liquid,dish soap",
    },
    Asks {
        answers: &[FAST],
        words: "tennis ball,cricket ball,baseball,hockey,frisbee,racket,bat and ball",
    },
    Asks {
        answers: &[WHEAT],
        words: "bread,toast,flour,pasta,macaroni,spaghetti,cracker,noodle,couscous,biscuit,cookie,cake,pancake,pitta,chapati,\
            roti,naan,paratha,bun,bagel,sandwich,dumpling,pizza,play dough,playdough,salt dough,breadstick,pretzel",
    },
    Asks {
        answers: &[EGG],
        words: "egg,mayonnaise,pancake,omelette",
    },
    Asks {
        answers: &[MILK],
        words: "milk,cheese,butter,yoghurt,yogurt,cream,ice cream,paneer,ghee,lassi,custard,pizza",
    },
    Asks {
        answers: &[NUTS],
        words: "nut,peanut,almond,walnut,hazelnut,cashew,pistachio,nut butter",
    },
    Asks {
        answers: &[SESAME],
        words: "sesame,tahini,hummus,houmous,halva",
    },
    Asks {
        answers: &[SOY],
        words: "soy,soya,tofu,soy sauce,edamame,miso",
    },
    Asks {
        answers: &[LATEX],
        words: "balloon,rubber glove,rubber band,loom band",
    },
];

/// Phrases in which such a word names something else.
const HARMLESS: &str = "bean bag,egg box,egg carton,egg cup,egg timer,egg-and-spoon,milk carton,milk jug,milk bottle,milk top,bread bin,bread board,cake tin,cake case,sun cream,hand cream,cream-coloured,body cream,face cream,peanut butter jar,shower cream,butter dish,paint with water,paint with a wet,a string of words,biscuit tin,cookie cutter,cookie tin,biscuit cutter,yoghurt pot,yogurt pot,a lace of,rice cake,pizza wheel,pizza cutter,oat cake";

/// What holds enough water to be dangerous where a text also speaks of water.
const VESSELS: &str = "tub,bowl,bucket,basin,sink,pool,bath,washing-up bowl,tray";

/// Each danger that a text speaks of, once: the word, and what answers it.
pub(crate) fn spoken_of(text: &str) -> Vec<(&'static str, &'static [Peril])> {
    static DANGEROUS: LazyLock<Phrases<&'static [Peril]>> =
        LazyLock::new(|| Phrases::new(ASKED.iter().map(|asks| (asks.words, asks.answers)), true));
    static HARMLESS_ONES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::new([(HARMLESS, ())], true));
    static WET: LazyLock<Phrases<bool>> =
        LazyLock::new(|| Phrases::new([("water", false), (VESSELS, true)], true));
    let lower = phrases::lower(text);
    let harmless = HARMLESS_ONES.all_in(&lower);
    let apart = |at: &Range<usize>| {
        harmless
            .iter()
            .all(|one| one.at.end <= at.start || at.end <= one.at.start)
    };
    let mut found: Vec<(&'static str, &'static [Peril])> = Vec::new();
    for one in DANGEROUS.all_in(&lower) {
        if apart(&one.at) && found.iter().all(|&(_, answers)| answers != one.means) {
            found.push((one.phrase, one.means));
        }
    }
    let wet = WET.all_in(&lower);
    let has = |vessel: bool| wet.iter().any(|one| one.means == vessel && apart(&one.at));
    if has(true) && has(false) && found.iter().all(|&(_, answers)| answers != [WATER]) {
        found.push(("water", &[WATER]));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<&'static str> {
        spoken_of(text)
            .iter()
            .flat_map(|(_, answers)| answers.iter().map(|peril| peril.id()))
            .collect()
    }

    #[test]
    fn a_word_that_names_a_danger_asks_for_it() {
        assert_eq!(ids("Thread three beads on a lace."), ["small-parts", "cord"]);
        assert_eq!(ids("Spread the butter with a blunt knife."), ["milk", "sharp"]);
        assert_eq!(ids("A balloon"), ["latex-balloon", "latex"]);
        assert_eq!(ids("Fill the tub with water."), ["water"]);
        assert_eq!(ids("Two pancakes"), ["wheat", "egg"]);
        assert_eq!(ids("A handful of peanuts"), ["choking-food", "nuts"]);
    }

    #[test]
    fn a_word_inside_another_or_in_a_harmless_phrase_asks_nothing() {
        for text in [
            "A bean bag and an egg box",
            "They drink water from a cup.",
            "A doughnut of felt",
            "Grapefruit",
            "Unlace",
        ] {
            assert_eq!(ids(text), [""; 0], "{text}");
        }
    }
}
