# 中文报告。条目与占位符须与 en.ftl 一致。

page-title = 地平线扫描（截至{ $day }）
skip = 跳到正文
nav-name = 章节
nav-stands-out = 要点
nav-radar = 雷达图
nav-terms = 词项
nav-topics = 主题
nav-candidates = X 候选
nav-limits = 局限
nav-backtest = 回测
nav-method = 方法
switch-theme = 深色
print = 打印
footer = 由领航生成。本页每个数字都可以用页首所列的证据、政策包和日期重新算出。

kicker = 未来产业 · 地平线扫描
headline = 哪些技术正在兴起
headline-date = 截至{ $day }
subline = 数据范围：{ $corpora }。全部数字以{ $day }为观察时点，未使用此后的任何数据。
synthetic = 虚构数据
synthetic-note = 本报告含虚构证据（{ $ids }），只用于展示版式，不反映任何真实情况。
tile-documents = 窗口期文献
tile-candidates = 参评词项
tile-topics = 主题
tile-x = X 候选
provenance = 证据、政策包与日期
evidence = 证据
records = { $count } 条记录
pack = 政策包
as-of = 截止日期
program = 程序

section-stands-out = 要点
section-radar = 各赛道主题雷达图
section-terms = 重点词项
section-topics = 主题
section-candidates = X 候选
section-limits = 哪些话还不能说
section-backtest = 与预测并列的回测
section-method = 方法、术语与文件
no-score = { $corpus } 未评分：{ $reason }。
no-topics = 该语料中没有形成主题。
no-terms = 该语料中没有词项通过筛选。
no-candidates = 赛道之外没有突出到可以提出的主题。
none-here = 无
no-track = 不属任何赛道（X）

and-others = { $names }等
finding-in-corpus = { $corpus }：{ $text }
finding-none = 现有证据不足以判断哪些技术正在兴起，原因见“哪些话还不能说”。
finding-leader = “{ $name }”在 { $candidates } 个参评词项中信号最强，主要来自{ $drivers }；{ $from }—{ $to } 年共有 { $documents } 篇文献。
finding-newcomers = { $count ->
   *[other] 排名靠前的 { $total } 个词项中有 { $count } 个是新出现的（第五篇文献不早于 { $from } 年），其中有{ $names }。
}
finding-onsets = { $count ->
   *[other] { $count } 个词项自 { $from } 年起转入增长，且难以用偶然解释；最陡的是“{ $name }”，{ $year } 年以来{ $pace }。
}
pace-percent = 每年约增长 { $growth }%
pace-times = 几乎从零起步，每年约为上年的 { $growth } 倍
finding-tracks = { $total } 个主题中有 { $count } 个归入赛道，最多的是{ $fullest }（{ $most } 个）；最强的主题是“{ $best }”（{ $track }，{ $stage }）。
finding-singularities = { $count ->
   *[other] 近三年有 { $count } 个主题越过技术“奇点”：{ $names }。
}
finding-candidates = { $count ->
   *[other] 有 { $count } 个自成一体的主题不属任何赛道而表现突出：{ $names }。
}{ $complete ->
    [0] 目前都还不能作为 X 赛道提出，仍有条件待查。
   *[other] 其中 { $complete } 个满足提出 X 赛道的全部条件。
}
finding-gaps = 未发现属于{ $names }的新兴主题或词项；这可能是证据范围所致，不一定是领域本身的情况。
finding-unattended = { $count ->
   *[other] 有 { $count } 个信号强而关注少的词项值得再看：{ $names }。
}
finding-decline = 走弱：{ $topics ->
    [0] { $terms } 个靠前词项
   *[other] { $topics } 个主题{ $terms ->
        [0] {""}
       *[other] 、{ $terms } 个靠前词项
    }
}：{ $names }。
finding-inflections = { $total } 个词项中有 { $count } 个的生命周期拐点已可识别（{ $names }），其余尚不可识别。
finding-backtest = 可信到什么程度：在 { $units } 次历史检验中，每点名 50 个词项平均有 { $hits } 个后来进入增长最快的一成；随机点名约为 { $chance } 个。

radar-lead = 每个圆点是一个主题：越成熟越靠近圆心，初现的信号在外圈；最外一圈是走弱或未定的主题。数字对应下方清单。
radar-cut = 图中只画得分最高的 { $most } 个主题，全部主题见主题表。
radar-list = 雷达图中的主题
radar-sentence = 共 { $count } 个主题，按赛道：{ $sectors }。
ring-mature = 成熟
ring-growth = 成长
ring-take_off = 起飞
ring-weak_signal = 弱信号
ring-open = 未定
mark-track = 属于某赛道
mark-candidate = X 候选
mark-open = 不属任何赛道
mark-size = 越大得分越高
stage-weak_signal = 弱信号
stage-take_off = 起飞
stage-growth = 成长
stage-mature = 成熟
stage-decline = 走弱
stage-undetermined = 未定

head-number = 编号
head-rank = 名次
head-term = 词项
head-topic = 主题
head-percentile = 百分位
head-score = 得分
head-curve = 文献占比
head-stage = 阶段
head-onset = 起点
head-track = 赛道
head-documents = 文献
head-signal = 信号
head-value = 测得值
head-contribution = 贡献
head-year = 年份
head-share = 占比
head-coherence = 凝聚度
head-why-track = 赛道及依据
head-tipping = 临界点
head-actors = 主要机构与人员
head-corpus = 语料
head-cut = 时点
head-candidates = 候选
head-positives = 真正增长
head-difference = 差值
head-verdict = 判读
head-lift-range = 提升倍数的 95% 区间

terms-lead = { $from }—{ $to } 年 { $candidates } 个参评词项中的前 { $count } 个。得分是六项贡献之和，每项表示该词项高于或低于其他词项多少个标准差。点开词项可看拆解。
curve-key = 曲线：每年占全部文献的比例。阴影：参与评分的三年。三角：增长起点（难以用偶然解释时才标出）。虚线框：未来三年平均占比的预期及 80% 区间。
filter = 赛道
filter-all = 全部
rows-shown = 个词项
parts-sentence = 得分 { $score }：{ $parts }。
curve-none = 没有逐年数据。
curve-sentence = { $first_year } 年占文献 { $first }，{ $last_year } 年占 { $last }。
curve-onset = { $year } 年起增长。
curve-forecast = 未来三年预期为 { $value }（{ $low } 至 { $high }）。
contributions = 得分拆解
fifth-document = 第五篇文献出现在 { $year } 年。
onset-untested = 增长起点：未检验。
onset-none = 增长起点：未超出偶然（p = { $p }）。
onset-from-nothing = 自 { $year } 年第一篇文献起持续增长（第五篇在 { $fifth } 年），每年约 { $growth }%；此前为零，不存在“由平转升”；p = { $p }，通过 10% 错误发现率控制。
onset-found = 增长起点 { $year } 年（{ $low }—{ $high } 年之间），此后每年约 { $growth }%；p = { $p }，通过 10% 错误发现率控制。
inflection-found = 拐点可识别：{ $model }曲线，{ $year } ± { $sd } 年；饱和水平约占全部文献的 { $saturation }。
inflection-open = 拐点尚不可识别：{ $reasons }。
fits = 各拟合曲线的权重：
burst-alive = { $from } 年起突增，到 { $to } 年仍在持续。
burst-past = { $from }—{ $to } 年曾突增。
flags = 非共识提示：
documents = 文献
documents-none = 此项证据只有计数，没有可列出的文献。
reason-no_s_curve_advantage = S 形曲线并不比更简单的曲线更能解释数据
reason-inflection_not_past = 拟合的拐点过去不足两年
reason-inflection_uncertain = 拐点时间的不确定超过两年
reason-series_too_short = 序列太短
reason-rose_and_fell = 占比先升后降
reason-insufficient_evidence = 文献太少
model-constant = 恒定
model-exponential = 指数
model-logistic = 逻辑斯蒂
model-gompertz = 冈珀茨
model-hump = 先升后降
flags-unknown = 现有文献无法判定的标志：
stands-for = 全称为 { $long }
acronym-of = 又写作 { $short }
topic-city-fit = 本市契合度（区位商）{ $quotient }
lag-stable = { $follower }落后{ $leader } { $years } 年（{ $low } 至 { $high } 年）
lag-unstable = { $leader }与{ $follower }：没有稳定时滞
flag-unattended = 少人关注
flag-split_signal = 信号分歧
flag-expert_gap = 专家与模型不一致
flag-source_split = 来源之间不一致
flag-broad_authorship = 作者面广
flag-new = 新出现

topics-lead = 常在同一文献中出现的词项组成主题。主题得分是其最强五个词项的平均；凝聚度是留在主题内部的联系所占比例。
topic-documents = 窗口期 { $count } 篇文献
nearest = 最接近：
named-seeds = 直接提到：
vetoed-by = 排除词：
tip-singularity = 技术“奇点”：
tip-ignition = 市场引爆点：
tip-passed = 已越过
tip-not-passed = 未越过
tip-unknown = 不明
actors-unknown = 不明
actor-person = 个人
actor-organisation = 机构
actor-place = 地点
kind-paper = 论文
kind-patent = 专利
kind-news = 新闻
kind-policy = 政策
kind-project = 项目
kind-funding = 资助
changes = 与上次扫描相比的变化
change-birth = 新生
change-death = 消失
change-split = 分裂
change-merge = 合并
candidates-lead = “6+X”为清单之外的方向留了位置。下列主题自成一体、表现突出而不属任何赛道。提出建议须满足全部条件；尚未满足的逐一列出。
candidate-score = 得分 { $score }，位于主题的前一成
candidate-distance = 最接近的赛道：{ $track }，相似度 { $similarity }（归入赛道须达 0.25）
candidate-alone = 与任何赛道都不相近
candidate-fit = 本地占比与全国占比之比（区位商）：{ $quotient }
candidate-kinds = 来源：
candidate-complete = 满足提出建议的全部条件。
candidate-open = 待查：
condition-single_source_kind = 只有一类来源支持
condition-city_fit_unknown = 缺少本地数据，与本市的契合度不明
condition-city_fit_low = 本地基础薄弱

limits-lead = 这些话与要点同样重要。
limit-data-end = 数据截至{ $day }。此后发生的事不在本报告之内，不可当作今天的情况。
limit-no-score = { $corpus } 窗口期只有 { $documents } 篇文献（{ $reason }），不予评分。
limit-single-source = 只读取了一类来源（{ $kind }），因此不能判断市场引爆点：那需要两类来源，且其中一类在科学之外。
limit-figures-only = 只读取了计数，没有文献本身，要点无法追溯到具体文献、机构或地点。
limit-city-fit = 没有本地数据，主题与本市是否契合、本地有谁在做，均不明。
limit-inflections = { $total } 个已拟合的词项中有 { $count } 个拐点尚不可识别，故不给出饱和水平。
limit-forecast = 预测只是粗略的：回测中有一半的偏差超过 { $factor } 倍，名义 80% 的区间实际覆盖 { $coverage }。
limit-forecast-unchecked = 本报告未用回测检验预测区间。
limit-no-backtest = 未附回测，这些判断有多可靠，此处无法说明。
limit-field = 可靠程度因领域而异：相对随机，得分在 { $best }（{ $best_cut } 年）达到 { $best_lift } 倍，在 { $worst }（{ $worst_cut } 年）只有 { $worst_lift } 倍。
limit-rejected = 有 { $count } 个短语因过于常见、过于稀少或不像技术名称而被筛除，其中可能有真正的技术，专家可以恢复。

backtest-none = 无法回测：过去没有哪个时点既有足够的文献、其后又有完整的三年。
backtest-lead = 怎样读：在 { $units } 次历史检验中，每点名 50 个词项，平均有 { $hits } 个在随后三年进入增长最快的一成；随机点名约为 { $chance } 个。
backtest-how = 每次检验都站在过去某一年年末，只看当时已知的数据排出名次，再用随后三年的事实评判。
means-caption = 全部信号：各次检验的均值与 95% 区间
metric-p50 = 前 50 命中率
metric-ndcg100 = nDCG@100
metric-lift = 提升倍数
metric-ap = 平均精度
by-chance = 随机
cuts-title = 前 50 个词项中真正增长者的比例，按检验所处年份
cuts-sentence = 从第一个时点到最后一个时点：{ $ends }。
differences = LH-6 与其他信号之差
differences-note = 在相同检验上配对比较；区间包含零，则差异未获证实。
verdict-better = 更好
verdict-worse = 更差
verdict-open = 未获证实
forecast-check = 占比预测：一半的偏差不超过 { $factor } 倍；80% 区间实际覆盖 { $coverage }。
failures = 失败之处
failure-worst = 最差的一次：{ $corpus }，{ $cut } 年。点名 50 个，命中 { $hits } 个；随机约为 { $chance } 个。
failure-counts = { $units } 次检验中，有 { $chance } 次不优于随机，有 { $behind } 次不如单纯的自身增长（z3）。
units-all = 全部 { $units } 次检验
units-skipped = 另有 { $count } 次检验不计入：文献、候选或增长者太少，或没有可供评判的年份。

topic-test = 雷达图主题的历史检验
topic-test-none = 主题排名无法检验：过去没有哪个时点文献足够、有至少四个主题、其后又有完整的三年。
topic-test-lead = 在 { $cuts ->
   *[other] { $cuts }
} 次历史检验中，排名最高的五分之一主题，每 100 个有 { $hits } 个后来进入增长最快的四分之一；随机约为 { $chance } 个。
topic-test-better = 因此，雷达图上圆点大的主题值得一看，但也仅此而已：每 100 个这样的主题有 { $misses } 个没有增长得那么快。{ $behind ->
    [0] 每次检验中排名都优于随机。
   *[other] { $cuts } 次检验中有 { $behind } 次排名不优于随机。
}
topic-test-useless = 因此，主题排名并不能预示哪些主题会增长：雷达图只宜当作现状的地图来读，不能当作预测。
topic-test-how = 每个历史时点的主题只用当时已知的数据得出。主题的增长，是含其词项的文献占比在其后三年与此前三年之比。秩相关为 1 表示得分与增长的次序完全一致，为 0 表示毫不相干。同一语料的各次检验在时间上有重叠，实际的次数比看上去少。
topic-hint = 历史检验：排名最高的五分之一主题，每 100 个有 { $hits } 个后来进入增长最快的四分之一（随机约 { $chance } 个）。
topic-hint-none = 主题排名能在多大程度上预示增长，此处未经检验。
topic-hint-link = 主题是怎样检验的
metric-spearman = 秩相关
metric-precision-top20 = 前五分之一命中率
mean = 均值

short-lh6 = LH-6
short-z3 = z3
short-escore = EScore
signal-lh6 = LH-6（六项之和）
signal-lh6_shown = LH-6（按列表，泛词排在最后）
signal-lh6_no_background = LH-6（不含他域两项）
signal-escore_filtered = EScore（含其筛选）
signal-half_growth = 近半年增长
signal-z3 = 自身三年增长
signal-nz5 = 相邻词项增长
signal-nh = 相邻词项近半年
signal-ar = 作者广度
signal-xz5 = 他域增长
signal-xl = 他域存在
signal-z5 = 自身五年增长
signal-escore = EScore（仅作基线）
signal-macd = MACD 柱
signal-kleinberg = Kleinberg 突增权重
signal-frequency = 原始频次
signal-growth = 上年增长
signal-slope = 占比线性斜率
signal-random = 随机

method-count = 按年和半年统计标题与摘要中的短语，筛选出像技术名称的词项。
method-score = LH-6 把六项贡献等权相加，不经训练；每项都与同一语料的其他词项相比，并截断在 ±3。
method-curve = 增长起点须与偶然相比较并控制错误发现率；拟合生命周期曲线，满足三项条件才说出拐点。
method-topics = 常同时出现的词项归为主题；与赛道相似度达到 0.25 且领先 0.05 以上，才归入该赛道。
method-proof = 同样的步骤在过去重做一遍，用后来的事实评判。
glossary = 术语
term-lh6 = LH-6
means-lh6 = 新兴得分：以下六项贡献之和。
term-percentile = 百分位
means-percentile = 得分更低的词项（或主题）所占比例。
term-z3 = 自身三年增长（z3）
means-z3 = 词项占比三年增长除以其不确定度。
term-nz5 = 相邻词项增长（nz5）
means-nz5 = 出现在同一文献中的词项的五年增长。
term-nh = 相邻词项近半年（nh）
means-nh = 最紧密的相邻词项最近半年与此前五个半年相比。
term-ar = 作者广度（ar）
means-ar = 每篇含该词项的文献有多少不同作者。
term-xz5 = 他域增长（xz5）
means-xz5 = 同一词项在其他全部语料中的五年增长。
term-xl = 他域存在（xl）
means-xl = 其他语料中含该词项的文献数（对数）。
term-onset = 起点
means-onset = 占比由平转升的年份，且难以用偶然解释。
term-stage = 阶段
means-stage = 按固定规则分为弱信号、起飞、成长、成熟、走弱；无规则适用时为未定。
term-coherence = 凝聚度
means-coherence = 主题的联系中留在内部的比例，0 至 1。
term-candidate = X 候选
means-candidate = 位于前一成、自成一体而不接近任何赛道的主题。
files = 随附文件
files-note = 本页每张表都有供表格软件和程序使用的文件；“columns”用中英文解释每一列。

column-corpus = 语料名称
column-rank = 名次，1 为最好
column-term = 规范化后的词项
column-translation = 同一概念的另一语言
column-long_form = 缩写的全称
column-acronym = 词项的缩写
column-percentile = 得分更低的候选所占比例，0 至 100
column-score = LH-6 得分；主题为最强五个词项的平均
column-window_documents = 窗口期内含该词项的文献数
column-fifth_document_year = 第五篇文献出现的年份
column-stage = 成熟阶段（代码）
column-onset_year = 增长起点年份
column-onset_low = 起点区间首年
column-onset_high = 起点区间末年
column-onset_slope = 起点之后的增长，自然对数每年
column-onset_p = 起点检验的 p 值
column-onset_significant = 是否通过错误发现率控制
column-inflection = 已识别的拐点（带小数的年份）
column-inflection_reasons = 拐点不可识别的原因（代码）
column-forecast_share = 未来三年平均占比的预期
column-forecast_low = 区间下限
column-forecast_high = 区间上限
column-burst_from = 最强突增的首年
column-burst_to = 最强突增的末年
column-tracks = 赛道，由近到远（标识）
column-topic = 主题标识
column-flags_unknown = 无法判定的标志（代码）
column-flags = 非共识提示（代码）
column-documents = 文献标识，由新到旧
column-signal = 信号（代码）
column-signal_value = 信号的测得值
column-contribution = 对得分的贡献
column-year = 年份
column-count = 含该词项的文献数
column-total = 该语料全部文献数
column-label = 标签
column-label_zh = 中文标签
column-keywords = 得分最高的三个词项
column-terms = 主题的全部词项
column-topic_documents = 窗口期内至少含两个词项的文献数
column-coherence = 留在内部的联系所占比例，0 至 1
column-nearest_track = 最接近的赛道（标识）
column-nearest_similarity = 与其相似度，0 至 1
column-source_kinds = 文献类别
column-city_fit = 本地占比与全国占比之比（区位商）
column-technology_singularity = 是否越过技术“奇点”；空为不明
column-market_ignition = 是否越过市场引爆点；空为不明
column-actors = 主要机构与人员，由大到小
column-is_complete = 是否满足提出建议的全部条件
column-open_conditions = 待查条件（代码）
column-cut = 检验所能看到的最后一年
column-candidates = 参与排名的词项数
column-positives = 后来真正增长的词项数
column-base = 随机可达到的比例：真正增长者占候选的比例；主题则为增长最快者所占比例
column-p50 = 前 50 中真正增长者的比例
column-ndcg100 = 前 100 的 nDCG
column-lift = p50 除以 base
column-ap = 平均精度
column-metric = 指标（代码）
column-value = 均值
column-low = 95% 区间下限
column-high = 95% 区间上限
column-other = 与之比较的信号
column-topics = 主题数
column-spearman = 得分与其后增长的秩相关，−1 至 1
column-precision_top20 = 排名最高的五分之一主题中，增长最快四分之一所占比例
