//! Any bytes as a workbook.
//!
//! The reader contains panics of the workbook library and reports them as a damaged file, so the hook that would end
//! the process at the first panic is replaced; our own code is checked by the assertions behind the read.
#![no_main]

use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use linghang_evidence::Format;

static QUIET: Once = Once::new();

fuzz_target!(|data: &[u8]| {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    if std::panic::catch_unwind(|| linghang_fuzz::read(Format::Xlsx, data)).is_err() {
        std::process::abort();
    }
});
