//! The second half of `linghang demo`: support programmes of a fictional pack on a made-up city.
//!
//! The city lives in a folder of its own below the home folder, so that it never meets evidence of the user.

use std::fs;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use linghang_core::number::grouped;
use linghang_core::{Bilingual, Diagnostic, Lang};
use linghang_pack::record::Text;
use linghang_rules::near_miss::{Order, Search, near_misses};
use linghang_rules::simulate::{Settings, simulate};
use linghang_rules::{AsOf, Decision, Options, Run, explain, run as evaluate};
use serde::Deserialize;

use super::super::rules::{
    Ready, near_miss_sheets, print, run_sheets, simulate_sheets, write_award, write_enterprise,
    write_label,
};
use super::super::{say, synth};
use super::this_program;
use crate::args::CityArgs;
use crate::failure::{Exit, Failure};
use crate::load::rules::load;
use crate::session::Session;

/// The fictional pack, below the folder of packs.
const PACK: &str = "example";
/// What the reform of the demo changes in it.
const REFORM: &str = "demo/reform.toml";
/// Enterprises of the city.
const ENTERPRISES: u64 = 20_000;
/// The day on which everything is judged.
const AS_OF: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 6, 30);
/// Rows of the lists.
const TOP: usize = 8;

/// A reform as the file tells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReformFile {
    say: Text,
    change: Vec<Change>,
}

/// One text that is replaced.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: PathBuf,
    find: String,
    put: String,
}

/// Runs the programmes of the fictional pack beside `pack`; says that they are left out where it is not there.
pub(super) fn run(session: &Session, pack: &Path) -> Result<(), Failure> {
    let packs = pack.parent().unwrap_or(Path::new("packs"));
    let example = packs.join(PACK);
    let root = packs.parent().unwrap_or(Path::new("."));
    let reform = root.join(REFORM);
    let Some(day) = AS_OF.filter(|_| example.join("pack.toml").is_file() && reform.is_file())
    else {
        say(session, &session.text("demo-no-city", &[]));
        return Ok(());
    };
    let home = session.home.join("demo-city");
    let session = session.with_pack(example.clone()).with_home(home);
    let plan = CityArgs { enterprises: ENTERPRISES, seed: 1, as_of: Some(day), years: 3 };
    synth::write_city(&session, &plan)?;
    let ready = Ready::on(&session, AsOf::on(day))?;
    let result = evaluate(&ready.rules, ready.enterprises.population(), Options::default());
    let code = show(&session, &ready, &result)?;
    show_reform(&session, &ready, &example, &reform)?;
    let next = [("program", this_program(&session).into()), ("code", code.into())];
    say(&session, &session.text("demo-rules-next", &next));
    Ok(())
}

/// Shows the run, one award explained and near misses; returns the enterprise that was explained.
fn show(session: &Session, ready: &Ready, result: &Run) -> Result<String, Failure> {
    let population = ready.enterprises.population();
    let search = Search { order: Order::Money, limit: TOP, only_curable: true };
    let near = near_misses(&ready.rules, population, search);
    let mut output = stdout().lock();
    let about = [
        ("enterprises", grouped(result.rows as u64).into()),
        ("pack", ready.pack.name.get(session.lang).to_owned().into()),
        ("as-of", result.as_of.legal.to_string().into()),
    ];
    writeln!(output, "{}", session.text("demo-city", &about))?;
    write_label(session, ready.enterprises.is_synthetic, &mut output)?;
    print(session, &run_sheets(session, &ready.rules, result)[..2], &mut output)?;
    print(session, &near_miss_sheets(session, &ready.enterprises, &near)[..1], &mut output)?;
    let Some(first) = near.list.first() else { return Ok(String::new()) };
    let found = ready.enterprises.find(&first.enterprise)?;
    let explanation = explain(&ready.rules, population, found.row, Some(result));
    writeln!(output, "{}\n", session.text("demo-explained", &[]))?;
    write_enterprise(session, ready, &found, &mut output)?;
    let is_shown = |award: &&linghang_rules::explain::AwardReport| {
        award.id == first.award || award.decision == Decision::Yes
    };
    for award in explanation.awards.iter().filter(is_shown) {
        write_award(session.lang, award, &mut output)?;
    }
    let other = match session.lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    if let Some(award) = explanation.awards.iter().find(|award| award.id == first.award) {
        writeln!(output, "{}\n", session.text("demo-explained-other", &[]))?;
        write_award(other, award, &mut output)?;
    }
    Ok(found.id)
}

fn show_reform(
    session: &Session,
    ready: &Ready,
    example: &Path,
    file: &Path,
) -> Result<(), Failure> {
    let text = fs::read_to_string(file)?;
    let reform: ReformFile =
        toml::from_str(&text).map_err(|error| broken(file, &error.to_string()))?;
    let changed = session.home.join("reform").join(PACK);
    if changed.exists() {
        // A file that the pack no longer has would stay otherwise.
        fs::remove_dir_all(&changed)?;
    }
    copy(example, &changed)?;
    for change in &reform.change {
        let path = changed.join(&change.file);
        let text = fs::read_to_string(&path)?;
        if !text.contains(&change.find) {
            return Err(broken(file, &change.find));
        }
        fs::write(&path, text.replace(&change.find, &change.put))?;
    }
    let (_, after) = load(&changed, ready.rules.as_of)?;
    let settings = Settings { movers: TOP, ..Settings::default() };
    let population = ready.enterprises.population();
    let result = simulate(&ready.rules, &after, population, settings)
        .map_err(|error| broken(file, &error.to_string()))?;
    let mut output = stdout().lock();
    let say = [("change", reform.say.0.get(session.lang).to_owned().into())];
    writeln!(output, "{}", session.text("demo-reform", &say))?;
    write_label(session, ready.enterprises.is_synthetic, &mut output)?;
    // Totals, texts, awards, groups: the rest is what `rules simulate` shows.
    print(session, &simulate_sheets(session, ready, &result)[..4], &mut output)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn broken(file: &Path, what: &str) -> Failure {
    let message = Bilingual::new(
        format!("演示用的改革与示例城市包不符：{what}"),
        format!("the reform of the demo does not fit the example pack: {what}"),
    );
    let finding = Diagnostic::error("demo.reform", message).at(file, None);
    Failure { exit: Exit::Refused, findings: vec![finding] }
}
