//! Reading a drawing: a small, safe part of SVG, in theme colours only.

use super::problem::Problems;
use super::{words, File};
use crate::content::{Picture, Shape};

/// Colours that a drawing may use: the theme's tokens for drawings.
const TOKENS: [&str; 17] = [
    "paper", "ink", "hill", "hill-2", "sun", "accent", "skin", "skin-2", "skin-3", "hair", "hair-2", "cloth",
    "cloth-2", "steel", "wood", "leaf", "sheet",
];

/// Reads one drawing.
pub(crate) fn read(file: &File, problems: &mut Problems) -> Option<Picture> {
    let document = match roxmltree::Document::parse(&file.text) {
        Ok(document) => document,
        Err(error) => {
            problems.add(
                &file.path,
                Some(error.pos().row as usize),
                format!("is no SVG: {error}"),
                "it could not be drawn",
                "mend the markup",
            );
            return None;
        }
    };
    let root = document.root_element();
    let view: Vec<f32> = root
        .attribute("viewBox")
        .unwrap_or_default()
        .split([' ', ','])
        .filter_map(|part| part.parse().ok())
        .collect();
    let size = match view[..] {
        [0.0, 0.0, width, height] if (1.0..=1000.0).contains(&width) && (1.0..=1000.0).contains(&height) => {
            (width as u16, height as u16)
        }
        _ => {
            problems.add(
                &file.path,
                Some(1),
                "the viewBox is not “0 0 width height”",
                "the page scales by it",
                "write viewBox=\"0 0 320 160\"",
            );
            return None;
        }
    };
    let title = root
        .children()
        .find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "title")))
        .and_then(|node| node.text())
        .unwrap_or_default()
        .trim()
        .to_owned();
    if title.is_empty() {
        problems.add(
            &file.path,
            Some(1),
            "has no <title>",
            "it is what a screen reader says",
            "say in one line what is seen",
        );
    } else {
        words::check(&file.path, &file.text, &title, problems);
    }
    let shapes: Vec<Shape> = root
        .children()
        .filter(|node| node.is_element())
        .filter_map(|node| shape(file, &node, problems))
        .collect();
    if !root
        .children()
        .any(|node| node.is_element() && node.tag_name().name() != "title")
    {
        problems.add(
            &file.path,
            Some(1),
            "draws nothing",
            "a card without a drawing looks broken",
            "draw with flat shapes; docs/CONTENT-FORMAT.md lists what is there",
        );
    }
    Some(Picture {
        name: file.stem.clone(),
        title,
        size,
        shapes,
    })
}

fn shape(file: &File, node: &roxmltree::Node, problems: &mut Problems) -> Option<Shape> {
    let line = Some(node.document().text_pos_at(node.range().start).row as usize);
    let tag = node.tag_name().name();
    if tag == "title" {
        return None;
    }
    let Some(place) = Shape::TAGS.iter().position(|known| *known == tag) else {
        problems.add(
            &file.path,
            line,
            format!("uses <{tag}>"),
            "drawings are flat shapes that follow the theme",
            format!("use only {}", Shape::TAGS.join(", ")),
        );
        return None;
    };
    let mut attributes = Vec::new();
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        let Some(known) = Shape::ATTRIBUTES.iter().position(|known| *known == name) else {
            problems.add(
                &file.path,
                line,
                format!("uses the attribute {name}"),
                "drawings are flat shapes that follow the theme",
                "leave it out; docs/CONTENT-FORMAT.md lists what is there",
            );
            continue;
        };
        if matches!(name, "fill" | "stroke") && !is_token(value) {
            problems.add(
                &file.path,
                line,
                format!("has the colour {value}"),
                "it would not follow the theme",
                "use none or var(--token) from docs/CONTENT-FORMAT.md",
            );
        }
        attributes.push((known as u8, value.to_owned()));
    }
    let children = node
        .children()
        .filter(|child| child.is_element())
        .filter_map(|child| shape(file, &child, problems))
        .collect();
    Some(Shape {
        tag: place as u8,
        attributes,
        children,
    })
}

fn is_token(value: &str) -> bool {
    value == "none"
        || value
            .strip_prefix("var(--")
            .and_then(|rest| rest.strip_suffix(')'))
            .is_some_and(|token| TOKENS.contains(&token))
}
