//! Delimited records (CSV, TSV) with quoted newlines, under a size limit.
//!
//! An unclosed quote makes the rest of a file one record. It is read to its end without being held in memory, and
//! the caller rejects it with the line on which it starts.

use std::io::{self, Read as _};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::encoding::TextReader;

/// What the next record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A record; its fields can be asked for.
    Record,
    /// A record over the limit; the fields of its beginning can be asked for.
    TooLong,
    /// The end.
    End,
}

/// Reads delimited records one at a time into buffers that are used again.
pub(crate) struct DelimitedReader {
    text: TextReader,
    core: Reader,
    limit: usize,
    input: Vec<u8>,
    position: usize,
    filled: usize,
    fields: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
    line: u64,
}

impl DelimitedReader {
    /// Starts at the first record.
    pub(crate) fn new(text: TextReader, delimiter: u8, limit: usize) -> Self {
        Self {
            text,
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            limit,
            input: vec![0; 64 << 10],
            position: 0,
            filled: 0,
            fields: vec![0; 16 << 10],
            ends: vec![0; 64],
            count: 0,
            line: 1,
        }
    }

    /// Returns the line on which the current record starts (or an empty line just before it), counted from 1.
    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    /// Returns the name of the encoding, as far as it is known.
    pub(crate) const fn encoding(&self) -> &'static str {
        self.text.encoding()
    }

    /// Returns the number of fields of the current record.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    /// Returns a field of the current record; empty where it has none.
    pub(crate) fn field(&self, place: usize) -> &[u8] {
        if place >= self.count {
            return &[];
        }
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.fields[start..self.ends[place]]
    }

    /// Returns all text of the current record without its delimiters.
    pub(crate) fn whole(&self) -> &[u8] {
        let end = self.count.checked_sub(1).map_or(0, |last| self.ends[last]);
        &self.fields[..end]
    }

    /// Returns the beginning of the record with its fields joined by ` | `, for a reject.
    pub(crate) fn excerpt(&self, limit: usize) -> Vec<u8> {
        let mut raw = Vec::new();
        for place in 0..self.count {
            if place > 0 {
                raw.extend_from_slice(b" | ");
            }
            raw.extend_from_slice(self.field(place));
            if raw.len() > limit {
                break;
            }
        }
        raw.truncate(limit);
        raw
    }

    /// Reads the next record.
    ///
    /// # Errors
    ///
    /// When the source cannot be read.
    pub(crate) fn next_record(&mut self) -> io::Result<Step> {
        self.line = self.core.line();
        let (mut written, mut ended, mut is_too_long) = (0, 0, false);
        loop {
            if self.position == self.filled {
                self.filled = self.text.read(&mut self.input)?;
                self.position = 0;
            }
            let (result, read, wrote, ends) = self.core.read_record(
                &self.input[self.position..self.filled],
                &mut self.fields[written..],
                &mut self.ends[ended..],
            );
            self.position += read;
            written += wrote;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.fields.len() < self.limit => {
                    let length = (self.fields.len() * 2).min(self.limit);
                    self.fields.resize(length, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < self.limit / 8 => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    // Keeps the beginning for the excerpt and lets the rest run through the same buffers.
                    written = self.keep_beginning(written);
                    ended = 1;
                    is_too_long = true;
                }
                ReadRecordResult::Record if is_too_long => {
                    return Ok(Step::TooLong);
                }
                ReadRecordResult::Record => {
                    self.count = ended;
                    return Ok(Step::Record);
                }
                ReadRecordResult::End => {
                    self.count = 0;
                    return Ok(if is_too_long { Step::TooLong } else { Step::End });
                }
            }
        }
    }

    /// Marks the first bytes as the one field that an excerpt shows; what follows overwrites the rest.
    fn keep_beginning(&mut self, written: usize) -> usize {
        let kept = written.min(crate::reject::EXCERPT_LIMIT);
        self.count = 1;
        self.ends[0] = kept;
        kept
    }
}

/// Guesses the delimiter of a table from its first line: the one of comma, tab, semicolon and bar found most often
/// outside quotes.
pub(crate) fn guess_delimiter(head: &[u8]) -> u8 {
    const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut is_quoted = false;
    for byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            _ if is_quoted => {}
            _ => {
                if let Some(place) = DELIMITERS.iter().position(|delimiter| delimiter == byte) {
                    counts[place] += 1;
                }
            }
        }
    }
    let mut best = 0;
    for place in 1..counts.len() {
        if counts[place] > counts[best] {
            best = place;
        }
    }
    DELIMITERS[best]
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn reader(text: &str, limit: usize) -> DelimitedReader {
        DelimitedReader::new(
            TextReader::new(Box::new(Cursor::new(text.as_bytes().to_vec()))),
            b',',
            limit,
        )
    }

    fn check(text: &str, limit: usize) -> Vec<String> {
        let mut records = reader(text, limit);
        let mut found = Vec::new();
        loop {
            let step = records.next_record().expect("memory");
            if step == Step::End {
                return found;
            }
            let fields: Vec<_> = (0..records.count())
                .map(|place| String::from_utf8_lossy(records.field(place)))
                .collect();
            let fields = if step == Step::TooLong {
                format!("too long {}", fields[0].len())
            } else {
                fields.join("|")
            };
            found.push(format!("{}: {fields}", records.line()));
        }
    }

    #[test]
    fn quoted_newlines_belong_to_their_field() {
        assert_eq!(check("a,b\n\"x\ny\",2\nz,\"\"\n", 1 << 20), ["1: a|b", "2: x\ny|2", "4: z|"]);
    }

    #[test]
    fn a_record_over_the_limit_is_skipped_and_the_next_one_is_whole() {
        let text = format!("a,b\n\"{}\",{}\nz,9\n", "x\n".repeat(40_000), "1,".repeat(30_000));
        assert_eq!(check(&text, 20_000), ["1: a|b", "2: too long 2048", "40003: z|9"]);
    }

    #[test]
    fn an_unclosed_quote_swallows_the_rest_but_not_the_memory() {
        let text = format!("a,b\n\"{}", "x,y\n".repeat(50_000));
        let mut records = reader(&text, 20_000);
        while records.next_record().expect("memory") != Step::End {}
        assert!(records.fields.len() <= 20_000);
        assert_eq!(check(&text, 20_000), ["1: a|b", "2: too long 2048"]);
    }

    #[test]
    fn the_delimiter_is_guessed_outside_quotes() {
        for (head, delimiter) in [
            ("a,b,c\n;;;;", b','),
            ("a\tb\n", b'\t'),
            ("\"x,y,z\";b\n", b';'),
            ("a|b", b'|'),
            ("single", b','),
        ] {
            assert_eq!(guess_delimiter(head.as_bytes()), delimiter, "{head}");
        }
    }
}
