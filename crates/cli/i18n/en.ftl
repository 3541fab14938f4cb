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
import-folder = Reasons are in the CSV files (rejects, duplicates, warnings) in { $folder }
list-empty = No snapshots yet. Import files with `linghang evidence import`
list-interrupted = An import was interrupted: { $folder }. Run the same import again to go on
export-done = { $count } documents written
synth-written = { $table }: { $rows } rows in snapshot { $snapshot }
synth-already = { $table }: { $rows } rows are there already, in snapshot { $snapshot }
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

scan-corpus = { $corpus }, { $from }–{ $to }: { $documents } documents, { $candidates } terms scored
scan-insufficient = Too few documents to score this corpus (250 in the window and 5 in each of the last five years are needed)
scan-no-pack = No pack is named, so no tracks are assigned; name one with --pack
scan-topics = Topics: { $count }
scan-x = X candidates (stand out and belong to no track): { $count }
x-line = { $label }: score { $score }; nearest track { $track } at { $similarity }; still open: { $open }
x-no-track = none
x-single-source-kind = this corpus holds only one kind of source
x-city-fit-unknown = fit to the city is unknown
x-city-fit-low = the city has less of it than the country

explain-head = { $term } in { $corpus }, { $from }–{ $to }: rank { $rank } of { $candidates }, score { $score }, higher than { $percentile } % of all terms scored
explain-sum = sum
explain-chart = Share of documents a year (full height = { $largest })
explain-stage = Maturity stage: { $stage }
explain-onset = Growth began in { $year } (between { $low } and { $high }; p = { $p }, false discoveries held at 10 %)
explain-no-onset = No onset that stands the test for false discoveries (p = { $p })
explain-inflection = Inflection passed in { $year } (± { $sd } years); levelling off near { $share } of documents
explain-no-inflection = The inflection cannot be identified yet; no saturation can be stated
explain-forecast = Expected share in the next three years: { $share } ({ $low } to { $high }); such intervals held in { $coverage } of past cases
explain-tracks = Tracks: { $tracks }
explain-documents = Documents behind it, newest first:
explain-no-documents = These are figures without documents: import the documents to see which ones stand behind the score

backtest-units = Units measured: { $units }; skipped: { $skipped }
skipped-few-documents = too few documents (250 in the window, 5 in each of the last five years)
skipped-few-candidates = fewer than 200 terms to rank
skipped-few-positives = fewer than 20 terms that grew
skipped-no-future = the three years after are not over in this evidence
backtest-base = Choosing blindly would reach P@50 = { $base } (lift 1). Intervals are 95 % bootstrap intervals over units and candidates

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
