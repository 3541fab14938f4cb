# What the command line says in English. The same ids stand in zh.ftl.

progress-import = Reading files
progress-count = Counting documents
progress-synth = Making up rows

pack-checked =
    { $records } records, { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }

import-created = Snapshot { $snapshot }: { $kept } documents kept of { $read } read; { $duplicates } duplicates, { $rejected } rejected
import-list-created = Snapshot { $snapshot }: { $kept } rows kept of { $read } read; { $joined } join an earlier row, { $duplicates } duplicates, { $rejected } rejected, { $warned } with a warning
import-already = These files are here already, in snapshot { $snapshot }; nothing was read
import-nothing = Nothing new: { $read } read, { $duplicates } duplicates, { $rejected } rejected; no snapshot was written
import-resumed = { $files } files had been read by an earlier, interrupted import
import-rejects = Rejected because: { $reasons }
import-folder = Reasons are in the CSV files (rejects, duplicates, warnings) in { $folder }
list-empty = No snapshots yet. Import files with `linghang evidence import`
list-interrupted = An import was interrupted: { $folder }. Run the same import again to go on
export-done = { $count } documents written
synth-written = { $table }: { $rows } rows in snapshot { $snapshot }
synth-already = { $table }: { $rows } rows are there already, in snapshot { $snapshot }
synth-replaces = There was a made-up city already, { $snapshot }; from now on commands read the new one alone, the old snapshot stays
synth-label = Synthetic: made-up enterprises, no real ones; every row says so
table-enterprises = Enterprise
table-enterprise-years = Figures by year
table-deals = Deals
table-payments = Payments
synthetic = synthetic (made up)

head-snapshot = snapshot
head-format = format
head-documents = documents
head-table = table
head-source = source
head-rows = rows
head-rejected = rejected
head-from = from
head-to = to
head-rank = #
head-term = term
head-score = score
head-window = docs
head-curve = share, last 12 years
head-stage = stage
head-onset = onset
head-track = track
head-topic = topic
head-terms = terms
head-keywords = leading terms
head-signal = signal
head-lift = lift
head-value = measured
head-contribution = adds
head-meaning = what it measures
list-separator = {", "}

stage-weak-signal = weak signal
stage-take-off = take-off
stage-growth = growth
stage-mature = mature
stage-decline = decline
stage-undetermined = undetermined

signal-z3 = growth of its share over three years, in standard errors
signal-nz5 = five-year growth of the terms beside it
signal-nh = growth of those terms in the last half-year
signal-ar = distinct authors a document
signal-xz5 = growth of the same term outside this corpus
signal-xl = use outside this corpus (log documents)

flag-unattended = unattended (high score, few documents, hardly in policy and news)
flag-split-signal = split signal (own growth and that of its neighbours disagree)
flag-expert-gap = experts and score disagree
flag-source-split = sources disagree (onset in science but not in patents or projects, or the reverse)
flag-broad-authorship = broad authorship
flag-new = new

term-and-other = { $term } ({ $other })
scan-corpus = { $corpus }, { $from }–{ $to }: { $documents } documents, { $candidates } terms scored
scan-insufficient = Too few documents to score this corpus (250 in the window and 5 in each of the last five years are needed)
scan-no-pack = No pack is named, so no tracks are assigned; name one with --pack
scan-topics = Topics: { $count }
scan-x-unknown = X candidates: without a pack there are no tracks, so nobody can say what lies outside them; name one with --pack
scan-x = X candidates (stand out and belong to no track): { $count }
x-line = { $label }: score { $score }; nearest track { $track } at { $similarity }; still open: { $open }
x-no-track = none
x-city-fit = fit to the city (location quotient): { $quotient }
x-single-source-kind = this corpus holds only one kind of source
x-city-fit-unknown = fit to the city is unknown
x-city-fit-low = the city has less of it than the country

explain-hidden = Lists leave this term out: `{ $reason }` ({ $why }). It keeps its score, since it tells about the terms beside it. To list it all the same, name it under `always_kept` in the pack's scan.toml.
explain-head = { $term } in { $corpus }, { $from }–{ $to }: rank { $rank } of { $candidates }, score { $score }, higher than { $percentile } % of all terms scored
explain-sum = sum
explain-chart = Share of documents a year (full height = { $largest })
explain-stage = Maturity stage: { $stage }
explain-onset-from-nothing = Growing since its first document, { $year }; there was nothing before, so this is no turn from a level (fifth document: { $fifth }; p = { $p }, false discoveries held at 10 %)
explain-onset = Growth began in { $year } (between { $low } and { $high }; p = { $p }, false discoveries held at 10 %)
explain-no-onset = No onset that stands the test for false discoveries (p = { $p })
explain-inflection = Inflection passed in { $year } (± { $sd } years); levelling off near { $share } of documents
explain-no-inflection = The inflection cannot be identified yet; no saturation can be stated
explain-forecast = Expected share in the next three years: { $share } ({ $low } to { $high }); such intervals held in { $coverage } of past cases
explain-tracks = Tracks: { $tracks }
explain-flags = Flags: { $flags }
explain-flags-unknown = Flags that cannot be decided from this evidence: { $flags }
explain-documents = Documents behind it, newest first:
explain-no-documents = These are figures without documents: import the documents to see which ones stand behind the score

backtest-units = Units measured: { $units }; skipped: { $skipped }
skipped-few-documents = too few documents (250 in the window, 5 in each of the last five years)
skipped-few-candidates = fewer than 200 terms to rank
skipped-few-positives = fewer than 20 terms that grew
skipped-no-future = the three years after are not over in this evidence
backtest-base = Choosing blindly would reach P@50 = { $base } (lift 1). Intervals are 95 % bootstrap intervals over units and candidates
backtest-topics = Topics in { $cuts ->
    [one] one test
   *[other] { $cuts } tests
} on the past: of the fifth with the highest scores { $precision } were among the fastest-growing quarter (by chance { $base }); rank correlation of score and growth { $spearman }

states-removed = Older counts removed: { $files }

figures-written = { $file }: { $terms } terms at the date of the table, { $bytes } bytes
report-written = { $page } ({ $files } files, { $bytes } bytes)

demo-imported = Figures imported from { $file }
demo-head = What stands out, seen from { $as-of } (public arXiv metadata, figures only)
demo-next =
    The report is at { $page }: open it in a browser.
    Next:
      { $program } scan explain "deep learning"      take one score apart
      { $program } scan run --top 30                  terms, topics, X candidates
      { $program } scan backtest                      how well such scores did in the past
      { $program } evidence import FILE --format …    your own documents (see docs/guide/evidence.md)

progress-enterprises = Reading enterprises
enterprises-made-up-left-out = The home folder has real lists and a made-up city: only the real lists are used
rules-synthetic = [synthetic] The enterprises below are made up; results are for trying things out
rules-written = Written: { $file }
rules-checked =
    { $awards ->
        [one] 1 award
       *[other] { $awards } awards
    }, rules of { $days ->
        [one] 1 day
       *[other] { $days } days
    } checked: { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }
rules-tested = { $cases } cases, { $failed } failed; { $untried ->
        [one] 1 rule
       *[other] { $untried } rules
    } without a case
rules-case-failed = { $file }, case { $number } "{ $name }"
rules-case-difference = { $rule }, { $what }: expected { $expected }, found { $found }
rules-untried = Rules without a case: { $list }
rules-boundaries = Boundary cases: { $cases } made from { $comparisons } comparisons ({ $covered } with below, at, above and missing) and { $edges } edges of tables, { $faults } wrong
rules-boundary-fault = Boundary of { $at }: { $side } of { $fact } comes out otherwise than when computed step by step
rules-boundary-absent = Boundary of { $at }: no value found at which it turns
side-below = the value just below
side-at = the value at the limit
side-above = the value just above
side-missing = a missing value
rules-mutating = Bending every rule and running the cases
rules-mutated = { $tried } mistakes made, { $killed } noticed by a case ({ $share }){ $equivalent ->
    [0] {""}
    [one] ; 1 more is proved to change nothing
   *[other] ; { $equivalent } more are proved to change nothing
}
rules-ran = { $pack }, { $as-of }: { $enterprises } enterprises, { $awards } awards, { $paid } to pay
rules-none = No award can be computed on this day; name another one with --as-of
rules-absent = No table has a column for these facts, so they are missing for everybody: { $facts }
rules-unfit = The columns of these facts have another type, so they are missing for everybody: { $facts }
rules-conflicts = Facts on which two sources differ, taken as unknown: { $count }; --json lists them
rules-strangers = Rows whose enterprise is not in the table of enterprises, not used: { $count }
rules-enterprise = { $name } ({ $id }), under { $pack }, { $as-of }
idle-not-in-force = not in force on the day
idle-not-computable = the text does not say enough to compute it
idle-unset = parameters not set: { $unset }
decision-not-computed = not computed
case-passed = passed
case-failed = failed
differs-decision = decision
differs-amount = amount
differs-failing = failing conditions
differs-missing = missing facts
differs-cap = binding cap
differs-points = points
differs-stage = stage
step-on = met from { $day }
step-gap = lacks { $gap }
step-with = { $say } ({ $lacks })
flip = { $what }: { $before } → { $after }
flip-amount = amount only
label-unknown = not known
payer-not-named = not named in the clause
rung-current = current
rung-next = next
rung-other = —
rung-no-rules = no rules
way-by-time = { $name }: time alone is enough, from { $day }
way-open = { $name }, the least it takes: { $steps }
way-closed = { $name }: cannot be reached by changing conditions ({ $steps })
watch-info = note
watch-amber = warning
watch-red = urgent
watch-line = [{ $level }] { $say } ({ $clause })
route-line = [fast track] { $say }: opens { $opens } in place of { $instead } ({ $clause })
score-none = The pack has no points table on this day
score-no-stage = stage not known
score-total = { $name } ({ $stage }): { $points } points
score-no-total = { $name } ({ $stage }): no total
score-missing = missing: { $facts }
score-not-computable = the pack says that it cannot be computed
score-no-weight = item { $item } has no weight
score-no-scale = item { $item } has no scale
score-unset = item { $item }: parameter not set: { $parameter }
points-not-known = missing
points-missing = missing, counted as nothing
points-beaten = a better one of its kind counts
money-gross = by the clause
money-item = cap for one claim
money-year = cap for a year
money-lifetime = cap for all time
money-once = once only
money-group = group
money-already-paid = already paid
money-limit = limit of the group
money-exclusion = exclusion
money-ceiling = ceiling of the enterprise
money-pool = pool
money-paid = to pay

title-findings = Findings
title-cases = Cases
title-survivors = Mistakes that no case noticed
title-awards = Awards
title-pools = Pools
title-idle = Awards that are not computed
title-conditions = Conditions
title-decisions = Decisions
title-amounts = Amounts, step by step
title-near-misses = Enterprises that one condition keeps from an award
title-near-counts = How many each condition alone keeps out
title-reform = Before and after
title-texts = What the texts change
title-reform-awards = Awards that are affected
title-groups = By group
title-payers = Who pays
title-movers = Enterprises that gain or lose most
title-rungs = Ladders
title-next-rungs = What the next rungs demand
title-points = Points

head-evidence = evidence
head-severity = severity
head-file = file
head-line = line
head-code = code
head-finding = finding
head-hint = hint
head-case = case
head-result = result
head-rule = rule
head-what = what
head-expected = expected
head-found = found
head-place = place
head-written = as written
head-bent = as bent
head-award = award
head-id = id
head-yes = yes
head-no = no
head-unknown = unknown
head-review = review
head-broken = broken
head-gross = gross
head-paid = to pay
head-pool = pool
head-available = available
head-claims = claims
head-demand = claimed
head-reduced = reduced
head-waiting = waiting
head-why = why
head-condition = condition
head-clause = clause
head-truth = met
head-actual = actual
head-required = required
head-gap = gap
head-missing = missing (holder)
head-origin = source and day
head-decision = decision
head-at-stake = at stake
head-before = before
head-after = after
head-code-or-id = credit code
head-enterprise = enterprise
head-lacks = lacks
head-cure = how it can change
head-enterprises = enterprises
head-gained = gain
head-gained-money = gained
head-lost = lose
head-lost-money = lost
head-new = new
head-no-longer = no longer
head-paid-before = paid before
head-paid-after = paid after
head-yes-before = yes before
head-yes-after = yes after
head-unknown-before = unknown before
head-unknown-after = unknown after
head-demand-before = claimed before
head-demand-after = claimed after
head-reduced-before = reduced before
head-reduced-after = reduced after
head-payer = payer
head-flips = conditions that turned
head-ladder = ladder
head-rung = rung
head-status = status
head-here = here
head-held = held
head-version = version
head-points-table = points table
head-class = class
head-item = item
head-weight = weight
head-share = reached
head-points = points
head-note = note

demo-city = A city for the demo: { $enterprises } made-up enterprises (synthetic), policy of { $pack }, { $as-of }
demo-no-city = The example pack packs/example is not here; the programmes are left out
demo-explained = Why: one award to one enterprise
demo-explained-other = The same in Chinese, as an enterprise would read it
demo-reform = A reform that might be: { $change }
demo-rules-next =
    { $program } rules run --as-of 2026-06-30      every award over everybody
    { $program } rules explain { $code } --as-of 2026-06-30      everything about this enterprise
