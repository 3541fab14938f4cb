//! BibTeX, entry by entry: one broken entry does not lose the others.
//!
//! The text is cut before each line that starts with `@word{`; each piece is parsed on its own by `biblatex`, with
//! the `@string` definitions seen so far in front of it.

use biblatex::{Bibliography, ChunksExt, Entry};

use super::bibliography::{Fields, split};
use super::{Context, Format, Place, Sink, shorten};
use crate::document::Document;
use crate::error::EvidenceError;
use crate::input::{Line, LineReader, TextReader, check_text};
use crate::reject::Problem;

/// Longest prelude of `@string` definitions that is kept, in bytes.
const PRELUDE_LIMIT: usize = 1 << 20;

/// One entry being collected.
#[derive(Default)]
struct Piece {
    bytes: Vec<u8>,
    line: u64,
    is_too_long: bool,
}

/// Reads the entries.
pub(crate) fn read(
    context: &Context<'_>,
    source: TextReader,
    sink: &mut Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    let limit = context.options.record_limit;
    let mut lines = LineReader::new(source, limit);
    let mut entries = Entries { context, prelude: String::new(), number: 0 };
    let mut piece = Piece::default();
    while let Some(line) = lines.next_line().map_err(|error| context.io(error))? {
        let (bytes, is_long) = match line {
            Line::Whole(bytes) => (bytes.to_vec(), false),
            Line::TooLong(bytes) => (bytes.to_vec(), true),
        };
        if starts_entry(&bytes) {
            entries.finish(std::mem::take(&mut piece), lines.encoding(), sink)?;
            piece.line = lines.number();
        }
        piece.is_too_long |= is_long || piece.bytes.len() + bytes.len() > limit;
        if !piece.is_too_long {
            piece.bytes.extend_from_slice(&bytes);
            piece.bytes.push(b'\n');
        }
    }
    entries.finish(piece, lines.encoding(), sink)?;
    Ok(lines.encoding())
}

/// Returns whether a line starts an entry: `@`, a word, and an opening brace or parenthesis.
fn starts_entry(line: &[u8]) -> bool {
    let Some(rest) = line.trim_ascii_start().strip_prefix(b"@") else { return false };
    let word = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    word > 0 && matches!(rest[word..].trim_ascii_start().first(), Some(b'{' | b'('))
}

struct Entries<'a> {
    context: &'a Context<'a>,
    prelude: String,
    number: u64,
}

impl Entries<'_> {
    /// Parses a collected piece and gives its entry to the sink. What stands before the first entry is a comment.
    fn finish(
        &mut self,
        piece: Piece,
        encoding: &'static str,
        sink: &mut Sink<'_>,
    ) -> Result<(), EvidenceError> {
        if piece.line == 0 {
            return Ok(());
        }
        let draft = self.convert(&piece, encoding);
        let Some(draft) = draft.transpose() else { return Ok(()) };
        self.number += 1;
        let place = Place { record: self.number, line: piece.line };
        sink(self.context.outcome(place, draft, || piece.bytes))
    }

    /// Returns `None` for definitions, comments and preambles.
    fn convert(
        &mut self,
        piece: &Piece,
        encoding: &'static str,
    ) -> Result<Option<Document>, Problem> {
        if piece.is_too_long {
            return Err(Problem::TooLong { limit: self.context.options.record_limit });
        }
        let text = check_text(&piece.bytes, encoding)?;
        let word: String =
            text.trim_start()[1..].chars().take_while(char::is_ascii_alphabetic).collect();
        match word.to_ascii_lowercase().as_str() {
            "comment" | "preamble" => return Ok(None),
            "string" => {
                Bibliography::parse(text).map_err(|error| broken(&error))?;
                if self.prelude.len() + text.len() <= PRELUDE_LIMIT {
                    self.prelude.push_str(text);
                }
                return Ok(None);
            }
            _ => {}
        }
        let bibliography = Bibliography::parse(&format!("{}{}", self.prelude, prepare(text)))
            .map_err(|error| broken(&error))?;
        let Some(entry) = bibliography.iter().next() else {
            return Err(Problem::Bibtex("no entry".into()));
        };
        fields(entry, self.context.options.format).into_document().map(Some)
    }
}

fn broken(error: &impl std::fmt::Display) -> Problem {
    Problem::Bibtex(shorten(&error.to_string()))
}

/// Separates the items of a list whose line breaks `biblatex` would turn into spaces.
const ITEM: &str = ";;";

/// Makes Web of Science entries readable: parentheses leave field names such as `Usage-Count-(Last-180-days)`, which
/// are not BibTeX, and references and addresses, one a line, get a separator that survives.
fn prepare(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 64);
    let mut is_list = false;
    for line in text.split_inclusive('\n') {
        let name = line.split('=').next().unwrap_or_default();
        let is_name = name.len() < line.len()
            && name
                .trim()
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_()".contains(&byte));
        let value = if is_name {
            let name = name.replace(['(', ')'], "");
            is_list = matches!(
                name.trim().to_ascii_lowercase().as_str(),
                "cited-references" | "affiliation"
            );
            plain.push_str(&name);
            &line[line.find('=').unwrap_or_default()..]
        } else {
            line
        };
        match value.trim_end().strip_suffix('.') {
            Some(item) if is_list => {
                plain.push_str(item);
                plain.push_str(ITEM);
                plain.push('\n');
            }
            _ => plain.push_str(value),
        }
    }
    plain
}

fn fields(entry: &Entry, format: Format) -> Fields {
    let text = |name: &str| entry.get(name).map(ChunksExt::format_verbatim).unwrap_or_default();
    let first = |names: &[&str]| {
        names.iter().map(|name| text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    };
    let date = first(&["year", "date"]);
    let month = first(&["month"]);
    // `date = {2019-07-01}` holds the month too.
    let (year, month) = match date.split_once('-') {
        Some((year, rest)) if month.is_empty() => (year.to_owned(), rest.replace('-', " ")),
        Some((year, _)) => (year.to_owned(), month),
        None => (date, month),
    };
    let scheme = match format {
        Format::Wos => "wos",
        Format::Scopus => "scopus",
        _ => "bibtex",
    };
    Fields {
        accession: first(&["unique-id"]),
        scheme,
        doi: text("doi"),
        title: text("title"),
        abstract_text: text("abstract"),
        language: first(&["language", "langid"]),
        year,
        month,
        journal: first(&["journal", "journaltitle", "booktitle"]),
        authors: text("author").split(" and ").map(str::to_owned).collect(),
        addresses: items(&first(&["affiliation", "affiliations"])),
        funders: split(&text("funding-acknowledgement"), ";"),
        categories: split(&text("web-of-science-categories"), ";"),
        keywords: split(&first(&["keywords", "author_keywords"]), ";"),
        index_keywords: split(&text("keywords-plus"), ";"),
        references: items(&first(&["cited-references", "references"])),
    }
}

/// Web of Science has a line for each item, Scopus separates them with `;`.
fn items(text: &str) -> Vec<String> {
    split(text, if text.contains(ITEM) { ITEM } else { ";" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_word_and_a_brace_start_an_entry() {
        for (line, expected) in [
            ("@article{ ISI:1,", true),
            ("  @Article (x,", true),
            ("@string{a = \"b\"}", true),
            ("mail@example.org", false),
            ("@ {", false),
            ("@word", false),
        ] {
            assert_eq!(starts_entry(line.as_bytes()), expected, "{line}");
        }
    }

    #[test]
    fn parentheses_leave_names_but_not_values() {
        let text = "Usage-(180-days) = {{f(x) = 1}},\n  a(b) c\n";
        assert_eq!(prepare(text), "Usage-180-days = {{f(x) = 1}},\n  a(b) c\n");
    }

    #[test]
    fn only_lists_get_separators() {
        let text = "Abstract = {{One.\n Two.}},\nCited-References = {{A, 2015.\n   B, 2016.}},\nDOI = {{1.}},\n";
        let expected = "Abstract = {{One.\n Two.}},\nCited-References = {{A, 2015;;\n   B, 2016.}},\nDOI = {{1.}},\n";
        assert_eq!(prepare(text), expected);
    }
}
