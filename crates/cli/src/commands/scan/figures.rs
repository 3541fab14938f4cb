//! `linghang scan figures`: writes the counted figures of a scan, without the texts.

use linghang_core::number::grouped;
use linghang_scan::backtest::{Plan, unit_inputs};
use linghang_scan::figures::Corpus;

use crate::args::FiguresArgs;
use crate::commands::say;
use crate::failure::Failure;
use crate::load::corpora;
use crate::load::figures_file::{self, Head};
use crate::load::pack::ScanPack;
use crate::load::scope::{Scope, Source};
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &FiguresArgs) -> Result<(), Failure> {
    let pack = ScanPack::load(session)?;
    let scope = Scope::open(session, &pack, &arguments.scope)?;
    let Source::Documents(counted) = &scope.source else {
        return Err(Failure::usage(
            "cli.figures_of_figures",
            "统计表只能由文献生成，不能由另一张统计表生成",
            "figures are made from documents, not from another table of figures",
        ));
    };
    let plan = Plan {
        corpora: scope.corpora.clone(),
        background: Corpus::all(corpora::ALL),
        cuts: arguments.cuts.clone(),
        params: pack.params.clone(),
    };
    let past = unit_inputs(&counted.state, &plan);
    let years: Vec<String> = arguments.cuts.iter().map(ToString::to_string).collect();
    let head = Head {
        schema: 1,
        evidence: counted.evidence.clone(),
        provenance: arguments.provenance.clone(),
        command: format!(
            "linghang scan figures --corpora '{}' --as-of {} --cuts {} --out FILE",
            arguments.scope.corpora,
            scope.as_of,
            years.join(",")
        ),
        as_of: scope.as_of,
    };
    let bytes = figures_file::write(&arguments.out, &head, &scope.figures, &past, &pack.params)?;
    let terms: usize = scope.figures.iter().map(|figures| figures.terms.len()).sum();
    let arguments = [
        ("file", arguments.out.display().to_string().into()),
        ("terms", grouped(terms as u64).into()),
        ("bytes", grouped(bytes).into()),
    ];
    say(session, &session.text("figures-written", &arguments));
    Ok(())
}
