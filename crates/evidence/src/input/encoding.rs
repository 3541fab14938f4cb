//! Turns any usual encoding into UTF-8 while streaming.
//!
//! A byte-order mark decides; without one, UTF-16 is known by its NUL bytes. Otherwise ASCII passes through until the
//! first other byte, and the following 256 kB decide between UTF-8 and the legacy encodings (GB 18030, Big5, Latin).
//! Text that is already UTF-8 passes through unchanged, faults included: the record that holds a fault is rejected,
//! the others are not.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};

use super::UTF_8;
use super::archive::Bytes;
use crate::reject::Problem;

const CHUNK: usize = 64 << 10;
const LOOKAHEAD: usize = 256 << 10;
const HEAD: usize = 4096;

enum State {
    /// Nothing read yet.
    Start,
    /// Only ASCII so far.
    Ascii,
    /// UTF-8, passed through.
    Utf8,
    /// Decoded.
    Legacy(Box<Decoder>),
}

/// A reader of UTF-8 text from bytes in any usual encoding.
pub(crate) struct TextReader {
    source: Bytes,
    state: State,
    raw: Vec<u8>,
    text: Vec<u8>,
    position: usize,
    source_ended: bool,
    encoding: &'static str,
}

impl TextReader {
    /// Starts reading.
    pub(crate) fn new(source: Bytes) -> Self {
        Self {
            source,
            state: State::Start,
            raw: Vec::new(),
            text: Vec::new(),
            position: 0,
            source_ended: false,
            encoding: UTF_8,
        }
    }

    /// Returns the name of the encoding, as far as it is known by now.
    pub(crate) const fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Returns up to `length` bytes of what comes next, without taking them.
    ///
    /// # Errors
    ///
    /// When the source cannot be read.
    pub(crate) fn peek(&mut self, length: usize) -> io::Result<&[u8]> {
        while self.text.len() - self.position < length && self.more()? {}
        let end = self.text.len().min(self.position + length);
        Ok(&self.text[self.position..end])
    }

    /// Returns whether nothing but white space comes, looking at the first 64 kB.
    ///
    /// # Errors
    ///
    /// When the source cannot be read.
    pub(crate) fn is_blank(&mut self) -> io::Result<bool> {
        let mut length = 64;
        loop {
            let head = self.peek(length)?;
            if head.iter().any(|byte| !byte.is_ascii_whitespace()) || length >= CHUNK {
                return Ok(false);
            }
            if head.len() < length {
                return Ok(true);
            }
            length *= 2;
        }
    }

    /// Adds text behind what is there; `false` at the end.
    fn more(&mut self) -> io::Result<bool> {
        if self.source_ended && self.raw.is_empty() {
            return Ok(false);
        }
        self.text.drain(..self.position);
        self.position = 0;
        let before = self.text.len();
        while self.text.len() == before {
            let wanted = if matches!(self.state, State::Start) { HEAD } else { CHUNK };
            self.fill(wanted)?;
            self.convert()?;
            if self.source_ended && self.raw.is_empty() {
                return Ok(self.text.len() > before);
            }
        }
        Ok(true)
    }

    /// Reads until `wanted` raw bytes are there or the source ends.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        if self.raw.len() < wanted && !self.source_ended {
            let missing = (wanted - self.raw.len()) as u64;
            let read = (&mut self.source).take(missing).read_to_end(&mut self.raw)?;
            self.source_ended = (read as u64) < missing;
        }
        Ok(())
    }

    fn convert(&mut self) -> io::Result<()> {
        match &mut self.state {
            State::Start => {
                self.start();
                Ok(())
            }
            State::Ascii => {
                let plain = Encoding::ascii_valid_up_to(&self.raw);
                self.text.extend(self.raw.drain(..plain));
                if !self.raw.is_empty() {
                    self.fill(LOOKAHEAD)?;
                    self.decide();
                }
                Ok(())
            }
            State::Utf8 => {
                self.text.append(&mut self.raw);
                Ok(())
            }
            State::Legacy(decoder) => {
                let needed = decoder
                    .max_utf8_buffer_length(self.raw.len())
                    .unwrap_or(self.raw.len() * 4 + 16);
                let start = self.text.len();
                self.text.resize(start + needed, 0);
                let (_, read, written, _) =
                    decoder.decode_to_utf8(&self.raw, &mut self.text[start..], self.source_ended);
                self.text.truncate(start + written);
                self.raw.drain(..read);
                Ok(())
            }
        }
    }

    /// Decides by the byte-order mark or the NUL bytes of the head.
    fn start(&mut self) {
        if let Some((encoding, length)) = Encoding::for_bom(&self.raw) {
            self.raw.drain(..length);
            self.settle(encoding);
        } else if let Some(encoding) = utf16_by_nul(&self.raw) {
            self.settle(encoding);
        } else {
            self.state = State::Ascii;
        }
    }

    /// Decides by the bytes that follow the first one that is not ASCII.
    fn decide(&mut self) {
        let sample = &self.raw[..self.raw.len().min(LOOKAHEAD)];
        if is_mostly_utf8(sample) {
            self.settle(encoding_rs::UTF_8);
        } else {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(sample, self.source_ended);
            self.settle(detector.guess(None, Utf8Detection::Deny));
        }
    }

    fn settle(&mut self, encoding: &'static Encoding) {
        self.encoding = encoding.name();
        self.state = if encoding == encoding_rs::UTF_8 {
            State::Utf8
        } else {
            State::Legacy(Box::new(encoding.new_decoder_without_bom_handling()))
        };
    }
}

impl Read for TextReader {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.position == self.text.len() && !self.more()? {
            return Ok(0);
        }
        let length = target.len().min(self.text.len() - self.position);
        target[..length].copy_from_slice(&self.text[self.position..self.position + length]);
        self.position += length;
        Ok(length)
    }
}

/// Recognises UTF-16 without a mark: Latin letters leave every second byte NUL.
fn utf16_by_nul(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 8 {
        return None;
    }
    let nul =
        |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nul(0), nul(1));
    if odd * 5 > pairs * 2 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 5 > pairs * 2 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Returns whether a sample is UTF-8 with at most one fault to four characters outside ASCII; a cut last character is no fault.
fn is_mostly_utf8(sample: &[u8]) -> bool {
    let (mut good, mut faults) = (0_usize, 0_usize);
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        let is_last = chunks.peek().is_none();
        faults += usize::from(match chunk.invalid().first() {
            None => false,
            // The start of a character at the very end was cut by the sample.
            Some(byte) => !(is_last && *byte >= 0xc2),
        });
    }
    // A lone legacy byte at the very end of a file is not the start of UTF-8.
    good > 0 && faults * 4 <= good
}

/// Checks that the bytes of a record are text.
///
/// # Errors
///
/// NUL bytes, faulty UTF-8, or bytes that the file's legacy encoding does not have.
pub(crate) fn check_text<'a>(bytes: &'a [u8], encoding: &'static str) -> Result<&'a str, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_fault| Problem::Encoding(encoding))?;
    if text.contains('\0') {
        return Err(Problem::Nul);
    }
    // Replacement characters of a UTF-8 source are its own; in a decoded text they mark bytes that were no text.
    if encoding != UTF_8 && text.contains('\u{fffd}') {
        return Err(Problem::Encoding(encoding));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const TEXT: &str = "标题,摘要\n面向低空物流的无人机航线规划方法研究,本文提出一种新的航线规划方法，并在城市环境中验证。\n";

    fn check(bytes: &[u8]) -> (String, &'static str) {
        let mut reader = TextReader::new(Box::new(Cursor::new(bytes.to_vec())));
        let mut text = Vec::new();
        reader.read_to_end(&mut text).expect("memory");
        (String::from_utf8_lossy(&text).into_owned(), reader.encoding())
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn usual_encodings_come_out_as_the_same_text() {
        let traditional = "標題,摘要\n面向低空物流的無人機航線規劃方法研究,本文提出一種新的航線規劃方法，並在城市環境中驗證。\n";
        let gb = encoding_rs::GB18030.encode(TEXT).0.into_owned();
        let big5 = encoding_rs::BIG5.encode(traditional).0.into_owned();
        let latin = "Título,Resumen\nCálculo de la robótica médica en Asunción y São Paulo,naïve façade déjà vu\n";
        let windows = encoding_rs::WINDOWS_1252.encode(latin).0.into_owned();
        let ascii = "Title,Abstract\nSoft hands for robots,We study the hands of robots\n";
        for (bytes, text, encoding) in [
            (TEXT.as_bytes().to_vec(), TEXT, "UTF-8"),
            ([b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), TEXT, "UTF-8"),
            ([vec![0xff, 0xfe], utf16(TEXT, false)].concat(), TEXT, "UTF-16LE"),
            ([vec![0xfe, 0xff], utf16(TEXT, true)].concat(), TEXT, "UTF-16BE"),
            (utf16(ascii, false), ascii, "UTF-16LE"),
            (utf16(ascii, true), ascii, "UTF-16BE"),
            (gb, TEXT, "GBK"),
            (big5, traditional, "Big5"),
            (windows, latin, "windows-1252"),
            (Vec::new(), "", "UTF-8"),
        ] {
            assert_eq!(check(&bytes), (text.to_owned(), encoding));
        }
    }

    #[test]
    fn an_encoding_is_found_even_after_a_long_ascii_head() {
        let bytes = [
            "a,b\n".repeat(100_000).into_bytes(),
            encoding_rs::GB18030.encode(TEXT).0.into_owned(),
        ]
        .concat();
        let (text, encoding) = check(&bytes);
        assert_eq!(encoding, "GBK");
        assert!(text.ends_with(TEXT));
    }

    #[test]
    fn a_fault_in_utf8_stays_where_it_is() {
        let bytes = [TEXT.as_bytes(), b"bad \xff byte\n", TEXT.as_bytes()].concat();
        let (text, encoding) = check(&bytes);
        assert_eq!(encoding, "UTF-8");
        assert_eq!(text.matches('\u{fffd}').count(), 1);
    }

    #[test]
    fn text_is_checked_record_by_record() {
        assert_eq!(check_text(b"a\0b", UTF_8), Err(Problem::Nul));
        assert_eq!(check_text(b"\xff", UTF_8), Err(Problem::Encoding("UTF-8")));
        assert_eq!(check_text("\u{fffd}".as_bytes(), UTF_8), Ok("\u{fffd}"));
        assert_eq!(check_text("\u{fffd}".as_bytes(), "GBK"), Err(Problem::Encoding("GBK")));
    }
}
