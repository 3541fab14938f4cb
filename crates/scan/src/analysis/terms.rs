//! The result of each term that is shown.

use rayon::prelude::*;

use super::topics::Found;
use super::{Request, Scored, sources};
use crate::backtest::{UnitInput, past_cut};
use crate::figures::Glossary;
use crate::novelty::{FlagInput, Verdicts, flags};
use crate::result::{Contribution, TermResult, YearCount};
use crate::series::Series;
use crate::series::forecast::{Cut, Residuals, forecast};
use crate::series::life_cycle::life_cycle;
use crate::signals::SIGNALS;

/// Cases of each past cut from which the intervals of forecasts are taken; more would not move the quantiles.
const CASES: usize = 600;
/// Documents named with a term.
const DOCUMENTS: usize = 20;

/// Returns the best terms, as many as the request asks for.
pub(super) fn results(request: &Request<'_>, scored: &Scored, found: &Found) -> Vec<TermResult> {
    let residuals = Residuals::from_cuts(&past_cuts(request));
    let flags = term_flags(request, scored);
    let glossary = Glossary::new(request.figures);
    let text = |candidate: u32| {
        request.figures.terms[scored.terms()[candidate as usize] as usize].text.as_str()
    };
    let mut rank = 1;
    let mut ranked: Vec<(u32, u32)> = Vec::with_capacity(scored.order.len());
    for candidate in &scored.order {
        // A hidden term takes the rank that it would have, and no one else's.
        ranked.push((rank, *candidate));
        rank += u32::from(scored.hidden(*candidate).is_none());
    }
    let shown: Vec<(u32, u32)> = ranked
        .into_iter()
        .filter(|(_, candidate)| match request.only {
            Some(only) => text(*candidate) == only,
            None => scored.hidden(*candidate).is_none(),
        })
        .take(request.top)
        .collect();
    shown
        .par_iter()
        .map(|(rank, candidate)| {
            let context =
                Context { request, scored, found, residuals: &residuals, glossary: &glossary };
            context.term(*rank, *candidate as usize, &flags[*candidate as usize])
        })
        .collect()
}

struct Context<'c> {
    request: &'c Request<'c>,
    scored: &'c Scored,
    found: &'c Found,
    residuals: &'c Residuals,
    glossary: &'c Glossary<'c>,
}

impl Context<'_> {
    fn term(&self, rank: u32, candidate: usize, flags: &Verdicts) -> TermResult {
        let index = self.scored.terms()[candidate];
        let figures = &self.request.figures.terms[index as usize];
        let score = &self.scored.scores[candidate];
        let series = &self.scored.series[candidate];
        let curve = &self.scored.curves[candidate];
        let others = self.scored.order.len().max(1);
        let own = score.total();
        let lower = self.scored.scores.iter().filter(|other| other.total() < own).count();
        TermResult {
            term: figures.text.clone(),
            translation: self.glossary.translation(&figures.text).map(str::to_owned),
            long_form: self.glossary.long_form(&figures.text).map(str::to_owned),
            acronym: self.glossary.acronym(&figures.text).map(str::to_owned),
            hidden_reason: self
                .scored
                .hidden(candidate as u32)
                .map(|reason| reason.code().to_owned()),
            rank,
            percentile: 100.0 * lower as f64 / others as f64,
            score: own,
            contributions: contributions(score),
            window_documents: figures.window_documents(),
            fifth_document_year: figures
                .fifth_document
                .map(|half| self.request.figures.year_of(half)),
            counts: year_counts(series),
            burst: curve.burst,
            life_cycle: Some(life_cycle(series)),
            forecast: forecast(series, self.residuals),
            onset: curve.onset,
            stage: curve.stage.clone(),
            tracks: self.found.term_tracks[candidate].clone(),
            topic: self.found.topic_of[candidate].clone(),
            flags: flags.fired.clone(),
            flags_unknown: flags.unknown.iter().map(|code| (*code).to_owned()).collect(),
            documents: self.request.evidence.map_or_else(Vec::new, |evidence| {
                super::topics::references(&evidence.newest(&[index], 1, DOCUMENTS))
            }),
        }
    }
}

fn contributions(score: &crate::signals::Score) -> Vec<Contribution> {
    SIGNALS
        .iter()
        .zip(score.values.iter().zip(&score.contributions))
        .map(|(signal, (value, contribution))| Contribution {
            signal: (*signal).to_owned(),
            value: *value,
            contribution: *contribution,
        })
        .collect()
}

fn year_counts(series: &Series) -> Vec<YearCount> {
    (0..series.counts.len())
        .map(|place| YearCount {
            year: series.year(place),
            count: series.counts[place],
            total: series.totals[place],
        })
        .collect()
}

/// Past forecasts with what came of them: cuts whose three years were over at the date of the request.
fn past_cuts(request: &Request<'_>) -> Vec<Cut> {
    let known = |unit: &&UnitInput| {
        unit.future.is_complete && unit.figures.cut.0 + 6 <= request.figures.cut.0
    };
    let sampled = |unit: &UnitInput| {
        let mut cut = past_cut(unit, request.params);
        let step = cut.cases.len().div_ceil(CASES).max(1);
        // Terms are in the order of their texts, so every n-th of them is a fair sample.
        cut.cases = cut.cases.into_iter().step_by(step).collect();
        cut
    };
    request.past.iter().filter(known).map(sampled).collect()
}

fn term_flags(request: &Request<'_>, scored: &Scored) -> Vec<Verdicts> {
    let sources = sources::look(request, scored);
    let inputs: Vec<FlagInput> = scored
        .terms()
        .iter()
        .zip(&scored.scores)
        .enumerate()
        .map(|(place, (index, score))| {
            let term = &request.figures.terms[*index as usize];
            let documents = term.window_documents();
            FlagInput {
                lh6: score.total(),
                volume: documents,
                own_momentum: score.values[0],
                neighbour_momentum: score.values[1],
                authors_per_document: score.values[3],
                top_actor_share: (documents > 0)
                    .then(|| f64::from(term.top_actor_documents) / f64::from(documents)),
                fifth_document_year: term.fifth_document.map(|half| request.figures.year_of(half)),
                policy_and_news: sources.mentions.as_ref().map(|mentions| mentions[place]),
                science_onset: sources.science.as_ref().map(|onsets| onsets[place]),
                market_onset: sources.market.as_ref().map(|onsets| onsets[place]),
                expert: request.experts.get(&term.text).copied(),
            }
        })
        .collect();
    flags(&inputs, request.figures.cut.year())
}
