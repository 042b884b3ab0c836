"""What the documents say of the model of Kazakhstan, as expressions over its runs.

Energy in TWh (electricity) or PJ, emissions in Mt CO2e, money in billion USD of 2023.
"""
from functools import cache

from figures import RUNS as FOLDER
from figures import Run, markdown, text
from inputs import inputs_table, judgements_table, study_figure, without_plan  # noqa: F401, of documents

MODEL = "models/kazakhstan"
SCENARIOS = [
    "base", "reference", "ndc-unconditional", "ndc-conditional", "neutrality-2060", "coal-exit",
    "no-nuclear", "delayed-action", "high-demand", "low-gas", "cheap-storage",
    "regional-cooperation", "equal-budget", "capital-6-percent", "little-removal", "much-removal",
]
RESOLUTIONS = {
    "zones-24": ["--slices", "24"],
    "zones-12": ["--slices", "12"],
    "zones-6": ["--slices", "6"],
    "national-12": ["--regions", "national", "--slices", "12"],
    "national-6": ["--regions", "national", "--slices", "6"],
}
# folder under runs/figures: arguments of `kzleap run models/kazakhstan`, or of another command below
RUNS = {
    name: ["-s", name, "--check-hours", "2060"] for name in SCENARIOS
} | {
    name: ["-s", "neutrality-2060", *arguments] for name, arguments in RESOLUTIONS.items()
} | {
    "ranges": [
        "-s", "neutrality-2060", "--regions", "national", "--slices", "4",
        "--within", "0.5,1,2", "--years", "2035,2060",
    ],
    "sensitivity": ["-s", "neutrality-2060", "--regions", "national", "--slices", "4"],
    "inputs": [],
    "judgements": [],
}
# what comes before these arguments, where it is not `run`
COMMANDS = {
    "ranges": ["ranges", "models/kazakhstan"],
    "sensitivity": ["sensitivity", "models/kazakhstan"],
    "inputs": ["study", "run", "studies/kazakhstan-inputs.toml"],
    "judgements": ["study", "run", "studies/kazakhstan-judgements.toml"],
}
N = "neutrality-2060"
ZONES = "north;south;west;kazakhstan"  # the last where they are merged
MILESTONES = [2023, 2025, 2030, 2035, 2040, 2045, 2050, 2055, 2060]
BUILT = MILESTONES[1:]
SHOWN = [2023, 2030, 2040, 2050, 2060]
# 100-year warming potentials of the fifth assessment report, as the cap of the model has them
WEIGHTS = {"ch4": 28.0, "n2o": 265.0}
TWH = 1 / 3.6  # of a PJ


@cache
def of(scenario):
    """The run of a scenario or resolution."""
    return Run(FOLDER / scenario)


def programs():
    """The digest of the linear program of each scenario at the resolution it is written in."""
    return {scenario: of(scenario).summary["lp_digest"] for scenario in SCENARIOS}


# numbers ---------------------------------------------------------------------------------------


def system_cost(scenario):
    """Total discounted system cost, without transfers."""
    return of(scenario).summary["system_cost"] / 1000


def cost(scenario, digits=0):
    return text(system_cost(scenario), digits)


def cost_beside(scenario, other=N, digits=1):
    """System cost less that of another scenario, with its sign."""
    return text(system_cost(scenario) - system_cost(other), digits, signed=True)


def cost_more(scenario, other, digits=0):
    """The same without its sign."""
    return text(abs(system_cost(scenario) - system_cost(other)), digits)


def cost_of(category, scenario=N, other="reference", digits=0):
    """Present value of what a category costs more (or less) than in another scenario."""
    value = [
        of(run).sum("costs", year, 0.001, item="present_value", category=category)[0]
        for run in (scenario, other) for year in MILESTONES
    ]
    return text(abs(sum(value[:9]) - sum(value[9:])), digits)


def total(table, year, digits=0, scenario=N, times=1.0, **where):
    """The sum of rows of a table."""
    value, unique = of(scenario).sum(table, year, times, **where)
    return text(value, digits, unique=unique)


def made(category, year, scenario=N, digits=0, region=None):
    """Electricity made, TWh."""
    where = {"region": region} if region else {}
    value, _ = of(scenario).sum(
        "generation_annual", year, TWH, commodity="electricity", origin="made",
        category=category, **where)
    return text(value, digits)


def _domestic_generation(scenario, year):
    rows = of(scenario).rows("generation_annual")
    return sum(
        float(row["value"]) * TWH for row in rows
        if row["commodity"] == "electricity" and row["origin"] == "made"
        and row["year"] == str(year) and row["region"] in ZONES.split(";"))


def generation(year, scenario=N, digits=0):
    """All electricity made at home, TWh."""
    return text(_domestic_generation(scenario, year), digits)


def generation_share(category, year, scenario, **where):
    """Share of a category in the electricity made at home, percent."""
    made_of_it = of(scenario).sum(
        "generation_annual", year, TWH, commodity="electricity", origin="made",
        category=category, region=ZONES, **where)[0]
    return text(100 * made_of_it / _domestic_generation(scenario, year))


def in_service(category, year, scenario=N, digits=1, unit="GW"):
    """Capacity in service, GW."""
    return total("capacity", year, digits, scenario, category=category, unit=unit, region=ZONES)


def built_a_year(category, year, digits=1):
    """Capacity built for a period, GW in each of its years."""
    value, _ = of(N).sum("new_capacity", year, 0.2, category=category, addition="built", unit="GW")
    return text(value, digits)


def greenhouse_gases(scenario, year, digits=0):
    """All greenhouse gases at home with land use, Mt CO2e."""
    value, _ = of(scenario).sum(
        "emissions", year, weights=WEIGHTS, region=ZONES,
        emission="co2;ch4;n2o;f_gases;land_use")
    return text(value, digits)


def emitted_more(scenario, other=N):
    """Greenhouse gases more than in another scenario from 2023 to 2060, billion tonnes."""
    more = 0.0
    for year, years in zip(MILESTONES, (2, 5, 5, 5, 5, 5, 5, 5, 1)):
        both = [
            of(run).sum("emissions", year, weights=WEIGHTS, region=ZONES,
                        emission="co2;ch4;n2o;f_gases;land_use")[0]
            for run in (scenario, other)]
        more += years * (both[0] - both[1]) / 1000
    return text(more, 1)


def cap_price(scenario, year, digits=0, marked=False):
    """Shadow price of the cap, and of a budget beside it, which weigh gases alike: USD/t."""
    value, unique = of(scenario).sum("emission_caps", year, item="price")
    return text(value, digits, unique=unique or not marked)


def electricity_cost(region, year, commodity="electricity"):
    """Mean marginal cost of electricity, USD/MWh."""
    value, unique = of(N).sum("price_annual", year, 3.6, region=region, commodity=commodity)
    return text(value, unique=unique)


def slice_cost(year, end, digits=0):
    """Lowest or highest marginal cost of electricity at plants over slices and zones, USD/MWh."""
    values = [
        float(row["value"]) * 3.6 for row in of(N).rows("price")
        if row["commodity"] == "electricity" and row["year"] == str(year)
        and row["region"] in ZONES.split(";")]
    return text(end(values), digits)


def calibration_plan(statistic, digits=0):
    """What the plan has where a statistic is known, in the statistic's unit."""
    value = [row["plan"] for row in of(N).rows("calibration") if row["statistic"] == statistic]
    return text(float(value[0]), digits)


def emitted(category, year, digits=0, scenario=N):
    """Greenhouse gases of categories at home, Mt CO2e."""
    value, _ = of(scenario).sum(
        "emissions", year, weights=WEIGHTS, region=ZONES, category=category,
        emission="co2;ch4;n2o;f_gases")
    return text(value, digits)


def final_share(commodity, flow, year, scenario=N):
    """Share of a commodity in what a sector uses, percent; the flow with all below it."""
    used = whole = 0.0
    for row in of(scenario).rows("balance"):
        if row["region"] == "*" and row["year"] == str(year) and row["unit"] == "PJ/a" and (
                row["flow"] + "/").startswith(flow + "/"):
            whole -= float(row["value"])
            used -= float(row["value"]) * (row["commodity"] in commodity.split(";"))
    return text(100 * used / whole)


def invested_more(scenario, other):
    """Overnight cost of all that is built from 2025 on, more than in another scenario."""
    return text(float(invested(scenario, digits=6)) - float(invested(other, digits=6)))


def invested_range(category, end):
    """The least or most that scenarios invest in a category."""
    return text(end(float(invested(name, category, digits=6)) for name in SCENARIOS))


def invested(scenario=N, category=None, without=(), digits=0):
    """Overnight cost of all that is built from 2025 on."""
    value = 0.0
    for row in of(scenario).rows("investment"):
        if row["item"] != "overnight" or row["category"] in without:
            continue
        if category is None or row["category"] in category.split(";"):
            value += float(row["value"]) / 1000
    return text(value, digits)


VEHICLES = (
    "electric vehicles", "gasoline vehicles", "diesel vehicles", "gas vehicles", "LPG vehicles",
    "hydrogen vehicles", "rail, diesel", "rail, electric", "rail, hydrogen", "catenary trucks")


def captured_in_the_air(year, digits=0, scenario=N):
    """CO2 taken from the air, Mt."""
    return total("generation_annual", year, digits, scenario, commodity="co2_removed")


def not_unique(table):
    """Share of a table's figures that another plan of the same cost may have otherwise, percent."""
    counted = of(N).summary["unique"][table]
    return text(100 * (1 - counted["unique"] / counted["rows"]))


def calibrated(statistics):
    """Largest difference from statistics, of those whose names begin so: value and its name."""
    rows = [
        row for row in of(N).rows("calibration")
        if row["statistic"].startswith(tuple(statistics.split(";")))]
    worst = max(rows, key=lambda row: abs(float(row["difference"])))
    difference = 100 * float(worst["difference"])
    if abs(difference) < 0.05:
        return "0"
    plan, stated = (float(worst[c]) for c in ("plan", "statistics"))
    digits = 1 if abs(stated) < 100 else 0
    return (f"{text(difference, 1, signed=True)}%, {worst['label']} "
            f"({plan:.{digits}f} of {stated:.{digits}f} {worst['unit']})")


# tables ----------------------------------------------------------------------------------------


def calibration_groups():
    """Largest difference by kind of statistic."""
    groups = [
        ("electricity by fuel", "2%", "electricity_"),
        ("primary energy by fuel", "2%", "primary_;import_"),
        ("output of coal, oil, gas, refineries", "2%", "output_"),
        ("fuel of plants and boilers; heat", "2%",
         "coal_plants;gas_plants;coal_boilers;gas_boilers;heat_"),
        ("final use by sector", "5%", "final_"),
        ("CO2 of energy use and of making materials", "3%", "co2_"),
        ("capacity of power plants", "exact", "capacity_"),
    ]
    return markdown(
        ["", "allowed", "largest difference in `neutrality-2060`"],
        [[name, allowed, calibrated(statistics)] for name, allowed, statistics in groups])


def scenarios():
    """Emissions, prices of the cap and cost of all scenarios."""
    years = [2023, 2030, 2035, 2040, 2050, 2060]
    rows = []
    for name in SCENARIOS:
        prices = ", ".join(cap_price(name, year) for year in (2030, 2040, 2050, 2060))
        rows.append([
            f"`{name}`", *(greenhouse_gases(name, year) for year in years),
            "-" if name in ("base", "reference") else prices, cost(name)])
    return markdown(
        ["scenario", *map(str, years), "shadow price of the cap in 2030, 2040, 2050, 2060",
         "total discounted system cost"], rows)


def made_beside():
    """Electricity made in the reference and in neutrality, TWh."""
    columns = [("reference", 2023), ("reference", 2035), ("reference", 2060), (N, 2035), (N, 2060)]
    kinds = [
        ("coal, with CHP", "coal;coal CHP"), ("gas, with CHP", "gas;gas CHP"),
        ("gas with capture", "gas CCS"), ("nuclear", "nuclear"), ("hydro", "hydro"),
        ("wind", "wind"), ("solar", "solar"), ("biomass", "biomass;biomass CCS")]
    rows = [[label, *(made(c, year, s) for s, year in columns)] for label, c in kinds]
    rows.append(["all", *(generation(year, s) for s, year in columns)])
    return markdown(
        ["", "2023", "reference 2035", "reference 2060", "neutrality 2035", "neutrality 2060"],
        rows)


def rows_of(table, rows, years, digits=1, times=1.0, **shared):
    """A table of sums: rows of a label and what to sum."""
    lines = [
        [label, *(total(table, year, digits, times=times, **(shared | where)) for year in years)]
        for label, where in rows]
    return markdown(["", *map(str, years)], lines)


def made_by_class():
    kinds = [
        ("coal", "coal"), ("coal CHP", "coal CHP"), ("gas", "gas"), ("gas CHP", "gas CHP"),
        ("gas with capture", "gas CCS"), ("nuclear", "nuclear"), ("hydro", "hydro"),
        ("wind", "wind"), ("solar", "solar"), ("biomass with capture", "biomass CCS"),
        ("imports", "import")]
    return rows_of(
        "generation_annual", [(label, {"category": c}) for label, c in kinds],
        [2023, 2030, 2035, 2040, 2050, 2060], times=TWH, commodity="electricity", origin="made")


def made_by_zone():
    lines = []
    for zone in ("north", "south", "west"):
        parts = {}
        for row in of(N).rows("generation_annual"):
            if (row["commodity"], row["origin"], row["year"], row["region"]) == (
                    "electricity", "made", "2060", zone):
                parts[row["category"]] = parts.get(row["category"], 0) + float(row["value"]) * TWH
        named = sorted(parts.items(), key=lambda part: -part[1])
        what = ", ".join(f"{name} {value:.0f}" for name, value in named if value >= 0.5)
        lines.append([
            zone, *(total("generation_annual", year, 1, times=TWH, commodity="electricity",
                          origin="made", region=zone) for year in SHOWN), what])
    return markdown(["", *map(str, SHOWN), "what it is in 2060"], lines)


def built():
    kinds = [
        ("wind", "wind"), ("solar", "solar"), ("coal, coal CHP", "coal;coal CHP"),
        ("nuclear", "nuclear"), ("gas CHP", "gas CHP"), ("gas, gas with capture", "gas;gas CCS"),
        ("heat pumps", "heat pumps"), ("electric heating", "electric heating"),
        ("biomass with capture", "biomass CCS")]
    lines = []
    for zone in ("north", "south", "west"):
        first = True
        for label, category in kinds:
            cells = [
                total("new_capacity", year, 1, addition="built", unit="GW", region=zone,
                      category=category) for year in BUILT]
            if any(cell.strip("?") not in ("0", "0.0") for cell in cells):
                lines.append([zone if first else "", label, *cells])
                first = False
    return markdown(["zone", "class", *map(str, BUILT)], lines)


def standing():
    by_zone = lambda category: [
        ", ".join(total("capacity", year, 1, unit="GW", category=category, region=zone)
                  for zone in ("north", "south", "west")) for year in SHOWN]
    lines = [
        ["wind: north, south, west", *by_zone("wind")],
        ["solar: north, south, west", *by_zone("solar")]]
    for label, category in [
            ("coal, all with CHP", "coal;coal CHP"),
            ("gas, all with CHP and capture", "gas;gas CHP;gas CCS"), ("nuclear", "nuclear"),
            ("hydro", "hydro")]:
        lines.append([label, *(in_service(category, year) for year in SHOWN)])
    return markdown(["", *map(str, SHOWN)], lines)


def investment():
    kinds = [
        ("wind", "wind"), ("solar", "solar"), ("nuclear", "nuclear"),
        ("gas, gas CHP, gas with capture", "gas;gas CHP;gas CCS"), ("grid within zones", "grid"),
        ("heat pumps", "heat pumps"), ("capture from air", "removal"),
        ("electric vehicles", "electric vehicles"),
        ("gasoline, diesel, gas, LPG vehicles",
         "gasoline vehicles;diesel vehicles;gas vehicles;LPG vehicles")]
    rows = [(label, {"category": c}) for label, c in kinds]
    rows += [(f"{zone}, all", {"region": zone}) for zone in ("north", "south", "west")]
    lines = []
    for label, where in rows:
        sums = [of(N).sum("investment", y, 0.001, item="overnight", **where) for y in BUILT]
        lines.append([
            label, *(text(value, 1, unique=unique) for value, unique in sums),
            text(sum(value for value, _ in sums), 1)])
    return markdown(["", *map(str, BUILT), "all"], lines)


def cap_prices():
    years = BUILT[1:]
    return markdown(list(map(str, years)), [[cap_price(N, year, marked=True) for year in years]])


def electricity_costs():
    lines = [
        [f"{'at plants' if c == 'electricity' else 'to users'}: {zone}",
         *(electricity_cost(zone, year, c) for year in SHOWN)]
        for c in ("electricity", "electricity_final") for zone in ("north", "south", "west")]
    return markdown(["", *map(str, SHOWN)], lines)


def resolutions():
    """Size, time and results by resolution."""
    lines = []
    for name in [N, *RESOLUTIONS]:
        regions, _, slices = ("zones", "", "36") if name == N else name.partition("-")
        summary = of(name).summary
        electricity = sum(
            float(row["value"]) * TWH for row in of(name).rows("balance")
            if row["commodity"] == "electricity" and row["year"] == "2060" and row["region"] == "*"
            and row["flow"].startswith(("production", "transformation/"))
            and float(row["value"]) > 0)
        lines.append([
            regions, slices, f"{summary['lp']['rows']:,}", f"{summary['lp']['nonzeros']:,}",
            cost(name, 1), text(electricity), cap_price(name, 2060)])
    return markdown(
        ["regions", "slices", "rows", "nonzeros", "cost", "TWh", "USD/t"], lines)


def other_sectors():
    """What serves heat, travel and industry."""
    heat = {"commodity": "heat", "origin": "made"}
    rooms = {"commodity": "room_heat_flats;room_heat_houses;room_heat_services"}
    rows = [
        ("district heat at plants, PJ: coal", 0, heat | {
            "process": "coal_boiler;coal_chp;coal_chp_new"}),
        ("… gas", 0, heat | {"process": "gas_boiler;gas_boiler_new;gas_chp;gas_chp_new"}),
        ("… electric boilers and large heat pumps", 0, heat | {
            "process": "electric_boiler;heat_pump"}),
        ("… biomass with capture", 0, heat | {"process": "biomass_ccs"}),
        ("rooms of homes and services, PJ: district heat", 0, rooms | {
            "category": "district heat"}),
        ("… coal", 0, rooms | {"category": "coal stoves;coal boilers"}),
        ("… gas", 0, rooms | {"category": "gas boilers"}),
        ("… heat pumps", 0, rooms | {"category": "heat pumps"}),
        ("… electric heating", 0, rooms | {"category": "electric heating"}),
        ("… insulation", 0, rooms | {"category": "renovation"}),
        ("cars, bn km: gasoline, LPG, diesel, gas", 0, {
            "commodity": "car_travel",
            "category": "gasoline vehicles;LPG vehicles;diesel vehicles;gas vehicles"}),
        ("… electric, hydrogen", 0, {
            "commodity": "car_travel", "category": "electric vehicles;hydrogen vehicles;hydrogen"}),
        ("buses, bn km: electric", 1, {"process": "bus_electric"}),
        ("trucks, bn km: electric", 1, {"process": "truck_electric"}),
        ("steel, Mt: blast furnace", 1, {"commodity": "steel", "process": "steel_blast"}),
        ("… reduction with gas", 1, {"commodity": "steel", "process": "steel_gas"}),
        ("… scrap", 1, {"commodity": "steel", "process": "steel_scrap"}),
        ("cement, Mt: with capture", 1, {"commodity": "cement", "process": "cement_ccs"}),
        ("… with clay", 1, {"commodity": "cement", "process": "cement_clay"}),
        ("furnace heat, PJ: coal", 0, {"commodity": "process_heat", "process": "furnace_coal"}),
        ("… gas", 0, {"commodity": "process_heat", "process": "furnace_gas"}),
        ("… coal with capture", 0, {"commodity": "process_heat", "process": "furnace_coal_ccs"}),
        ("… electric furnaces and heat pumps", 0, {
            "commodity": "process_heat", "process": "furnace_electric;furnace_heat_pump"}),
        ("taken from the air, Mt", 0, {"commodity": "co2_removed"}),
    ]
    return markdown(["", *map(str, SHOWN)], [
        [label, *(total("generation_annual", year, digits, **where) for year in SHOWN)]
        for label, digits, where in rows])


# what of the table `emissions` is which sector; what is named nowhere stands in the last row
SECTORS = [
    ("power stations and CHP",
     "coal;coal CHP;gas;gas CHP;gas CCS;oil;biomass;biomass CCS"),
    ("heat plants", "coal boiler houses;gas boiler houses;oil boiler houses"),
    ("industry", "steel;ferroalloys;cement;aluminium;furnaces;machines;coke ovens;"
                 "other processes;other processes, abated"),
    ("transport", "diesel vehicles;gasoline vehicles;gas vehicles;LPG vehicles;rail, diesel;"
                  "domestic aircraft;boats;pipelines"),
    ("homes and services", "coal stoves;coal boilers;gas boilers;gas stoves;LPG stoves;"
                           "oil boilers;wood stoves;diesel engines"),
    ("farms", "farming;farms;tractors"),
    ("energy industry", "coal mining;fields;mines;refineries;oil and gas leaks"),
    ("waste", "waste"),
    ("fluorinated gases and land use", "exogenous"),
    ("taken from the air", "removal"),
]


def emissions_by_sector():
    gases = {"region": ZONES, "emission": "co2;ch4;n2o;f_gases;land_use"}
    lines, named = [], []
    for label, categories in SECTORS:
        named += categories.split(";")
        lines.append([label, *(
            text(of(N).sum("emissions", y, weights=WEIGHTS, category=categories, **gases)[0], 1)
            for y in SHOWN), categories.replace(";", "; ")])
    rest = sorted({row["category"] for row in of(N).rows("emissions")} - set(named))
    if rest:
        lines.append(["other", *(
            text(of(N).sum("emissions", y, weights=WEIGHTS, category=";".join(rest), **gases)[0], 1)
            for y in SHOWN), "; ".join(rest)])
    lines.append(["all", *(greenhouse_gases(N, year) for year in SHOWN), ""])
    return markdown(["", *map(str, SHOWN), "categories in the table"], lines)


def sent(link, year, digits=1):
    """Electricity sent over a link, both ways together, TWh."""
    value, _ = of(N).sum("flow_annual", year, TWH, link=link, item="sent", commodity="electricity")
    return text(value, digits)


def by_the_hour(scenario, quantity, **where):
    """The sum of what the hours of 2060 have, and of what the plan has beside it."""
    rows = [
        row for row in of(scenario).rows("hours")
        if row["quantity"] == quantity and all(row[c] == name for c, name in where.items())
    ]
    return [sum(float(row[c] or 0) for row in rows) for c in ("hours", "plan")]


def hours_table():
    """Plans held against the 8,760 hours of 2060."""
    header = [
        "scenario", "verdict", "unserved, GWh", "above the cap, Mt",
        "gas without capture, TWh (plan)", "wind, sun, rivers unused, %",
    ]
    lines = []
    for scenario in SCENARIOS:
        (verdict,) = of(scenario).summary["hours"]
        unserved = by_the_hour(scenario, "unserved")[0]
        emitted = by_the_hour(scenario, "emissions", of="national")[0]
        limit = by_the_hour(scenario, "limit", of="national")[0]
        caps = [row for row in of(scenario).rows("hours") if row["quantity"] == "limit"]
        gas = [
            sum(by_the_hour(scenario, "generation", of=name, commodity="electricity")[at]
                for name in ("gas", "gas CHP")) / 1000
            for at in (0, 1)
        ]
        held = "holds" if verdict["holds"] else "does not hold"
        lines.append([
            f"`{scenario}`", held if verdict["certified"] else "not certified",
            text(unserved), text(max(emitted - limit, 0), 1) if caps else "-",
            f"{text(gas[0])} ({text(gas[1])})", text(100 * verdict["unused_share"], 1),
        ])
    return markdown(header, lines)


def reserve_price(year):
    """Shadow price of the reserve in the north, USD for a kW and year."""
    return text(of(N).sum("reserves", year, reserve="north", item="price", slice="")[0])


def reserve_required(year):
    """Firm capacity that the reserves of the zones ask for, GW."""
    return text(of(N).sum("reserves", year, item="required")[0])


def heat_share(process, year):
    """Share of a process in district heat at plants, percent."""
    heat = {"commodity": "heat", "origin": "made"}
    part = of(N).sum("generation_annual", year, process=process, **heat)[0]
    return text(100 * part / of(N).sum("generation_annual", year, **heat)[0])


def cost_differences(count=12):
    """Categories whose present value differs most from the reference, billion USD."""
    sums = {}
    for sign, scenario in ((1, N), (-1, "reference")):
        for row in of(scenario).rows("costs"):
            if row["item"] == "present_value" and row["kind"] not in ("emission_price", "subsidy"):
                key = row["category"]
                sums[key] = sums.get(key, 0) + sign * float(row["value"]) / 1000
    most = sorted(sums.items(), key=lambda item: -abs(item[1]))[:count]
    return markdown(["category", "neutrality less reference"], [
        [name, text(value, 1, signed=True)] for name, value in most])


# ranges ----------------------------------------------------------------------------------------

INDICATORS = {
    "wind": "wind, TWh", "solar": "sun, TWh", "nuclear": "nuclear, TWh",
    "gas": "gas without capture, TWh", "gas_with_capture": "gas with capture, TWh",
    "coal": "coal, TWh", "storage": "storages of electricity, GW",
}


def _ranges():
    import csv

    with open(FOLDER / "ranges" / "ranges.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _two_digits(value):
    """A number with two digits that count."""
    value = float(value)
    if abs(value) < 0.05:
        return "0"
    digits = max(0, 1 - int(f"{value:e}".split("e")[1]))
    return f"{float(f'{value:.1e}'):.{digits}f}"


def ranges_table():
    """What each indicator is in the least-cost plan, and from where to where it may go."""
    rows, found = [], _ranges()
    for name, label in INDICATORS.items():
        for year in ("2035", "2060"):
            of = [row for row in found if row["indicator"] == name and row["year"] == year]
            of.sort(key=lambda row: float(row["within"]))
            ends = [f"{_two_digits(row['least'])} to {_two_digits(row['most'])}" for row in of]
            if any(float(row["most"]) > 0.05 for row in of):
                rows.append([label if year == "2035" else "…", year, _two_digits(of[0]["planned"]), *ends])
    return markdown(["", "year", "least-cost plan", "within 0.5%", "within 1%", "within 2%"], rows)
