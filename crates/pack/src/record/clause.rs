//! Where a condition, amount or parameter is written: a citation, and the hash of the clause's text where one is kept.
//!
//! Written `"000 三(二)"` as every source is, or `{ source = "000 三(二)", hash = "b3:…" }`. The text itself is never
//! part of a pack: the hash lets a newer version of a document turn the anchor stale.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::Sources;

/// What stands before the digits of a clause hash, for BLAKE3.
pub const CLAUSE_HASH_PREFIX: &str = "b3:";

/// A clause of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Clause {
    /// The documents and sections.
    pub source: Sources,
    /// `b3:` and 64 hexadecimal digits over the clause's text.
    pub hash: Option<String>,
}

/// The two forms in a file.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Plain(Sources),
    Anchored(Anchored),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Anchored {
    source: Sources,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
}

impl From<Written> for Clause {
    fn from(written: Written) -> Self {
        match written {
            Written::Plain(source) => Self { source, hash: None },
            Written::Anchored(Anchored { source, hash }) => Self { source, hash },
        }
    }
}

impl From<Clause> for Written {
    fn from(clause: Clause) -> Self {
        match clause.hash {
            None => Self::Plain(clause.source),
            hash => Self::Anchored(Anchored { source: clause.source, hash }),
        }
    }
}

impl JsonSchema for Clause {
    fn schema_name() -> Cow<'static, str> {
        "Clause".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "object"],
            "properties": {
                "source": { "type": "string", "description": "Document and sections." },
                "hash": { "type": "string", "description": "`b3:` and 64 hexadecimal digits over the clause's text." }
            },
            "required": ["source"],
            "additionalProperties": false
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn both_forms_are_read_and_written_back() {
        for written in [json!("d1 三"), json!({ "source": "d1 三", "hash": "b3:00" })] {
            let clause = Clause::deserialize(&written).expect("a clause");
            assert_eq!(serde_json::to_value(&clause).expect("plain data"), written);
        }
        assert!(Clause::deserialize(&Value::String(String::new())).is_err());
    }
}
