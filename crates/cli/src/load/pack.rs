//! The city pack as the scan needs it.

use std::path::Path;

use linghang_core::{Bilingual, Diagnostic, PackRef, Severity};
use linghang_pack::{Pack, Selector, Track};
use linghang_review::TrackName;
use linghang_scan::analysis::PlaceNames;
use linghang_scan::counts::{BilingualReader, term_text};
use linghang_scan::params::ScanParams;
use linghang_scan::topics::TrackSelector;
use linghang_text::chinese::Segmenter;

use crate::failure::{Exit, Failure};
use crate::session::Session;

/// What the scan takes from a pack.
pub(crate) struct ScanPack {
    /// Which pack; absent when none was given.
    pub(crate) reference: Option<PackRef>,
    /// Selectors of the current tracks.
    pub(crate) selectors: Vec<TrackSelector>,
    /// Their names, in the order of the plan.
    pub(crate) names: Vec<TrackName>,
    /// Settings.
    pub(crate) params: ScanParams,
    /// What the pack calls local and what national.
    pub(crate) places: PlaceNames,
    /// Chinese terms of the selectors, for the segmenter.
    pub(crate) words: Vec<String>,
}

impl ScanPack {
    /// Returns what reads a term as it is typed: the pack's own words stay whole.
    pub(crate) fn reader(&self) -> BilingualReader {
        BilingualReader {
            segmenter: Segmenter::new().with_words(self.words.iter().map(String::as_str)),
        }
    }

    /// Loads the pack that the session names; without one there are no tracks.
    pub(crate) fn load(session: &Session) -> Result<Self, Failure> {
        match &session.pack {
            Some(folder) => load_folder(folder),
            None => Ok(Self {
                reference: None,
                selectors: Vec::new(),
                names: Vec::new(),
                params: ScanParams::default(),
                places: PlaceNames::default(),
                words: Vec::new(),
            }),
        }
    }
}

/// Refuses a folder that is not there; everything else that is wrong with a pack is found by its loader.
pub(crate) fn require_folder(folder: &Path) -> Result<(), Failure> {
    if folder.join("pack.toml").is_file() {
        return Ok(());
    }
    let place = folder.display();
    Err(Failure::refused(
        Diagnostic::error(
            "pack.read",
            Bilingual::new(
                format!("{place} 中没有 pack.toml"),
                format!("there is no pack.toml in {place}"),
            ),
        )
        .with_hint(Bilingual::new(
            "城市包是含有 pack.toml 的文件夹，例如 packs/example",
            "a pack is a folder with a pack.toml, such as packs/example",
        )),
    ))
}

/// Loads a pack that has no errors.
pub(crate) fn load_checked(folder: &Path) -> Result<Pack, Failure> {
    require_folder(folder)?;
    let loaded = linghang_pack::load(folder);
    loaded.pack.ok_or_else(|| {
        let errors =
            loaded.diagnostics.into_iter().filter(|finding| finding.severity == Severity::Error);
        Failure { exit: Exit::Refused, findings: errors.collect() }
    })
}

fn load_folder(folder: &Path) -> Result<ScanPack, Failure> {
    let pack = load_checked(folder)?;
    let tracks: Vec<&Track> = pack.current_tracks().collect();
    let words: Vec<String> = tracks
        .iter()
        .filter_map(|track| track.selector.as_ref())
        .flat_map(|s| s.seeds.zh.clone())
        .collect();
    let reader = BilingualReader {
        segmenter: Segmenter::new().with_words(words.iter().map(String::as_str)),
    };
    let selectors = tracks
        .iter()
        .filter_map(|track| Some(selector(&track.id, track.selector.as_ref()?, &reader)))
        .collect();
    let names = tracks
        .iter()
        .zip(1..)
        .map(|(track, order)| TrackName { id: track.id.clone(), name: track.name.0.clone(), order })
        .collect();
    Ok(ScanPack {
        reference: Some(pack.reference()),
        selectors,
        names,
        params: params(&pack, &reader),
        places: PlaceNames {
            local: pack.scan.local_places.clone(),
            national: pack.scan.national_places.clone(),
        },
        words,
    })
}

/// A selector with its terms in the form in which the scan writes terms.
fn selector(track: &str, selector: &Selector, reader: &BilingualReader) -> TrackSelector {
    let normal = |terms: &linghang_pack::Terms| -> Vec<String> {
        let texts = terms.zh.iter().chain(&terms.en).map(|term| term_text(term, reader));
        texts.filter(|text| !text.is_empty()).collect()
    };
    let scheme = |scheme: &str, codes: &[String]| -> Vec<String> {
        codes.iter().map(|code| format!("{scheme}:{code}")).collect()
    };
    TrackSelector {
        id: track.to_owned(),
        seeds: normal(&selector.seeds),
        classes: [
            scheme("arxiv", &selector.arxiv),
            scheme("ipc", &selector.ipc),
            scheme("cpc", &selector.ipc),
            scheme("openalex", &selector.openalex),
        ]
        .concat(),
        negatives: normal(&selector.negatives),
    }
}

/// The defaults with what the pack changes.
fn params(pack: &Pack, reader: &BilingualReader) -> ScanParams {
    let default = ScanParams::default();
    let given = &pack.scan;
    ScanParams {
        r_min_category: given.r_min.unwrap_or(default.r_min_category),
        r_min_pool: given.r_min_pool.unwrap_or(default.r_min_pool),
        topic_resolution: given.topic_resolution.unwrap_or(default.topic_resolution),
        track_similarity_min: given.track_similarity_min.unwrap_or(default.track_similarity_min),
        track_margin_min: given.track_margin_min.unwrap_or(default.track_margin_min),
        always_kept: given.always_kept.iter().map(|term| term_text(term, reader)).collect(),
        x_similarity_max: given.x_similarity_max.unwrap_or(default.x_similarity_max),
        ..default
    }
}
