//! Which word has which code. Any numbering can be read, but not all compress alike.
//!
//! Brotli, to which the bytes are given, foresees a byte from the two before it, and of those it sees only the
//! [class](CLASSES) of each. So words that are followed by the same words are put into one class, which then says what
//! comes next. Of a code of two bytes, the second is chosen in this way. The first, the page, is chosen so that it is
//! foreseen itself: words on one page stand after the same words.
//!
//! To find classes, words change places with others wherever this makes the next byte surer. All is counted in whole
//! numbers and in a fixed order, so the same texts have the same bytes wherever they are built.

use std::collections::BTreeMap;

use super::wordbook::{Sign, PAGES, SPECIAL};

/// How many codes a byte has.
pub(super) const BYTE: usize = 256;

/// Where brotli's classes of bytes begin: RFC 7932, section 7.1, the signed context mode.
const CLASSES: [usize; 8] = [0, 1, 16, 64, 128, 192, 240, 255];

/// With how many others each word tries to change places. More take longer and hardly find anything better.
const TRIES: usize = 400;

/// The class of a code by its last byte.
fn class(place: usize) -> usize {
    CLASSES.partition_point(|&first| first <= place % BYTE) - 1
}

/// The places of words that have a code of one byte.
fn in_one_byte() -> impl Iterator<Item = usize> {
    (0..BYTE).filter(|&byte| !(SPECIAL.contains(&(byte as u8)) || PAGES.contains(&(byte as u8))))
}

/// How many words have a place.
pub(super) fn room() -> usize {
    in_one_byte().count() + PAGES.count() * BYTE
}

/// The place of each word, where words are numbered from the most usual to the least: a byte, or the number of a page,
/// from 1 on, times [`BYTE`] and the line on the page.
pub(super) fn places(signs: &[Sign], words: usize) -> Vec<usize> {
    let mut places: Vec<usize> = in_one_byte().take(words).collect();
    let short = places.len();
    let long = words - short;
    let pages = long.div_ceil(BYTE);
    // Pages are equally long, and the usual words are dealt to all of them.
    places.extend((0..long).map(|one| (one % pages + 1) * BYTE + one / pages));

    // What comes after a word: a code, a word of one byte, or any word of two, whose page is not yet known.
    let next = |sign: Sign| match sign {
        Sign::Code(code) => code.into(),
        Sign::Word(word) => BYTE + word.min(short),
    };
    let pairs = || signs.iter().copied().zip(signs.iter().copied().skip(1));
    let followers = counted(pairs().map(|(one, after)| (one, next(after))), words);
    let (places_of_short, places_of_long) = places.split_at_mut(short);
    exchange(places_of_short, &followers[..short], class, |_, _| true);
    exchange(places_of_long, &followers[short..], class, |_, _| true);

    // What comes before a word of two bytes: a class. Only words of one class change their page, so it stays as it is.
    let kinds: Vec<usize> = places.iter().map(|&place| class(place)).collect();
    let kind = |sign: Sign| match sign {
        Sign::Code(_) => 0,
        Sign::Word(word) if word < short => 1 + kinds[word],
        Sign::Word(word) => 1 + CLASSES.len() + kinds[word],
    };
    let leaders = counted(pairs().map(|(before, one)| (one, kind(before))), words);
    let page = |place: usize| place / BYTE;
    exchange(&mut places[short..], &leaders[short..], page, |a, b| {
        class(a) == class(b)
    });

    // Within its page and class, the more usual word comes first: so the same lines are usual on all pages.
    let mut left: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let mut sorted = places.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    for place in sorted {
        left.entry((page(place), class(place))).or_default().push(place);
    }
    let own = |&place: &usize| left.get_mut(&(page(place), class(place))).and_then(Vec::pop);
    places.iter().filter_map(own).collect()
}

/// How often each word has each neighbour.
fn counted(pairs: impl Iterator<Item = (Sign, usize)>, words: usize) -> Vec<Vec<(usize, usize)>> {
    let mut counts = vec![BTreeMap::new(); words];
    for (sign, neighbour) in pairs {
        if let Sign::Word(word) = sign {
            *counts[word].entry(neighbour).or_default() += 1;
        }
    }
    counts.into_iter().map(|row| row.into_iter().collect()).collect()
}

/// Lets words change their places, if these may be changed for each other, wherever the kinds of the places then tell
/// more about the neighbours.
fn exchange(
    places: &mut [usize],
    neighbours: &[Vec<(usize, usize)>],
    kind: impl Fn(usize) -> usize,
    may: impl Fn(usize, usize) -> bool,
) {
    let mut told = Told::new(neighbours);
    for (&place, row) in places.iter().zip(neighbours) {
        told.put(row, kind(place));
    }
    for step in 1..places.len().min(TRIES) {
        for one in 0..places.len() {
            let other = (one + step) % places.len();
            let (from, to) = (kind(places[one]), kind(places[other]));
            if from == to || !may(places[one], places[other]) {
                continue;
            }
            let (row, other_row) = (&neighbours[one], &neighbours[other]);
            if told.shift(row, from, to) + told.shift(other_row, to, from) > 0 {
                places.swap(one, other);
            } else {
                told.shift(row, to, from);
                told.shift(other_row, from, to);
            }
        }
    }
}

/// How much kinds tell about neighbours.
struct Told {
    /// How often each neighbour stands beside each kind.
    pairs: Vec<[usize; Told::KINDS]>,
    /// How often a kind has any neighbour.
    kinds: [usize; Told::KINDS],
    /// n log n for each count: the sum over all pairs, less the sum over all kinds, grows with what is told.
    weight: Vec<i64>,
}

impl Told {
    const NEIGHBOURS: usize = 2 * BYTE;
    const KINDS: usize = 16;

    fn new(neighbours: &[Vec<(usize, usize)>]) -> Told {
        let all: usize = neighbours.iter().flatten().map(|&(_, count)| count).sum();
        Told {
            pairs: vec![[0; Told::KINDS]; Told::NEIGHBOURS],
            kinds: [0; Told::KINDS],
            weight: (0..=all).map(|count| count as i64 * log(count as u64)).collect(),
        }
    }

    fn put(&mut self, row: &[(usize, usize)], kind: usize) {
        for &(neighbour, count) in row {
            self.pairs[neighbour][kind] += count;
            self.kinds[kind] += count;
        }
    }

    /// Moves the neighbours of a word to another kind, and says how much more is told then.
    fn shift(&mut self, row: &[(usize, usize)], from: usize, to: usize) -> i64 {
        let weight = &self.weight;
        let moved = |counts: &mut [usize], count: usize, sides: [usize; 2]| {
            let told = |counts: &[usize]| sides.iter().map(|&side| weight[counts[side]]).sum::<i64>();
            let before = told(counts);
            counts[sides[0]] -= count;
            counts[sides[1]] += count;
            told(counts) - before
        };
        let all = row.iter().map(|&(_, count)| count).sum();
        let pairs = row
            .iter()
            .map(|&(neighbour, count)| moved(&mut self.pairs[neighbour], count, [from, to]));
        pairs.sum::<i64>() - moved(&mut self.kinds, all, [from, to])
    }
}

/// The binary logarithm in parts of 1024, rounded down.
fn log(number: u64) -> i64 {
    let Some(whole) = number.checked_ilog2() else {
        return 0;
    };
    // From 1 to 2, in parts of 2^31: with each squaring, its logarithm gives one more digit.
    let mut rest = number << 31 >> whole;
    let mut log = i64::from(whole);
    for _ in 0..10 {
        rest = (rest * rest) >> 31;
        let digit = rest >> 32;
        rest >>= digit;
        log = log << 1 | digit as i64;
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_a_place_of_its_own() {
        for words in [0, 1, 236, 237, 238, 493, 494, 1_000, room()] {
            let mut state = 1_usize;
            let mut next = || {
                state = state.wrapping_mul(25_173).wrapping_add(13_849) % 65_536;
                state
            };
            let signs: Vec<Sign> = (0..words * 2).map(|_| Sign::Word(next() % words)).collect();
            let mut places = places(&signs, words);
            assert_eq!(places.len(), words);
            let free = |&place: &usize| {
                let byte = place as u8;
                place >= BYTE || !(SPECIAL.contains(&byte) || PAGES.contains(&byte))
            };
            assert!(places.iter().all(free));
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), words);
        }
    }

    #[test]
    fn words_that_are_followed_by_the_same_words_come_into_one_class() {
        // Forty words of each of two kinds: one kind always follows the other.
        let mut state = 1_u32;
        let mut signs = Vec::new();
        for at in 0..8_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            signs.push(Sign::Word((state >> 16) as usize % 40 * 2 + at % 2));
        }
        let places = places(&signs, 80);
        let mut kinds: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
        for (word, &place) in places.iter().enumerate() {
            kinds.entry(class(place)).or_default()[word % 2] += 1;
        }
        // The two kinds do not fill the classes exactly, so one class has words of both.
        let mixed = kinds.values().filter(|[one, other]| *one.min(other) > 1);
        assert!(mixed.count() <= 1, "{kinds:?}");
    }

    #[test]
    fn a_logarithm_is_that_of_the_number() {
        for number in 1..100_000_u64 {
            let exactly = (number as f64).log2() * 1024.0;
            let log = log(number) as f64;
            assert!(log <= exactly + 1e-6 && exactly < log + 1.1, "{number}");
        }
    }
}
