//! How we speak: short sentences, words that strengthen, nothing that could be markup.

use std::sync::LazyLock;

use super::phrases::{self, Phrases};
use super::problem::{line_of, Problems};
use super::reading;

/// Words that never appear, each group with what to do instead. Compared without regard to case, at word borders.
const NEVER: [(&str, &str); 10] = [
    (
        "can't,can not,cannot do,unable to,not able to,incapable",
        "say “not yet”, or what helps",
    ),
    (
        "delay,delays,delayed,lagging,lags behind,immature",
        "say “growing” or leave it out",
    ),
    (
        "behind other,behind their peers,behind his peers,behind her peers,falls behind,falling behind,other children his age,other children her age,other children their age,children of the same age,children of that age,than other children,compared to other,compared with other,for his age,for her age,for their age,above average,below average,average child,percentile,should be able,ought to be able",
        "do not compare children",
    ),
    (
        "normal,normally",
        "say “usual” or leave it out",
    ),
    (
        "abnormal,weird,odd behaviour,bad behaviour,bad boy,bad girl,naughty,lazy,clumsy,stupid,dumb,careless,fussy eater,picky eater,attention-seeking,manipulative",
        "say what is seen",
    ),
    (
        "fail,fails,failed,failing,failure",
        "say “not this time”",
    ),
    (
        "deficit,deficits,impairment,impairments,impaired,dysfunction,weaknesses,low-functioning,high-functioning",
        "say what is growing",
    ),
    (
        "disorder,disorders,autism,autistic,adhd,dyspraxia,dyspraxic,dyslexia,dyslexic,dysgraphia,cerebral palsy,down syndrome,syndrome,hypotonia,on the spectrum",
        "name no diagnosis",
    ),
    (
        "special needs,handicapped,handicap,retarded,crippled,suffers from,suffering from,wheelchair-bound,confined to a wheelchair",
        "speak of the child, not of a label",
    ),
    (
        "cure,cures,cured,treats,heals,guaranteed,guarantees,proven to,clinically proven,scientifically proven,will fix,rewires,boosts the brain,brain-boosting,therapeutic,prevents problems,makes up for",
        "promise no treatment",
    ),
];

/// The longest sentence, in words.
const LONGEST: usize = 25;

/// The line on which a text stands in its file.
pub(crate) fn line(source: &str, text: &str) -> Option<usize> {
    let bare = || line_of(source, text).filter(|_| !text.is_empty());
    line_of(source, &format!("\"{text}\"")).or_else(bare).or_else(|| {
        // A text with escapes stands in the file as it reads only up to the first of them.
        let escaped = |c: char| c == '"' || c == '\\' || is_control(c);
        let start = format!("\"{}", text.split(escaped).next().unwrap_or_default());
        line_of(source, &start).filter(|_| source.matches(&start).count() == 1)
    })
}

/// Checks a text that a family reads.
pub(crate) fn check(file: &str, source: &str, text: &str, problems: &mut Problems) {
    let line = || line(source, text);
    if text.trim().is_empty() {
        problems.add(
            file,
            line(),
            "a text is empty",
            "a family would see a gap",
            "write it, or leave the entry out of its list",
        );
    }
    if text.contains(is_control) {
        problems.add(
            file,
            line(),
            "a text has control characters",
            "they change how text is shown",
            "remove them",
        );
    }
    if text.contains('<') && text.contains('>') {
        problems.add(
            file,
            line(),
            "a text looks like markup",
            "text is never HTML here: it would be shown as it stands",
            "write plain words",
        );
    }
    static NEVER_SAID: LazyLock<Phrases<&'static str>> = LazyLock::new(|| Phrases::new(NEVER, false));
    for found in NEVER_SAID.all_in(&phrases::lower(text)) {
        problems.add(
            file,
            line(),
            format!("“{}” stands in “{text}”", found.phrase),
            "our words strengthen and never compare",
            found.means,
        );
    }
    for sentence in reading::sentences(text) {
        let words = sentence.split_whitespace().count();
        if words > LONGEST {
            let start: String = sentence.trim().chars().take(40).collect();
            problems.add(
                file,
                line(),
                format!("a sentence has {words} words: “{start}…”"),
                "a tired parent reads short sentences",
                format!("split it; {LONGEST} words are the most"),
            );
        }
    }
}

/// Checks each of several texts.
pub(crate) fn check_all<'a>(
    file: &str,
    source: &str,
    texts: impl IntoIterator<Item = &'a String>,
    problems: &mut Problems,
) {
    texts
        .into_iter()
        .for_each(|text| check(file, source, text, problems));
}

/// A control character, or one that turns the direction of text.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
