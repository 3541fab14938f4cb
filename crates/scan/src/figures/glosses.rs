//! Which terms of some figures mean the same: acronyms with their long forms, Chinese terms with English ones.
//!
//! Links are for reading only. The counts of two linked terms stay apart: a text that names both is one document of
//! each, and a score keeps its meaning when a link is accepted.

use std::collections::BTreeMap;

use linghang_text::gloss::GlossKind;
use serde::{Deserialize, Serialize};

use super::Figures;
use crate::counts::State;

/// One link that enough documents give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlossLink {
    /// Whether `gloss` is the acronym of `term`; otherwise `term` is Chinese and `gloss` English.
    pub is_acronym: bool,
    /// The long form, or the Chinese term.
    pub term: String,
    /// The acronym, or the English term.
    pub gloss: String,
    /// Documents that give the link.
    pub documents: u32,
}

/// Fills in the links of figures that were made from `state`; documents after each cut are not looked at.
pub fn add_glosses(all: &mut [Figures], state: &State) {
    let mut by_cut = BTreeMap::new();
    for figures in all {
        let glosses = by_cut.entry(figures.cut).or_insert_with(|| state.glosses(figures.cut));
        let is_known = |text: &str| {
            figures.terms.binary_search_by(|term| term.text.as_str().cmp(text)).is_ok()
        };
        figures.glosses = glosses
            .iter()
            .filter(|gloss| is_known(&gloss.term) || is_known(&gloss.gloss))
            .map(|gloss| GlossLink {
                is_acronym: gloss.kind == GlossKind::Acronym,
                term: gloss.term.clone(),
                gloss: gloss.gloss.clone(),
                documents: gloss.documents.len() as u32,
            })
            .collect();
    }
}

/// The links of some figures, by term.
#[derive(Debug, Default)]
pub struct Glossary<'f> {
    long_forms: BTreeMap<&'f str, Vec<(&'f str, u32)>>,
    acronyms: BTreeMap<&'f str, Vec<(&'f str, u32)>>,
    english: BTreeMap<&'f str, Vec<(&'f str, u32)>>,
    chinese: BTreeMap<&'f str, Vec<(&'f str, u32)>>,
}

impl<'f> Glossary<'f> {
    /// Arranges the links of `figures`.
    pub fn new(figures: &'f Figures) -> Self {
        let mut glossary = Self::default();
        for link in &figures.glosses {
            let (from_term, from_gloss) = if link.is_acronym {
                (&mut glossary.acronyms, &mut glossary.long_forms)
            } else {
                (&mut glossary.english, &mut glossary.chinese)
            };
            from_term.entry(&link.term).or_default().push((&link.gloss, link.documents));
            from_gloss.entry(&link.gloss).or_default().push((&link.term, link.documents));
        }
        glossary
    }

    /// What an acronym stands for.
    pub fn long_form(&self, term: &str) -> Option<&'f str> {
        commonest(self.long_forms.get(term)?)
    }

    /// The acronym of a long form.
    pub fn acronym(&self, term: &str) -> Option<&'f str> {
        commonest(self.acronyms.get(term)?)
    }

    /// The same concept in the other language; an English acronym is written out where its long form is known.
    pub fn translation(&self, term: &str) -> Option<&'f str> {
        if let Some(found) = self.english.get(term) {
            let english = commonest(found)?;
            return Some(self.long_form(english).unwrap_or(english));
        }
        let direct = |term: &str| commonest(self.chinese.get(term)?);
        // A term that nobody translates may have a short or a long form that somebody does.
        let others = || [self.acronym(term), self.long_form(term)].into_iter().flatten();
        direct(term).or_else(|| others().find_map(direct))
    }
}

/// The partner that more than half of the documents give; none is shown where several compete.
fn commonest<'f>(partners: &[(&'f str, u32)]) -> Option<&'f str> {
    let all: u32 = partners.iter().map(|(_, documents)| documents).sum();
    partners.iter().find(|(_, documents)| 2 * documents > all).map(|(partner, _)| *partner)
}

#[cfg(test)]
mod tests {
    use linghang_core::HalfYear;

    use super::*;
    use crate::params::CorpusSize;

    /// Figures with links written as `long~short:documents` or `chinese=english:documents`.
    fn figures(links: &str) -> Figures {
        let link = |line: &str| {
            let (pair, documents) = line.split_once(':')?;
            let is_acronym = pair.contains('~');
            let (term, gloss) = pair.split_once(['~', '='])?;
            Some(GlossLink {
                is_acronym,
                term: term.to_owned(),
                gloss: gloss.to_owned(),
                documents: documents.parse().ok()?,
            })
        };
        Figures {
            corpus: "all".to_owned(),
            size: CorpusSize::All,
            cut: HalfYear::end_of(2019),
            kinds: Vec::new(),
            documents: Vec::new(),
            background_documents: Vec::new(),
            fields: Vec::new(),
            terms: Vec::new(),
            pairs: Vec::new(),
            glosses: links.split(", ").filter_map(link).collect(),
            rejected: BTreeMap::new(),
        }
    }

    #[test]
    fn links_are_found_from_either_side() {
        let figures = figures(
            "brain computer interface~bci:5, 脑机接口=bci:4, spiking network~sn:3, sensor node~sn:3, 织机=loom:3",
        );
        let glossary = Glossary::new(&figures);
        for (term, long, acronym, translation) in [
            ("bci", Some("brain computer interface"), None, Some("脑机接口")),
            ("brain computer interface", None, Some("bci"), Some("脑机接口")),
            ("脑机接口", None, None, Some("brain computer interface")),
            ("loom", None, None, Some("织机")),
            ("sn", None, None, None),
            ("quark", None, None, None),
        ] {
            assert_eq!(glossary.long_form(term), long, "long form of {term}");
            assert_eq!(glossary.acronym(term), acronym, "acronym of {term}");
            assert_eq!(glossary.translation(term), translation, "translation of {term}");
        }
    }
}
