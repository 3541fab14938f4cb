//! Any bytes as a list about enterprises: the first byte says of which table and form, a line with the columns is put
//! before the rest of half of them.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| linghang_fuzz::read_list(data));
