//! `linghang demo`: the horizon scan on the figures that belong to the project, then programmes on a made-up city.

mod city;

use std::fs;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};

use linghang_core::{Bilingual, Diagnostic};
use linghang_review::findings;

use super::say;
use super::scan::Wanted;
use super::scan::report::{Reviewed, write};
use crate::args::{DemoArgs, ScopeArgs};
use crate::failure::{Exit, Failure};
use crate::load::experts::Experts;
use crate::load::pack::ScanPack;
use crate::load::scope::Scope;
use crate::load::{corpora, figures_file};
use crate::session::Session;

/// Pack of the demo when none is named.
const PACK: &str = "packs/guangzhou";
/// Figures of the demo, beside the packs.
const FIGURES: &str = "demo/arxiv-figures.jsonl.zst";
/// Terms in the report.
const TOP: usize = 100;

pub(super) fn run(session: &Session, arguments: &DemoArgs) -> Result<(), Failure> {
    let folder = session.pack.clone().unwrap_or_else(|| PathBuf::from(PACK));
    let figures = match &arguments.figures {
        Some(path) => path.clone(),
        None => find_figures(&folder)?,
    };
    let session = &session.with_pack(folder);
    let pack = ScanPack::load(session)?;
    let imported = import(session, &figures)?;
    let scope_arguments =
        ScopeArgs { corpora: corpora::ALL.to_owned(), as_of: None, figures: Some(imported) };
    let scope = Scope::open(session, &pack, &scope_arguments)?;
    say(session, &session.text("demo-imported", &[("file", figures.display().to_string().into())]));
    let experts = Experts::default();
    let wanted = Wanted { top: TOP, term: None, experts: &experts };
    let reviewed = Reviewed::new(session, &pack, &scope, wanted)?;
    let input = reviewed.input(session, &pack);
    print_findings(session, &input)?;
    write(&input, &arguments.out)?;
    if !session.is_json {
        // JSON is one document: that of the scan.
        city::run(session, session.pack.as_deref().unwrap_or(Path::new(PACK)))?;
    }
    let page = arguments.out.join("index.html");
    let next =
        [("page", page.display().to_string().into()), ("program", this_program(session).into())];
    say(session, &session.text("demo-next", &next));
    Ok(())
}

/// Takes the table over into the home folder, once it is known to be readable.
fn import(session: &Session, figures: &Path) -> Result<PathBuf, Failure> {
    figures_file::read(figures)?;
    let imported = session.home.join("figures.jsonl.zst");
    fs::create_dir_all(&session.home)?;
    let is_the_same = imported.is_file() && figures.canonicalize()? == imported.canonicalize()?;
    if !is_the_same {
        let partial = imported.with_extension(format!("{}.partial", std::process::id()));
        fs::copy(figures, &partial)?;
        fs::rename(&partial, &imported)?;
    }
    Ok(imported)
}

/// How this program was called, with the folders that the next commands need.
fn this_program(session: &Session) -> String {
    let program = std::env::args().next().unwrap_or_else(|| "linghang".to_owned());
    let pack =
        session.pack.as_ref().map(|pack| format!(" --pack {}", pack.display())).unwrap_or_default();
    let lang = session.asked_lang.map(|lang| format!(" --lang {lang}")).unwrap_or_default();
    format!("{program} --home {}{pack}{lang}", session.home.display())
}

fn print_findings(
    session: &Session,
    input: &linghang_review::ReportInput<'_>,
) -> Result<(), Failure> {
    let found = findings(input).map_err(|error| Failure {
        exit: Exit::Fault,
        findings: vec![Diagnostic::error(
            "review.findings",
            Bilingual::new(
                format!("无法归纳要点：{error}"),
                format!("findings cannot be made: {error}"),
            ),
        )],
    })?;
    if session.is_json {
        let texts: Vec<_> = found
            .iter()
            .map(|finding| serde_json::json!({ "code": finding.code, "text": finding.text }))
            .collect();
        return super::print_json(&texts);
    }
    let as_of = input.scan.provenance.as_of.to_string();
    let mut output = stdout().lock();
    writeln!(output, "{}\n", session.text("demo-head", &[("as-of", as_of.into())]))?;
    for (number, finding) in (1..).zip(&found) {
        writeln!(output, "{number:>2}. {}", finding.text.get(session.lang))?;
    }
    writeln!(output)?;
    Ok(())
}

/// Looks for the demo figures in the working directory and beside the packs.
fn find_figures(pack: &Path) -> Result<PathBuf, Failure> {
    let beside_packs = pack.parent().and_then(Path::parent).map(|root| root.join(FIGURES));
    let places = [Some(PathBuf::from(FIGURES)), beside_packs];
    places.into_iter().flatten().find(|path| path.is_file()).ok_or_else(|| {
        Failure::refused(
            Diagnostic::error(
                "demo.no_figures",
                Bilingual::new(
                    format!("找不到演示统计表 {FIGURES}"),
                    format!("the demo figures {FIGURES} are not here"),
                ),
            )
            .with_hint(Bilingual::new(
                "请在项目文件夹中运行，或用 --figures 指明文件",
                "run it in the project's folder, or name the file with --figures",
            )),
        )
    })
}
