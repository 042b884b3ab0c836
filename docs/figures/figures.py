#!/usr/bin/env python3
"""Makes the figures of the documents from runs, so that none goes stale.

    python3 docs/figures/figures.py run      solves what the documents speak of, into runs/figures
                                             (some half an hour; `run NAME …` these runs alone)
    python3 docs/figures/figures.py write    writes their figures into the documents and the record
    python3 docs/figures/figures.py add      the same of expressions that the record does not have yet:
                                             others are kept, and their runs need not be there
    python3 docs/figures/figures.py sum TABLE COLUMNS [COLUMN=VALUE;VALUE …] [years=…] [times=…]
                                             sums of a table of one run, as the documents have them

A document marks a figure by what stands behind it in a comment, which no reader sees:

    419<!--=cost("neutrality-2060")-->                     a number of the text
    <!--table made_by_class()-->  …  <!--end-->            a table

What stands in the comment is an expression of `kazakhstan.py`, or of `central_asia.py` in documents
of that model; several names in it are divided by `;`. Each model has a record, `record.json` and
`record_central_asia.json`, which holds every expression with its text, and a digest of the linear
program of each scenario: the test `tests/tests/figures.rs` compares documents with the record, and
the record with the programs that the models give today. So a change of a model, or of the
formulation, fails until the figures are made again (`run`, then `write`). `run`, `write` and `add`
with the name of a module do it for its model alone.
"""
import concurrent.futures
import csv
import importlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUNS = ROOT / "runs" / "figures"
RECORD = pathlib.Path(__file__).with_name("record.json")
# module of expressions: its record and the documents that have them
MODULES = {
    "kazakhstan": (
        RECORD,
        [
            "models/kazakhstan/README.md",
            "docs/src/kazakhstan.md",
            "docs/src/kazakhstan-results.md",
            "docs/src/kazakhstan-scenarios.md",
            "docs/src/resolution.md",
        ],
    ),
    "central_asia": (RECORD.with_name("record_central_asia.json"), ["docs/src/central-asia.md"]),
}
NUMBER = re.compile(r"([-+]?[\d,]*\.?\d+\??|-)<!--=(.*?)-->")
NOT_HELD = 7  # exit code of a run whose plan does not hold over all hours
TABLE = re.compile(r"<!--table (.*?)-->\n.*?<!--end-->", re.S)


class Run:
    """The folder of one run."""

    def __init__(self, folder):
        self.folder, self.tables = pathlib.Path(folder), {}
        self.summary = json.loads((self.folder / "summary.json").read_text())

    def rows(self, table):
        """The rows of a table, each a dictionary by column."""
        if table not in self.tables:
            with open(self.folder / "tables" / f"{table}.csv", encoding="utf-8") as file:
                self.tables[table] = list(csv.DictReader(file))
        return self.tables[table]

    def sum(self, table, year, times=1.0, weights=None, **where):
        """The sum of a table's rows of a year, and whether every part of it is unique."""
        value, unique = 0.0, True
        accepted = {column: str(names).split(";") for column, names in where.items()}
        for row in self.rows(table):
            if row["year"] == str(year) and all(row[c] in names for c, names in accepted.items()):
                weight = (weights or {}).get(row.get("emission"), 1.0)
                value += float(row["value"]) * times * weight
                unique &= row.get("unique", "yes") == "yes"
        return value, unique


def text(value, digits=0, signed=False, unique=True):
    """A number as the documents write it; `?` behind one that is not unique."""
    if abs(value) < 1e-9:
        return "0"
    if round(value, digits) == 0:
        value = 0.0  # no minus before a zero
    return f"{value:{'+' if signed else ''},.{digits}f}".replace(",", "") + ("" if unique else "?")


def markdown(header, rows):
    """A table of rows of cells."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def run(binary, names):
    """Solves everything that the documents speak of, or a module, or what is named, two at once."""
    modules = [importlib.import_module(name) for name in MODULES if name in names or not set(names) & set(MODULES)]
    named = [name for name in names if name not in MODULES]

    def solve(module, folder):
        command = module.COMMANDS.get(folder, ["run", module.MODEL])
        arguments = [*command, *module.RUNS[folder], "--out", str(module.FOLDER / folder)]
        done = subprocess.run([binary, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
        if done.returncode not in (0, NOT_HELD):
            done.check_returncode()
        print(folder, flush=True)

    subprocess.run([binary, "--version"], check=True)  # builds it where that is not done
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wanted = [(module, folder) for module in modules for folder in module.RUNS if not named or folder in named]
        list(pool.map(lambda one: solve(*one), wanted))


def write(names, keep):
    """Writes all figures into the documents, and the records, of all modules or of those named.

    With `keep`, those that the record has already stay as they are.
    """
    for name, (record, documents) in MODULES.items():
        if name in names or not names:
            kept = json.loads(record.read_text(encoding="utf-8")) if keep else {}
            write_of(importlib.import_module(name), record, documents, kept)


def write_of(module, record, documents, kept):
    figures = {}

    def figure(expression):
        made = kept.get("figures", {}).get(expression)
        if made is None:
            made = eval(expression, vars(module))  # noqa: S307, our own documents
        figures[expression] = made
        return made

    for name in documents:
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = NUMBER.sub(lambda m: f"{figure(m[2])}<!--={m[2]}-->", old)
        new = TABLE.sub(lambda m: f"<!--table {m[1]}-->\n{figure(m[1])}\n<!--end-->", new)
        path.write_text(new, encoding="utf-8")
        print(f"{name}: {'changed' if new != old else 'as it was'}")
    programs = kept.get("programs") or module.programs()
    made = {"programs": programs, "figures": dict(sorted(figures.items()))}
    record.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def sums(table, columns, arguments):
    """Prints sums of a table of `runs/kazakhstan/neutrality-2060`, or of the folder `run=`."""
    given = dict(argument.split("=", 1) for argument in arguments)
    found = Run(given.pop("run", ROOT / "runs/kazakhstan/neutrality-2060"))
    times = float(given.pop("times", 1))
    years = given.pop("years", "").split(",")
    columns = columns.split(",")
    years = years if years != [""] else sorted({row["year"] for row in found.rows(table)})
    keys = sorted({tuple(row[c] for c in columns) for row in found.rows(table)})
    print(*columns, *years, sep="\t")
    for key in keys:
        where = given | dict(zip(columns, key))
        cells = [found.sum(table, year, times, **where) for year in years]
        if any(value for value, _ in cells):
            print(*key, *(text(value, 1, unique=sure) for value, sure in cells), sep="\t")


def main():
    match sys.argv[1:]:
        case ["run", *names]:
            run(os.environ.get("KZLEAP", str(ROOT / "kzleap")), names)
        case ["write", *names]:
            write(names, keep=False)
        case ["add", *names]:
            write(names, keep=True)
        case ["sum", table, columns, *rest]:
            sums(table, columns, rest)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
