//! Texts that a family writes: a nickname, a note. They are shown as text and never read as markup; what cannot be seen
//! is taken out.

/// What a child is called here. 1 to 40 visible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nickname(String);

impl Nickname {
    /// The longest, in characters.
    pub const LONGEST: usize = 40;

    /// From what somebody typed: control and direction characters are dropped, the rest is cut to length.
    /// `None` where nothing is left.
    pub fn parse(typed: &str) -> Option<Nickname> {
        let visible: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
        let kept: String = visible.trim().chars().take(Nickname::LONGEST).collect();
        let kept = kept.trim_end();
        (!kept.is_empty()).then(|| Nickname(kept.to_owned()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a family wants to remember of an activity. 1 to 500 characters; line breaks are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// The longest, in characters.
    pub const LONGEST: usize = 500;

    /// From what somebody typed: as [`Nickname::parse`], but line breaks stay. `None` where nothing is left.
    pub fn parse(typed: &str) -> Option<Note> {
        let visible: String = typed.chars().filter(|&c| c == '\n' || !is_invisible(c)).collect();
        let kept: String = visible.trim().chars().take(Note::LONGEST).collect();
        let kept = kept.trim_end();
        (!kept.is_empty()).then(|| Note(kept.to_owned()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, the ones that turn the direction of text, and the ones that show nothing: they would
/// let a file change how a page reads, or a button have no name that can be seen.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
