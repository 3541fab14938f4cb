//! Where a record was taken from: documents and sections.
//!
//! Written as people cite: `000 三, 六(二); 001 二` is document 000, sections 三 and 六(二), and document 001, section 二.
//! A document may stand alone when the whole of it is meant.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// One document, and the sections in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Citation {
    /// Id of a declared document.
    pub document: String,
    /// Sections in the document's own numbering; empty when the whole document is meant.
    pub sections: Vec<String>,
}

/// The documents and sections that a record was taken from, in the order written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sources(Vec<Citation>);

impl Sources {
    /// Reads the written form; `None` when it is empty or a part between semicolons is.
    pub fn parse(written: &str) -> Option<Self> {
        written.split(';').map(citation).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Returns the citations in the order written.
    pub fn citations(&self) -> &[Citation] {
        &self.0
    }

    /// Returns whether `document` is among them.
    pub fn cites(&self, document: &str) -> bool {
        self.0.iter().any(|citation| citation.document == document)
    }
}

fn citation(part: &str) -> Option<Citation> {
    let part = part.trim();
    let (document, rest) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
    if document.is_empty() {
        return None;
    }
    let sections = rest.split(',').map(str::trim).filter(|section| !section.is_empty());
    Some(Citation {
        document: document.to_owned(),
        sections: sections.map(ToOwned::to_owned).collect(),
    })
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.document)?;
        for (place, section) in self.sections.iter().enumerate() {
            write!(f, "{}{section}", if place == 0 { " " } else { ", " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, citation) in self.0.iter().enumerate() {
            write!(f, "{}{citation}", if place == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Sources {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::parse(&written).ok_or_else(|| format!("`{written}` names no document"))
    }
}

impl From<Sources> for String {
    fn from(sources: Sources) -> Self {
        sources.to_string()
    }
}

impl JsonSchema for Sources {
    fn schema_name() -> Cow<'static, str> {
        "Sources".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_written_back() {
        for written in ["000", "000 三", "000 三, 六(二); 001 二, 五(三)", "004 附件(1+9+N)"]
        {
            let sources = Sources::parse(written).expect("each names a document");
            assert_eq!(sources.to_string(), written);
        }
    }

    #[test]
    fn a_part_without_a_document_is_refused() {
        for written in ["", ";", "000 三;", " ; 001"] {
            assert_eq!(Sources::parse(written), None, "{written:?}");
        }
    }
}
