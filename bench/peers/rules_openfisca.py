"""Runs the twelve rules of RB-12 with OpenFisca: the second peer of the rules engine.

Usage: python3 rules_openfisca.py TABLE.parquet REPEAT   (pip install openfisca-core pyarrow)
OpenFisca computes vectors for everybody in one thread, in 32-bit floats; a missing input is its default, so there are
no unknown cases and totals are off by rounding. Prints one JSON object.
"""

import json
import resource
import statistics
import sys
import time

import numpy as np
import pyarrow.parquet as pq
from importlib.metadata import version
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

ENTITY = build_entity(key="enterprise", plural="enterprises", label="Enterprise", is_person=True)
MONEY = [
    "rev1", "rev2", "rd1", "rd2", "ht_rev", "hte_cum", "invest", "equip", "equip_ytd", "tt_volume", "plat_invest",
    "bio_cost", "loan", "loss",
]
CODES = ["industry", "size", "srdi_year", "giant_year", "bio_stage", "comp_rank", "inc_code", "plat_code", "hte_days"]
RD, HT = (lambda f: f("rd1") / f("rev1")), (lambda f: f("ht_rev") / f("rev1"))
RULES = {
    1: (lambda f: f("srdi_year") == 2025, lambda f: 200_000.0),
    2: (lambda f: f("giant_year") == 2025, lambda f: 1_000_000.0),
    3: (
        lambda f: (f("rd1") >= 1e6) & (RD(f) >= 0.03) & (f("rd2") > 0) & (f("rd1") > 1.05 * f("rd2")),
        lambda f: np.minimum(2e6, (f("rd1") - f("rd2")) * np.where(f("size") <= 1, 0.10, 0.05)),
    ),
    4: (
        lambda f: (f("hte_days") >= 20269) & (f("hte_cum") < 1e6) & (HT(f) >= 0.6)
        & (RD(f) >= np.where(f("rev1") <= 5e7, 0.05, np.where(f("rev1") <= 2e8, 0.04, 0.03))),
        lambda f: np.minimum(200_000.0, 1e6 - f("hte_cum")),
    ),
    5: (lambda f: f("invest") >= 1e6, lambda f: np.minimum(0.15 * f("invest"), 5e6)),
    6: (
        lambda f: (f("equip") > 0) & np.isin(f("industry"), (1, 2, 3, 4, 7)),
        lambda f: np.maximum(0, np.minimum(0.2 * f("equip"), 1e7 - f("equip_ytd"))),
    ),
    7: (lambda f: f("inc_code") >= 1, lambda f: np.where(f("inc_code") == 2, 2e6, 1e6)),
    8: (lambda f: f("tt_volume") >= 5e6, lambda f: np.minimum(0.02 * f("tt_volume"), 500_000.0)),
    9: (
        lambda f: (f("plat_code") >= 1) & (f("rev1") >= 2e7),
        lambda f: np.minimum(0.3 * f("plat_invest"), np.where(f("plat_code") == 2, 5e6, 2e6)),
    ),
    10: (
        lambda f: (f("industry") == 5) & (f("bio_stage") >= 1),
        lambda f: np.minimum(0.4 * f("bio_cost"), np.choose(np.clip(f("bio_stage"), 1, 3) - 1, (5e6, 1e7, 3e7))),
    ),
    11: (
        lambda f: (f("comp_rank") >= 1) & (f("comp_rank") <= 3),
        lambda f: np.choose(np.clip(f("comp_rank"), 1, 3) - 1, (500_000.0, 300_000.0, 100_000.0)),
    ),
    12: (
        lambda f: (f("loan") > 0) & (f("fee_rate") <= 0.01) & (f("loss") > 0) & (f("size") <= 1),
        lambda f: np.minimum(0.4 * f("loss"), 2e6),
    ),
}


def columns(path: str) -> dict[str, np.ndarray]:
    """The columns of the table, closed-world gaps filled, labels as codes, money in CNY."""
    table = pq.read_table(path)
    whole = lambda name: table[name].cast("int64").fill_null(0).to_numpy().astype(np.int32)
    unit = 100.0 if str(table.schema.field("rev1").type) == "int64" else 1.0
    result = {name: table[name].to_numpy() / unit for name in MONEY}
    result |= {name: whole(name) for name in CODES[:6]}
    code = lambda name, labels: np.array([labels.get(label, 0) for label in table[name].to_pylist()], dtype=np.int32)
    result["inc_code"] = code("inc_grade", {"excellent": 2, "good": 1})
    result["plat_code"] = code("plat_level", {"national": 2, "provincial": 1})
    result["hte_days"] = table["hte_until"].cast("int32").fill_null(0).to_numpy()
    # A missing rate or flag must not pay: OpenFisca has no unknown, so the table says the worse.
    result["fee_rate"] = table["fee_rate"].fill_null(1.0).to_numpy()
    result["gate"] = ~table["dishonest"].fill_null(True).to_numpy() & ~table["accident"].to_numpy()
    return result


def input_variable(name: str, kind: type) -> type:
    return type(name, (Variable,), {"value_type": kind, "entity": ENTITY, "definition_period": DateUnit.YEAR})


def rule_variable(number: int, condition, amount) -> type:
    def formula(enterprise, period):
        fact = lambda name: enterprise(name, period)
        return np.where(condition(fact) & fact("gate"), amount(fact), 0.0)

    attributes = {"value_type": float, "entity": ENTITY, "definition_period": DateUnit.YEAR, "formula": formula}
    return type(f"rule_{number}", (Variable,), attributes)


def main() -> None:
    table, repeat = columns(sys.argv[1]), int(sys.argv[2])
    system = TaxBenefitSystem([ENTITY])
    for name, values in table.items():
        kind = bool if values.dtype == bool else int if values.dtype.kind == "i" else float
        system.add_variable(input_variable(name, kind))
    for number, (condition, amount) in RULES.items():
        system.add_variable(rule_variable(number, condition, amount))
    count = len(table["rev1"])
    seconds, loads, results = [], [], {}
    for _ in range(repeat):
        start = time.perf_counter()
        simulation = SimulationBuilder().build_default_simulation(system, count=count)
        for name, values in table.items():
            simulation.set_input(name, "2025", values)
        loaded = time.perf_counter()
        results = {number: simulation.calculate(f"rule_{number}", "2025") for number in RULES}
        seconds.append(time.perf_counter() - loaded)
        loads.append(loaded - start)
    print(json.dumps({
        "engine": "openfisca",
        "version": version("openfisca-core"),
        "threads": 1,
        "seconds": statistics.median(seconds),
        "load_s": statistics.median(loads),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        "rules": [
            {
                "rule": number,
                "yes": int(np.count_nonzero(amounts)),
                "unknown": None,
                "total_fen": round(float(amounts.astype(np.float64).sum()) * 100),
            }
            for number, amounts in results.items()
        ],
    }))


main()
