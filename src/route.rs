//! Where in the app somebody is: a typed path, and its text in the address.

/// A place in the app.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Route {
    /// The first screen.
    #[default]
    Hello,
    /// How old is the child?
    Start,
    /// The picks.
    Today,
    /// An activity at a grade; without one, at the grade that suits best.
    Activity(String, Option<Token>),
    /// Doing it, at a step from 0.
    Doing(String, Token, usize),
    /// How did it go?
    HowDidItGo(String, Token),
    /// The questionnaire.
    Questions,
    /// What today's picks have to fit into.
    Circumstances,
    /// The picks as pictures only, for the child to point at.
    Board,
    /// How the child grows.
    Growing,
    /// The plan of the week.
    Plan,
    /// What several children can do together, and one of these activities.
    Together(Option<String>),
    /// The children.
    Children,
    /// One child's name, age and protection. `None`: a new child.
    Child(Option<u32>),
    /// Settings.
    Settings,
    /// A page of advice.
    Advice(String),
    /// Only in test builds: makes the app panic.
    #[cfg(feature = "test-hooks")]
    Panic,
    /// Only in test builds: every component in every state.
    #[cfg(feature = "test-hooks")]
    Gallery,
}

/// The engine's text for a grade.
pub type Token = String;

impl Route {
    /// From the part of the address after `#`. What is not known is the first screen.
    pub fn parse(text: &str) -> Route {
        let text = text.trim_start_matches('#').trim_start_matches('/');
        let mut parts = text.split('/');
        let (first, second, third, fourth) = (parts.next(), parts.next(), parts.next(), parts.next());
        match (first.unwrap_or_default(), second, third) {
            ("start", ..) => Route::Start,
            ("today", ..) => Route::Today,
            ("activity", Some(id), grade) => Route::Activity(id.into(), grade.map(Token::from)),
            ("do", Some(id), Some(grade)) => Route::Doing(
                id.into(),
                grade.into(),
                fourth.and_then(|step| step.parse().ok()).unwrap_or(0),
            ),
            ("how", Some(id), Some(grade)) => Route::HowDidItGo(id.into(), grade.into()),
            ("questions", ..) => Route::Questions,
            ("circumstances", ..) => Route::Circumstances,
            ("board", ..) => Route::Board,
            ("growing", ..) => Route::Growing,
            ("plan", ..) => Route::Plan,
            ("together", id, _) => Route::Together(id.map(String::from)),
            ("children", ..) => Route::Children,
            ("child", id, _) => Route::Child(id.and_then(|id| id.parse().ok())),
            ("settings", ..) => Route::Settings,
            ("advice", Some(id), _) => Route::Advice(id.into()),
            #[cfg(feature = "test-hooks")]
            ("panic", ..) => Route::Panic,
            #[cfg(feature = "test-hooks")]
            ("gallery", ..) => Route::Gallery,
            _ => Route::Hello,
        }
    }

    /// The part of the address after `#`.
    pub fn text(&self) -> String {
        match self {
            Route::Hello => "/".into(),
            Route::Start => "/start".into(),
            Route::Today => "/today".into(),
            Route::Activity(id, None) => format!("/activity/{id}"),
            Route::Activity(id, Some(grade)) => format!("/activity/{id}/{grade}"),
            Route::Doing(id, grade, step) => format!("/do/{id}/{grade}/{step}"),
            Route::HowDidItGo(id, grade) => format!("/how/{id}/{grade}"),
            Route::Questions => "/questions".into(),
            Route::Circumstances => "/circumstances".into(),
            Route::Board => "/board".into(),
            Route::Growing => "/growing".into(),
            Route::Plan => "/plan".into(),
            Route::Together(None) => "/together".into(),
            Route::Together(Some(id)) => format!("/together/{id}"),
            Route::Children => "/children".into(),
            Route::Child(None) => "/child".into(),
            Route::Child(Some(id)) => format!("/child/{id}"),
            Route::Settings => "/settings".into(),
            Route::Advice(id) => format!("/advice/{id}"),
            #[cfg(feature = "test-hooks")]
            Route::Panic => "/panic".into(),
            #[cfg(feature = "test-hooks")]
            Route::Gallery => "/gallery".into(),
        }
    }

    /// Whether the place is shown by what is here from the start; all others wait for the rest of the code.
    pub fn is_of_first_pick(&self) -> bool {
        matches!(self, Route::Hello | Route::Start | Route::Today)
    }

    /// Whether the place makes no sense without a child.
    pub fn needs_child(&self) -> bool {
        matches!(
            self,
            Route::Today
                | Route::Activity(..)
                | Route::Doing(..)
                | Route::HowDidItGo(..)
                | Route::Questions
                | Route::Circumstances
                | Route::Board
                | Route::Growing
                | Route::Plan
                | Route::Together(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_again_by_its_text() {
        for route in [
            Route::Hello,
            Route::Start,
            Route::Today,
            Route::Activity("catch-a-ball".into(), None),
            Route::Activity("catch-a-ball".into(), Some("2~help.shown".into())),
            Route::Doing("catch-a-ball".into(), "2".into(), 3),
            Route::HowDidItGo("catch-a-ball".into(), "2".into()),
            Route::Questions,
            Route::Circumstances,
            Route::Board,
            Route::Growing,
            Route::Plan,
            Route::Together(None),
            Route::Together(Some("catch-a-ball".into())),
            Route::Children,
            Route::Child(None),
            Route::Child(Some(7)),
            Route::Settings,
            Route::Advice("who-can-help".into()),
        ] {
            assert_eq!(Route::parse(&route.text()), route);
        }
    }

    #[test]
    fn an_unknown_address_leads_to_the_first_screen() {
        for text in [
            "",
            "#",
            "#/",
            "#/nowhere",
            "#/do/only-an-id",
            "javascript:alert(1)",
        ] {
            assert_eq!(Route::parse(text), Route::Hello);
        }
    }
}
