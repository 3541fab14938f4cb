//! The content hash of a pack and of everything that it extends.
//!
//! The same files give the same hash on every machine: paths are sorted and written with `/`, and line ends count
//! as `\n`. Only files that the loader reads enter; a README may change freely.

use crate::read::Layer;

/// Returns the hash as 64 hexadecimal digits.
pub(crate) fn hash(layers: &[Layer]) -> String {
    let mut hasher = blake3::Hasher::new();
    for layer in layers {
        hasher.update(&(layer.files.len() as u64).to_le_bytes());
        let mut files: Vec<_> = layer.files.iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        for file in files {
            part(&mut hasher, file.path.as_bytes());
            part(&mut hasher, &with_plain_line_ends(&file.bytes));
        }
    }
    hasher.finalize().to_hex().to_string()
}

/// Adds the length before the bytes, so that no two lists of files read alike.
fn part(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

fn with_plain_line_ends(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    for (place, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(place + 1) != Some(&b'\n') {
            plain.push(*byte);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::RawFile;

    fn check(files: &[(&str, &str)]) -> String {
        let files = files
            .iter()
            .map(|(path, text)| RawFile {
                path: (*path).to_owned(),
                bytes: text.as_bytes().to_vec(),
            })
            .collect();
        hash(&[Layer { prefix: String::new(), files }])
    }

    #[test]
    fn file_order_and_line_ends_do_not_count() {
        let one = check(&[("a.toml", "x\ny\n"), ("b.toml", "z")]);
        assert_eq!(one, check(&[("b.toml", "z"), ("a.toml", "x\r\ny\r\n")]));
        assert_eq!(one.len(), 64);
    }

    #[test]
    fn every_byte_and_every_name_counts() {
        let one = check(&[("a.toml", "x")]);
        for other in [
            check(&[("a.toml", "y")]),
            check(&[("b.toml", "x")]),
            check(&[("a.tomlx", "")]),
            check(&[("a.toml", "x"), ("b.toml", "")]),
        ] {
            assert_ne!(one, other);
        }
    }
}
