# 规则引擎对人说的话。 Words of the rules engine.

decision-yes = 符合
decision-no = 不符合
decision-unknown = 待补数据
decision-review = 待评审
decision-error = 数据有误

truth-yes = 满足
truth-no = 不满足
truth-unknown = 未知

fact-yes = 是
fact-no = 否

stage-gross = 条款金额
stage-item = 单项上限
stage-year = 年度上限
stage-lifetime = 累计上限
stage-once = 次数限制
stage-group = 同类择一
stage-already-paid = 扣除已付
stage-limit = 同组合计上限
stage-exclusion = 不重复享受
stage-ceiling = 企业年度总上限
stage-pool = 资金池
stage-paid = 应付

effect-not-set = 没有规定
effect-stated = 不变
effect-within = 未超过{ $limit }
effect-cut = 按上限{ $limit }
effect-cut-used = 上限{ $limit }，此前已用{ $used }
effect-beaten = 改按“{ $by }”
effect-nothing-paid = 此前没有拨付
effect-deducted = 扣除此前已付{ $paid }
effect-given-before = { $period }年已经享受
effect-prorated = 资金池可用{ $available }，申领{ $demand }，按规定分配
effect-waiting = 资金池可用{ $available }，申领{ $demand }，等候下一批

head-yes = { $name }：符合，应付{ $amount }。
head-yes-open = { $name }：符合，资金池分配前为{ $amount }。
head-no = { $name }：不符合。
head-unknown = { $name }：缺少数据，不能判断；既不拨付，也不否决。
head-review = { $name }：可以计算的条件都满足，其余由人评审。
head-error = { $name }：企业数据有误，请核对。
at-stake = 若符合，可得{ $amount }。
condition-yes = 满足：{ $say }{ $detail }
condition-no = 不满足：{ $say }{ $detail }
condition-unknown = 未知：{ $say }{ $detail }
detail = （实际{ $actual }，要求{ $symbol } { $required }）
detail-gap = （实际{ $actual }，要求{ $symbol } { $required }，相差{ $gap }）
clause = 依据：{ $clause }。
missing = 缺少“{ $fact }”。
missing-held = 缺少“{ $fact }”，可向{ $holder }索取。
old = “{ $fact }”已过有效期，不能据以免申即享。
way-open = 最少需要改变{ $count }项：
way-blocked = 无法通过改变条件达到：
way-time = 只需等待，{ $day }起符合。
way-step = { $say }
way-step-gap = { $say }（还差{ $gap }）
way-step-on = { $say }（{ $day }起满足）
way-step-supply = 补充数据：{ $facts }
cure-time = 等待
cure-act = 企业可改变
cure-review = 需评审
cure-none = 不可改变
amount-line = { $stage }：{ $before } → { $after }，{ $say }
payer = { $party }承担{ $amount }。
assumed = 注意：{ $names }为文本未写明时的假设。
idle-not-computable = { $name }：文本没有写全，不可计算。
idle-unset = { $name }：参数未设定（{ $unset }），不可计算。
idle-not-in-force = { $name }：当日不在有效期内。

column-award = 奖补
column-condition = 条件
column-clause = 依据
column-truth = 判断
column-actual = 实际
column-required = 要求
column-gap = 相差
column-missing = 缺少
