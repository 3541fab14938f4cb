//! A TOML file as a JSON value, with the line of everything in it.
//!
//! The value goes to the JSON Schema check and to the linter; the lines turn their findings back into places in
//! the file. All syntax errors of a file are found at once.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A parsed file.
pub(crate) struct Tree {
    /// The whole file as one JSON object; only what could be read, if there are `problems`.
    pub(crate) value: Value,
    /// Where everything stands.
    pub(crate) lines: Lines,
    /// What could not be read: line and the parser's words.
    pub(crate) problems: Vec<(u64, String)>,
}

/// Lines by JSON pointer.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Lines {
    lines: BTreeMap<String, u64>,
    /// Where texts of several lines begin: below their quotes.
    texts: BTreeMap<String, u64>,
}

impl Lines {
    /// Returns the line of `pointer`, or of the nearest thing around it.
    pub(crate) fn of(&self, pointer: &str) -> u64 {
        let mut pointer = pointer;
        loop {
            if let Some(line) = self.lines.get(pointer) {
                return *line;
            }
            let Some((around, _)) = pointer.rsplit_once('/') else { return 1 };
            pointer = around;
        }
    }

    /// Returns whether the file says anything at `pointer`.
    pub(crate) fn has(&self, pointer: &str) -> bool {
        self.lines.contains_key(pointer)
    }

    /// Returns the line on which the text at `pointer` begins.
    pub(crate) fn of_text(&self, pointer: &str) -> u64 {
        self.texts.get(pointer).copied().unwrap_or_else(|| self.of(pointer))
    }
}

/// Parses a file and never fails: what is wrong is in `problems`.
pub(crate) fn parse(text: &str) -> Tree {
    let (table, errors) = DeTable::parse_recoverable(text);
    let line_starts = line_starts(text);
    let mut reader = Reader { text, line_starts, lines: Lines::default(), problems: Vec::new() };
    for error in errors {
        let line = reader.line_at(error.span().map_or(0, |span| span.start));
        reader.problems.push((line, error.message().to_owned()));
    }
    let value = reader.table(table.get_ref(), "");
    let mut problems = reader.problems;
    problems.sort();
    // The parser stumbles more than once over one broken line; the first stumble says enough.
    problems.dedup_by_key(|(line, _)| *line);
    Tree { value, lines: reader.lines, problems }
}

/// Appends a key to a JSON pointer.
pub(crate) fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

struct Reader<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    lines: Lines,
    problems: Vec<(u64, String)>,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>, pointer: &str) -> Value {
        let mut object = Map::new();
        for (key, value) in table {
            let inner = child(pointer, key.get_ref());
            let line = self.line_at(key.span().start);
            self.lines.lines.insert(inner.clone(), line);
            let value = self.value(value, &inner);
            object.insert(key.get_ref().to_string(), value);
        }
        Value::Object(object)
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, pointer: &str) -> Value {
        match value.get_ref() {
            DeValue::String(text) => {
                self.text_line(&value.span(), pointer);
                Value::String(text.to_string())
            }
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Datetime(moment) => Value::String(moment.to_string()),
            DeValue::Table(table) => self.table(table, pointer),
            DeValue::Array(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (place, item) in items.iter().enumerate() {
                    let inner = format!("{pointer}/{place}");
                    let line = self.line_at(item.span().start);
                    self.lines.lines.insert(inner.clone(), line);
                    list.push(self.value(item, &inner));
                }
                Value::Array(list)
            }
            DeValue::Integer(digits) => {
                let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
                self.number(number.map(Number::from), value, digits.as_str())
            }
            DeValue::Float(digits) => {
                let number = digits.as_str().parse::<f64>().ok();
                self.number(number.and_then(Number::from_f64), value, digits.as_str())
            }
        }
    }

    fn number(
        &mut self,
        number: Option<Number>,
        at: &Spanned<DeValue<'_>>,
        written: &str,
    ) -> Value {
        if let Some(number) = number {
            return Value::Number(number);
        }
        let line = self.line_at(at.span().start);
        self.problems.push((line, format!("`{written}` is not a number that can be held")));
        Value::Null
    }

    /// Remembers where a text of several lines begins; TOML leaves out a line end right after the quotes.
    fn text_line(&mut self, span: &Range<usize>, pointer: &str) {
        let written = self.text.get(span.clone()).unwrap_or_default();
        let quotes = ["\"\"\"", "'''"].into_iter().find_map(|quotes| written.strip_prefix(quotes));
        if let Some(inside) = quotes {
            let is_below = inside.starts_with('\n') || inside.starts_with("\r\n");
            let line = self.line_at(span.start) + u64::from(is_below);
            self.lines.texts.insert(pointer.to_owned(), line);
        }
    }

    fn line_at(&self, offset: usize) -> u64 {
        self.line_starts.partition_point(|start| *start <= offset) as u64
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(place, _)| place + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_a_line() {
        let tree = parse("a = 1\n\n[[b]]\nc = [\n  2,\n  3,\n]\n[[b]]\nd.e = 'x'\n");
        assert_eq!(tree.problems, []);
        for (pointer, line) in
            [("/a", 1), ("/b/0", 3), ("/b/0/c/1", 6), ("/b/1", 8), ("/b/1/d/e", 9), ("/b/1/no", 8)]
        {
            assert_eq!(tree.lines.of(pointer), line, "{pointer}");
        }
    }

    #[test]
    fn every_syntax_error_is_found() {
        let tree = parse("a = \nb = 1\nc = = 2\nd = 99999999999999999999\n");
        let lines: Vec<u64> = tree.problems.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 4]);
        assert_eq!(tree.value["b"], 1);
    }
}
