//! What stops an import or a reading as a whole. Problems of single records are rejects, not errors.

use std::path::{Path, PathBuf};

use linghang_core::{Bilingual, Diagnostic};

/// Why evidence could not be imported or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// The system could not read or write a file.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// An archive is cut off or damaged.
    #[error("{path}: the {archive} archive breaks off after {records} readable records: {source}", path = .path.display())]
    BrokenArchive {
        /// The file.
        path: PathBuf,
        /// `xz`, `gzip` or `zstd`.
        archive: &'static str,
        /// Records that could be read before the break.
        records: u64,
        /// What the decoder said.
        #[source]
        source: std::io::Error,
    },
    /// The file has no content.
    #[error("{path}: the file is empty", path = .path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file is a kind of archive or document that the format cannot be.
    #[error("{path}: {found} cannot be read as {format}", path = .path.display())]
    WrongFile {
        /// The file.
        path: PathBuf,
        /// What it looks like.
        found: &'static str,
        /// The format asked for.
        format: &'static str,
    },
    /// The header of a table does not fit the format.
    #[error("{path}: {problem}", path = .path.display(), problem = .problem.en)]
    Header {
        /// The file.
        path: PathBuf,
        /// Which columns are missing or repeated.
        problem: Bilingual,
    },
    /// A workbook cannot be read.
    #[error("{path}: the workbook cannot be read: {message}", path = .path.display())]
    Workbook {
        /// The file.
        path: PathBuf,
        /// What the reader said.
        message: String,
    },
    /// A mapping file has problems; all of them are listed.
    #[error("{path}: {count} problems in the mapping", path = .path.display(), count = .problems.len())]
    Mapping {
        /// The mapping file.
        path: PathBuf,
        /// Its problems, in order.
        problems: Vec<Diagnostic>,
    },
    /// The format needs a mapping file and none was given.
    #[error("format {0} needs a mapping file")]
    MappingNeeded(&'static str),
    /// The caller asked to stop.
    #[error("stopped on request")]
    Stopped,
    /// Another import writes to the same store.
    #[error("{path}: another import is running", path = .path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// A stored file is not what it should be.
    #[error("{path}: the stored file is damaged: {message}", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// There is no such snapshot.
    #[error("no snapshot `{0}` in this store")]
    NoSnapshot(String),
}

impl EvidenceError {
    /// Stable code for `--json` and the manual; never reused for another meaning.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "evidence.io",
            Self::BrokenArchive { .. } => "evidence.broken_archive",
            Self::Empty { .. } => "evidence.empty_file",
            Self::WrongFile { .. } => "evidence.wrong_file",
            Self::Header { .. } => "evidence.header",
            Self::Workbook { .. } => "evidence.workbook",
            Self::Mapping { .. } => "evidence.mapping",
            Self::MappingNeeded(_) => "evidence.mapping_needed",
            Self::Stopped => "evidence.stopped",
            Self::Locked { .. } => "evidence.locked",
            Self::Damaged { .. } => "evidence.damaged",
            Self::NoSnapshot(_) => "evidence.no_snapshot",
        }
    }

    /// Whether the same call can go on from what is left: it was stopped, or the disk failed. Otherwise the input itself
    /// was refused.
    pub(crate) const fn can_go_on(&self) -> bool {
        matches!(self, Self::Stopped | Self::Io { .. })
    }

    /// Returns the error as findings for a reader, in both languages, with the next step.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        if let Self::Mapping { problems, .. } = self {
            return problems.clone();
        }
        let mut finding = Diagnostic::error(self.code(), self.message());
        if let Some(path) = self.path() {
            finding = finding.at(path, None);
        }
        if let Some(hint) = self.hint() {
            finding = finding.with_hint(hint);
        }
        vec![finding]
    }

    fn path(&self) -> Option<&Path> {
        match self {
            Self::Io { path, .. }
            | Self::BrokenArchive { path, .. }
            | Self::Empty { path }
            | Self::WrongFile { path, .. }
            | Self::Header { path, .. }
            | Self::Workbook { path, .. }
            | Self::Mapping { path, .. }
            | Self::Locked { path }
            | Self::Damaged { path, .. } => Some(path),
            Self::MappingNeeded(_) | Self::Stopped | Self::NoSnapshot(_) => None,
        }
    }

    fn message(&self) -> Bilingual {
        let (zh, en) = match self {
            Self::Io { source, .. } => {
                let said = system_text(source);
                (
                    format!("无法读写：{}", said.zh),
                    format!("cannot be read or written: {}", said.en),
                )
            }
            Self::BrokenArchive { archive, records, source, .. } => (
                format!("{archive} 压缩文件在读出 {records} 条记录后中断：{source}"),
                format!(
                    "the {archive} archive breaks off after {records} readable records: {source}"
                ),
            ),
            Self::Empty { .. } => ("文件为空".into(), "the file is empty".into()),
            Self::WrongFile { found, format, .. } => (
                format!("{found} 不能按 {format} 读取"),
                format!("{found} cannot be read as {format}"),
            ),
            Self::Header { problem, .. } => return problem.clone(),
            Self::Workbook { message, .. } => (
                format!("无法读取工作簿：{message}"),
                format!("the workbook cannot be read: {message}"),
            ),
            Self::Mapping { .. } => ("映射文件有误".into(), "the mapping has problems".into()),
            Self::MappingNeeded(format) => (
                format!("格式 {format} 需要映射文件"),
                format!("format {format} needs a mapping file"),
            ),
            Self::Stopped => ("已按要求停止".into(), "stopped on request".into()),
            Self::Locked { .. } => {
                ("另一个导入正在进行".into(), "another import is running".into())
            }
            Self::Damaged { message, .. } => (
                format!("存储的文件已损坏：{message}"),
                format!("the stored file is damaged: {message}"),
            ),
            Self::NoSnapshot(id) => {
                (format!("没有快照 `{id}`"), format!("no snapshot `{id}` in this store"))
            }
        };
        Bilingual { zh, en }
    }

    fn hint(&self) -> Option<Bilingual> {
        match self {
            Self::BrokenArchive { .. } => Some(Bilingual::new(
                "重新下载该文件；若只能使用可读部分，请加 --keep-readable",
                "fetch the file again, or use --keep-readable to import what could be read",
            )),
            Self::Empty { .. } => Some(Bilingual::new(
                "检查下载是否完成，或从命令中去掉该文件",
                "check that the download finished, or leave the file out",
            )),
            Self::MappingNeeded(_) => Some(Bilingual::new(
                "用 --mapping 给出映射文件，格式见 docs/guide/evidence.md",
                "name one with --mapping; docs/guide/evidence.md shows its form",
            )),
            Self::Stopped => Some(Bilingual::new(
                "再次运行同一命令即可继续，已读完的文件不会重读",
                "run the same command again to go on; finished files are not read twice",
            )),
            Self::Damaged { .. } => Some(Bilingual::new(
                "从备份恢复该快照，或删除其文件夹后重新导入原始文件",
                "restore the snapshot from a backup, or delete its folder and import the files again",
            )),
            _ => None,
        }
    }
}

/// Says an error of the system in both languages; a rare one is quoted in Chinese too, with what it was.
pub fn system_text(error: &std::io::Error) -> Bilingual {
    use std::io::ErrorKind;
    let zh = match error.kind() {
        ErrorKind::NotFound => "文件或文件夹不存在",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已经存在",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::DirectoryNotEmpty => "文件夹不是空的",
        ErrorKind::StorageFull => "磁盘已满",
        ErrorKind::QuotaExceeded => "超出磁盘配额",
        ErrorKind::ReadOnlyFilesystem => "磁盘只能读、不能写",
        ErrorKind::InvalidFilename => "文件名无效",
        ErrorKind::UnexpectedEof => "文件意外结束",
        ErrorKind::InvalidData => return both(format!("内容不是应有的格式（{error}）"), error),
        _ => return both(format!("系统报告 {error}"), error),
    };
    both(zh.to_owned(), error)
}

fn both(zh: String, error: &std::io::Error) -> Bilingual {
    Bilingual { zh, en: error.to_string() }
}

/// Adds the path to an error of the system.
pub(crate) trait At<T> {
    /// Turns an error of the system into an [`EvidenceError::Io`] about `path`.
    fn at(self, path: &Path) -> Result<T, EvidenceError>;
}

impl<T> At<T> for std::io::Result<T> {
    fn at(self, path: &Path) -> Result<T, EvidenceError> {
        self.map_err(|source| EvidenceError::Io { path: path.to_owned(), source })
    }
}
