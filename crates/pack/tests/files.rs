//! What may be wrong with the files and folders of a pack, and with the packs that it extends.

use std::fs;
use std::path::Path;

use linghang_core::Lang;
use linghang_pack::{Loaded, load};
use tempfile::TempDir;

const MANIFEST: &str = "id = \"one\"\nname = { zh = \"一\", en = \"One\" }\nschema = 1\n\
                        in_force_from = 2026-01-01\nlicence = \"Apache-2.0\"\n";

/// A folder with files in it; `pack/` is what is loaded.
struct Place(TempDir);

impl Place {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        for (path, bytes) in files {
            let path = place.0.path().join(path);
            fs::create_dir_all(path.parent().expect("inside the folder")).expect("writable");
            fs::write(path, bytes).expect("writable");
        }
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn load(&self) -> Loaded {
        load(&self.path().join("pack"))
    }

    fn english(&self) -> String {
        let found = self.load().diagnostics;
        found.iter().map(|one| one.render(Lang::En)).collect::<Vec<_>>().join("\n")
    }
}

fn extending(parent: &str) -> String {
    format!("{MANIFEST}extends = \"{parent}\"\n")
}

#[test]
fn a_folder_without_a_manifest_is_no_pack() {
    let place = Place::with(&[("pack/README.md", b"hello")]);
    insta::assert_snapshot!(place.english(), @r"
    pack.toml: error[pack.missing_file]: pack.toml is missing
      hint: it gives id, names, schema version, first day and licence; see packs/example.
    ");
    assert!(place.load().pack.is_none());
}

#[test]
fn a_folder_that_is_not_there_is_said_so() {
    let loaded = load(Path::new("no/such/folder"));
    assert_eq!(loaded.diagnostics[0].code, "pack.read");
    assert!(loaded.pack.is_none());
}

#[test]
fn files_that_are_no_part_of_a_pack_are_named() {
    let place = Place::with(&[
        ("pack/pack.toml", MANIFEST.as_bytes()),
        ("pack/trakcs/a.toml", b""),
        ("pack/bodies/all.yaml", b""),
        ("pack/agenda-2026.toml", b""),
        ("pack/LICENSE", b""),
        ("pack/.editor", b""),
        ("pack/bodies/README.md", b""),
    ]);
    insta::assert_snapshot!(place.english(), @r"
    agenda-2026.toml: error[pack.unknown_file]: a pack has no file such as `agenda-2026.toml`
    bodies/all.yaml: error[pack.unknown_file]: a pack has no file such as `bodies/all.yaml`
    trakcs: error[pack.unknown_file]: a pack has no file such as `trakcs`
      hint: did you mean `tracks`?
    ");
}

#[test]
fn tests_stand_beside_what_is_tested_only() {
    let place = Place::with(&[
        ("pack/pack.toml", MANIFEST.as_bytes()),
        ("pack/bodies/all.test.toml", b""),
        ("pack/facts/all.test.toml", b""),
    ]);
    insta::assert_snapshot!(place.english(), @r"
    bodies/all.test.toml: error[pack.unknown_file]: a pack has no file such as `bodies/all.test.toml`
    facts/all.test.toml: error[pack.unknown_file]: a pack has no file such as `facts/all.test.toml`
    ");
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    let place = Place::with(&[
        ("pack/pack.toml", MANIFEST.as_bytes()),
        ("pack/bodies/all.toml", b"# \xb9\xe3\xd6\xdd\n"),
    ]);
    insta::assert_snapshot!(place.english(), @r"
    bodies/all.toml: error[pack.not_utf8]: not UTF-8 at byte 2
      hint: save the file as UTF-8.
    ");
}

#[test]
fn a_file_of_more_than_a_megabyte_is_not_read() {
    let large = vec![b'#'; 1024 * 1024 + 1];
    let place =
        Place::with(&[("pack/pack.toml", MANIFEST.as_bytes()), ("pack/bodies/all.toml", &large)]);
    insta::assert_snapshot!(place.english(), @r"
    bodies/all.toml: error[pack.file_too_large]: the file is larger than 1024 KB
      hint: split it into several files.
    ");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed() {
    let place = Place::with(&[("pack/pack.toml", MANIFEST.as_bytes()), ("secret.toml", b"")]);
    fs::create_dir(place.path().join("pack/bodies")).expect("writable");
    let link = place.path().join("pack/bodies/all.toml");
    std::os::unix::fs::symlink(place.path().join("secret.toml"), link).expect("writable");
    insta::assert_snapshot!(place.english(), @r"
    bodies/all.toml: error[pack.not_a_file]: symbolic links and special files are not read
      hint: put a plain file here.
    ");
}

#[test]
fn a_pack_that_is_extended_must_be_beside() {
    let place = Place::with(&[("pack/pack.toml", extending("two").as_bytes())]);
    insta::assert_snapshot!(place.english(), @r"
    pack.toml:6: error[pack.missing_parent]: the pack `two` that is extended is not there
      hint: expected ../two/pack.toml.
    ");
    let place = Place::with(&[("pack/pack.toml", extending("../two").as_bytes())]);
    insta::assert_snapshot!(place.english(), @r#"pack.toml:6: error[pack.extends_shape]: `extends = "../two"` should be the name of a folder beside this one"#);
}

#[test]
fn a_circle_of_packs_is_found() {
    let place = Place::with(&[
        ("pack/pack.toml", extending("two").as_bytes()),
        ("two/pack.toml", extending("pack").as_bytes()),
    ]);
    insta::assert_snapshot!(place.english(), @r"../two/pack.toml:6: error[pack.parent_cycle]: extending `pack` leads back to a pack already read, or too deep");
}

const DOCUMENT: &[u8] = "id = \"d1\"\nname = { zh = \"文\", en = \"Doc\" }\nreference = \"1\"\n\
    issuer = { zh = \"甲\", en = \"A\" }\nlevel = \"city\"\nplace = { zh = \"甲\", en = \"A\" }\n\
    issued = 2026-01-01\nstart_year = 2026\nhorizon_years = [2028]\nnormative = true\n\
    role = { zh = \"计划\", en = \"plan\" }\n"
    .as_bytes();

fn body(name: &str, more: &str) -> String {
    format!(
        "[[body]]\nid = \"bureau\"\nname = {{ zh = \"局\", en = \"{name}\" }}\nlevel = \"city\"\n\
         source = \"d1\"\n{more}"
    )
}

#[test]
fn a_record_takes_the_place_of_its_parent_s_only_when_it_says_so() {
    let files = |more: &str| {
        Place::with(&[
            ("pack/pack.toml", extending("two").as_bytes()),
            ("pack/bodies/mine.toml", body("Mine", more).as_bytes()),
            ("two/pack.toml", MANIFEST.as_bytes()),
            ("two/documents/d1.toml", DOCUMENT),
            ("two/bodies/all.toml", body("Theirs", "").as_bytes()),
        ])
    };
    let loaded = files("replaces = true").load();
    let pack = loaded.pack.expect("nothing is wrong");
    assert_eq!(pack.bodies["bureau"].name.en, "Mine");
    assert_eq!(pack.extends, ["one"]);
    insta::assert_snapshot!(files("").english(), @r"
    bodies/mine.toml:2: error[pack.duplicate_id]: body `bureau` is already in ../two/bodies/all.toml:1
      hint: add `replaces = true` if it is meant to take its place.
    ");
}

#[test]
fn settings_stand_in_the_nearest_rules_file_that_says_them_and_in_no_folder() {
    let ceiling = "[ceiling]\nclause = \"d1 1\"\nyear = \"5元\"\n".as_bytes();
    let stands = |own: &[(&str, &[u8])]| {
        let (one, two, body) = (extending("two"), extending("three"), body("Mine", ""));
        let mut files = vec![
            ("pack/pack.toml", one.as_bytes()),
            ("two/pack.toml", two.as_bytes()),
            ("three/pack.toml", MANIFEST.as_bytes()),
            ("three/documents/d1.toml", DOCUMENT),
            // Named like the settings, and no settings.
            ("pack/bodies/rules.toml", body.as_bytes()),
        ];
        files.extend(own);
        let loaded = Place::with(&files).load();
        let pack = loaded.pack.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        let place = pack.origins.settings("ceiling.year");
        place.map(|place| format!("{}:{}", place.file.display(), place.line)).unwrap_or_default()
    };
    let (own, near, far) = ("pack/rules.toml", "two/rules.toml", "three/rules.toml");
    for (files, place) in [
        (&[] as &[(&str, &[u8])], ""),
        (&[(far, ceiling)], "../three/rules.toml:3"),
        (&[(far, ceiling), (near, ceiling)], "../two/rules.toml:3"),
        (&[(far, ceiling), (near, b"# nothing".as_slice())], "../three/rules.toml:3"),
        (&[(far, ceiling), (near, ceiling), (own, ceiling)], "rules.toml:3"),
    ] {
        assert_eq!(stands(files), place);
    }
}

#[test]
fn what_a_parent_changes_changes_the_hash() {
    let files = |name: &str| {
        Place::with(&[
            ("pack/pack.toml", extending("two").as_bytes()),
            ("two/pack.toml", MANIFEST.as_bytes()),
            ("two/documents/d1.toml", DOCUMENT),
            ("two/bodies/all.toml", body(name, "").as_bytes()),
        ])
    };
    assert_eq!(files("A").load().hash, files("A").load().hash);
    assert_ne!(files("A").load().hash, files("B").load().hash);
}

#[test]
fn every_code_about_files_is_tried_here() {
    let tried = concat!(include_str!("files.rs"), include_str!("expect/syntax.expected"));
    for code in include_str!("../src/finding/file.rs").split('"') {
        if code.starts_with("pack.") && !code.ends_with("toml") {
            assert!(
                tried.contains(&format!("[{code}]")) || tried.contains(&format!("\"{code}\"")),
                "{code}"
            );
        }
    }
}
