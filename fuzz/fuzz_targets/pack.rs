//! Any bytes as files of a pack: they stand over a small good pack, go through the loader, and where a pack comes out
//! of it through the compiler and the lints of rules.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| linghang_fuzz::load_pack(data));
