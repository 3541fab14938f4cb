//! Reads corpora as they are written on the command line.

use linghang_scan::figures::Corpus;

use crate::failure::Failure;

/// Name of the corpus of all documents.
pub(crate) const ALL: &str = "ALL";

/// Reads a list such as `cs.RO,POOL=cs.NI+cs.CR,ALL`.
pub(crate) fn parse_list(list: &str) -> Result<Vec<Corpus>, Failure> {
    let corpora: Vec<Corpus> = list
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(parse)
        .collect::<Result<_, _>>()?;
    if corpora.is_empty() {
        return Err(refusal(list));
    }
    let mut names: Vec<&str> = corpora.iter().map(|corpus| corpus.name.as_str()).collect();
    names.sort_unstable();
    if let Some([twice, _]) = names.array_windows().find(|[a, b]| a == b) {
        return Err(Failure::usage(
            "cli.corpus_twice",
            format!("语料 `{twice}` 写了两次"),
            format!("corpus `{twice}` is written twice"),
        ));
    }
    Ok(corpora)
}

/// Reads one corpus: `ALL`, a class, or a pool.
pub(crate) fn parse(text: &str) -> Result<Corpus, Failure> {
    if text == ALL {
        return Ok(Corpus::all(ALL));
    }
    let (name, classes) = text.split_once('=').unwrap_or((text, text));
    let classes: Vec<String> = classes.split('+').map(|class| with_scheme(class.trim())).collect();
    if name.trim().is_empty() || classes.iter().any(|class| class.ends_with(':')) {
        return Err(refusal(text));
    }
    Ok(Corpus { name: name.trim().to_owned(), classes, kinds: Vec::new() })
}

/// Adds the scheme to a class written without one: four characters such as `B64C` are IPC, the rest arXiv.
fn with_scheme(class: &str) -> String {
    let bytes = class.as_bytes();
    let is_ipc = bytes.len() == 4
        && bytes[0].is_ascii_uppercase()
        && bytes[1..3].iter().all(u8::is_ascii_digit)
        && bytes[3].is_ascii_uppercase();
    match class {
        _ if class.contains(':') => class.to_owned(),
        _ if is_ipc => format!("ipc:{class}"),
        _ => format!("arxiv:{class}"),
    }
}

fn refusal(text: &str) -> Failure {
    Failure::usage(
        "cli.corpus",
        format!("`{text}` 不是语料；可写分类（cs.RO、ipc:B64C）、合集（名称=cs.RO+cs.SY）或 ALL"),
        format!(
            "`{text}` is no corpus; write a class (cs.RO, ipc:B64C), a pool (NAME=cs.RO+cs.SY) or ALL"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corpora_are_read_as_written() {
        let read = |text: &str| {
            parse_list(text).map(|corpora| {
                let written =
                    |corpus: &Corpus| format!("{}={}", corpus.name, corpus.classes.join("+"));
                corpora.iter().map(written).collect::<Vec<_>>().join(",")
            })
        };
        for (text, expected) in [
            ("cs.RO", "cs.RO=arxiv:cs.RO"),
            ("B64C, ipc:G05D", "B64C=ipc:B64C,ipc:G05D=ipc:G05D"),
            ("P=cs.NI+cs.CR,ALL", "P=arxiv:cs.NI+arxiv:cs.CR,ALL="),
        ] {
            assert_eq!(read(text).ok().as_deref(), Some(expected), "{text}");
        }
        for text in ["", "=cs.RO", "P=", "cs.RO,cs.RO"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
