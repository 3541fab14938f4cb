//! The DMN conformance kit (Apache-2.0), found through `LINGHANG_TEST_DATA`; without it the tests say so and pass.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

/// Files of the kit by their path in the archive; `None` where there is no test data.
pub(crate) fn kit() -> Option<BTreeMap<String, String>> {
    #[expect(clippy::disallowed_methods, reason = "tests find their data through the environment")]
    let root = std::env::var("LINGHANG_TEST_DATA").map_or_else(
        |_| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = root.join("dmn_tck/dmn_tck_testcases.tar.xz");
    let Ok(packed) = std::fs::read(&path) else {
        eprintln!("SKIPPED the DMN kit: no test data at {}", path.display());
        return None;
    };
    let mut archive = Vec::new();
    liblzma::read::XzDecoder::new(packed.as_slice()).read_to_end(&mut archive).expect("an xz file");
    Some(files(&archive))
}

/// Reads a tar archive: a header of 512 bytes with name and octal size, then the contents in blocks of 512.
fn files(archive: &[u8]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let (mut at, mut long_name) = (0, None);
    while at + 512 <= archive.len() && archive[at] != 0 {
        let header = &archive[at..at + 512];
        let text = |from: usize, to: usize| {
            String::from_utf8_lossy(&header[from..to]).trim_end_matches(['\0', ' ']).to_owned()
        };
        let size = usize::from_str_radix(&text(124, 136), 8).unwrap_or(0);
        let body = String::from_utf8_lossy(&archive[at + 512..at + 512 + size]).into_owned();
        // A name of more than 100 bytes comes before its file, as a file of type `L` or `x`, or is cut in two.
        if header[156] == b'L' {
            long_name = Some(body.trim_end_matches('\0').to_owned());
        } else if header[156] == b'x' {
            // The other form: records `length key=value`, one a line.
            let path = body.lines().find_map(|line| line.split_once(" path="));
            long_name = path.map(|(_, path)| path.to_owned());
        } else {
            let short = text(0, 100);
            let cut = text(345, 500);
            let whole = if cut.is_empty() { short } else { format!("{cut}/{short}") };
            found.insert(long_name.take().unwrap_or(whole), body);
        }
        at += 512 + size.div_ceil(512) * 512;
    }
    found
}

/// An attribute of a tag.
pub(crate) fn attribute(tag: &quick_xml::events::BytesStart<'_>, key: &str) -> Option<String> {
    let attribute =
        tag.attributes().flatten().find(|found| found.key.local_name().as_ref() == key)?;
    Some(attribute.value.into_owned())
}
