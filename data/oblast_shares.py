"""Makes models/kazakhstan/oblasts.csv, the shares of the 20 oblasts in their zones, and checks it.

Run: python3 data/oblast_shares.py           compares the file with what the facts give
     python3 data/oblast_shares.py --write   writes it

Ends with 1 if a plant stands in an oblast that is not in oblasts.csv or not of its zone, if shares
do not add up to 1, or if the file is not up to date.
"""

import csv
import io
import pathlib
import sys
import tomllib

DATA = pathlib.Path(__file__).parent
MODEL = DATA.parent / "models" / "kazakhstan"
PLANTS = "data/plants.csv (pypsa-kz-data, CC-BY-4.0)"
UNITS = "data/thermal_units.csv (Global Energy Monitor and pypsa-kz-data, CC-BY-4.0)"
OBLASTS = "data/oblasts.csv"
SMALL_HYDRO_MW = 35  # by law up to 35 MW counts as small
# Heat that one unit of capacity can give on a cold day: heat for one of power times availability
# (power_plants.toml, parameters.csv); availability (heat.toml).
COMBINED = {"coal_chp": 2.0 * 0.82, "gas_chp": 2.5 * 0.82}
BOILERS = {"coal_boiler": 0.90, "gas_boiler": 0.95, "oil_boiler": 0.95, "lpg_boiler": 0.95}

FROM_CHP = 0.62  # share of heat from combined heat and power, BNS balance of 2023

# Services that district heat reaches: what makes them is shared out with the heat.
HEATED = [
    "room_heat_flats", "room_heat_services", "water_heat", "works_steam", "farm_steam", "energy_steam",
]
# Services of which the demand follows that for electricity.
ELECTRIC = ["appliances", "service_power", "works_power", "energy_power", "farm_power"]
INDUSTRIAL = ["process_heat", "machinery"]

# Where single works, mines and fields lie. (process or commodity names, oblasts with shares,
# source, confidence, note)
PLACES = [
    (["processes.coal_ekibastuz", "processes.lignite_pit"], {"Pavlodar": 1},
     "models/kazakhstan/supply.toml: Ekibastuz; Maikuben beside it", "high", ""),
    (["processes.coal_karaganda", "processes.coking_coal_mine", "processes.coking_coal_drained"],
     {"Karaganda": 1}, "models/kazakhstan/supply.toml: Karaganda and Shubarkol", "medium",
     "Shubarkol lies on the border to Ulytau"),
    (["processes.coal_other"], {"Abai": 1},
     "models/kazakhstan/supply.toml: Karazhyra, Priozernoye", "medium", "Karazhyra, the larger, near Semey"),
    (["demands.mine_heat", "processes.mine_coal", "processes.mine_electric"],
     {"Pavlodar": 0.6, "Karaganda": 0.4},
     "data/prices_and_resources.csv: 59.1% of coal from Pavlodar", "assumption",
     "as the coal mined; small pits left out"),
    (["processes.coke_oven", "demands.steel", "demands.coke"], {"Karaganda": 1},
     "The integrated works of the country stand in Temirtau", "low",
     "recalled; data/thermal_units.csv has its power plants there"),
    (["demands.ferroalloys"], {"Pavlodar": 0.55, "Aktobe": 0.4, "Karaganda": 0.05},
     "Works in Aksu, Aktobe and Temirtau", "assumption",
     "shares by size as recalled: about 1.0, 0.7 and below 0.1 Mt a year"),
    (["demands.aluminium"], {"Pavlodar": 1}, "data/technology_costs.csv: potlines of Pavlodar",
     "medium", "the only smelter"),
    (["processes.refinery"], {"Pavlodar": 1, "Shymkent": 1, "Atyrau": 1},
     "models/kazakhstan/supply.toml: refineries of Atyrau, Pavlodar and Shymkent", "high", ""),
    (["processes.oil_north", "processes.oil_south"], {"Aktobe": 1, "Kyzylorda": 1},
     "models/kazakhstan/supply.toml: Zhanazhol; Kumkol", "medium",
     "Kumkol lies on the border of Kyzylorda and Ulytau"),
    (["processes.oil_large"], {"Atyrau": 0.8, "West Kazakhstan": 0.2},
     "Tengiz and Kashagan lie in Atyrau, Karachaganak in West Kazakhstan", "assumption",
     "about 48 and 12 Mt of oil and condensate a year, as recalled"),
    (["processes.oil_old"], {"Mangystau": 0.85, "Atyrau": 0.15},
     "Uzen, Kalamkas, Karazhanbas; the Emba fields", "assumption",
     "about 16 and 3 Mt a year, as recalled"),
    (["processes.gas_plant"],
     {"Aktobe": 1, "Kyzylorda": 1, "Atyrau": 0.55, "West Kazakhstan": 0.4, "Mangystau": 0.05},
     "data/prices_and_resources.csv: gas of Tengiz 16.0, Karachaganak 22.4, Kashagan 11.9 bcm in 2023",
     "assumption", "gross, and Karachaganak puts back or sends abroad much of its gas"),
    (["demands.crude", "processes.field_gas", "processes.field_crude", "processes.field_electric"],
     {"Aktobe": 1, "Kyzylorda": 1, "Atyrau": 0.6, "West Kazakhstan": 0.15, "Mangystau": 0.25},
     "As the oil", "assumption", "oil_large 2387 and oil_old 705 PJ in supply.toml, shared as there"),
    (["processes.gas_purchase_russia"], {"Aktobe": 1},
     "Gas from Russia comes through Aktobe and Kostanay", "assumption", "moves freely within the zone"),
    (["processes.nuclear"], {"Almaty": 1, "Abai": 1},
     "First station at Ulken on the Balkhash, oblast Almaty", "assumption",
     "a site in the north has not been chosen: Kurchatov, in Abai, has been named"),
    (["processes.coal_chp_new"], {"Akmola": 1 / 3, "Abai": 1 / 3, "East Kazakhstan": 1 / 3},
     "models/kazakhstan/power_plants.toml: Kokshetau, Semey, Ust-Kamenogorsk", "assumption",
     "the three alike: their sizes are not known"),
]


def table(path):
    with open(path, newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def model():
    """All TOML files of the model as one tree."""
    tree = {}

    def add(into, new):
        for key, value in new.items():
            if isinstance(value, dict) and isinstance(into.get(key), dict):
                add(into[key], value)
            else:
                into[key] = value

    for path in sorted(MODEL.glob("*.toml")):
        add(tree, tomllib.loads(path.read_text()))
    return tree


def makes(process, commodity):
    """Whether a process makes a commodity."""
    ways = [process, *process.get("modes", {}).values()]
    names = [name for way in ways for name in way.get("outputs", {})]
    names += [way["output"] for way in ways if "output" in way]
    return commodity in names


def scaled(sizes):
    """Sizes of the oblasts of one zone as shares."""
    whole = sum(sizes.values())
    return {oblast: size / whole for oblast, size in sizes.items() if size > 0}


class Facts:
    def __init__(self):
        self.tree = model()
        self.oblasts = table(DATA / "oblasts.csv")
        self.zone_of = {row["oblast"]: row["zone"] for row in self.oblasts}
        self.zones = list(dict.fromkeys(self.zone_of.values()))
        self.plants = table(DATA / "plants.csv")
        self.units = table(DATA / "thermal_units.csv")
        self.wrong = []
        for name, rows in (("plants.csv", self.plants), ("thermal_units.csv", self.units)):
            for row in rows:
                zone = self.zone_of.get(row["oblast"])
                if zone != row["zone"]:
                    place = "is not in oblasts.csv" if zone is None else f"lies in the zone {zone}"
                    self.wrong.append(f"{name}: {row['plant']} of {row['zone']}: {row['oblast']} {place}")

    def of_zone(self, zone, column):
        return {r["oblast"]: float(r[column]) for r in self.oblasts if r["zone"] == zone}

    def plant_mw(self, zone, counts):
        """Capacity of the plants that count, by oblast, in the order of oblasts.csv."""
        sizes = dict.fromkeys(self.of_zone(zone, "area_thousand_km2"), 0.0)
        for row in self.plants:
            if row["zone"] == zone and counts(row):
                sizes[row["oblast"]] += float(row["capacity"])
        return sizes

    def unit_mw(self, zone, kind):
        """Capacity of thermal units of a class that stood in 2023, by oblast."""
        sizes = dict.fromkeys(self.of_zone(zone, "area_thousand_km2"), 0.0)
        for row in self.units:
            is_there = int(row["start_year"]) <= 2023 and "restored" not in row["plant"]
            if row["zone"] == zone and row["class"] == kind and is_there:
                sizes[row["oblast"]] += float(row["capacity"])
        return sizes

    def standing_gw(self, zone, process):
        rows = table(MODEL / "residual_capacity.csv")
        ours = [r for r in rows if (r["process"], r["region"], r["year"]) == (process, zone, "2023")]
        return sum(float(row["value"]) for row in ours)

    def other_electricity(self, zone):
        """Electricity by oblast other than of steel, ferroalloys and aluminium, PJ in 2023.

        Demand of the oblast, its share of final use in the country, less what the works that
        stand there use: so that all together follows the shares of demand.
        """
        rows = [r for r in table(DATA / "demand_sectors.csv") if r["commodity"] == "electricity"]
        whole = sum(float(row["value_pj"]) for row in rows)
        rest = {oblast: share * whole for oblast, share in self.of_zone(zone, "demand_share").items()}
        for branch in ("steel", "ferroalloys", "aluminium"):
            places = next(of for paths, of, *_ in PLACES if f"demands.{branch}" in paths)
            used = sum(float(row["value_pj"]) for row in rows if row["branch"] == branch)
            for oblast in places.keys() & rest.keys():
                rest[oblast] -= places[oblast] * used
        for oblast, pj in rest.items():
            if pj < 0:
                self.wrong.append(f"{oblast}: its works use more than its share of electricity")
        return rest

    def heat(self, zone):
        """Shares of district heat, and of boilers.

        As much of the heat as comes from combined heat and power (62%) is taken to be used where
        that stands, the rest by population. Boilers bring every oblast to the same capacity for
        the heat it uses.
        """
        power_and_heat = dict.fromkeys(self.of_zone(zone, "population_thousand"), 0.0)
        for kind, heat in COMBINED.items():
            standing = self.standing_gw(zone, kind)
            if standing > 0:
                for oblast, share in scaled(self.unit_mw(zone, kind)).items():
                    power_and_heat[oblast] += share * standing * heat
        whole = sum(power_and_heat.values())
        share_of = {oblast: gw / whole for oblast, gw in power_and_heat.items()}
        whole += sum(self.standing_gw(zone, boiler) * heat for boiler, heat in BOILERS.items())
        people = scaled(self.of_zone(zone, "population_thousand"))
        used = {o: FROM_CHP * share_of[o] + (1 - FROM_CHP) * people[o] for o in people}
        boilers = {oblast: used[oblast] * whole - power_and_heat[oblast] for oblast in used}
        for oblast, gw in boilers.items():
            if gw < 0:
                self.wrong.append(f"{oblast}: combined heat and power alone is above its heat")
        return used, scaled(boilers)

    def standing_in(self, zone, paths):
        """Those of the paths whose process or demand the zone has."""
        kept = []
        for path in paths:
            collection, name = path.split(".")[:2]
            if collection == "demands":
                branches = [b for b in self.tree["branches"].values() if b.get("commodity") == name]
                inside = any(
                    "formula" in branch.get("annual", {}) or zone in branch.get("annual", {})
                    for branch in branches
                )
            else:
                inside = zone in self.tree[collection][name].get("regions", self.zones)
            if inside:
                kept.append(path)
        return kept

    def with_makers(self, commodities):
        """The demands for commodities, and all processes that make one of them."""
        processes = self.tree["processes"]
        makers = [p for p in processes if any(makes(processes[p], c) for c in commodities)]
        return [f"demands.{c}" for c in commodities] + [f"processes.{p}" for p in makers]


def shares(facts):
    """Every share: zone, paths, shares by oblast, source, confidence, note."""
    found = []
    wind_sun = ["processes.wind", "processes.solar"]
    stations = ["processes.coal", "processes.coal_new", "processes.coal_ccs"]
    for zone in facts.zones:
        def add(paths, sizes, source, confidence, note="", zone=zone):
            paths = facts.standing_in(zone, paths)
            if paths and sum(sizes.values()) > 0:
                found.append((zone, paths, scaled(sizes), source, confidence, note))

        found.append((zone, [], scaled(facts.of_zone(zone, "population_thousand")), OBLASTS, "assumption",
                      "by population: what is named nowhere else"))
        demand = facts.of_zone(zone, "demand_share")
        add(facts.with_makers(ELECTRIC), facts.other_electricity(zone),
            "data/oblasts.csv, data/demand_sectors.csv", "assumption",
            "shares of electricity demand in 2020, old oblasts divided by population, less the use of steel, "
            "ferroalloys and aluminium where they are made")
        add(["processes.distribution", "processes.supply_to_works"], demand, OBLASTS, "assumption",
            "shares of electricity demand in 2020")
        add(facts.with_makers(INDUSTRIAL), demand, OBLASTS, "assumption",
            "industry is taken to stand where electricity is used")
        add(["processes.gas_peaker", "processes.gas_ccgt", "processes.gas_ccs", "storages.battery"], demand,
            OBLASTS, "assumption", "limits on building: near the load")
        source = "data/thermal_units.csv, residual_capacity.csv, data/oblasts.csv"
        heat, boilers = facts.heat(zone)
        add([f"processes.{boiler}" for boiler in BOILERS], boilers, source, "assumption",
            "no statistics by oblast: boilers bring every oblast to the same capacity for the heat it uses")
        heated = ["heat_network", "heat_to_works", "coal_boiler_new", "gas_boiler_new", "biomass_boiler",
                  "electric_boiler", "heat_pump", "gas_chp_new", "biomass_chp", "biomass_ccs"]
        add(facts.with_makers(HEATED) + [f"processes.{name}" for name in heated] + ["storages.heat_tank"],
            heat, source, "assumption",
            "no statistics by oblast: 62% of heat, that of combined heat and power (BNS), where those "
            "plants stand, the rest by population")
        add(wind_sun, facts.of_zone(zone, "area_thousand_km2"), OBLASTS, "assumption",
            "limits on building: by area, since land is what is limited")
        for kind in ("wind", "solar"):
            add([f"processes.{kind}.residual_capacity"],
                facts.plant_mw(zone, lambda row, kind=kind: row["class"] == kind), PLANTS, "medium",
                "by listed plants")
        is_hydro = lambda row: row["class"].startswith("hydro")
        large = lambda row: is_hydro(row) and float(row["capacity"]) > SMALL_HYDRO_MW
        small = lambda row: is_hydro(row) and float(row["capacity"]) <= SMALL_HYDRO_MW
        add(["processes.hydro", "processes.river_inflow", "storages.pumped_hydro"],
            facts.plant_mw(zone, large), PLANTS, "medium", "listed plants above 35 MW; pumped storage beside them")
        add(["processes.hydro_small"], facts.plant_mw(zone, small), PLANTS, "medium", "listed plants up to 35 MW")
        add(stations, facts.unit_mw(zone, "coal"), UNITS, "high", "units by plant; new ones at the old sites")
        for kind in ("coal_chp", "gas_chp", "gas_steam", "gas_turbine"):
            add([f"processes.{kind}"], facts.unit_mw(zone, kind), UNITS, "high", "units by plant")
        add(["processes.gas_ccgt.residual_capacity"], facts.unit_mw(zone, "gas_ccgt"), UNITS, "high",
            "units by plant")
        for paths, places, source, confidence, note in PLACES:
            ours = {o: share for o, share in places.items() if facts.zone_of[o] == zone}
            paths = list(paths)
            for path in [path for path in paths if path.startswith("demands.")]:
                commodity = path.removeprefix("demands.")
                if commodity not in ("coke", "crude"):
                    paths += [p for p in facts.with_makers([commodity])[1:] if p not in paths]
            add(paths, ours, source, confidence, note)
    return found


def rows(facts, found):
    """The rows of the table, and what is wrong with the shares."""
    wrong = []
    yield ["region", "part", "label", "of", "share", "source", "confidence", "note"]
    seen = set()
    for zone, paths, of, source, confidence, note in found:
        rounded = {oblast: round(share, 6) for oblast, share in of.items()}
        largest = max(rounded, key=rounded.get)
        rounded[largest] = round(rounded[largest] + 1 - sum(rounded.values()), 6)
        if abs(sum(rounded.values()) - 1) > 1e-9:
            wrong.append(f"{zone}: {paths} add up to {sum(rounded.values())}")
        for path in paths or [""]:
            if (zone, path) in seen:
                wrong.append(f"{zone}: {path} is shared out twice")
            seen.add((zone, path))
        for oblast, share in rounded.items():
            if share > 0:
                name = oblast.lower().replace(" ", "_")
                label = "" if paths else oblast
                yield [zone, name, label, "; ".join(paths), f"{share:.6g}", source, confidence, note]
    facts.wrong += wrong


def main(write):
    facts = Facts()
    out = io.StringIO()
    out.write("# Shares of the 20 oblasts in their zones, for --regions oblasts. Made by data/oblast_shares.py.\n")
    csv.writer(out, lineterminator="\n").writerows(rows(facts, shares(facts)))
    path = MODEL / "oblasts.csv"
    if write:
        path.write_text(out.getvalue())
    elif not path.exists() or path.read_text() != out.getvalue():
        facts.wrong.append("models/kazakhstan/oblasts.csv is not what the facts give: run with --write")
    for line in facts.wrong:
        print(line)
    print(f"{len(facts.oblasts)} oblasts, {len(facts.plants)} plants and {len(facts.units)} units placed")
    return 1 if facts.wrong else 0


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
