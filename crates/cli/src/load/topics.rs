//! Topics remembered from run to run, so that a topic keeps its id.

use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;
use linghang_scan::topics::RememberedTopic;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::session::Session;

#[derive(Serialize, Deserialize)]
struct Memory {
    as_of: NaiveDate,
    topics: Vec<RememberedTopic>,
}

/// Returns the topics that the last scan of a corpus found, if it spoke from an earlier day than `as_of` or the same.
pub(crate) fn recall(session: &Session, corpus: &str, as_of: NaiveDate) -> Vec<RememberedTopic> {
    read(session, corpus)
        .filter(|memory| memory.as_of <= as_of)
        .map_or_else(Vec::new, |memory| memory.topics)
}

/// Keeps the topics of a scan, unless a scan from a later day is remembered: looking back must not rename the present.
pub(crate) fn remember(
    session: &Session,
    corpus: &str,
    as_of: NaiveDate,
    topics: &[RememberedTopic],
) -> Result<(), Failure> {
    if read(session, corpus).is_some_and(|memory| memory.as_of > as_of) {
        return Ok(());
    }
    let path = path(session, corpus);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let partial = path.with_extension(format!("{}.partial", std::process::id()));
    fs::write(&partial, serde_json::to_vec(&Memory { as_of, topics: topics.to_vec() })?)?;
    fs::rename(&partial, &path)?;
    Ok(())
}

fn read(session: &Session, corpus: &str) -> Option<Memory> {
    serde_json::from_slice(&fs::read(path(session, corpus)).ok()?).ok()
}

fn path(session: &Session, corpus: &str) -> PathBuf {
    let safe: String = corpus
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '.' || c == '-' { c } else { '_' })
        .collect();
    session.home.join("scan").join("topics").join(format!("{safe}.json"))
}
