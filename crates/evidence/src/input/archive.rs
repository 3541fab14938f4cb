//! Opens xz, gzip and zstd transparently, by their first bytes.

use std::io::{self, Chain, Cursor, Read};

use serde::{Deserialize, Serialize};

/// A source of bytes that can move to another thread.
pub(crate) type Bytes = Box<dyn Read + Send>;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Archive {
    /// Not packed.
    None,
    /// xz.
    Xz,
    /// gzip.
    Gzip,
    /// zstd.
    Zstd,
}

impl Archive {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::None, Self::Xz, Self::Gzip, Self::Zstd];

    /// Returns the name for messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Xz => "xz",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

const XZ: &[u8] = &[0xfd, b'7', b'z', b'X', b'Z', 0];
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Unpacks a source. Several streams one after another (as parallel packers write them) are read as one.
///
/// # Errors
///
/// When the first bytes cannot be read.
pub(crate) fn open_archive(mut source: Bytes) -> io::Result<(Archive, Bytes)> {
    let head = read_head(&mut source, XZ.len())?;
    let starts = |magic: &[u8]| head.starts_with(magic);
    let archive = if starts(XZ) {
        Archive::Xz
    } else if starts(GZIP) {
        Archive::Gzip
    } else if starts(ZSTD) {
        Archive::Zstd
    } else {
        Archive::None
    };
    let whole: Chain<Cursor<Vec<u8>>, Bytes> = Cursor::new(head).chain(source);
    let bytes: Bytes = match archive {
        Archive::None => Box::new(whole),
        Archive::Xz => Box::new(liblzma::read::XzDecoder::new_multi_decoder(whole)),
        Archive::Gzip => Box::new(flate2::read::MultiGzDecoder::new(whole)),
        Archive::Zstd => Box::new(zstd::stream::read::Decoder::new(whole)?),
    };
    Ok((archive, bytes))
}

/// Names a kind of file that is no text, by its first bytes.
pub(crate) fn wrong_kind(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 7] = [
        (b"PK\x03\x04", "a ZIP archive or workbook"),
        (b"BZh", "a bzip2 archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"%PDF", "a PDF document"),
        (b"PAR1", "a Parquet file"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
    ];
    KINDS.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| *name)
}

/// Reads up to `length` bytes; fewer only at the end.
fn read_head(source: &mut Bytes, length: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(length);
    source.take(length as u64).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn check(packed: Vec<u8>) -> Result<(Archive, String), io::ErrorKind> {
        let (archive, mut bytes) =
            open_archive(Box::new(Cursor::new(packed))).map_err(|error| error.kind())?;
        let mut text = String::new();
        bytes.read_to_string(&mut text).map_err(|error| error.kind())?;
        Ok((archive, text))
    }

    fn xz(text: &[u8]) -> Vec<u8> {
        let mut packer = liblzma::write::XzEncoder::new(Vec::new(), 1);
        packer.write_all(text).expect("memory");
        packer.finish().expect("memory")
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text).expect("memory");
        packer.finish().expect("memory")
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        zstd::stream::encode_all(text, 1).expect("memory")
    }

    #[test]
    fn every_archive_is_opened_by_its_first_bytes() {
        let text = "领航 linghang\n".repeat(1000);
        for (packed, archive) in [
            (text.clone().into_bytes(), Archive::None),
            (xz(text.as_bytes()), Archive::Xz),
            (gzip(text.as_bytes()), Archive::Gzip),
            (zstd(text.as_bytes()), Archive::Zstd),
        ] {
            assert_eq!(check(packed), Ok((archive, text.clone())));
        }
    }

    #[test]
    fn streams_written_one_after_another_are_one_text() {
        for pack in [xz, gzip, zstd] {
            let packed = [pack(b"one "), pack(b"two")].concat();
            assert_eq!(check(packed).map(|(_, text)| text), Ok("one two".to_owned()));
        }
    }

    #[test]
    fn a_cut_archive_is_an_error_not_a_short_text() {
        let text = (0_u32..20_000)
            .map(|number| number.wrapping_mul(2_654_435_761).to_string())
            .collect::<String>();
        for pack in [xz, gzip, zstd] {
            let packed = pack(text.as_bytes());
            assert!(check(packed[..packed.len() / 2].to_vec()).is_err());
            assert!(check(packed[..packed.len() - 1].to_vec()).is_err());
        }
    }

    #[test]
    fn an_empty_source_is_an_empty_text() {
        assert_eq!(check(Vec::new()), Ok((Archive::None, String::new())));
    }
}
