//! From a file to text: archives by their first bytes, encodings by their content, records under a size limit.
//!
//! Nothing here knows a bibliographic format. Names of files are never used to guess anything.

mod archive;
mod delimited;
mod encoding;
mod lines;

pub use archive::Archive;
pub(crate) use archive::{Bytes, open_archive, wrong_kind};
pub(crate) use delimited::{DelimitedReader, Step, guess_delimiter};
pub(crate) use encoding::{TextReader, check_text};
pub(crate) use lines::{Line, LineReader};

/// Largest record that is read, in bytes; a longer one is rejected and skipped without being held in memory.
pub const RECORD_LIMIT: usize = 16 << 20;

/// Name of the text encoding of legacy-free files.
pub(crate) const UTF_8: &str = "UTF-8";
