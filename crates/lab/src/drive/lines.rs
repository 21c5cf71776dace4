//! Reads lines of which nobody promised that they end.

use std::io::{self, BufRead, Read as _};

/// A line, without what ends it.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// As it was sent.
    Whole(Vec<u8>),
    /// Longer than the limit. It was read to its end, so that the next line is the next line, but not kept.
    TooLong,
}

/// The next line, or `None` at the end of the input. What stands behind the last line's end counts as a line, too.
///
/// # Errors
/// What the input says.
pub fn next(input: &mut impl BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    // One more than the limit: room for the line's end, or for what shows that it is too long.
    let most = (limit as u64).saturating_add(1);
    let read = input.by_ref().take(most).read_until(b'\n', &mut line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > limit {
        input.skip_until(b'\n')?;
        return Ok(Some(Line::TooLong));
    }
    Ok((read > 0).then_some(Line::Whole(line)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn all(mut text: &[u8], limit: usize) -> Vec<Line> {
        std::iter::from_fn(|| next(&mut text, limit).unwrap()).collect()
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.into())
    }

    #[test]
    fn every_line_comes_once_and_a_long_one_as_too_long() {
        assert_eq!(all(b"", 3), []);
        assert_eq!(
            all(b"a\n\nabc\nabcd\nb", 3),
            [whole("a"), whole(""), whole("abc"), Line::TooLong, whole("b")]
        );
        assert_eq!(all(b"abcd", 3), [Line::TooLong]);
    }

    #[test]
    fn a_long_line_is_too_long_in_whatever_pieces_it_comes() {
        let text = format!("{}\nb\n", "a".repeat(100));
        for pieces in 1..20 {
            let mut input = io::BufReader::with_capacity(pieces, text.as_bytes());
            assert_eq!(next(&mut input, 50).unwrap(), Some(Line::TooLong));
            assert_eq!(next(&mut input, 50).unwrap(), Some(whole("b")));
            assert_eq!(next(&mut input, 50).unwrap(), None);
        }
    }
}
