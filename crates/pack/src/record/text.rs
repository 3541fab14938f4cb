//! A text of a pack: Chinese is the original, English stands beside it.

use std::borrow::Cow;
use std::ops::Deref;

use linghang_core::Bilingual;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A text in both languages, written `{ zh = "…", en = "…" }`.
///
/// Either side may be missing while a pack is being written. The linter says where a name lacks one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Written", into = "Bilingual")]
pub struct Text(pub Bilingual);

/// The form in a file, where a side may be absent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
}

impl From<Written> for Text {
    fn from(written: Written) -> Self {
        Self(Bilingual::new(written.zh, written.en))
    }
}

impl From<Text> for Bilingual {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl Deref for Text {
    type Target = Bilingual;

    fn deref(&self) -> &Bilingual {
        &self.0
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "properties": {
                "zh": { "type": "string", "description": "Chinese, the original." },
                "en": { "type": "string", "description": "English." }
            },
            "additionalProperties": false
        })
    }
}
