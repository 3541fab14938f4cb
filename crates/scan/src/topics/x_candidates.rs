//! Topics that belong to no track and stand out: proposals for the "X" of 6+X.
//!
//! A topic is a candidate when no track is near, its score is in the top tenth, and two kinds of source carry it.
//! Where only one kind was imported at all, that condition stays open instead of failing; so does the fit to the
//! city where it is unknown or weak. The decision is a person's.

use crate::result::{TrackMatch, XCandidate};

/// When a topic is proposed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct XOptions {
    /// Tracks must be less similar than this.
    pub max_similarity: f64,
    /// Share of topics, by score, from which proposals come.
    pub top_share: f64,
    /// Smallest number of kinds of source.
    pub min_source_kinds: usize,
}

impl Default for XOptions {
    fn default() -> Self {
        Self { max_similarity: 0.25, top_share: 0.1, min_source_kinds: 2 }
    }
}

/// What is known about a topic when X candidates are chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TopicFacts<'a> {
    /// Topic id.
    pub id: &'a str,
    /// Its label.
    pub label: &'a str,
    /// Topic score.
    pub score: f64,
    /// All track similarities, in any order.
    pub tracks: &'a [TrackMatch],
    /// Kinds of source that carry it.
    pub source_kinds: &'a [String],
    /// Local over national share of the topic (location quotient); absent when unknown.
    pub city_fit: Option<f64>,
}

/// Lists the X candidates, highest score first, then by id.
///
/// `imported_kinds` is the number of kinds of source that the whole scan had. The top share is rounded up, and
/// topics with the score of the last of them are looked at too.
pub fn x_candidates(
    topics: &[TopicFacts<'_>],
    imported_kinds: usize,
    options: &XOptions,
) -> Vec<XCandidate> {
    let mut topics = topics.to_vec();
    topics.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(b.id)));
    let places = (topics.len() as f64 * options.top_share).ceil() as usize;
    let Some(lowest) =
        places.checked_sub(1).and_then(|last| topics.get(last)).map(|topic| topic.score)
    else {
        return Vec::new();
    };
    topics
        .iter()
        .take_while(|topic| topic.score >= lowest)
        .filter_map(|topic| candidate(topic, imported_kinds, options))
        .collect()
}

fn candidate(
    topic: &TopicFacts<'_>,
    imported_kinds: usize,
    options: &XOptions,
) -> Option<XCandidate> {
    let nearest = topic
        .tracks
        .iter()
        .max_by(|a, b| a.similarity.total_cmp(&b.similarity).then_with(|| b.track.cmp(&a.track)));
    let nearest_similarity = nearest.map_or(0.0, |track| track.similarity);
    let mut source_kinds = topic.source_kinds.to_vec();
    source_kinds.sort();
    source_kinds.dedup();
    let has_enough_kinds = source_kinds.len() >= options.min_source_kinds;
    let could_have_enough_kinds = imported_kinds >= options.min_source_kinds;
    if nearest_similarity >= options.max_similarity
        || (could_have_enough_kinds && !has_enough_kinds)
    {
        return None;
    }
    let mut open_conditions = Vec::new();
    if !has_enough_kinds {
        open_conditions.push("single_source_kind".to_owned());
    }
    match topic.city_fit {
        None => open_conditions.push("city_fit_unknown".to_owned()),
        Some(quotient) if quotient < 1.0 => open_conditions.push("city_fit_low".to_owned()),
        Some(_) => {}
    }
    Some(XCandidate {
        topic: topic.id.to_owned(),
        label: topic.label.to_owned(),
        score: topic.score,
        nearest_similarity,
        nearest_track: nearest.map(|track| track.track.clone()),
        source_kinds,
        city_fit: topic.city_fit,
        is_complete: open_conditions.is_empty(),
        open_conditions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(name: &str, similarity: f64) -> TrackMatch {
        TrackMatch {
            track: name.to_owned(),
            similarity,
            shared_terms: Vec::new(),
            shared_classes: Vec::new(),
            named_seeds: Vec::new(),
            vetoed_by: Vec::new(),
        }
    }

    struct Case {
        similarity: f64,
        kinds: &'static [&'static str],
        imported: usize,
        city_fit: Option<f64>,
    }

    /// The topic in question leads a list of ten; the other nine are near a track.
    fn check(case: &Case) -> String {
        let far = [track("b", case.similarity), track("a", 0.1)];
        let near = [track("a", 0.9)];
        let kinds: Vec<String> = case.kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let mut topics = vec![TopicFacts {
            id: "x",
            label: "star",
            score: 5.0,
            tracks: &far,
            source_kinds: &kinds,
            city_fit: case.city_fit,
        }];
        for id in ["n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"] {
            topics.push(TopicFacts { id, score: 1.0, tracks: &near, ..topics[0] });
        }
        x_candidates(&topics, case.imported, &XOptions::default())
            .iter()
            .map(|x| {
                format!(
                    "{} {:?} complete={} {:?}",
                    x.topic, x.nearest_track, x.is_complete, x.open_conditions
                )
            })
            .collect::<Vec<_>>()
            .join("; ")
    }

    const FULL: Case =
        Case { similarity: 0.2, kinds: &["paper", "patent"], imported: 2, city_fit: Some(1.4) };

    #[test]
    fn all_conditions_together_make_a_complete_proposal() {
        insta::assert_snapshot!(check(&FULL), @r#"x Some("b") complete=true []"#);
    }

    #[test]
    fn a_topic_near_a_track_is_no_candidate() {
        assert_eq!(check(&Case { similarity: 0.25, ..FULL }), "");
    }

    #[test]
    fn with_one_kind_imported_the_condition_stays_open() {
        insta::assert_snapshot!(
            check(&Case { kinds: &["paper"], imported: 1, city_fit: None, ..FULL }),
            @r#"x Some("b") complete=false ["single_source_kind", "city_fit_unknown"]"#
        );
    }

    #[test]
    fn with_two_kinds_imported_one_is_not_enough() {
        assert_eq!(check(&Case { kinds: &["paper", "paper"], ..FULL }), "");
    }

    #[test]
    fn a_weak_fit_to_the_city_stays_open() {
        insta::assert_snapshot!(
            check(&Case { city_fit: Some(0.4), ..FULL }),
            @r#"x Some("b") complete=false ["city_fit_low"]"#
        );
    }

    #[test]
    fn a_topic_below_the_top_tenth_is_no_candidate() {
        let mut topics: Vec<TopicFacts<'_>> = Vec::new();
        for (id, score) in [("a", 3.0), ("b", 2.0), ("c", 3.0)] {
            topics.push(TopicFacts {
                id,
                label: id,
                score,
                tracks: &[],
                source_kinds: &[],
                city_fit: None,
            });
        }
        let found: Vec<_> =
            x_candidates(&topics, 1, &XOptions::default()).into_iter().map(|x| x.topic).collect();
        assert_eq!(found, ["a", "c"], "equals of the last place are in, the rest is not");
        assert!(x_candidates(&[], 1, &XOptions::default()).is_empty());
    }
}
