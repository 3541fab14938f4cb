//! S5: cutting Chinese into words, learning its phrases, and cutting with the phrases learned; on one core.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::{Context as _, Result};
use linghang_text::Token;
use linghang_text::chinese::{PhraseDictionary, PhraseLearner, Rules, Segmenter, clean};
use serde_json::{Value, json};

use crate::machine::{median, timed};

/// Characters that are enough for a stable figure.
const CHARACTERS: usize = 10_000_000;

/// Measures on the texts of a JSON Lines file (xz).
pub(crate) fn measure(path: &Path, repeat: usize) -> Result<Value> {
    let texts = texts(path).with_context(|| format!("cannot read {}", path.display()))?;
    let characters: usize = texts.iter().map(|text| text.chars().count()).sum();
    let segmenter = Segmenter::new();
    let rate = |seconds: Vec<f64>| characters as f64 / 1e6 / median(seconds);
    let cut: Vec<f64> = (0..repeat).map(|_| timed(|| cut(&texts, &segmenter)).1).collect();
    let learned: Vec<(PhraseDictionary, f64)> =
        (0..repeat).map(|_| timed(|| learn(&texts, &segmenter))).collect();
    let phrases = learned.first().map(|(dictionary, _)| dictionary.clone()).unwrap_or_default();
    let whole = phrases.segmenter(segmenter.clone());
    let merged: Vec<f64> = (0..repeat).map(|_| timed(|| self::cut(&texts, &whole)).1).collect();
    Ok(json!({
        "zh_mchars": characters as f64 / 1e6,
        "zh_phrases": phrases.phrases().len(),
        "zh_segmentation_mchars_per_s": rate(cut),
        "zh_mchars_per_s": rate(merged),
        "zh_learning_mchars_per_s": rate(learned.into_iter().map(|(_, seconds)| seconds).collect()),
    }))
}

fn texts(path: &Path) -> Result<Vec<String>> {
    let lines = BufReader::new(liblzma::read::XzDecoder::new(File::open(path)?)).lines();
    let (mut texts, mut characters) = (Vec::new(), 0);
    for line in lines {
        let record: Value = serde_json::from_str(&line?)?;
        let longest = record.as_object().into_iter().flat_map(|fields| fields.values());
        let longest = longest.filter_map(Value::as_str).max_by_key(|text| text.len());
        let text = longest.unwrap_or_default().to_owned();
        characters += text.chars().count();
        texts.push(text);
        if characters >= CHARACTERS {
            break;
        }
    }
    Ok(texts)
}

fn cut(texts: &[String], segmenter: &Segmenter) -> usize {
    let (mut cleaned, mut words) = (String::new(), 0);
    for text in texts {
        clean(text, &mut cleaned);
        segmenter
            .words(&cleaned, &mut |token| words += usize::from(matches!(token, Token::Word(_))));
    }
    words
}

fn learn(texts: &[String], segmenter: &Segmenter) -> PhraseDictionary {
    let mut learner = PhraseLearner::new(segmenter, Rules::default());
    let mut cleaned = String::new();
    for text in texts {
        clean(text, &mut cleaned);
        learner.add(&cleaned);
    }
    learner.finish()
}
