//! Why a report could not be made. Findings about the data itself are part of the report, never errors.

/// What stopped a report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// One of the two embedded text sources is not valid.
    #[error("the report's own texts cannot be read: {0}")]
    Texts(String),
    /// A table could not be written as CSV.
    #[error("table `{table}` cannot be written as CSV")]
    Csv {
        /// Name of the table.
        table: &'static str,
        /// What the writer said.
        #[source]
        source: csv::Error,
    },
    /// A table could not be written as JSON.
    #[error("`{file}` cannot be written as JSON")]
    Json {
        /// Path in the report.
        file: String,
        /// What the writer said.
        #[source]
        source: serde_json::Error,
    },
}

impl ReviewError {
    /// Stable code for `--json`. Never reused for another meaning.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Texts(_) => "review.texts",
            Self::Csv { .. } => "review.csv",
            Self::Json { .. } => "review.json",
        }
    }
}
