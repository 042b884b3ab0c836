"""Prints how each column of energy_balance_2023.csv closes, and the totals a reader may want.

Run: python3 data/check_balance.py [table]. Ends with 1 if a column misses by more than 0.005 PJ.
Signs: supply and outputs positive; exports, bunkers, inputs, own use and losses negative; final use positive.
"""

import csv
import pathlib
import sys

TOLERANCE_PJ = 0.005


def main(path):
    columns = {}
    with open(path, newline="") as table:
        for row in csv.DictReader(table):
            if row["value_pj"] == "":
                continue  # uranium, outside the energy totals
            group = row["flow"].split("/")[0]
            column = columns.setdefault(row["commodity"], {})
            column[group] = column.get(group, 0.0) + float(row["value_pj"])

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
    print(f"largest gap {worst:.4f} PJ")
    return 1 if worst > TOLERANCE_PJ else 0


if __name__ == "__main__":
    default = pathlib.Path(__file__).with_name("energy_balance_2023.csv")
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else default))
