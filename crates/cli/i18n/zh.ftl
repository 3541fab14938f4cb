# 命令行的中文文字；英文见 en.ftl，标识相同。命令与参数的中文说明以 help- 开头，英文说明在 args.rs 中。

progress-import = 正在读取文件
progress-count = 正在统计文献
progress-synth = 正在生成合成数据

pack-checked = 共 { $records } 条记录，{ $errors } 个错误，{ $warnings } 个警告

import-created = 快照 { $snapshot }：读取 { $read } 条，保留 { $kept } 篇；重复 { $duplicates } 条，拒收 { $rejected } 条
import-list-created = 快照 { $snapshot }：读取 { $read } 条，保留 { $kept } 行；其中 { $joined } 行与前面的行合并；重复 { $duplicates } 条，拒收 { $rejected } 条，警告 { $warned } 条
import-already = 这些文件已在快照 { $snapshot } 中，没有重复读取
import-nothing = 没有新内容：读取 { $read } 条，重复 { $duplicates } 条，拒收 { $rejected } 条；未生成快照
import-resumed = 其中 { $files } 个文件已由上次中断的导入读完
import-folder = 逐条原因见 { $folder } 中的 CSV 文件（拒收 rejects、重复 duplicates、警告 warnings）
list-empty = 还没有快照。请用 `linghang evidence import` 导入文件
list-interrupted = 有一次导入被中断：{ $folder }。重新运行同一导入即可继续
export-done = 已写出 { $count } 篇文献
synth-written = { $table }：{ $rows } 行，快照 { $snapshot }
synth-already = { $table }：{ $rows } 行已在快照 { $snapshot } 中
synth-label = 合成数据：企业均为虚构，每一行都有标注
table-enterprises = 企业
table-enterprise-years = 年度数据
table-deals = 交易
table-payments = 拨付
synthetic = 合成数据（虚构）

head-snapshot = 快照
head-format = 格式
head-documents = 文献
head-table = 表
head-source = 来源
head-rows = 行数
head-rejected = 拒收
head-from = 起
head-to = 止
head-rank = 序
head-term = 词项
head-score = 得分
head-window = 文献
head-curve = 占比（近12年）
head-stage = 阶段
head-onset = 起点
head-track = 赛道
head-topic = 主题
head-terms = 词项数
head-keywords = 主要词项
head-signal = 信号
head-lift = 提升倍数
head-value = 测得
head-contribution = 贡献
head-meaning = 含义
list-separator = 、

stage-weak-signal = 弱信号
stage-take-off = 起飞
stage-growth = 成长
stage-mature = 成熟
stage-decline = 走弱
stage-undetermined = 未定

signal-z3 = 近三年占比的增长（以标准误计）
signal-nz5 = 相邻词项近五年的增长
signal-nh = 相邻词项最近半年的增长
signal-ar = 每篇文献的不同作者数
signal-xz5 = 同一词项在本语料之外的增长
signal-xl = 在本语料之外的使用（文献数的对数）

scan-corpus = { $corpus }，{ $from }–{ $to } 年：文献 { $documents } 篇，参评词项 { $candidates } 个
scan-insufficient = 文献太少，无法评分（窗口期内至少 250 篇，且近五年每年至少 5 篇）
scan-no-pack = 没有指定城市包，因此不归入赛道；可用 --pack 指定
scan-topics = 主题 { $count } 个
scan-x = X 候选（表现突出、但不属于任何赛道）：{ $count } 个
x-line = { $label }：得分 { $score }；最近的赛道是{ $track }（{ $similarity }）；待补条件：{ $open }
x-no-track = 无
x-single-source-kind = 这个语料中只有一类来源
x-city-fit-unknown = 与本市的契合度未知
x-city-fit-low = 本市占比低于全国

explain-head = { $term }（{ $corpus }，{ $from }–{ $to } 年）：在 { $candidates } 个参评词项中排第 { $rank }，得分 { $score }，高于 { $percentile }% 的参评词项
explain-sum = 合计
explain-chart = 每年占全部文献的比例（最高一格 = { $largest }）
explain-stage = 成熟度阶段：{ $stage }
explain-onset = 增长始于 { $year } 年（区间 { $low }–{ $high } 年；p = { $p }，错误发现率控制在 10%）
explain-no-onset = 未发现可与偶然区分的增长起点（p = { $p }）
explain-inflection = 已于 { $year } 年越过拐点（±{ $sd } 年），趋于全部文献的 { $share }
explain-no-inflection = 拐点尚不可识别，不能断言饱和水平
explain-forecast = 未来三年的预期占比：{ $share }（{ $low } 至 { $high }）；过去这类区间有 { $coverage } 包含了实际值
explain-tracks = 赛道：{ $tracks }
explain-documents = 背后的文献（由新到旧）：
explain-no-documents = 这里只有统计数字，没有文献：导入文献后可看到得分背后的具体文献

backtest-units = 回测单元 { $units } 个；略过 { $skipped } 个
skipped-few-documents = 文献太少（窗口期 250 篇，近五年每年 5 篇）
skipped-few-candidates = 可排序的词项不足 200 个
skipped-few-positives = 后来增长的词项不足 20 个
skipped-no-future = 其后三年在现有文献中尚未过完
backtest-base = 随机挑选的 P@50 约为 { $base }（提升倍数 1）。区间为对单元和参评词项自助抽样的 95% 区间

figures-written = { $file }：表所述时点共 { $terms } 个词项，{ $bytes } 字节
report-written = { $page }（{ $files } 个文件，{ $bytes } 字节）

demo-imported = 已从 { $file } 导入统计数字
demo-head = 以 { $as-of } 为时点，最突出的是（公开的 arXiv 元数据，仅统计数字）
demo-next =
    报告在 { $page }，请用浏览器打开。
    接下来可以：
      { $program } scan explain "deep learning"      拆解一个词项的得分
      { $program } scan run --top 30                  词项、主题、X 候选
      { $program } scan backtest                      这样的得分在过去有多准
      { $program } evidence import 文件 --format …    导入自己的文献（见 docs/guide/evidence.md）

help = 领航：面向未来产业的开放导航系统
help--home = 存放文献、统计数字和主题记忆的文件夹
help--pack = 城市包文件夹，例如 packs/guangzhou
help--lang = 界面语言：zh 或 en
help--json = 以一个 JSON 文档输出数据
help--quiet = 只输出数据和错误
help-demo = 用演示数据看一遍地平线扫描：要点、报告、下一步
help-demo--figures = 要扫描的统计表［默认：项目自带］
help-demo--out = 报告文件夹［默认：linghang-report］
help-scan = 发现正在涌现的技术
help-scan-run = 给词项评分，归纳主题，归入赛道，列出 X 候选
help-scan-run--corpora = 语料：分类（cs.RO、ipc:B64C）、合集（名称=cs.RO+cs.SY）或 ALL，以逗号分隔
help-scan-run--as-of = 扫描时点（日期）［默认：文献的末尾］
help-scan-run--figures = 用统计表代替文件夹中的文献
help-scan-run--top = 每个语料显示多少个词项
help-scan-explain = 拆解一个词项的得分
help-scan-explain--term = 词项，中文或英文
help-scan-explain--corpora = 语料：分类、合集或 ALL，以逗号分隔
help-scan-explain--as-of = 扫描时点（日期）［默认：文献的末尾］
help-scan-explain--figures = 用统计表代替文件夹中的文献
help-scan-backtest = 衡量这样的得分在过去有多准
help-scan-backtest--corpora = 语料：分类、合集（名称=cs.NI+cs.CR）或 ALL，以逗号分隔
help-scan-backtest--background = 与什么相比：分类、合集或 ALL（自身的文献不计）
help-scan-backtest--cuts = 评分时已知的最后年份，以逗号分隔［默认：前有五年、后有三年的每一年］
help-scan-backtest--signals = 要比较的信号，差值以第一个为准［默认：全部］
help-scan-backtest--rounds = 自助抽样的轮数
help-scan-backtest--figures = 用统计表代替文件夹中的文献
help-scan-report = 写出报告：一个网页，以及各表的 CSV 和 JSON
help-scan-report--corpora = 语料：分类、合集或 ALL，以逗号分隔
help-scan-report--as-of = 扫描时点（日期）［默认：文献的末尾］
help-scan-report--figures = 用统计表代替文件夹中的文献
help-scan-report--out = 报告文件夹
help-scan-report--top = 显示多少个词项
help-scan-figures = 把一次扫描的统计数字写入一个不含原文的文件
help-scan-figures--corpora = 语料：分类、合集或 ALL，以逗号分隔
help-scan-figures--as-of = 扫描时点（日期）［默认：文献的末尾］
help-scan-figures--figures = 用统计表代替文件夹中的文献
help-scan-figures--cuts = 同时写入回测所用的年份，以逗号分隔
help-scan-figures--out = 要写的文件（.jsonl.zst）
help-scan-figures--provenance = 文献的来源，写入文件
help-evidence = 导入论文、专利等文献和企业清单
help-evidence-import = 把文件导入为新的不可变快照
help-evidence-import--files = 要导入的文件；xz、gz、zstd 会自动解压
help-evidence-import--format = 文件格式
help-evidence-import--table = 清单（csv、xlsx）要导入的企业类表，须与映射文件一致［默认：文献］
help-evidence-import--mapping = 列与字段的对应文件，用于 csv、xlsx、jsonl
help-evidence-import--retrieved = 取得文件的日期［默认：今天］
help-evidence-import--keep-readable = 压缩包损坏时保留可读的部分
help-evidence-list = 列出快照
help-evidence-show = 显示一篇文献，或一家企业的全部数据
help-evidence-show--id = 带来源前缀的编号，例如 arxiv:1706.03762；或企业的统一社会信用代码、名称
help-evidence-export = 写出文献供其他程序使用
help-evidence-export--format = 输出形式
help-evidence-export--output = 要写的文件［默认：标准输出；parquet 需要文件］
help-evidence-export--until = 只要这一天及以前的文献
help-synth = 生成试用数据；写出的一切都标为合成数据
help-synth-city = 虚构一座城市：企业、年度数据、交易和拨付
help-synth-city--enterprises = 企业数量
help-synth-city--seed = 决定内容的数；同一个数得到同一座城市
help-synth-city--as-of = 从哪一天的角度描述［默认：今天］
help-synth-city--years = 该日之前有几个完整年度的数据
help-pack = 使用城市包
help-pack-check = 检查城市包，一次列出全部问题
help-pack-check--folder = 城市包文件夹［默认：--pack 所指］
