//! Any bytes as format `ArxivJson`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use linghang_evidence::Format;

fuzz_target!(|data: &[u8]| linghang_fuzz::read(Format::ArxivJson, data));
