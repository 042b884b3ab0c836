#!/usr/bin/env python3
"""Makes the figures of `docs/src/kazakhstan-policy.md` from runs, as `figures.py` does for other pages.

    python3 docs/figures/policy.py run      solves everything, into runs/policy (some half an hour)
    python3 docs/figures/policy.py write    writes the figures into the page and `policy.json`

The runs are of a copy of `models/kazakhstan` with the scenarios of `docs/figures/policy/scenarios`, with
4 time slices. The record has every expression with its text, and the digest of the linear program of
`reference` that `record.json` had then: `tests/tests/figures.rs` holds the page to the record, and the
record to that digest.
"""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
from functools import cache

from figures import NUMBER, RECORD, ROOT, TABLE, Run, markdown, text

RUNS = ROOT / "runs" / "policy"
HERE = pathlib.Path(__file__).parent
PAGE = ROOT / "docs" / "src" / "kazakhstan-policy.md"
KEPT = HERE / "policy.json"
NOT_REACHED = 4  # exit code where an instrument does not reach the target; the others are written
SLICES = ["--slices", "4"]
SCENARIOS = ["reference", "ets-auction", "ets-tighter", "ets-corridor", "ets-all"]
SHOWN = [2030, 2035, 2040, 2050]


def run(binary):
    """Solves everything that the page speaks of."""
    model = RUNS / "model"
    shutil.rmtree(model, ignore_errors=True)
    shutil.copytree(ROOT / "models" / "kazakhstan", model)
    for file in (HERE / "policy" / "scenarios").glob("*.toml"):
        shutil.copy(file, model / "scenarios")
    commands = [["run", model, "-s", name, *SLICES, "-o", RUNS / name] for name in SCENARIOS]
    commands += [
        ["compare-instruments", model, "-s", "reference", *SLICES, "-o", RUNS / "instruments",
         "--by", HERE / "policy" / "instruments.toml"],
        ["mac", model, "-s", "cap-2030", *SLICES, "-o", RUNS / "curve", "--unit", "Mt/a",
         "--param", "emission_caps.national.limit.2030=350:250"],
    ]
    for command in commands:
        done = subprocess.run([binary, *map(str, command), "--quiet"])
        if done.returncode not in (0, NOT_REACHED):
            done.check_returncode()


@cache
def of(scenario):
    """The run of a scenario."""
    return Run(RUNS / scenario)


@cache
def curve():
    """The abatement cost curve of 2030."""
    return json.loads((RUNS / "curve" / "mac.json").read_text())


@cache
def instruments():
    """Figures of instruments in 2030, by name of the instrument, item and thing."""
    with open(RUNS / "instruments" / "instruments.csv", encoding="utf-8") as file:
        return {
            (row["instrument"], row["item"], row["of"]): (float(row["value"]), row["unit"])
            for row in csv.DictReader(file) if row["year"] == "2030"
        }


def traded(scenario, item, year):
    """A figure of the scheme of a scenario."""
    return text(of(scenario).sum("trading", year, item=item)[0], 1)


def more(scenario):
    """What a scenario costs more than `reference` over the horizon, billion USD."""
    cost = of(scenario).summary["system_cost"] - of("reference").summary["system_cost"]
    return text(cost / 1000, 1)


def emitted(scenario, year):
    """CO2 of the whole country, Mt."""
    return text(of(scenario).summary["emissions"]["co2"][str(year)], 0)


def schemes():
    """A row for each scheme."""
    names = {
        "ets-auction": "136.2 Mt, sold", "ets-tighter": "115 Mt, sold",
        "ets-corridor": "136.2 Mt, 20 to 40 USD/t", "ets-all": "all sectors and gases, 328 Mt",
    }
    header = ["scheme", "price 2030", "2035", "2040", "2050", "covered 2030, Mt",
              "revenue 2030, million USD", "CO2 of the country 2030", "costs more, billion USD"]
    rows = [["as it is", "1", "1", "1", "1", "", "", emitted("reference", 2030), "0"]]
    for name, label in names.items():
        prices = [traded(name, "price", year) for year in SHOWN]
        revenue = of(name).sum("trading", 2030, item="auction_revenue;sales_revenue")[0]
        rows.append([label, *prices, traded(name, "covered", 2030), text(revenue, 0),
                     emitted(name, 2030), more(name)])
    return markdown(header, rows)


def strength(name):
    """How strict an instrument is."""
    value, unit = instruments()[name, "strength", ""]
    if unit == "1":
        return f"{text(100 * value, 1)}%"
    said = f"{text(value, 2 if abs(value) < 10 else 1)} {unit.replace('USD2023', 'USD')}"
    rate = instruments().get((name, "rate", ""))
    return said + (f" at {text(rate[0], 1)} {rate[1].replace('USD2023', 'USD')}" if rate else "")


def compared():
    """A row for each instrument."""
    found = instruments()
    header = ["instrument", "strength", "costs more in 2030, million USD", "budget, million USD",
              "electricity, USD/MWh", "heat to users, USD/MWh", "emissions, Mt CO2e",
              "risen elsewhere, Mt"]
    names = dict.fromkeys(name for name, _, _ in found)
    rows = []
    for name in names:
        price = lambda of: text(found[name, "price", of][0], 1) if (name, "price", of) in found else ""  # noqa: E731
        rows.append([
            name.replace("_", " "), strength(name) if name != "none" else "",
            text(found[name, "system_cost", ""][0] - found["none", "system_cost", ""][0], 0),
            text(found[name, "budget", ""][0], 0), price("electricity"), price("heat_final"),
            text(found[name, "emissions", ""][0], 1), text(found[name, "risen", ""][0], 1),
        ])
    return markdown(header, rows)


def payers():
    """What some sectors are left with beside no policy, a column for each instrument, million USD."""
    found = instruments()
    names = [name for name in dict.fromkeys(name for name, _, _ in found) if name != "none"]
    parties = sorted({of for _, item, of in found if item == "pays"})
    change = lambda name, of: (  # noqa: E731
        found.get((name, "pays", of), (0, ""))[0] - found.get(("none", "pays", of), (0, ""))[0])
    parties.sort(key=lambda of: -max(abs(change(name, of)) for name in names))
    rows = [[of, *(text(change(name, of), 0, signed=True) for name in names)] for of in parties[:10]]
    return markdown(["who", *(name.replace("_", " ") for name in names)], rows)


def along():
    """The curve at every tenth megatonne."""
    points, lines = curve()["breakpoints"], curve()["lines"]
    rows = []
    for limit in range(350, 240, -10):
        for at, (before, after) in enumerate(zip(points, points[1:])):
            high, low = before["limits"][0], after["limits"][0]
            if high >= limit >= low:
                way = (high - limit) / (high - low)
                cost = before["cost"] + way * (after["cost"] - before["cost"]) - points[0]["cost"]
                rows.append([str(limit), text(cost / 1000, 2), text(lines[at]["marginal_cost"], 0)])
                break
    return markdown(["cap of 2030, Mt CO2e", "costs more than 350 Mt, billion USD", "USD/t"], rows)


def breakpoints():
    """How many breakpoints were found."""
    return text(len(curve()["breakpoints"]))


def error():
    """How far the least cost may be below the lines, million USD."""
    return text(curve()["error"], 1)


def write():
    """Writes all figures into the page, and the record."""
    figures = {}

    def figure(expression):
        made = figures[expression] = eval(expression, globals())  # noqa: S307, our own page
        return made

    page = PAGE.read_text(encoding="utf-8")
    page = NUMBER.sub(lambda m: f"{figure(m[2])}<!--={m[2]}-->", page)
    page = TABLE.sub(lambda m: f"<!--table {m[1]}-->\n{figure(m[1])}\n<!--end-->", page)
    PAGE.write_text(page, encoding="utf-8")
    programs = {"reference": json.loads(RECORD.read_text())["programs"]["reference"]}
    record = {"programs": programs, "figures": dict(sorted(figures.items()))}
    KEPT.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run"]:
            run(os.environ.get("KZLEAP", str(ROOT / "kzleap")))
        case ["write"]:
            write()
        case _:
            sys.exit(__doc__)
