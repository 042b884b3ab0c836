"""What the headline figures of Kazakhstan rest on, and how far they may be off: the studies in
`studies/`, the country as one region in twelve slices.

Cost in billion USD of 2023, shadow prices in USD/t, energy in TWh.
"""
import csv
import tomllib
from functools import cache
from statistics import quantiles

from figures import ROOT, RUNS, markdown

# how many inputs are shown
SHOWN = 20
FIGURES = {
    "cost": "cost, billion USD",
    "price_2030": "price 2030, USD/t",
    "price_2060": "price 2060, USD/t",
    "wind": "wind 2060, TWh",
    "solar": "sun 2060, TWh",
}
TWH = 1 / 3.6


def _rows(*path):
    with open(RUNS.joinpath(*path), encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def _runs(study):
    """The rows of all runs of a study that have a plan, each with its headline figures."""
    power = {}
    for row in _rows(study, "generation_annual.csv"):
        if row["year"] == "2060" and row["commodity"] == "electricity" and row["origin"] == "made":
            key = (row["run"], row["category"])
            power[key] = power.get(key, 0.0) + float(row["value"]) * TWH
    planned = []
    for row in _rows(study, "runs.csv"):
        if row["status"] == "optimal":
            made = list(FIGURES)[3:]
            planned.append((row, {
                "cost": float(row["system_cost"]) / 1000,
                "price_2030": float(row["emission_prices.national.2030"]),
                "price_2060": float(row["emission_prices.national.2060"]),
            } | {name: power.get((row["run"], name), 0.0) for name in made}))
    return planned


@cache
def _inputs():
    """The inputs of the study, the plan as it is, and that with each input a tenth less."""
    with open(ROOT / "studies" / "kazakhstan-inputs.toml", "rb") as file:
        inputs = tomllib.load(file)["inputs"]
    plain, moved = None, {}
    for row, figures in _runs("inputs"):
        less = [name for name in inputs if row[name] and float(row[name]) < 1]
        if less:
            moved[less[0]] = figures
        else:
            plain = figures
    return inputs, plain, moved


def study_figure(name, digits=0):
    """A headline figure of the plan as it is, at the resolution of the studies."""
    return f"{_inputs()[1][name]:.{digits}f}"


def _change(value, digits=0):
    """A difference with its sign; none without."""
    return f"{value:+.{digits}f}" if round(value, digits) else "0"


def inputs_table():
    """The inputs that move a headline figure most: what changes with a tenth less of each."""
    inputs, plain, moved = _inputs()
    known = {row["path"]: row for row in _rows("sensitivity", "sensitivity.csv")}

    def share(name):
        return max(abs(moved[name][key] - plain[key]) / abs(plain[key]) for key in FIGURES)

    lines = []
    for name in sorted(moved, key=share, reverse=True)[:SHOWN]:
        path = inputs[name]["path"]
        changes = [_change(moved[name][key] - plain[key]) for key in FIGURES]
        of = known.get(path, {})
        source = of.get("source", "").split(" (")[0].split(";")[0].split(":")[0]
        lines.append([f"`{path}`", *changes, of.get("confidence") or "several", source or "several"])
    return markdown(["a tenth less of", *FIGURES.values(), "confidence", "source"], lines)


def judgements_table():
    """Headline figures over the judgements: lowest tenth, median and highest tenth of the plans."""
    lines = []
    for key, label in FIGURES.items():
        cells = []
        for scenario in ("neutrality-2060", "high-demand"):
            values = [of[key] for row, of in _runs("judgements") if row["scenario"] == scenario]
            tenths = quantiles(values, n=10)
            cells.append(f"{tenths[0]:.0f} to {tenths[8]:.0f}, half below {tenths[4]:.0f}")
        lines.append([label, *cells])
    return markdown(["", "`neutrality-2060`", "`high-demand`"], lines)


def without_plan(scenario):
    """How many of the hundred plans there are not, in per cent."""
    there = sum(row["scenario"] == scenario for row, _ in _runs("judgements"))
    return f"{100 - there}"
