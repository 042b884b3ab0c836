#!/usr/bin/env python3
"""Says which cost inputs of the model of Kazakhstan have a source and which are assumptions.

    python3 data/cost_sources.py            share of each confidence, and every assumption
    python3 data/cost_sources.py --at-most 40   fails if more per cent of the inputs are assumptions

A cost input is what a run lists in its table `inputs` with a path that has `cost` in it: a field of
models/kazakhstan/*.toml, or the rows of one process, region and field in parameters.csv. A field
without a confidence of its own has that of its process. Rows that differ count as the weakest of them.
Below that stand the rows of technology_costs.csv that are money.
"""

import csv
import sys
import tomllib
from collections import Counter
from pathlib import Path

DATA = Path(__file__).parent
MODEL = DATA.parent / "models" / "kazakhstan"
# Weakest first: an input of several rows is as good as its worst.
ORDER = ["none", "assumption", "low", "medium", "high"]
# Parts of a table that have provenance of their own, and what is below is theirs.
OWN = ("source", "confidence", "note")


def walk(table, path, above, found, file):
    """Adds (path, confidence, source, file) of every cost below `table` to `found`."""
    here = {**above, **{k: table[k] for k in OWN if isinstance(table.get(k), str)}}
    for key, value in table.items():
        below = path + [key]
        if "cost" in key and key not in OWN:
            own = value if isinstance(value, dict) else {}
            found.append((".".join(below), own.get("confidence", here.get("confidence", "none")),
                          own.get("source", here.get("source", "")), file))
        elif isinstance(value, dict):
            walk(value, below, here, found, file)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict):
                    walk(item, below + [str(number)], here, found, file)


def model_costs():
    """The cost inputs of the model: (path, confidence, source, file)."""
    found = []
    for file in sorted(MODEL.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        table.pop("units", None)
        walk(table, [], {}, found, file.name)
    rows = {}
    with open(MODEL / "parameters.csv", encoding="utf-8", newline="") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        for row in csv.DictReader(lines, strict=True):
            if "cost" in row["parameter"]:
                rows.setdefault((row["process"], row["parameter"]), []).append(row)
    for (process, parameter), group in rows.items():
        worst = min(group, key=lambda row: ORDER.index(row["confidence"] or "none"))
        found.append((f"processes.{process}.{parameter}", worst["confidence"] or "none",
                      worst["source"], "parameters.csv"))
    return found


def table_costs():
    """The rows of technology_costs.csv that are money, in the same form."""
    with open(DATA / "technology_costs.csv", encoding="utf-8", newline="") as handle:
        return [(f"{row['technology']}, {row['parameter']}, {row['year'] or 'all years'}", row["confidence"],
                 row["source"], "technology_costs.csv")
                for row in csv.DictReader(handle, strict=True) if row["unit"].startswith("USD")]


def show(title, found):
    """Prints the share of each confidence and returns that of assumptions, per cent."""
    count = Counter(confidence for _, confidence, _, _ in found)
    print(f"{title}: {len(found)}")
    for confidence in reversed(ORDER):
        if count[confidence]:
            print(f"  {confidence:<12}{count[confidence]:5}{100 * count[confidence] / len(found):7.1f}%")
    return 100 * (count["assumption"] + count["none"]) / len(found)


def main():
    costs = model_costs()
    share = show("Cost inputs of the model", costs)
    show("Money in technology_costs.csv", table_costs())
    limit = float(sys.argv[sys.argv.index("--at-most") + 1]) if "--at-most" in sys.argv else None
    if limit is None:
        print("\nAssumptions of the model:")
        for path, confidence, source, file in costs:
            if confidence in ("assumption", "none"):
                print(f"  {file:<32}{path:<52}{source}")
    elif share > limit:
        sys.exit(f"{share:.1f}% of the cost inputs are assumptions, more than {limit:g}%")


if __name__ == "__main__":
    main()
