//! Laws of the loader that need its insides: any bytes give a result, and the same one in any order of files.

use std::path::Path;

use proptest::prelude::*;

use crate::read::{Layer, RawFile, read_chain};
use crate::{Loaded, check, schemas};

/// The files of the example pack, which has every kind of record.
fn example() -> Layer {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/example");
    let (mut layers, found) = read_chain(&root);
    assert_eq!(found, []);
    layers.pop().expect("the example stands alone")
}

fn checked(layer: Layer) -> Loaded {
    check(&[layer], Vec::new())
}

/// One way to break a file.
#[derive(Debug, Clone)]
enum Damage {
    Set(usize, u8),
    Cut(usize),
    Repeat(usize, usize),
    Insert(usize, &'static str),
}

fn damage() -> impl Strategy<Value = Damage> {
    let scraps = ["\"", "[[", "]]", "=", "\n", "{", "0x", "inf", "赛", ".", "9999999999999999999"];
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(place, byte)| Damage::Set(place, byte)),
        any::<usize>().prop_map(Damage::Cut),
        (any::<usize>(), 1..200_usize).prop_map(|(place, length)| Damage::Repeat(place, length)),
        (any::<usize>(), prop::sample::select(scraps.to_vec()))
            .prop_map(|(place, scrap)| Damage::Insert(place, scrap)),
    ]
}

fn apply(file: &mut RawFile, damage: &Damage) {
    let bytes = &mut file.bytes;
    let within = |place: usize, bytes: &[u8]| place % bytes.len().max(1);
    match damage {
        Damage::Set(place, byte) if !bytes.is_empty() => {
            let place = within(*place, bytes);
            bytes[place] = *byte;
        }
        Damage::Set(..) => {}
        Damage::Cut(place) => bytes.truncate(within(*place, bytes)),
        Damage::Repeat(place, length) => {
            let from = within(*place, bytes);
            let part = bytes[from..bytes.len().min(from + length)].to_vec();
            bytes.extend(part);
        }
        Damage::Insert(place, scrap) => {
            let place = within(*place, bytes);
            bytes.splice(place..place, scrap.bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_damage_makes_it_panic(
        wounds in prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..6)
    ) {
        let mut layer = example();
        for (file, wound) in &wounds {
            let count = layer.files.len();
            apply(&mut layer.files[file.index(count)], wound);
        }
        let loaded = checked(layer);
        prop_assert_eq!(loaded.pack.is_none(), loaded.has_errors());
        for finding in &loaded.diagnostics {
            prop_assert!(!finding.message.zh.is_empty() && !finding.message.en.is_empty());
        }
    }

    #[test]
    fn the_order_of_files_changes_nothing(order in Just(example().files).prop_shuffle()) {
        let sorted = checked(example());
        let shuffled = checked(Layer { prefix: String::new(), files: order });
        prop_assert_eq!(sorted.hash, shuffled.hash);
        prop_assert_eq!(sorted.diagnostics, shuffled.diagnostics);
        prop_assert_eq!(sorted.pack, shuffled.pack);
    }
}

#[test]
fn the_example_has_every_kind_of_record_and_no_finding() {
    let loaded = checked(example());
    assert_eq!(loaded.diagnostics, []);
    for (kind, count) in loaded.pack.expect("nothing is wrong").counts() {
        assert!(count > 0, "{kind:?}");
    }
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    for (name, text) in schemas() {
        let written = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(written.replace("\r\n", "\n") == text, "{name} is old; run `cargo xtask gen`");
    }
}
