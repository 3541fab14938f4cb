//! Findings about files: what is missing, unknown or cannot be read.

use std::io;

use linghang_core::{Bilingual, Diagnostic};

use super::{error, with_nearest};
use crate::kind::KINDS;
use crate::read::{MANIFEST, MAX_FILE_BYTES, RULES, SCAN};

pub(crate) fn unreadable(path: &str, problem: &io::Error) -> Diagnostic {
    let finding =
        error("pack.read", format!("无法读取：{problem}"), format!("cannot be read: {problem}"));
    if path.is_empty() { finding } else { finding.at(path, None) }
}

pub(crate) fn not_a_file(prefix: &str, path: &str) -> Diagnostic {
    error(
        "pack.not_a_file",
        "符号链接和特殊文件不予读取".to_owned(),
        "symbolic links and special files are not read".to_owned(),
    )
    .at(format!("{prefix}{path}"), None)
    .with_hint(Bilingual::new("请放入普通文件。", "put a plain file here."))
}

pub(crate) fn too_large(prefix: &str, path: &str) -> Diagnostic {
    let limit = MAX_FILE_BYTES / 1024;
    error(
        "pack.file_too_large",
        format!("文件超过 {limit} KB"),
        format!("the file is larger than {limit} KB"),
    )
    .at(format!("{prefix}{path}"), None)
    .with_hint(Bilingual::new("请拆成几个文件。", "split it into several files."))
}

pub(crate) fn unknown_file(prefix: &str, path: &str) -> Diagnostic {
    let finding = error(
        "pack.unknown_file",
        format!("城市包里没有 `{path}` 这样的文件"),
        format!("a pack has no file such as `{path}`"),
    )
    .at(format!("{prefix}{path}"), None);
    let known = KINDS.iter().map(|spec| spec.folder).chain([MANIFEST, SCAN, RULES]);
    with_nearest(finding, path, known)
}

pub(crate) fn missing_manifest(prefix: &str) -> Diagnostic {
    error("pack.missing_file", format!("缺少 {MANIFEST}"), format!("{MANIFEST} is missing"))
        .at(format!("{prefix}{MANIFEST}"), None)
        .with_hint(Bilingual::new(
            "它写明编号、名称、格式版本、生效日期和许可证；可参照 packs/example。",
            "it gives id, names, schema version, first day and licence; see packs/example.",
        ))
}

pub(crate) fn not_utf8(offset: usize) -> Diagnostic {
    error(
        "pack.not_utf8",
        format!("第 {offset} 个字节处不是 UTF-8 编码"),
        format!("not UTF-8 at byte {offset}"),
    )
    .with_hint(Bilingual::new("请另存为 UTF-8。", "save the file as UTF-8."))
}

pub(crate) fn syntax(problem: &str) -> Diagnostic {
    error(
        "pack.syntax",
        format!("不是有效的 TOML：{problem}"),
        format!("not valid TOML: {problem}"),
    )
}

pub(crate) fn extends_shape(name: &str) -> Diagnostic {
    error(
        "pack.extends_shape",
        format!("`extends = \"{name}\"` 应为旁边文件夹的名称"),
        format!("`extends = \"{name}\"` should be the name of a folder beside this one"),
    )
}

pub(crate) fn missing_parent(name: &str) -> Diagnostic {
    error(
        "pack.missing_parent",
        format!("要继承的城市包 `{name}` 不存在"),
        format!("the pack `{name}` that is extended is not there"),
    )
    .with_hint(Bilingual::new(
        format!("应有 ../{name}/{MANIFEST}。"),
        format!("expected ../{name}/{MANIFEST}."),
    ))
}

pub(crate) fn parent_cycle(name: &str) -> Diagnostic {
    error(
        "pack.parent_cycle",
        format!("继承 `{name}` 会绕回自身，或层数过多"),
        format!("extending `{name}` leads back to a pack already read, or too deep"),
    )
}
