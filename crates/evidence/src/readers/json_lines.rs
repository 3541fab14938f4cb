//! What all JSON Lines formats share: one object a line, blank lines ignored.

use serde_json::Value;

use super::{Context, Place, Sink, shorten};
use crate::document::Document;
use crate::error::EvidenceError;
use crate::input::{Line, LineReader, TextReader, check_text};
use crate::reject::Problem;

/// Gives each line that is a JSON object to `convert` and what it makes of it to the sink.
///
/// # Errors
///
/// When the source cannot be read, and what the sink returns.
pub(crate) fn read_objects(
    context: &Context<'_>,
    text: TextReader,
    sink: &mut Sink<'_>,
    mut convert: impl FnMut(&Value) -> Result<Document, Problem>,
) -> Result<&'static str, EvidenceError> {
    let limit = context.options.record_limit;
    let mut lines = LineReader::new(text, limit);
    let mut record = 0;
    while let Some(line) = lines.next_line().map_err(|error| context.io(error))? {
        let (bytes, is_too_long) = match line {
            Line::Whole(bytes) => (bytes.to_vec(), false),
            Line::TooLong(bytes) => (bytes.to_vec(), true),
        };
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        record += 1;
        let draft = if is_too_long {
            Err(Problem::TooLong { limit })
        } else {
            object(&bytes, lines.encoding()).and_then(|value| convert(&value))
        };
        let place = Place { record, line: lines.number() };
        sink(context.outcome(place, draft, || bytes))?;
    }
    Ok(lines.encoding())
}

fn object(bytes: &[u8], encoding: &'static str) -> Result<Value, Problem> {
    let text = check_text(bytes, encoding)?;
    let value: Value =
        serde_json::from_str(text).map_err(|error| Problem::Json(shorten(&error.to_string())))?;
    if value.is_object() { Ok(value) } else { Err(Problem::Json("not an object".into())) }
}

/// Returns a text field; numbers are written out, anything else is empty.
pub(crate) fn text(value: &Value, key: &str) -> String {
    plain(&value[key])
}

/// Returns a value as text; numbers are written out, anything else is empty.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Returns a list field; anything else is an empty list.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}
