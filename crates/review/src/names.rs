//! How terms, topics, tracks, stages and signals are called in a report.

use std::collections::BTreeMap;

use linghang_core::Bilingual;
use linghang_scan::result::{CorpusResult, Stage, TermResult, TopicResult, TrackMatch};

use crate::input::TrackName;
use crate::words::Words;

/// The six signals of LH-6 in their fixed order.
pub(crate) const SIGNALS: [&str; 6] = ["z3", "nz5", "nh", "ar", "xz5", "xl"];

/// Returns the code of a stage as the JSON writes it.
pub(crate) const fn stage_code(stage: Stage) -> &'static str {
    match stage {
        Stage::WeakSignal => "weak_signal",
        Stage::TakeOff => "take_off",
        Stage::Growth => "growth",
        Stage::Mature => "mature",
        Stage::Decline => "decline",
        Stage::Undetermined => "undetermined",
    }
}

/// Returns the name of a stage.
pub(crate) fn stage(words: &Words, stage: Stage) -> Bilingual {
    words.code("stage", stage_code(stage))
}

/// Returns a term in both languages, falling back to the term itself where no translation is proven.
pub(crate) fn term(term: &TermResult) -> Bilingual {
    pair(&term.term, term.translation.as_deref())
}

/// Returns a term in both languages with what it stands for, where it is an acronym.
pub(crate) fn written_out(of: &TermResult) -> Bilingual {
    let name = term(of);
    let Some(long) = &of.long_form else { return name };
    Bilingual::new(format!("{}（{long}）", name.zh), format!("{} ({long})", name.en))
}

/// Returns a topic's label in both languages.
pub(crate) fn topic(topic: &TopicResult) -> Bilingual {
    pair(&topic.label, topic.label_zh.as_deref())
}

/// Returns keywords in both languages where the corpus lists them as terms with a translation.
pub(crate) fn keywords(corpus: &CorpusResult, keywords: &[String]) -> Bilingual {
    let both: Vec<Bilingual> = keywords
        .iter()
        .map(|word| {
            let known = corpus.terms.iter().find(|other| &other.term == word);
            known.map_or_else(|| Bilingual::new(word, word), term)
        })
        .collect();
    let join = |pick: fn(&Bilingual) -> &str| both.iter().map(pick).collect::<Vec<_>>().join(" · ");
    Bilingual { zh: join(|word| &word.zh), en: join(|word| &word.en) }
}

fn pair(text: &str, translation: Option<&str>) -> Bilingual {
    match translation {
        Some(other) if is_chinese(text) => Bilingual::new(text, other),
        Some(other) => Bilingual::new(other, text),
        None => Bilingual::new(text, text),
    }
}

/// Returns whether a text holds Chinese characters.
pub(crate) fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
}

/// The tracks by id and in the policy's order.
pub(crate) struct Tracks<'a> {
    ordered: Vec<&'a TrackName>,
}

impl<'a> Tracks<'a> {
    /// Puts the tracks in order; the id decides where two share a place.
    pub(crate) fn new(tracks: &'a [TrackName]) -> Self {
        let mut ordered: Vec<&TrackName> = tracks.iter().collect();
        ordered.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        Self { ordered }
    }

    /// Returns the ids in order, first those of the list, then those that only the corpus knows.
    pub(crate) fn ids_with(&self, corpus: &CorpusResult) -> Vec<String> {
        let mut ids: Vec<String> = self.ordered.iter().map(|track| track.id.clone()).collect();
        let used = corpus.topics.iter().flat_map(|topic| &topic.tracks);
        let mut extra: Vec<&String> = used
            .chain(corpus.terms.iter().flat_map(|term| &term.tracks))
            .map(|found| &found.track)
            .filter(|id| !ids.contains(id))
            .collect();
        extra.sort();
        extra.dedup();
        let extra: Vec<String> = extra.into_iter().cloned().collect();
        ids.extend(extra);
        ids
    }

    /// Returns the tracks in order.
    pub(crate) fn ordered(&self) -> &[&'a TrackName] {
        &self.ordered
    }

    /// Returns a track's name, or its id when the list does not have it.
    pub(crate) fn name(&self, id: &str) -> Bilingual {
        let known = self.ordered.iter().find(|track| track.id == id);
        known.map_or_else(|| Bilingual::new(id, id), |track| track.name.clone())
    }

    /// Returns the names of the tracks that a term or topic matches.
    pub(crate) fn names(&self, matches: &[TrackMatch]) -> Vec<Bilingual> {
        matches.iter().map(|found| self.name(&found.track)).collect()
    }
}

/// Groups the topics that match each track; the best match decides.
pub(crate) fn topics_by_track(corpus: &CorpusResult) -> BTreeMap<&str, Vec<&TopicResult>> {
    let mut groups: BTreeMap<&str, Vec<&TopicResult>> = BTreeMap::new();
    for topic in &corpus.topics {
        if let Some(best) = topic.tracks.first() {
            groups.entry(&best.track).or_default().push(topic);
        }
    }
    groups
}
