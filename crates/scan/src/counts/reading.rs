//! Reads the texts of a batch into sequences of word numbers, on all cores.

use linghang_text::chinese::{self, Segmenter, contains_han};
use linghang_text::gloss::{self, Mention};
use linghang_text::{Token, english};
use rayon::prelude::*;

use super::documents::DocumentInput;
use super::mentions::MentionTable;
use super::words::{WordId, WordTable};

/// Cuts a text into words. Implementations know the language; this crate does not.
pub trait TextReader: Sync {
    /// Hands the words of `text` to `sink`, lower case, with breaks where phrases end.
    fn read(&self, text: &str, scratch: &mut String, sink: &mut dyn FnMut(Token<'_>));

    /// What cuts Chinese, for a reader that knows it; the glosses of a text are read with it.
    fn segmenter(&self) -> Option<&Segmenter> {
        None
    }
}

/// Reads every text as English.
#[derive(Debug, Clone, Copy, Default)]
pub struct EnglishReader;

impl TextReader for EnglishReader {
    fn read(&self, text: &str, scratch: &mut String, sink: &mut dyn FnMut(Token<'_>)) {
        english::clean(text, scratch);
        english::words(scratch, &mut |token| sink(token));
    }
}

/// Reads a text that holds Chinese characters as Chinese, and any other as English.
#[derive(Debug, Clone)]
pub struct BilingualReader {
    /// Cuts Chinese; it knows the words that must come out whole.
    pub segmenter: Segmenter,
}

impl TextReader for BilingualReader {
    fn read(&self, text: &str, scratch: &mut String, sink: &mut dyn FnMut(Token<'_>)) {
        if contains_han(text) {
            chinese::clean(text, scratch);
            self.segmenter.words(scratch, &mut |token| sink(token));
        } else {
            EnglishReader.read(text, scratch, sink);
        }
    }

    fn segmenter(&self) -> Option<&Segmenter> {
        Some(&self.segmenter)
    }
}

/// Returns a term in the form in which a state writes it, so that it can be compared with the terms found.
///
/// Empty when no word is left; a stop word or a sign within the term is passed over.
pub fn term_text(term: &str, reader: &dyn TextReader) -> String {
    let mut words = WordTable::default();
    let mut phrase = Vec::new();
    reader.read(term, &mut String::new(), &mut |token| {
        if let Token::Word(raw) = token {
            phrase.push(words.intern(raw));
        }
    });
    phrase.retain(|word| *word != WordTable::BREAK);
    words.phrase_text(&phrase)
}

/// Word sequences of documents, end to end. Each document is its title, a break, its body, a break.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Sequences {
    words: Vec<WordId>,
    ends: Vec<u64>,
    title_lengths: Vec<u32>,
}

impl Sequences {
    /// Returns the number of documents.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the number of words and breaks of all documents.
    pub(crate) fn word_count(&self) -> usize {
        self.words.len()
    }

    /// Returns the words of a document and how many of them are its title.
    pub(crate) fn get(&self, document: usize) -> (&[WordId], usize) {
        let start = if document == 0 { 0 } else { self.ends[document - 1] as usize };
        (&self.words[start..self.ends[document] as usize], self.title_lengths[document] as usize)
    }

    fn append(&mut self, other: Self, numbers: &[WordId]) {
        let shift = self.words.len() as u64;
        self.words.extend(other.words.iter().map(|word| numbers[*word as usize]));
        self.ends.extend(other.ends.iter().map(|end| end + shift));
        self.title_lengths.extend(other.title_lengths);
    }
}

/// Reads `batch` and appends its sequences and glosses; new words get the next numbers in order of appearance.
pub(crate) fn read_batch(
    batch: &[DocumentInput<'_>],
    reader: &dyn TextReader,
    words: &mut WordTable,
    sequences: &mut Sequences,
    mentions: &mut MentionTable,
) {
    let chunk = batch.len().div_ceil(rayon::current_num_threads()).max(64);
    let parts: Vec<_> =
        batch.par_chunks(chunk).map(|documents| read_chunk(documents, reader)).collect();
    for (part_words, part_sequences, part_mentions) in parts {
        let numbers = words.absorb(&part_words);
        sequences.append(part_sequences, &numbers);
        mentions.append(&part_mentions);
    }
}

fn read_chunk(
    documents: &[DocumentInput<'_>],
    reader: &dyn TextReader,
) -> (WordTable, Sequences, Vec<Vec<String>>) {
    let mut words = WordTable::default();
    let mut sequences = Sequences::default();
    let mut mentions = Vec::with_capacity(documents.len());
    let mut scratch = String::new();
    for document in documents {
        mentions.push(mentions_of(document, reader));
        let start = sequences.words.len();
        read_text(document.title, reader, &mut scratch, &mut words, &mut sequences.words);
        sequences.title_lengths.push((sequences.words.len() - start) as u32);
        read_text(document.body, reader, &mut scratch, &mut words, &mut sequences.words);
        sequences.ends.push(sequences.words.len() as u64);
    }
    (words, sequences, mentions)
}

/// The glosses of one document, written as lines, ascending.
fn mentions_of(document: &DocumentInput<'_>, reader: &dyn TextReader) -> Vec<String> {
    let segmenter = reader.segmenter();
    let mut found: Vec<String> = Vec::new();
    let mut keep = |mention: Mention| found.push(mention.written());
    for text in [document.title, document.body] {
        gloss::mentions(segmenter, text, &mut keep);
    }
    if let Some(segmenter) = segmenter {
        gloss::keyword_mentions(segmenter, document.keywords, &mut keep);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Appends the words of one text; runs of breaks become one, and the text ends with one.
fn read_text(
    text: &str,
    reader: &dyn TextReader,
    scratch: &mut String,
    words: &mut WordTable,
    output: &mut Vec<WordId>,
) {
    let start = output.len();
    let push = |output: &mut Vec<WordId>, word| {
        let after_break = output.len() == start || output.last() == Some(&WordTable::BREAK);
        if word != WordTable::BREAK || !after_break {
            output.push(word);
        }
    };
    reader.read(text, scratch, &mut |token| {
        let word = match token {
            Token::Word(raw) => words.intern(raw),
            Token::Break => WordTable::BREAK,
        };
        push(output, word);
    });
    push(output, WordTable::BREAK);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_written_as_the_counts_write_them() {
        let reader = BilingualReader { segmenter: Segmenter::new().with_words(["具身智能"]) };
        for (term, expected) in [
            ("Software-defined networks", "software defined network"),
            ("Internet of Things", "internet of thing"),
            ("具身智能", "具身智能"),
            ("AI芯片", "ai 芯片"),
            ("the", ""),
        ] {
            assert_eq!(term_text(term, &reader), expected, "{term}");
        }
    }
}
