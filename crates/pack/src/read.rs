//! The files of a pack and of the packs that it extends. The only place in this crate that touches the disk.
//!
//! Symbolic links, files that are too large and things that are no files are refused, never followed or read.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use linghang_core::Diagnostic;

use crate::finding::file as finding;
use crate::{kind, tree};

/// The largest file that is read. The largest file of the packs here is below 100 KB.
pub(crate) const MAX_FILE_BYTES: u64 = 1024 * 1024;

/// How many packs may stand on one another.
const MAX_LAYERS: usize = 8;

/// The name of the file that makes a folder a pack.
pub(crate) const MANIFEST: &str = "pack.toml";
/// The name of the file with a place's settings of the scan.
pub(crate) const SCAN: &str = "scan.toml";

/// The name of the file with what holds over all programmes.
pub(crate) const RULES: &str = "rules.toml";
/// How the name of a file with test cases ends.
pub(crate) const TESTS: &str = ".test.toml";

/// The files of one pack.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    /// What stands before its paths in findings: empty for the pack itself, `../name/` for one that it extends.
    pub(crate) prefix: String,
    /// Its files, sorted by path.
    pub(crate) files: Vec<RawFile>,
}

/// A file as it lies on the disk.
#[derive(Debug, Clone)]
pub(crate) struct RawFile {
    /// Path inside the pack, with `/`.
    pub(crate) path: String,
    /// Content.
    pub(crate) bytes: Vec<u8>,
}

/// Reads a pack and what it extends; the pack that extends nothing comes first.
pub(crate) fn read_chain(dir: &Path) -> (Vec<Layer>, Vec<Diagnostic>) {
    let mut layers: Vec<Layer> = Vec::new();
    let mut findings = Vec::new();
    let mut roots: Vec<PathBuf> = Vec::new();
    let mut next = match fs::canonicalize(dir) {
        Ok(root) => Some((root, String::new())),
        Err(problem) => {
            findings.push(finding::unreadable("", &problem));
            None
        }
    };
    while let Some((root, prefix)) = next.take() {
        let layer = read_layer(&root, &prefix, &mut findings);
        if let Some((name, line)) = parent_name(&layer) {
            let manifest = format!("{prefix}{MANIFEST}");
            roots.push(root.clone());
            match parent_root(&root, &name, &roots) {
                Ok(parent) => next = Some((parent, format!("../{name}/"))),
                Err(make) => findings.push(make(&name).at(manifest, Some(line))),
            }
        }
        layers.push(layer);
    }
    layers.reverse();
    (layers, findings)
}

type MakeFinding = fn(&str) -> Diagnostic;

fn parent_root(root: &Path, name: &str, seen: &[PathBuf]) -> Result<PathBuf, MakeFinding> {
    if !crate::lint::is_kebab(name) {
        return Err(finding::extends_shape);
    }
    let beside = root.parent().map(|folder| folder.join(name));
    let parent = beside
        .filter(|parent| parent.join(MANIFEST).is_file())
        .and_then(|parent| fs::canonicalize(parent).ok())
        .ok_or(finding::missing_parent as MakeFinding)?;
    if seen.contains(&parent) || seen.len() >= MAX_LAYERS {
        return Err(finding::parent_cycle);
    }
    Ok(parent)
}

/// Returns the `extends` of a pack and its line.
fn parent_name(layer: &Layer) -> Option<(String, u64)> {
    let manifest = layer.files.iter().find(|file| file.path == MANIFEST)?;
    let tree = tree::parse(std::str::from_utf8(&manifest.bytes).ok()?);
    let name = tree.value.get("extends")?.as_str()?.to_owned();
    Some((name, tree.lines.of("/extends")))
}

fn read_layer(root: &Path, prefix: &str, findings: &mut Vec<Diagnostic>) -> Layer {
    let mut files = Vec::new();
    for entry in entries(root, "", prefix, findings) {
        match entry.kind {
            EntryKind::Folder if kind::of_folder(&entry.path).is_some() => {
                for inner in entries(&entry.place, &format!("{}/", entry.path), prefix, findings) {
                    take(inner, prefix, &mut files, findings);
                }
            }
            EntryKind::Folder => findings.push(finding::unknown_file(prefix, &entry.path)),
            EntryKind::File | EntryKind::Link | EntryKind::Other => {
                take(entry, prefix, &mut files, findings);
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    if !files.iter().any(|file| file.path == MANIFEST) {
        findings.push(finding::missing_manifest(prefix));
    }
    Layer { prefix: prefix.to_owned(), files }
}

/// Sorts files that are held in memory into a layer; of two with one path the later stands.
pub(crate) fn layer_of(
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> (Layer, Vec<Diagnostic>) {
    let (mut kept, mut findings) = (BTreeMap::new(), Vec::new());
    for (path, bytes) in files {
        if !is_known(&path) {
            findings.push(finding::unknown_file("", &path));
        } else if bytes.len() as u64 > MAX_FILE_BYTES {
            findings.push(finding::too_large("", &path));
        } else {
            kept.insert(path, bytes);
        }
    }
    if !kept.contains_key(MANIFEST) {
        findings.push(finding::missing_manifest(""));
    }
    let files = kept.into_iter().map(|(path, bytes)| RawFile { path, bytes });
    (Layer { prefix: String::new(), files: files.collect() }, findings)
}

enum EntryKind {
    File,
    Folder,
    Link,
    Other,
}

struct Entry {
    /// Path inside the pack, with `/`.
    path: String,
    place: PathBuf,
    kind: EntryKind,
}

/// Lists a folder in the order of names, without what is meant for people or for other programs.
fn entries(
    folder: &Path,
    inside: &str,
    prefix: &str,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let listed = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let listed = match listed {
        Ok(listed) => listed,
        Err(problem) => {
            findings.push(finding::unreadable(&format!("{prefix}{inside}"), &problem));
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for entry in listed {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name.starts_with("LICENSE") || has_extension(&name, "md") {
            continue;
        }
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_symlink() => EntryKind::Link,
            Ok(kind) if kind.is_dir() => EntryKind::Folder,
            Ok(kind) if kind.is_file() => EntryKind::File,
            Ok(_) | Err(_) => EntryKind::Other,
        };
        found.push(Entry { path: format!("{inside}{name}"), place: entry.path(), kind });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Reads one file, or says why not.
fn take(entry: Entry, prefix: &str, files: &mut Vec<RawFile>, findings: &mut Vec<Diagnostic>) {
    let path = entry.path;
    match entry.kind {
        EntryKind::Link | EntryKind::Other => findings.push(finding::not_a_file(prefix, &path)),
        EntryKind::File if is_known(&path) => match read_file(&entry.place) {
            Ok(Some(bytes)) => files.push(RawFile { path, bytes }),
            Ok(None) => findings.push(finding::too_large(prefix, &path)),
            Err(problem) => {
                findings.push(finding::unreadable(&format!("{prefix}{path}"), &problem));
            }
        },
        EntryKind::File | EntryKind::Folder => {
            findings.push(finding::unknown_file(prefix, &path));
        }
    }
}

/// Returns whether a pack has files of this name.
fn is_known(path: &str) -> bool {
    let is_record = || {
        let folder = path.split_once('/').filter(|(_, name)| !name.contains('/'));
        folder.is_some_and(|(folder, _)| kind::of_folder(folder).is_some())
    };
    [MANIFEST, SCAN, RULES].contains(&path)
        || (is_record() && has_extension(path, "toml") && !is_stray_test(path))
}

/// Returns whether a file of test cases lies in a folder whose files are not tested.
fn is_stray_test(path: &str) -> bool {
    let folder = path.split('/').next().unwrap_or_default();
    path.ends_with(TESTS) && !kind::of_folder(folder).is_some_and(|spec| spec.tested)
}

/// Reads a file; `None` when it is too large.
fn read_file(place: &Path) -> io::Result<Option<Vec<u8>>> {
    if fs::metadata(place)?.len() > MAX_FILE_BYTES {
        return Ok(None);
    }
    fs::read(place).map(Some)
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
