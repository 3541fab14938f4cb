"""Workload RB-12 by hand in numpy: the table, and the twelve rules with their totals.

    python3 bench/peers/rb12.py 100000

Needs numpy only. Written from the formulas in crates/synth/src/rb12.rs and shares no code with it: it is the
independent side of the golden figures in crates/synth/tests. Amounts are summed as whole fen.
"""

import json
import sys

import numpy as np

n = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
row = np.arange(n, dtype=np.uint64) + np.uint64(1)


def u(stream):
    with np.errstate(over="ignore"):
        z = row * np.uint64(0x9E3779B97F4A7C15) + np.uint64(stream * 0xD1B54A32D192ED03 % 2**64)
        z ^= z >> np.uint64(30)
        z *= np.uint64(0xBF58476D1CE4E5B9)
        z ^= z >> np.uint64(27)
        z *= np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-53


def when(condition, value, other=0.0):
    return np.where(condition, value, other)


fl = np.floor
industry = fl(u(2) * 20)
employees = 1 + fl(10 / (1.001 - u(3)))
size = (employees >= 20).astype(int) + (employees >= 100) + (employees >= 400)
rev1 = fl(employees * (100000 + u(5) * 900000))
rd1 = fl(rev1 * u(7) * u(7) * 0.15)
rd2 = fl(rd1 / (0.7 + u(8) * 0.8))
ht_rev = fl(rev1 * u(9))
hte = u(10) < 0.08
hte_until = when(hte, 19723 + fl(u(11) * 1500), -1)
hte_cum = when(hte, fl(u(12) * 6) * 200000)
srdi_year = when(u(13) < 0.03, 2020 + fl(u(14) * 6), -1)
giant_year = when(u(15) < 0.005, 2020 + fl(u(16) * 6), -1)
invest = when(u(17) < 0.02, fl(u(18) * 60e6))
equip = when(u(19) < 0.01, fl(u(20) * 80e6))
equip_ytd = when(u(19) < 0.01, fl(u(21) * 10e6))
excellent = u(22) < 0.001
good = (u(22) < 0.002) & ~excellent
tt_volume = when(u(23) < 0.003, fl(u(24) * 50e6))
national = u(25) < 0.001
provincial = (u(25) < 0.006) & ~national
plat_invest = when(national | provincial, fl(u(26) * 20e6))
bio = (industry == 5) & (u(27) < 0.10)
bio_stage = when(bio, 1 + fl(u(28) * 3))
bio_cost = when(bio, fl(u(29) * 150e6))
comp_rank = when(u(30) < 0.002, 1 + fl(u(31) * 3), -1)
fee_known = (u(32) < 0.05) & ~(u(34) < 0.10)
fee_rate = u(33) * 0.02
loan = when(u(32) < 0.05, fl(u(35) * 10e6))
loss = when((u(32) < 0.05) & (u(36) < 0.05), fl(loan * u(37)))
dishonest = u(38) < 0.01
dishonest_unknown = (u(38) < 0.03) & ~dishonest
accident = u(39) < 0.002

gate = ~dishonest & ~dishonest_unknown & ~accident
gate_maybe = ~dishonest & ~accident
ratio = rd1 / rev1
threshold = when(rev1 <= 5e7, 0.05, when(rev1 <= 2e8, 0.04, 0.03))
fee_sure = fee_known & (fee_rate <= 0.01)
risk = (loan > 0) & (loss > 0) & (size <= 1)
minimum = np.minimum
rules = [
    (srdi_year == 2025, np.full(n, 200_000.0)),
    (giant_year == 2025, np.full(n, 1_000_000.0)),
    (
        (rd1 >= 1e6) & (ratio >= 0.03) & (rd2 > 0) & (rd1 > 1.05 * rd2),
        minimum(2e6, (rd1 - rd2) * when(size <= 1, 0.10, 0.05)),
    ),
    (
        (hte_until >= 20269) & (hte_cum < 1e6) & (ht_rev / rev1 >= 0.6) & (ratio >= threshold),
        minimum(200_000, 1e6 - hte_cum),
    ),
    (invest >= 1e6, minimum(0.15 * invest, 5e6)),
    (
        (equip > 0) & np.isin(industry, [1, 2, 3, 4, 7]),
        np.maximum(0, minimum(0.2 * equip, 1e7 - equip_ytd)),
    ),
    (excellent | good, when(excellent, 2e6, 1e6)),
    (tt_volume >= 5e6, minimum(0.02 * tt_volume, 500_000)),
    (
        (national | provincial) & (rev1 >= 2e7),
        minimum(0.3 * plat_invest, when(national, 5e6, 2e6)),
    ),
    (
        (industry == 5) & (bio_stage >= 1),
        minimum(0.4 * bio_cost, when(bio_stage == 1, 5e6, when(bio_stage == 2, 1e7, 3e7))),
    ),
    (comp_rank >= 1, when(comp_rank == 1, 500_000, when(comp_rank == 2, 300_000, 100_000))),
    (risk & fee_sure, minimum(0.4 * loss, 2e6)),
]
# Which rows could still be "yes" once what is unknown is known.
maybes = [condition for condition, _ in rules]
maybes[11] = risk & (fee_sure | (~fee_known))
found = []
for (condition, amount), maybe in zip(rules, maybes):
    yes = condition & gate
    unknown = maybe & gate_maybe & ~yes
    fen = np.rint(amount[yes] * 100).astype(np.int64)
    found.append({"yes": int(yes.sum()), "unknown": int(unknown.sum()), "total_fen": int(fen.sum())})
print(json.dumps({"rows": n, "numpy": np.__version__, "rules": found}, indent=1))
