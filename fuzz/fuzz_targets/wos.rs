//! Any bytes as format `Wos`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use linghang_evidence::Format;

fuzz_target!(|data: &[u8]| linghang_fuzz::read(Format::Wos, data));
