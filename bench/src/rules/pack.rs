//! The rules of RB-12, alone or in many copies with other figures.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use linghang_core::{Diagnostic, Lang, Severity};
use linghang_rules::{AsOf, RuleSet, compile};

/// The folder of the pack.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/rb12")
}

/// Loads, checks and compiles a pack for the day of the workload.
pub(crate) fn load(folder: &Path) -> Result<RuleSet> {
    let loaded = linghang_pack::load(folder);
    let Some(pack) = loaded.pack else {
        bail!("{}", errors(&loaded.diagnostics));
    };
    let day = NaiveDate::from_ymd_opt(2025, 6, 30).context("a day of June")?;
    let compiled = compile(&pack, AsOf::on(day));
    compiled.rules.with_context(|| errors(&compiled.diagnostics))
}

fn errors(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    errors.map(|one| one.render(Lang::En)).collect::<Vec<_>>().join("\n")
}

/// Writes a pack with the twelve rules in `copies` copies, each a programme of its own with other figures; some
/// conditions stay the same in all of them, as they do in a city's policies. Returns how many rules there are.
pub(crate) fn write_copies(target: &Path, copies: u32) -> Result<usize> {
    let source = folder();
    copy_folder(&source, target)?;
    let programmes = target.join("programmes");
    let text = fs::read_to_string(programmes.join("rb12.toml"))?;
    let tests = fs::read_to_string(programmes.join("rb12.test.toml"))?;
    fs::remove_file(programmes.join("rb12.toml"))?;
    fs::remove_file(programmes.join("rb12.test.toml"))?;
    for copy in 0..copies {
        let name = format!("rb12-{copy:02}");
        fs::write(programmes.join(format!("{name}.toml")), changed(&text, &name, copy)?)?;
        let tests = tests.replace("rb12", &name);
        fs::write(programmes.join(format!("{name}.test.toml")), tests)?;
    }
    Ok(text.matches("[[award]]").count() * copies as usize)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The programme with other figures.
fn changed(text: &str, name: &str, copy: u32) -> Result<String> {
    let figures = [
        ("id = \"rb12\"".to_owned(), format!("id = \"{name}\"")),
        ("srdi_year = 2025".to_owned(), format!("srdi_year = {}", 2025 - copy % 6)),
        ("giant_year = 2025".to_owned(), format!("giant_year = {}", 2025 - copy % 6)),
        ("rd1 >= 100万元".to_owned(), format!("rd1 >= {}万元", 100 + copy)),
        ("growth(rd1, rd2) > 5%".to_owned(), format!("growth(rd1, rd2) > {}%", 5 + copy % 4)),
        ("hte_cum < 100万元".to_owned(), format!("hte_cum < {}万元", 100 + copy)),
        ("ht_rev, rev1) >= 60%".to_owned(), format!("ht_rev, rev1) >= {}%", 60 + copy % 5)),
        ("invest >= 100万元".to_owned(), format!("invest >= {}万元", 100 + copy)),
        ("tt_volume >= 500万元".to_owned(), format!("tt_volume >= {}万元", 500 + 10 * copy)),
        ("rev1 >= 2000万元".to_owned(), format!("rev1 >= {}万元", 2000 + 20 * copy)),
        (
            "fee_rate <= 0.01".to_owned(),
            format!("fee_rate <= {:.4}", 0.01 + f64::from(copy) * 1e-4),
        ),
    ];
    let mut text = text.to_owned();
    for (old, new) in figures {
        anyhow::ensure!(text.contains(&old), "the programme has no `{old}`");
        text = text.replace(&old, &new);
    }
    Ok(text)
}

/// Writes the same pack with five of its awards changed.
pub(crate) fn write_reform(before: &Path, target: &Path) -> Result<()> {
    copy_folder(before, target)?;
    let reforms = [
        ("00", "invest * 15%", "invest * 20%"),
        ("01", "rd1 >= 101万元", "rd1 >= 151万元"),
        ("02", "tt_volume * 2%", "tt_volume * 3%"),
        ("03", "plat_invest * 30%", "plat_invest * 25%"),
        ("04", "loss * 40%", "loss * 50%"),
    ];
    for (copy, old, new) in reforms {
        let path = target.join(format!("programmes/rb12-{copy}.toml"));
        let text = fs::read_to_string(&path)?;
        anyhow::ensure!(text.contains(old), "{} has no `{old}`", path.display());
        fs::write(&path, text.replace(old, new))?;
    }
    Ok(())
}
