# Words of the rules engine.

decision-yes = qualifies
decision-no = does not qualify
decision-unknown = data needed
decision-review = for review
decision-error = broken data

truth-yes = met
truth-no = not met
truth-unknown = not known

fact-yes = yes
fact-no = no

stage-gross = Amount of the clause
stage-item = Cap for one item
stage-year = Cap for a year
stage-lifetime = Cap for all time
stage-once = How often
stage-group = One of a group
stage-already-paid = Less what was paid
stage-limit = Limit of the group
stage-exclusion = Not beside each other
stage-ceiling = Ceiling of the enterprise
stage-pool = Budget pool
stage-paid = To pay

effect-not-set = no rule
effect-stated = unchanged
effect-within = within { $limit }
effect-cut = held to { $limit }
effect-cut-used = held to { $limit }, of which { $used } was used before
effect-beaten = "{ $by }" is given in its place
effect-nothing-paid = nothing was paid before
effect-deducted = { $paid } was paid before
effect-given-before = given in { $period } already
effect-prorated = the pool has { $available } for { $demand } and is shared out as declared
effect-waiting = the pool has { $available } for { $demand }; waits for the next round

head-yes = { $name }: qualifies, { $amount } to pay.
head-yes-open = { $name }: qualifies, { $amount } before the pool is shared out.
head-no = { $name }: does not qualify.
head-unknown = { $name }: data is missing, so there is no decision: neither paid nor refused.
head-review = { $name }: everything that can be computed is met; people decide the rest.
head-error = { $name }: the data of this enterprise is broken and must be checked.
at-stake = It would get { $amount }.
condition-yes = Met: { $say }{ $detail }
condition-no = Not met: { $say }{ $detail }
condition-unknown = Not known: { $say }{ $detail }
detail = {" "}(is { $actual }, must be { $symbol } { $required })
detail-gap = {" "}(is { $actual }, must be { $symbol } { $required }, { $gap } short)
clause = Clause: { $clause }.
missing = "{ $fact }" is missing.
missing-held = "{ $fact }" is missing; { $holder } holds it.
old = "{ $fact }" is too old to pay on without asking.
way-open = What it takes at least, changes: { $count }.
way-blocked = No change of its own leads there:
way-time = Waiting is enough: it qualifies from { $day } on.
way-step = { $say }
way-step-gap = { $say } ({ $gap } short)
way-step-on = { $say } (from { $day } on)
way-step-supply = supply: { $facts }
cure-time = waiting
cure-act = the enterprise can change it
cure-review = a review
cure-none = cannot be changed
amount-line = { $stage }: { $before } → { $after }, { $say }
payer = { $party } pays { $amount }.
assumed = Note: { $names } are assumptions where the text is silent.
idle-not-computable = { $name }: the text does not say enough to compute it.
idle-unset = { $name }: not computable, parameters are not set ({ $unset }).
idle-not-in-force = { $name }: not in force on the day.

column-award = award
column-condition = condition
column-clause = clause
column-truth = truth
column-actual = is
column-required = must be
column-gap = short by
column-missing = missing
