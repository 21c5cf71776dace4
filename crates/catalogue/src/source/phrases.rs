//! Finding words and phrases in texts, without regard to case, at word borders.

use std::collections::HashMap;
use std::ops::Range;

/// A list of phrases, each with what it means.
pub(crate) struct Phrases<T> {
    by_first_word: HashMap<&'static str, Vec<Phrase<T>>>,
    plurals: bool,
}

struct Phrase<T> {
    whole: &'static str,
    words: Vec<&'static str>,
    means: T,
}

/// A phrase that stands in a text.
pub(crate) struct Found<T> {
    /// The phrase.
    pub(crate) phrase: &'static str,
    /// What it means.
    pub(crate) means: T,
    /// Which words of the text it is.
    pub(crate) at: Range<usize>,
}

impl<T: Copy> Phrases<T> {
    /// Of lists separated by commas. With `plurals` the last word may also end in s or es.
    pub(crate) fn new(lists: impl IntoIterator<Item = (&'static str, T)>, plurals: bool) -> Phrases<T> {
        let mut by_first_word: HashMap<&'static str, Vec<Phrase<T>>> = HashMap::new();
        for (list, means) in lists {
            for whole in list.split(',').map(str::trim) {
                let words: Vec<&str> = words(whole).collect();
                if let Some(&first) = words.first() {
                    by_first_word
                        .entry(first)
                        .or_default()
                        .push(Phrase { whole, words, means });
                }
            }
        }
        Phrases {
            by_first_word,
            plurals,
        }
    }

    /// All that stand in this text of [`lower`] case.
    pub(crate) fn all_in(&self, lower: &str) -> Vec<Found<T>> {
        let words: Vec<&str> = words(lower).collect();
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let singulars = [Some(*word), word.strip_suffix('s'), word.strip_suffix("es")];
            let phrases = singulars
                .into_iter()
                .flatten()
                .filter_map(|word| self.by_first_word.get(word));
            for phrase in phrases.flatten() {
                let end = at + phrase.words.len();
                if words
                    .get(at..end)
                    .is_some_and(|here| self.is(here, &phrase.words))
                {
                    found.push(Found {
                        phrase: phrase.whole,
                        means: phrase.means,
                        at: at..end,
                    });
                }
            }
        }
        found
    }

    fn is(&self, here: &[&str], phrase: &[&str]) -> bool {
        let Some(((last, before), (last_of_phrase, before_it))) = here.split_last().zip(phrase.split_last())
        else {
            return false;
        };
        let more = last.strip_prefix(last_of_phrase);
        before == before_it
            && more.is_some_and(|more| more.is_empty() || self.plurals && matches!(more, "s" | "es"))
    }
}

/// A text as phrases are compared with it.
pub(crate) fn lower(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
}
