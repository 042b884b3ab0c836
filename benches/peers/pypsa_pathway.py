"""The pathway model of `cargo run --release --example pathway -- SIZE FILE`, built in PyPSA.

    python benches/peers/pypsa_pathway.py FILE [as-installed]

Every vintage of every plant is a component of its own, as PyPSA's pathway planning asks. HiGHS
solves by the same method (IPX with crossover, one thread, handed over without a file), or with
`as-installed` as PyPSA has it solve when nothing is said. Prints one line of JSON: CPU-seconds of
building and in all, peak memory, size, objective. Needs pypsa, linopy and highspy.
"""

import json
import logging
import resource
import sys
import time

import numpy as np
import pandas as pd
import pypsa


def residual_steps(years, residual):
    """Existing capacity as pieces that end one after another: (size, life from the first year)."""
    end = years[-1] + 5
    for y, (now, after) in enumerate(zip(residual, residual[1:] + [0.0])):
        if now > after:
            until = years[y + 1] if y + 1 < len(years) else end
            yield now - after, until - years[0]


def vintages(years, weight, capacity):
    """(name, build year, life, fixed size or None, most built, cost for each active period)."""
    for i, (size, life) in enumerate(residual_steps(years, capacity["residual"])):
        yield f"existing{i}", years[0], life, size, size, 0.0
    keeping = np.array(capacity["keeping_present_value"])
    for y, built in enumerate(years):
        active = [built <= year < built + capacity["life"] for year in years]
        total = capacity["investment_present_value"][y] + keeping[active].sum()
        cost = total / weight[active].sum()
        yield f"{built}", built, capacity["life"], None, capacity["most_built"][y], cost


class Rows:
    """Components gathered first and added in one call, which is PyPSA's fast way."""

    def __init__(self):
        self.names, self.static, self.series = [], {}, {}

    def add(self, name, series=None, **static):
        self.names.append(name)
        for key, value in static.items():
            self.static.setdefault(key, []).append(value)
        for key, value in (series or {}).items():
            self.series.setdefault(key, {})[name] = value

    def into(self, network, kind):
        series = {
            key: pd.DataFrame(columns, index=network.snapshots).reindex(columns=self.names)
            for key, columns in self.series.items()
        }
        network.add(kind, self.names, **self.static, **series)


def sized(size, most, cost):
    """What a vintage is allowed to be: fixed if it exists, else to be built."""
    if size is not None:
        return {"p_nom": size, "p_nom_extendable": False, "p_nom_max": np.inf, "capital_cost": 0.0}
    return {"p_nom": 0.0, "p_nom_extendable": True, "p_nom_max": most, "capital_cost": cost}


def build(data):
    years, hours = data["years"], np.array(data["hours"])
    weight = np.array(data["present_value"])
    n = pypsa.Network()
    blocks = pd.MultiIndex.from_product([years, range(len(hours))], names=["period", "timestep"])
    n.set_snapshots(blocks)
    n.investment_periods = years
    n.investment_period_weightings["years"] = 1.0  # caps are for one year
    n.investment_period_weightings["objective"] = weight
    n.snapshot_weightings["objective"] = np.tile(hours, len(years))
    n.snapshot_weightings["generators"] = np.tile(hours, len(years))
    n.snapshot_weightings["stores"] = np.tile(data["hours_per_pass"], len(years))

    every_year = lambda values: np.tile(values, len(years))
    every_block = lambda values: np.repeat(values, len(hours))
    n.add("Bus", data["regions"])
    for demand in data["demand"]:
        gw = np.array(demand["gw"]).ravel()
        n.add("Load", f"load {demand['region']}", bus=demand["region"], p_set=gw)

    carriers = {}
    generators = Rows()
    for plant in data["generators"]:
        emission = plant["emission"]
        carrier = carriers.setdefault(emission, f"emits {emission}")
        for name, built, life, size, most, cost in vintages(years, weight, plant["capacity"]):
            generators.add(
                f"{plant['region']} {plant['name']} {name}",
                series={
                    "p_max_pu": every_year(plant["availability"]),
                    "marginal_cost": every_block(plant["marginal_cost"]),
                },
                bus=plant["region"],
                carrier=carrier,
                build_year=built,
                lifetime=life,
                **sized(size, most, cost),
            )
    for demand in data["demand"]:
        gw = np.array(demand["gw"]).ravel()
        generators.add(
            f"{demand['region']} unserved",
            series={"p_max_pu": gw / gw.max(), "marginal_cost": every_block(data["unserved_cost"])},
            bus=demand["region"],
            carrier="",
            build_year=years[0],
            lifetime=1000,
            **sized(gw.max(), gw.max(), 0.0),
        )
    n.add("Carrier", list(carriers.values()), co2_emissions=list(carriers))
    generators.into(n, "Generator")

    storages = Rows()
    for storage in data["storages"]:
        for name, built, life, size, most, cost in vintages(years, weight, storage["capacity"]):
            storages.add(
                f"{storage['region']} {storage['name']} {name}",
                series={
                    "p_max_pu": every_year(storage["availability"]),
                    "p_min_pu": -every_year(storage["availability"]),
                },
                bus=storage["region"],
                max_hours=storage["hours"],
                efficiency_store=storage["efficiency_store"],
                efficiency_dispatch=storage["efficiency_dispatch"],
                standing_loss=storage["loss_per_hour"],
                cyclic_state_of_charge=True,
                cyclic_state_of_charge_per_period=True,
                build_year=built,
                lifetime=life,
                **sized(size, most, cost),
            )
    storages.into(n, "StorageUnit")

    links = Rows()
    for link in data["links"]:
        for name, built, life, size, most, cost in vintages(years, weight, link["capacity"]):
            links.add(
                f"{link['name']} {name}",
                series={
                    "p_max_pu": every_year(link["availability"]),
                    "p_min_pu": -every_year(link["availability"]),
                },
                bus0=link["from"],
                bus1=link["to"],
                build_year=built,
                lifetime=life,
                **sized(size, most, cost),
            )
    if links.names:
        links.into(n, "Link")

    for year, cap in zip(years, data["emission_cap"]):
        if cap is not None:
            n.add(
                "GlobalConstraint",
                f"cap {year}",
                type="primary_energy",
                carrier_attribute="co2_emissions",
                investment_period=year,
                sense="<=",
                constant=cap,
            )
    return n


def kept_without_choice(data):
    """Present value of keeping what exists, which PyPSA leaves out as nothing can change it."""
    owners = data["generators"] + data["storages"] + data["links"]
    return sum(
        size * cost
        for owner in owners
        for size, cost in zip(
            owner["capacity"]["residual"], owner["capacity"]["keeping_present_value"]
        )
    )


def main():
    logging.disable(logging.WARNING)
    data = json.load(open(sys.argv[1]))
    start, cpu = time.time(), time.process_time()
    n = build(data)
    model = n.optimize.create_model(multi_investment_periods=True, include_objective_constant=False)
    built = time.process_time() - cpu
    same = dict(io_api="direct", solver="ipx", run_crossover="on", threads=1)
    chosen = {} if sys.argv[2:] == ["as-installed"] else same
    status, condition = n.optimize.solve_model(solver_name="highs", output_flag=False, **chosen)
    import highspy

    print(
        json.dumps(
            {
                "pypsa": pypsa.__version__,
                "highs": highspy.Highs().version(),
                "status": condition,
                "method": "as installed" if not chosen else "IPX",
                "rows": int(model.ncons),
                "columns": int(model.nvars),
                "build_cpu_seconds": round(built, 2),
                "cpu_seconds": round(time.process_time() - cpu, 2),
                "seconds": round(time.time() - start, 2),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "objective": model.objective.value + kept_without_choice(data),
            }
        )
    )


if __name__ == "__main__":
    main()
