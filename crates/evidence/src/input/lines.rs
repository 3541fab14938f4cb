//! Lines under a size limit.

use std::io::{self, Read as _};

use super::encoding::TextReader;
use crate::reject::EXCERPT_LIMIT;

/// One line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// A line within the limit.
    Whole(&'a [u8]),
    /// The beginning of a line that is longer than the limit; the rest was skipped.
    TooLong(&'a [u8]),
}

/// Reads lines that end in LF or CR LF; memory never exceeds the limit and one buffer.
pub(crate) struct LineReader {
    text: TextReader,
    limit: usize,
    buffer: Vec<u8>,
    position: usize,
    filled: usize,
    line: Vec<u8>,
    number: u64,
}

impl LineReader {
    /// Starts at the first line.
    pub(crate) fn new(text: TextReader, limit: usize) -> Self {
        Self {
            text,
            limit,
            buffer: vec![0; 64 << 10],
            position: 0,
            filled: 0,
            line: Vec::new(),
            number: 0,
        }
    }

    /// Returns the number of the line last returned, counted from 1.
    pub(crate) const fn number(&self) -> u64 {
        self.number
    }

    /// Returns the name of the encoding, as far as it is known.
    pub(crate) const fn encoding(&self) -> &'static str {
        self.text.encoding()
    }

    /// Returns the next line; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the source cannot be read.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let mut is_too_long = false;
        let mut has_content = false;
        loop {
            if self.position == self.filled {
                self.filled = self.text.read(&mut self.buffer)?;
                self.position = 0;
                if self.filled == 0 {
                    break;
                }
            }
            has_content = true;
            let rest = &self.buffer[self.position..self.filled];
            let end = rest.iter().position(|byte| *byte == b'\n');
            let piece = &rest[..end.unwrap_or(rest.len())];
            if self.line.len() + piece.len() > self.limit {
                is_too_long = true;
                self.line.truncate(EXCERPT_LIMIT);
            }
            if !is_too_long {
                self.line.extend_from_slice(piece);
            } else if self.line.len() < EXCERPT_LIMIT {
                let missing = (EXCERPT_LIMIT - self.line.len()).min(piece.len());
                self.line.extend_from_slice(&piece[..missing]);
            }
            self.position += piece.len() + usize::from(end.is_some());
            if end.is_some() {
                break;
            }
        }
        if !has_content {
            return Ok(None);
        }
        self.number += 1;
        if is_too_long {
            return Ok(Some(Line::TooLong(&self.line)));
        }
        if self.line.last() == Some(&b'\r') {
            self.line.pop();
        }
        Ok(Some(Line::Whole(&self.line)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn lines_over_the_limit_are_cut_and_the_next_one_is_whole() {
        let bytes = format!("one\r\n\n{}\nlast", "x".repeat(300_000));
        let text = TextReader::new(Box::new(Cursor::new(bytes.into_bytes())));
        let mut lines = LineReader::new(text, 100_000);
        assert_eq!(lines.next_line().expect("memory"), Some(Line::Whole(b"one")));
        assert_eq!(lines.next_line().expect("memory"), Some(Line::Whole(b"")));
        let long = lines.next_line().expect("memory");
        assert!(matches!(long, Some(Line::TooLong(head)) if head.len() == EXCERPT_LIMIT));
        assert_eq!(lines.next_line().expect("memory"), Some(Line::Whole(b"last")));
        assert_eq!(lines.next_line().expect("memory"), None);
        assert_eq!(lines.number(), 4);
    }
}
