"""Prints how each column of energy_balance_2023.csv closes, and compares demand_sectors.csv with its final use.

Run: python3 data/check_balance.py. Ends with 1 if a column or a sector misses by more than 0.005 PJ.
Signs: supply and outputs positive; exports, bunkers, inputs, own use and losses negative; final use positive.
"""

import csv
import pathlib
import sys

TOLERANCE_PJ = 0.005


def main(folder):
    columns = {}
    sectors = {}
    with open(folder / "energy_balance_2023.csv", newline="") as table:
        for row in csv.DictReader(table):
            if row["value_pj"] == "":
                continue  # uranium, outside the energy totals
            group = row["flow"].split("/")[0]
            column = columns.setdefault(row["commodity"], {})
            column[group] = column.get(group, 0.0) + float(row["value_pj"])
            if group == "final":
                key = row["flow"].split("/")[1], row["commodity"]
                sectors[key] = sectors.get(key, 0.0) + float(row["value_pj"])

    supply_flows = ("production", "import", "export", "bunkers", "stock change", "transfers")
    head = ("commodity", "supply", "transformation", "own use", "losses", "final", "stat. diff.", "gap")
    print(("{:20}" + "{:>15}" * 7).format(*head))
    totals = [0.0] * 7
    worst = 0.0
    for commodity, column in columns.items():
        supply = sum(column.get(flow, 0.0) for flow in supply_flows)
        change = [column.get(flow, 0.0) for flow in ("transformation", "own use", "losses")]
        final = column.get("final", 0.0)
        difference = column.get("statistical difference", 0.0)
        gap = supply + sum(change) - final - difference
        values = [supply, *change, final, difference, gap]
        totals = [total + value for total, value in zip(totals, values)]
        worst = max(worst, abs(gap))
        print(("{:20}" + "{:15.3f}" * 7).format(commodity, *values))
    print(("{:20}" + "{:15.3f}" * 7).format("all", *totals))
    print(f"largest gap of a column {worst:.4f} PJ")

    with open(folder / "demand_sectors.csv", newline="") as table:
        for row in csv.DictReader(table):
            key = row["sector"], row["commodity"]
            sectors[key] = sectors.get(key, 0.0) - float(row["value_pj"])
    key, gap = max(sectors.items(), key=lambda item: abs(item[1]))
    print(f"largest gap of a sector {abs(gap):.4f} PJ ({key[0]}, {key[1]})")
    worst = max(worst, abs(gap))
    return 1 if worst > TOLERANCE_PJ else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(__file__).parent))
