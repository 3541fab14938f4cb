"""Runs the twelve rules of RB-12 with DuckDB: the peer of the rules engine.

Usage: python3 rules_duckdb.py TABLE.parquet THREADS REPEAT   (pip install duckdb)
The table is the one that `linghang-bench rules --write TABLE.parquet` writes. Three measurements: the best SQL found
on prefilled columns in memory (one filter a rule, union all), the same from the file to a written result, and the
unknown cases. Prints one JSON object.
"""

import json
import os
import resource
import statistics
import sys
import tempfile
import time

import duckdb

GATE = "NOT dishonest AND NOT accident"
# Number: (condition, amount in CNY); the gate is added to each condition.
RULES = {
    1: ("srdi_year = 2025", "200000.0"),
    2: ("giant_year = 2025", "1000000.0"),
    3: (
        "rd1 >= 1e6 AND rd1 / rev1 >= 0.03 AND rd2 > 0 AND rd1 > 1.05 * rd2",
        "least(2e6, (rd1 - rd2) * CASE WHEN size <= 1 THEN 0.10::DOUBLE ELSE 0.05::DOUBLE END)",
    ),
    4: (
        "hte_until >= DATE '2025-06-30' AND hte_cum < 1e6 AND ht_rev / rev1 >= 0.6 AND rd1 / rev1 >= "
        "CASE WHEN rev1 <= 5e7 THEN 0.05::DOUBLE WHEN rev1 <= 2e8 THEN 0.04::DOUBLE ELSE 0.03::DOUBLE END",
        "least(200000.0, 1e6 - hte_cum)",
    ),
    5: ("invest >= 1e6", "least(0.15::DOUBLE * invest, 5e6)"),
    6: ("equip > 0 AND industry IN (1, 2, 3, 4, 7)", "greatest(0, least(0.2::DOUBLE * equip, 1e7 - equip_ytd))"),
    7: ("inc_code >= 1", "CASE WHEN inc_code = 2 THEN 2e6 ELSE 1e6 END"),
    8: ("tt_volume >= 5e6", "least(0.02::DOUBLE * tt_volume, 500000.0)"),
    9: (
        "plat_code >= 1 AND rev1 >= 2e7",
        "least(0.3::DOUBLE * plat_invest, CASE WHEN plat_code = 2 THEN 5e6 ELSE 2e6 END)",
    ),
    10: (
        "industry = 5 AND bio_stage >= 1",
        "least(0.4::DOUBLE * bio_cost, CASE bio_stage WHEN 1 THEN 5e6 WHEN 2 THEN 1e7 ELSE 3e7 END)",
    ),
    11: ("comp_rank BETWEEN 1 AND 3", "CASE comp_rank WHEN 1 THEN 500000.0 WHEN 2 THEN 300000.0 ELSE 100000.0 END"),
    12: (
        "loan > 0 AND fee_rate <= 0.01 AND loss > 0 AND size <= 1",
        "least(0.4::DOUBLE * loss, 2e6)",
    ),
}
MONEY = [
    "rev1", "rev2", "rd1", "rd2", "ht_rev", "hte_cum", "invest", "equip", "equip_ytd", "tt_volume", "plat_invest",
    "bio_cost", "loan", "loss",
]


def prefilled(connection: duckdb.DuckDBPyConnection, path: str) -> str:
    """The query that reads the file with closed-world gaps filled and labels as small codes; money in CNY."""
    types = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}
    fen = types["rev1"] == "BIGINT"
    money = ", ".join(f"{name} / 100.0::DOUBLE AS {name}" if fen else name for name in MONEY)
    return f"""
        SELECT id, district, industry, employees, size, {money}, dishonest, accident, bio_stage, fee_rate,
          coalesce(hte_until, DATE '1970-01-01') AS hte_until, coalesce(srdi_year, 0) AS srdi_year,
          coalesce(giant_year, 0) AS giant_year, coalesce(comp_rank, 0) AS comp_rank,
          CASE inc_grade WHEN 'excellent' THEN 2 WHEN 'good' THEN 1 ELSE 0 END AS inc_code,
          CASE plat_level WHEN 'national' THEN 2 WHEN 'provincial' THEN 1 ELSE 0 END AS plat_code
        FROM '{path}'"""


def awards() -> str:
    return " UNION ALL ".join(
        f"SELECT {rule} AS rule, id, {amount} AS amount FROM t WHERE {condition} AND {GATE}"
        for rule, (condition, amount) in RULES.items()
    )


def timed(work, repeat: int) -> float:
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def main() -> None:
    path, threads, repeat = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    connection = duckdb.connect(config={"threads": threads})
    source = prefilled(connection, path)
    connection.execute(f"CREATE TABLE t AS {source}")
    run = f"CREATE OR REPLACE TEMP TABLE awards AS {awards()}"
    seconds = timed(lambda: connection.execute(run), repeat)
    totals = connection.execute("SELECT rule, count(*), round(sum(amount) * 100)::HUGEINT FROM awards GROUP BY rule")
    yes = {rule: (count, int(fen)) for rule, count, fen in totals.fetchall()}
    unknown = {
        rule: connection.execute(f"SELECT count(*) FROM t WHERE ({condition} AND {GATE}) IS NULL").fetchone()[0]
        for rule, (condition, _) in RULES.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "awards.parquet")
        whole = f"COPY (WITH t AS MATERIALIZED ({source}) {awards()}) TO '{target}' (FORMAT parquet)"
        end_to_end = timed(lambda: connection.execute(whole), max(1, repeat // 2))
    print(json.dumps({
        "engine": "duckdb",
        "version": duckdb.__version__,
        "threads": threads,
        "seconds": seconds,
        "end_to_end_s": end_to_end,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        "rules": [
            {"rule": rule, "yes": yes.get(rule, (0, 0))[0], "unknown": unknown[rule], "total_fen": yes.get(rule, (0, 0))[1]}
            for rule in RULES
        ],
    }))


main()
