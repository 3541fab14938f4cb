//! Names, kinds, units and meanings of all columns, and the Arrow schemas made from them.
//!
//! A list may add typed columns of its own (`extra` in its mapping); they follow the declared ones and carry the same
//! metadata. Nothing else may add a column.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

/// Version of the layout of the four tables; written into every snapshot of theirs.
pub const LAYOUT_VERSION: u32 = 1;

crate::document::spelled! {
    /// A table about enterprises.
    Table {
        /// Who they are.
        Enterprises = "enterprises",
        /// Their figures by year.
        EnterpriseYears = "enterprise-years",
        /// Investments, loans, listings, take-overs.
        Deals = "deals",
        /// What they were paid under which clause.
        Payments = "payments",
    }
}

crate::document::spelled! {
    /// What the values of a column are. Decides the Arrow type and how a written value is read.
    Kind {
        /// Whole fen, or hundredths of the currency that the row names (`Int64`).
        Money = "money",
        /// A whole number of something (`Int64`).
        Count = "count",
        /// A share in millionths (`Int64`): 5 % is 50,000.
        Ratio = "ratio",
        /// A measured number (`Float64`).
        Number = "number",
        /// A day (`Date32`).
        Date = "date",
        /// A year (`Int32`).
        Year = "year",
        /// Yes or no (`Boolean`).
        Bool = "bool",
        /// One of a few fixed values (`Utf8`).
        Label = "label",
        /// Any text (`Utf8`).
        Text = "text",
        /// Several texts (list of `Utf8`, never null).
        Texts = "texts",
        /// Several qualifications (list of `id`, `granted`, `granted_year`, `valid_until`; never null).
        Qualifications = "qualifications",
    }
}

/// One declared column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Name in Parquet.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Unit of the values (`fen`, `people`, `patents`); empty where there is none.
    pub unit: &'static str,
    /// Whether a row may lack it.
    pub nullable: bool,
    /// Meaning, in English.
    pub about: &'static str,
    /// Name for a reader, in Chinese.
    pub zh: &'static str,
}

const fn may(
    name: &'static str,
    kind: Kind,
    unit: &'static str,
    zh: &'static str,
    about: &'static str,
) -> ColumnSpec {
    ColumnSpec { name, kind, unit, nullable: true, about, zh }
}

const fn must(name: &'static str, kind: Kind, zh: &'static str, about: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind, unit: "", nullable: false, about, zh }
}

const KEY: ColumnSpec =
    must("enterprise", Kind::Text, "企业编号", "scheme and id of the enterprise");

/// Who an enterprise is, as one list says.
const ENTERPRISES: &[ColumnSpec] = &[
    KEY,
    may(
        "code",
        Kind::Text,
        "",
        "统一社会信用代码",
        "unified social credit code, check digit verified",
    ),
    may("name_zh", Kind::Text, "", "中文名称", "name in Chinese, as written"),
    may("name_en", Kind::Text, "", "英文名称", "name in another script, as written"),
    must("former_names", Kind::Texts, "曾用名", "earlier names"),
    must("name_key", Kind::Text, "名称键", "normalised name; equal for spellings of one name"),
    may(
        "founded",
        Kind::Date,
        "",
        "成立日期",
        "day of founding; 1 January where only the year is known",
    ),
    may("founded_precision", Kind::Label, "", "成立日期精度", "day, month or year"),
    may("closed", Kind::Date, "", "注销日期", "day of closing or deregistration"),
    may("country", Kind::Text, "", "国家", "country as the list writes it"),
    may(
        "district",
        Kind::Label,
        "",
        "所在区",
        "district as the list writes it, or the place id of a pack",
    ),
    may("place", Kind::Text, "", "地址", "address or city as written"),
    may("industry_code", Kind::Label, "", "行业代码", "industry code of the list's classification"),
    may("industry", Kind::Label, "", "行业", "industry as the list writes it"),
    may("size", Kind::Label, "", "规模", "micro, small, medium or large"),
    may("listed", Kind::Bool, "", "是否上市", "whether its shares are listed"),
    may("registered_capital", Kind::Money, "fen", "注册资本", "registered capital"),
    may("website", Kind::Text, "", "网址", "web address as written"),
    may("about", Kind::Text, "", "简介", "what the list says it does"),
    must("tags", Kind::Texts, "标签", "keywords, concepts, tracks of the list"),
    must("qualifications", Kind::Qualifications, "资质", "titles held, with their dates"),
    may("serious_dishonesty", Kind::Bool, "", "严重失信", "on a list of serious dishonesty"),
    may("major_accident", Kind::Bool, "", "重大事故", "major safety, quality or environment case"),
    may("abnormal_operation", Kind::Bool, "", "经营异常", "on the list of abnormal operations"),
];

/// The figures of one year.
const ENTERPRISE_YEARS: &[ColumnSpec] = &[
    KEY,
    must("year", Kind::Year, "年度", "calendar year of the figures"),
    may("revenue", Kind::Money, "fen", "营业收入", "operating revenue"),
    may(
        "main_business_revenue",
        Kind::Money,
        "fen",
        "主营业务收入",
        "revenue of the main business",
    ),
    may(
        "hightech_revenue",
        Kind::Money,
        "fen",
        "高新技术产品（服务）收入",
        "revenue of high-tech products and services",
    ),
    may("total_cost", Kind::Money, "fen", "成本费用总额", "total of costs and expenses"),
    may("rd_expense", Kind::Money, "fen", "研发费用", "research and development expense"),
    may("rd_expense_domestic", Kind::Money, "fen", "境内研发费用", "of which within the country"),
    may("net_profit", Kind::Money, "fen", "净利润", "net profit; negative for a loss"),
    may("total_assets", Kind::Money, "fen", "资产总额", "total assets"),
    may("total_liabilities", Kind::Money, "fen", "负债总额", "total liabilities"),
    may("tax_paid", Kind::Money, "fen", "纳税额", "taxes paid"),
    may(
        "tax_reduction",
        Kind::Money,
        "fen",
        "研发加计扣除所得税减免额",
        "income tax saved by the R&D super-deduction",
    ),
    may(
        "technology_contracts",
        Kind::Money,
        "fen",
        "技术合同成交额",
        "value of registered technology contracts",
    ),
    may("staff", Kind::Count, "people", "职工总数", "staff at the end of the year"),
    may("tech_staff", Kind::Count, "people", "科技人员", "science and technology staff"),
    may("rd_staff", Kind::Count, "people", "研发人员", "research and development staff"),
    may(
        "postgraduate_staff",
        Kind::Count,
        "people",
        "硕士及以上人员",
        "staff with a master's degree or higher",
    ),
    may(
        "graduates_hired",
        Kind::Count,
        "people",
        "当年招收应届毕业生",
        "fresh graduates hired in the year",
    ),
    may("ip_class_1", Kind::Count, "items", "Ⅰ类知识产权", "class I intellectual property held"),
    may("ip_class_2", Kind::Count, "items", "Ⅱ类知识产权", "class II intellectual property held"),
    may("patents", Kind::Count, "items", "有效发明专利", "invention patents in force"),
    may(
        "invention_applications",
        Kind::Count,
        "items",
        "发明专利申请",
        "invention patents applied for in the year",
    ),
    may("pct_applications", Kind::Count, "items", "PCT 申请", "PCT applications of the year"),
    may(
        "rd_platforms",
        Kind::Count,
        "items",
        "省级以上研发机构",
        "provincial or national R&D bodies approved in the year",
    ),
    may(
        "science_awards",
        Kind::Count,
        "items",
        "省级以上科技奖",
        "provincial or national science awards of the year",
    ),
    may(
        "science_projects",
        Kind::Count,
        "items",
        "省级以上科技项目",
        "provincial or national science projects of the year",
    ),
];

/// One investment, loan, listing or take-over; or one investor's part in it.
const DEALS: &[ColumnSpec] = &[
    KEY,
    may("reference", Kind::Text, "", "交易编号", "id of the deal in its list"),
    may(
        "date",
        Kind::Date,
        "",
        "日期",
        "day of the deal; the 1st where only month or year is known",
    ),
    may("date_precision", Kind::Label, "", "日期精度", "day, month or year"),
    must("kind", Kind::Label, "类型", "equity, debt, listing, acquisition, grant or other"),
    may("round", Kind::Label, "", "轮次", "round as the list writes it"),
    may(
        "amount",
        Kind::Money,
        "hundredths of the currency",
        "金额",
        "amount, in hundredths of `currency`",
    ),
    may(
        "amount_covers",
        Kind::Label,
        "",
        "金额口径",
        "round: the whole round, repeated for each investor; investor: this investor's part",
    ),
    may("currency", Kind::Label, "", "币种", "ISO 4217 code"),
    may(
        "valuation",
        Kind::Money,
        "hundredths of the currency",
        "估值",
        "value of the enterprise after the deal, in hundredths of `currency`",
    ),
    may("investor", Kind::Text, "", "投资方", "name of the investor or lender as written"),
    may(
        "investor_code",
        Kind::Text,
        "",
        "投资方信用代码",
        "unified social credit code of the investor",
    ),
];

/// One payment of public money.
const PAYMENTS: &[ColumnSpec] = &[
    KEY,
    may("reference", Kind::Text, "", "拨付编号", "number of the voucher or decision line"),
    must("programme", Kind::Label, "政策", "id of the programme"),
    may("award", Kind::Label, "", "奖补事项", "id of the award within the programme"),
    may("clause", Kind::Text, "", "条款", "clause under which it was paid"),
    may("decided_on", Kind::Date, "", "决定日期", "day of the decision"),
    may("paid_on", Kind::Date, "", "拨付日期", "day of payment; empty while it is only decided"),
    ColumnSpec {
        name: "amount",
        kind: Kind::Money,
        unit: "fen",
        nullable: false,
        zh: "金额",
        about: "amount paid; negative when it was taken back",
    },
    may("project", Kind::Text, "", "项目编号", "id of the project"),
    may("payer", Kind::Text, "", "拨付单位", "body that paid"),
];

/// Where a row comes from. Every table ends with these, before the extra columns.
const ORIGIN: &[ColumnSpec] = &[
    must("source", Kind::Label, "来源", "who published the list; `synthetic` for made-up rows"),
    must("source_file", Kind::Text, "来源文件", "name of the file without its folder"),
    ColumnSpec {
        name: "source_record",
        kind: Kind::Count,
        unit: "record",
        nullable: false,
        zh: "来源记录号",
        about: "record in the file, from 1 without the header",
    },
    ColumnSpec {
        name: "source_line",
        kind: Kind::Count,
        unit: "line",
        nullable: false,
        zh: "来源行号",
        about: "line on which the record starts; the row of a sheet",
    },
    must("retrieved", Kind::Date, "获取日期", "day on which the file was fetched"),
    must("snapshot", Kind::Text, "快照", "id of the snapshot"),
];

impl Table {
    /// Returns the declared columns in the order of the schema, those of the origin last.
    pub fn columns(self) -> impl Iterator<Item = &'static ColumnSpec> {
        self.own_columns().iter().chain(ORIGIN)
    }

    /// Returns the declared columns without those of the origin.
    pub const fn own_columns(self) -> &'static [ColumnSpec] {
        match self {
            Self::Enterprises => ENTERPRISES,
            Self::EnterpriseYears => ENTERPRISE_YEARS,
            Self::Deals => DEALS,
            Self::Payments => PAYMENTS,
        }
    }

    /// Returns a declared column.
    pub fn column(self, name: &str) -> Option<&'static ColumnSpec> {
        self.columns().find(|column| column.name == name)
    }

    /// Returns the name of the table in Parquet files and SQL, with `_` for `-`.
    pub const fn file_stem(self) -> &'static str {
        match self {
            Self::Enterprises => "enterprises",
            Self::EnterpriseYears => "enterprise_years",
            Self::Deals => "deals",
            Self::Payments => "payments",
        }
    }

    /// Returns the Arrow schema: the declared columns and then the extra ones.
    pub fn schema(self, extra: &[Field]) -> SchemaRef {
        let fields = self.columns().map(ColumnSpec::field).chain(extra.iter().cloned());
        let about = HashMap::from([
            ("table".to_owned(), self.file_stem().to_owned()),
            ("layout".to_owned(), LAYOUT_VERSION.to_string()),
        ]);
        Arc::new(Schema::new_with_metadata(fields.collect::<Vec<_>>(), about))
    }
}

impl ColumnSpec {
    /// Returns the Arrow field, with `kind`, `unit`, `about` and `zh` as metadata.
    pub fn field(&self) -> Field {
        field(self.name, self.kind, self.unit, self.zh, self.about, self.nullable)
    }
}

/// Makes a field whose metadata says what it means; for the typed columns that a pack or a list adds.
pub fn field(name: &str, kind: Kind, unit: &str, zh: &str, about: &str, nullable: bool) -> Field {
    let mut metadata = HashMap::from([("kind".to_owned(), kind.as_str().to_owned())]);
    for (key, value) in [("unit", unit), ("zh", zh), ("about", about)] {
        if !value.is_empty() {
            metadata.insert(key.to_owned(), value.to_owned());
        }
    }
    Field::new(name, kind.data_type(), nullable).with_metadata(metadata)
}

/// Returns the kind that a field's metadata declares.
pub fn kind_of(field: &Field) -> Option<Kind> {
    field.metadata().get("kind").and_then(|kind| kind.parse().ok())
}

impl Kind {
    /// Returns the Arrow type of the values.
    pub fn data_type(self) -> DataType {
        match self {
            Self::Money | Self::Count | Self::Ratio => DataType::Int64,
            Self::Number => DataType::Float64,
            Self::Date => DataType::Date32,
            Self::Year => DataType::Int32,
            Self::Bool => DataType::Boolean,
            Self::Label | Self::Text => DataType::Utf8,
            Self::Texts => list(DataType::Utf8),
            Self::Qualifications => list(DataType::Struct(qualification_fields())),
        }
    }
}

/// Returns the fields of one qualification.
pub(crate) fn qualification_fields() -> Fields {
    Fields::from(vec![
        Field::new("id", DataType::Utf8, false),
        Field::new("granted", DataType::Date32, true),
        Field::new("granted_year", DataType::Int32, true),
        Field::new("valid_until", DataType::Date32, true),
    ])
}

fn list(data_type: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("item", data_type, false)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_column_stands_once_and_says_what_it_means_in_both_languages() {
        for table in Table::ALL {
            let mut names = BTreeSet::new();
            for column in table.columns() {
                assert!(names.insert(column.name), "{table} has {} twice", column.name);
                assert!(!column.zh.is_empty() && !column.about.is_empty(), "{}", column.name);
                let counted = matches!(column.kind, Kind::Money | Kind::Count);
                assert_eq!(counted, !column.unit.is_empty(), "unit of {table}.{}", column.name);
                assert_eq!(kind_of(&column.field()), Some(column.kind), "{}", column.name);
            }
            assert!(names.contains("enterprise") && names.contains("snapshot"));
        }
    }
}
