//! Industries of the made-up city, with codes of GB/T 4754-2017 and rough shares.

/// An industry and how its enterprises are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Industry {
    /// Class of GB/T 4754-2017.
    pub code: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Word in the names of its enterprises.
    pub word: &'static str,
    /// The same in English.
    pub word_en: &'static str,
    /// Share among enterprises, relative to the others.
    pub weight: f64,
    /// Usual revenue a head, in yuan.
    pub revenue_a_head: f64,
    /// Usual R&D expense as a share of revenue, among those that do any.
    pub intensity: f64,
    /// Share of enterprises that do R&D.
    pub researching: f64,
}

const fn industry(
    code: &'static str,
    zh: &'static str,
    (word, word_en): (&'static str, &'static str),
    [weight, revenue_a_head, intensity, researching]: [f64; 4],
) -> Industry {
    Industry { code, zh, word, word_en, weight, revenue_a_head, intensity, researching }
}

/// All industries.
pub const INDUSTRIES: [Industry; 16] = [
    industry("C27", "医药制造业", ("药业", "Pharma"), [1.0, 900_000.0, 0.09, 0.60]),
    industry("C34", "通用设备制造业", ("机械", "Machinery"), [2.5, 700_000.0, 0.04, 0.40]),
    industry("C35", "专用设备制造业", ("装备", "Equipment"), [2.0, 750_000.0, 0.055, 0.50]),
    industry("C36", "汽车制造业", ("汽车部件", "Auto Parts"), [0.8, 1_400_000.0, 0.04, 0.45]),
    industry(
        "C37",
        "铁路、船舶、航空航天和其他运输设备制造业",
        ("飞行器", "Aircraft"),
        [0.4, 1_000_000.0, 0.07, 0.55],
    ),
    industry("C38", "电气机械和器材制造业", ("电气", "Electric"), [2.0, 900_000.0, 0.045, 0.45]),
    industry(
        "C39",
        "计算机、通信和其他电子设备制造业",
        ("电子", "Electronics"),
        [2.5, 1_000_000.0, 0.07, 0.55],
    ),
    industry("C40", "仪器仪表制造业", ("仪器", "Instruments"), [0.8, 650_000.0, 0.08, 0.60]),
    industry("D44", "电力、热力生产和供应业", ("能源", "Energy"), [0.6, 2_500_000.0, 0.02, 0.15]),
    industry("E48", "土木工程建筑业", ("工程", "Works"), [5.0, 800_000.0, 0.015, 0.05]),
    industry("F51", "批发业", ("贸易", "Trading"), [22.0, 1_800_000.0, 0.005, 0.01]),
    industry("G58", "多式联运和运输代理业", ("物流", "Logistics"), [5.0, 900_000.0, 0.01, 0.03]),
    industry("I64", "互联网和相关服务", ("网络", "Network"), [6.0, 600_000.0, 0.08, 0.25]),
    industry("I65", "软件和信息技术服务业", ("软件", "Software"), [12.0, 500_000.0, 0.12, 0.35]),
    industry("L72", "商务服务业", ("咨询", "Consulting"), [26.0, 400_000.0, 0.01, 0.02]),
    industry("M73", "研究和试验发展", ("研究", "Research"), [5.0, 450_000.0, 0.18, 0.55]),
];
