# The report in English. Same ids and places as zh.ftl.

page-title = Horizon scan, as of { $day }
skip = Skip to the content
nav-name = Sections
nav-stands-out = What stands out
nav-radar = Radar
nav-terms = Terms
nav-topics = Topics
nav-candidates = X candidates
nav-limits = Limits
nav-backtest = Back-test
nav-method = Method
switch-theme = Dark
print = Print
footer = Made by Linghang. Every figure on this page can be computed again from the evidence, the pack and the date named at its head.

kicker = Future industries · horizon scan
headline = What is emerging
headline-date = as of { $day }
subline = Read from { $corpora }. Figures speak from the point of view of { $day }; nothing later was used.
synthetic = SYNTHETIC
synthetic-note = This report holds made-up evidence ({ $ids }). It shows how the report looks and says nothing about the world.
tile-documents = documents in the window
tile-candidates = terms scored
tile-topics = topics
tile-x = X candidates
provenance = Evidence, pack and date
evidence = Evidence
records = { $count } records
pack = Pack
as-of = As of
program = Program

section-stands-out = What stands out
section-radar = Radar of topics by track
section-terms = Top terms
section-topics = Topics
section-candidates = X candidates
section-limits = What cannot be said
section-backtest = The back-test beside the predictions
section-method = Method, glossary and files
no-score = No scores for { $corpus }: { $reason }.
no-topics = No topic was found in this corpus.
no-terms = No term passed the filters in this corpus.
no-candidates = No topic outside the tracks stands out enough to be proposed.
none-here = none
no-track = No track (X)

and-others = { $names } and others
finding-in-corpus = { $corpus }: { $text }
finding-none = The evidence is not enough for any statement about what is emerging. The section on limits says why.
finding-leader = “{ $name }” has the strongest signal of { $candidates } terms scored, carried by { $drivers }; { $documents } documents in { $from }–{ $to }.
finding-newcomers = { $count ->
    [one] One of the { $total } best terms is new: its fifth document appeared in { $from } or later. It is { $names }.
   *[other] { $count } of the { $total } best terms are new: their fifth document appeared in { $from } or later. Among them: { $names }.
}
finding-onsets = { $count ->
    [one] One term turned to growth in { $from } or later, beyond chance: “{ $name }” in { $year }, since then { $pace }.
   *[other] { $count } terms turned to growth in { $from } or later, beyond chance. The steepest is “{ $name }”: since { $year } { $pace }.
}
pace-percent = about { $growth }% more a year
pace-times = from next to nothing, about { $growth } times as much each year
finding-tracks = { $count } of { $total } topics belong to a track, most of them ({ $most }) to { $fullest }. The strongest is “{ $best }” ({ $track }; stage: { $stage }).
finding-singularities = { $count ->
    [one] One topic has passed the technology tipping point (技术奇点) in the last three years: { $names }.
   *[other] { $count } topics have passed the technology tipping point (技术奇点) in the last three years: { $names }.
}
finding-candidates = { $count ->
    [one] One coherent topic belongs to no track and stands out: { $names }.
   *[other] { $count } coherent topics belong to no track and stand out: { $names }.
} { $complete ->
    [0] None can be proposed as an X track yet; conditions are still open.
    [one] One fulfils every condition of a proposal.
   *[other] { $complete } fulfil every condition of a proposal.
}
finding-gaps = No emerging topic or term was found for { $names }. That may be the evidence and need not be the field.
finding-unattended = { $count ->
    [one] One strong but little-attended signal deserves a second look: { $names }.
   *[other] { $count } strong but little-attended signals deserve a second look: { $names }.
}
finding-decline = In decline: { $topics ->
    [0] { $terms ->
        [one] one
       *[other] { $terms }
    } of the best terms
   *[other] { $topics ->
        [one] one topic
       *[other] { $topics } topics
    }{ $terms ->
        [0] {""}
        [one] {" "}and one of the best terms
       *[other] {" "}and { $terms } of the best terms
    }
}: { $names }.
finding-inflections = The inflection of the life cycle is identified for { $count } of { $total } terms ({ $names }); for the others it cannot be identified yet.
finding-backtest = How far to trust this: in { $units } tests on the past, of 50 terms named on average { $hits } were later among the fastest-growing tenth; chance would give { $chance }.

radar-lead = Each dot is a topic. Ripe topics lie near the centre, first signals on the outer rings; what lies on the outermost ring is falling or undetermined. The numbers lead to the list below.
radar-cut = The { $most } best topics are drawn; the table of topics holds all.
radar-list = The topics of the radar
radar-sentence = { $count } topics by track: { $sectors }.
ring-mature = Mature
ring-growth = Growth
ring-take_off = Take-off
ring-weak_signal = Weak signal
ring-open = Open
mark-track = topic of a track
mark-candidate = X candidate
mark-open = no track
mark-size = Larger: higher score
stage-weak_signal = weak signal
stage-take_off = take-off
stage-growth = growth
stage-mature = mature
stage-decline = decline
stage-undetermined = undetermined

head-number = Number
head-rank = Rank
head-term = Term
head-topic = Topic
head-percentile = Percentile
head-score = Score
head-curve = Share of documents
head-stage = Stage
head-onset = Onset
head-track = Track
head-documents = Documents
head-signal = Signal
head-value = Measured
head-contribution = Adds
head-year = Year
head-share = Share
head-coherence = Coherence
head-why-track = Track and why
head-tipping = Tipping points
head-actors = Key actors
head-corpus = Corpus
head-cut = Cut
head-candidates = Candidates
head-positives = True growers
head-difference = Difference
head-verdict = Reading
head-lift-range = Lift, 95% interval

terms-lead = The { $count } best of { $candidates } terms scored on { $from }–{ $to }. The score is the sum of six contributions, each a number of standard deviations above or below the other terms. Open a term to see it taken apart.
curve-key = Curve: share of all documents a year. Shaded: the three years that were scored. Triangle: onset of growth, where it is beyond chance. Dashed box: expected mean share of the next three years with its 80% interval.
filter = Track
filter-all = All
rows-shown = terms shown
parts-sentence = Score { $score }: { $parts }.
curve-none = No yearly counts are known.
curve-sentence = Share of documents { $first } in { $first_year }, { $last } in { $last_year }.
curve-onset = Growth since { $year }.
curve-forecast = Expected over the next three years: { $value } ({ $low } to { $high }).
contributions = The score taken apart
fifth-document = The fifth document appeared in { $year }.
onset-untested = Onset of growth: not tested.
onset-none = Onset of growth: none beyond chance (p = { $p }).
onset-from-nothing = Growing since its first document in { $year } (fifth document: { $fifth }), about { $growth }% a year; nothing came before, so there was no level to turn from; p = { $p }, kept under false-discovery control at 10%.
onset-found = Onset of growth { $year } (between { $low } and { $high }), since then about { $growth }% a year; p = { $p }, kept under false-discovery control at 10%.
inflection-found = Inflection identified: { $model } curve, { $year } ± { $sd }; saturation near { $saturation } of all documents.
inflection-open = The inflection cannot be identified yet: { $reasons }.
fits = Weights of the fitted curves:{" "}
burst-alive = Burst since { $from }, still alive in { $to }.
burst-past = Burst from { $from } to { $to }.
flags = Non-consensus flags:{" "}
documents = Documents
documents-none = Only counts are known for this evidence; there are no documents to list.
reason-no_s_curve_advantage = an S-curve explains the data no better than simpler curves
reason-inflection_not_past = the fitted inflection is not at least two years past
reason-inflection_uncertain = its date is uncertain by more than two years
reason-series_too_short = the series is too short
reason-rose_and_fell = the share rose and fell again
reason-insufficient_evidence = too few documents
model-constant = constant
model-exponential = exponential
model-logistic = logistic
model-gompertz = Gompertz
model-hump = rise and fall
flags-unknown = Flags that cannot be decided from this evidence:{" "}
stands-for = Stands for { $long }
acronym-of = Also written { $short }
topic-city-fit = Fit to the city (location quotient) { $quotient }
lag-stable = { $follower } follows { $leader } by { $years } years ({ $low } to { $high })
lag-unstable = { $leader } and { $follower }: no stable lag
flag-unattended = unattended
flag-split_signal = split signal
flag-expert_gap = expert and model disagree
flag-source_split = sources disagree
flag-broad_authorship = broad authorship
flag-new = new

topics-lead = Terms that occur together form a topic. Its score is the mean of its five best terms; coherence is the share of its links that stay inside.
topic-documents = { $count } documents in the window
nearest = nearest:
named-seeds = names:{" "}
vetoed-by = ruled out by:{" "}
tip-singularity = Technology (奇点):
tip-ignition = Market (引爆点):
tip-passed = passed
tip-not-passed = not passed
tip-unknown = unknown
actors-unknown = not known
actor-person = person
actor-organisation = organisation
actor-place = place
kind-paper = papers
kind-patent = patents
kind-news = news
kind-policy = policy
kind-project = projects
kind-funding = funding
changes = Changes since the previous run
change-birth = New
change-death = Gone
change-split = Split
change-merge = Merged
candidates-lead = “6+X” leaves a place for what is not on the list. These topics hold together, stand out and belong to no track. A proposal needs every condition; what is still open is named.
candidate-score = Score { $score }, among the best tenth of topics
candidate-distance = Nearest track: { $track }, similarity { $similarity } (a track needs 0.25)
candidate-alone = Similar to no track
candidate-fit = Local share against the national share (location quotient): { $quotient }
candidate-kinds = Carried by:{" "}
candidate-complete = Every condition of a proposal holds.
candidate-open = Still open:{" "}
condition-single_source_kind = only one kind of source carries it
condition-city_fit_unknown = fit with the city is unknown for want of local data
condition-city_fit_low = little of it is done in the city

limits-lead = A careful reader needs these sentences as much as the findings.
limit-data-end = The data end on { $day }. Nothing that happened later is in this report, and it must not be read as the state of today.
limit-no-score = { $corpus } has { $documents } documents in the window: { $reason }. It gets no scores.
limit-single-source = Only one kind of source was read ({ $kind }). Whether a market has ignited (引爆点) cannot be said: that takes two kinds, one of them outside science.
limit-figures-only = Only counts were read, not documents. Findings cannot be followed to single documents, actors or places.
limit-city-fit = No local data was read. Whether a topic fits the city, and who works on it here, is unknown.
limit-inflections = For { $count } of { $total } fitted terms the inflection cannot be identified yet, and no saturation level is given for them.
limit-forecast = Forecasts are rough: in the back-test half of them were off by more than a factor of { $factor }, and the intervals that should hold in 80% of cases held in { $coverage }.
limit-forecast-unchecked = The forecast intervals were not checked by a back-test in this report.
limit-no-backtest = No back-test is attached. How reliable these statements are is not shown here.
limit-field = Reliability depends on the field: against chance the score reached { $best_lift } times in { $best } at { $best_cut }, but { $worst_lift } times in { $worst } at { $worst_cut }.
limit-rejected = { $count } phrases were set aside by filters as too common, too rare or not technology-like. A technology may be among them; an expert can put it back.

backtest-none = No back-test could be made: no past date had enough documents with three full years after it.
backtest-lead = How to read it: in { $units } tests on the past, of 50 terms named on average { $hits } were among the fastest-growing tenth in the following three years; chance would give { $chance }.
backtest-how = Each test stands at the end of a past year, sees only what was known then, ranks the terms, and is judged by the three years that followed.
means-caption = All signals, means over the tests with 95% intervals
metric-p50 = Right among first 50
metric-ndcg100 = nDCG@100
metric-lift = Lift
metric-ap = AP
by-chance = By chance
cuts-title = Share of true growers among the first 50 terms, by the year in which the test stands
cuts-sentence = From the first cut to the last: { $ends }.
differences = LH-6 against the other signals
differences-note = Paired over the same tests. If the interval holds zero, the difference is not proven.
verdict-better = better
verdict-worse = worse
verdict-open = not proven
forecast-check = Forecasts of the share: half were off by no more than a factor of { $factor }; the 80% interval held in { $coverage } of cases.
failures = Where it failed
failure-worst = Worst test: { $corpus } at { $cut }. Of 50 terms named { $hits } were right; chance would give { $chance }.
failure-counts = In { $chance } of { $units } tests LH-6 was no better than chance, and in { $behind } it was behind plain growth (z3).
units-all = All { $units } tests
units-skipped = { $count } further tests were asked for but do not count: too few documents, candidates or growers, or no years to judge by.

topic-test = The topics of the radar, tested on the past
topic-test-none = The ranking of topics could not be tested: no past date had enough documents, at least four topics and three full years after it.
topic-test-lead = In { $cuts ->
    [one] one test
   *[other] { $cuts } tests
} on the past, of the fifth of topics ranked highest { $hits } in 100 were later among the fastest-growing quarter; chance would give { $chance }.
topic-test-better = So a large dot on the radar is worth a look, and no more: { $misses } in 100 such topics did not grow that fast. { $behind ->
    [0] In every test the ranking was better than chance.
    [one] In one of { $cuts } tests the ranking was no better than chance.
   *[other] In { $behind } of { $cuts } tests the ranking was no better than chance.
}
topic-test-useless = So the ranking of topics told nothing about their growth: read the radar as a map of what is there, not of what will come.
topic-test-how = The topics of a past date are found from what was known then. The growth of a topic is the share of documents with its terms in the three years after, against the three years before. Rank correlation is 1 when the order of scores is the order of growth, and 0 when they have nothing to do with each other. Tests of one corpus overlap in time, so they are fewer than they look.
topic-hint = Tested on the past: of the fifth of topics ranked highest, { $hits } in 100 were later among the fastest-growing quarter (by chance: { $chance }).
topic-hint-none = How well the ranking of topics tells growth was not measured here.
topic-hint-link = How topics were tested
metric-spearman = Rank correlation
metric-precision-top20 = Right in the top fifth
mean = Mean

short-lh6 = LH-6
short-z3 = z3
short-escore = EScore
signal-lh6 = LH-6 (sum of the six)
signal-lh6_shown = LH-6 as listed (general words last)
signal-lh6_no_background = LH-6 without the elsewhere signals
signal-escore_filtered = EScore with its filters
signal-half_growth = last half-year growth
signal-z3 = own growth, 3 years
signal-nz5 = growth of neighbours
signal-nh = neighbours in the last half-year
signal-ar = breadth of authors
signal-xz5 = growth elsewhere
signal-xl = presence elsewhere
signal-z5 = own growth, 5 years
signal-escore = EScore (baseline only)
signal-macd = MACD histogram
signal-kleinberg = Kleinberg burst weight
signal-frequency = raw frequency
signal-growth = last-year growth
signal-slope = linear slope of share
signal-random = random

method-count = Phrases are counted by year and half-year in titles and abstracts; filters keep what behaves like the name of a technology.
method-score = LH-6 adds six contributions with equal weight and no training. Each is measured against the other terms of the same corpus and clipped at ±3.
method-curve = Onset of growth is tested against chance with false-discovery control. Life-cycle curves are fitted, and an inflection is named only if three conditions hold.
method-topics = Terms that occur together are grouped. A topic belongs to a track if its similarity reaches 0.25 and leads by 0.05.
method-proof = The same procedure is run on the past and judged by what came after.
glossary = Glossary
term-lh6 = LH-6
means-lh6 = The emergence score: the sum of the six contributions below.
term-percentile = Percentile
means-percentile = Share of scored terms (or topics) that score lower.
term-z3 = Own growth, 3 years (z3)
means-z3 = Growth of the term's share over three years, divided by its uncertainty.
term-nz5 = Growth of neighbours (nz5)
means-nz5 = Five-year growth of the terms that occur in the same documents.
term-nh = Neighbours, last half-year (nh)
means-nh = How the closest neighbours did in the last half-year against the five before.
term-ar = Breadth of authors (ar)
means-ar = Different authors for each document with the term.
term-xz5 = Growth elsewhere (xz5)
means-xz5 = Five-year growth of the same term in all other corpora.
term-xl = Presence elsewhere (xl)
means-xl = How many documents of other corpora hold the term, on a logarithmic scale.
term-onset = Onset
means-onset = The year in which a level share turned to growth, if chance is an unlikely explanation.
term-stage = Stage
means-stage = Weak signal, take-off, growth, mature or decline, by fixed rules; undetermined where no rule applies.
term-coherence = Coherence
means-coherence = Share of a topic's links that stay inside the topic, from 0 to 1.
term-candidate = X candidate
means-candidate = A coherent topic among the best tenth that is similar to no track.
files = Files beside this page
files-note = Every table of this page, for spreadsheets and programs. “columns” explains each column in Chinese and English.

column-corpus = name of the corpus
column-rank = rank, 1 is the best
column-term = the term as normalised
column-translation = the same concept in the other language
column-long_form = what an acronym stands for
column-acronym = the acronym of the term
column-percentile = share of candidates that score lower, 0 to 100
column-score = LH-6, or for a topic the mean of its five best terms
column-window_documents = documents with the term in the window
column-fifth_document_year = year in which the fifth document appeared
column-stage = stage of maturity (code)
column-onset_year = year of the onset of growth
column-onset_low = first year of its interval
column-onset_high = last year of its interval
column-onset_slope = growth after the onset, natural logarithm per year
column-onset_p = p-value of the onset
column-onset_significant = whether it survives the false-discovery control
column-inflection = identified inflection, as a fractional year
column-inflection_reasons = why no inflection is identified (codes)
column-forecast_share = expected mean share of the next three years
column-forecast_low = lower end of the interval
column-forecast_high = upper end of the interval
column-burst_from = first year of the strongest burst
column-burst_to = last year of the strongest burst
column-tracks = tracks, best first (ids)
column-topic = id of the topic
column-flags_unknown = flags that cannot be decided (codes)
column-flags = non-consensus flags (codes)
column-documents = ids of the documents, newest first
column-signal = signal (code)
column-signal_value = measured value of the signal
column-contribution = what it adds to the score
column-year = year of the count
column-count = documents with the term
column-total = all documents of the corpus
column-label = label of the topic
column-label_zh = label in Chinese
column-keywords = three terms with the highest score
column-terms = all terms of the topic
column-topic_documents = documents in the window that hold at least two terms
column-coherence = share of links that stay inside, 0 to 1
column-nearest_track = nearest track (id)
column-nearest_similarity = similarity to it, 0 to 1
column-source_kinds = kinds of documents
column-city_fit = local over national share (location quotient)
column-technology_singularity = technology tipping point passed; empty: unknown
column-market_ignition = market tipping point passed; empty: unknown
column-actors = key actors, largest first
column-is_complete = whether every condition of a proposal holds
column-open_conditions = conditions still open (codes)
column-cut = last year that the test could see
column-candidates = number of terms ranked
column-positives = number of terms that later were true growers
column-base = what chance would reach: positives / candidates, or of topics the share of top growers
column-p50 = share of true growers among the first 50
column-ndcg100 = nDCG of the first 100
column-lift = p50 / base
column-ap = average precision
column-metric = metric (code)
column-value = mean
column-low = lower end of the 95% interval
column-high = upper end of the 95% interval
column-other = the signal it is compared with
column-topics = number of topics
column-spearman = rank correlation of score and later growth, −1 to 1
column-precision_top20 = share of top growers (best quarter) among the fifth of topics ranked highest
