"""What the documents say of the model of Central Asia, as expressions over its runs.

Energy in TWh, emissions in Mt of CO2, money in billion USD of 2023, present value where it is of
all years.
"""
import csv
from functools import cache

from figures import ROOT, Run, markdown, text
from figures import RUNS as FOLDER

MODEL = "models/central-asia"
FOLDER = FOLDER / "central-asia"
EXCHANGE = ["isolated", "base", "free-trade", "more-lines"]
CAPS = ["caps-national", "caps-linked"]
PRICES = ["price-joint", "price-kazakhstan", "price-kazakhstan-border"]
WATER = ["water-irrigation", "water-irrigation-contracts", "water-power"]
# one thing otherwise, each beside exchange and caps
OTHERWISE = ["gas-parity", "dry", "capital-6-percent"]
SCENARIOS = [*EXCHANGE, *CAPS, *PRICES, *WATER, "shared-reserve", *OTHERWISE, "wet", "national-targets"]


def beside(scenario, other):
    """The name of two scenarios together."""
    return scenario if other == "base" else other if scenario == "base" else f"{scenario}+{other}"


PAIRS = [beside(s, o) for o in OTHERWISE for s in ["isolated", "more-lines", *CAPS]]
# two blocks a day: the cost is within 0.01% of that with four, in a seventh of the time
RUNS = {name: ["-s", name, "--slices", "24"] for name in [*SCENARIOS, *PAIRS]}
COMMANDS = {}
COUNTRIES = {
    "Kazakhstan": "kz_north;kz_south;kz_west", "Uzbekistan": "uzbekistan", "Kyrgyzstan": "kyrgyzstan",
    "Tajikistan": "tajikistan", "Turkmenistan": "turkmenistan",
}
COUNTRY = {region: country for country, regions in COUNTRIES.items() for region in regions.split(";")}
LABELS = {
    "isolated": "isolated", "base": "contracts of today", "free-trade": "free trade", "more-lines": "more lines",
    "shared-reserve": "more lines, shared reserve", "national-targets": "national targets",
    "caps-national": "caps of each country", "caps-linked": "caps linked",
    "price-joint": "one price in all", "price-kazakhstan": "price in Kazakhstan",
    "price-kazakhstan-border": "with adjustment at the border", "water-irrigation": "water for fields, free trade",
    "water-irrigation-contracts": "water for fields, contracts", "water-power": "water for power, free trade",
    "gas-parity": "gas at parity", "dry": "dry years", "capital-6-percent": "capital at 6%",
}
YEARS = [2023, 2030, 2040, 2050, 2060]
LATER = [2030, 2035, 2040, 2050, 2060]
TWH = 1 / 3.6  # of a PJ


@cache
def of(scenario):
    """The run of a scenario."""
    return Run(FOLDER / scenario)


def programs():
    """The digest of the linear program of each scenario."""
    return {scenario: of(scenario).summary["lp_digest"] for scenario in SCENARIOS}


def uncertified():
    """How many of the runs have no certificate."""
    return text(sum(not of(name).summary["certificate"]["certified"] for name in RUNS))


# costs -----------------------------------------------------------------------------------------


def system_cost(scenario):
    return of(scenario).summary["system_cost"] / 1000


def cost(scenario, digits=1):
    return text(system_cost(scenario), digits)


def saved(scenario, other, digits=1):
    """What a scenario costs less than another."""
    return text(system_cost(other) - system_cost(scenario), digits)


def saved_percent(scenario, other, digits=1):
    return text(100 * (1 - system_cost(scenario) / system_cost(other)), digits)


def saved_over(scenario, other):
    """What it saves as given, at parity of gas, in dry years and with capital at 6%."""
    return [system_cost(beside(other, o)) - system_cost(beside(scenario, o)) for o in ["base", *OTHERWISE]]


def saved_least(scenario, other, digits=1):
    return text(min(saved_over(scenario, other)), digits)


def saved_most(scenario, other, digits=1):
    return text(max(saved_over(scenario, other)), digits)


@cache
def worth(scenario):
    """Present value of a dollar a year in each period."""
    amount, value = {}, {}
    for row in of(scenario).rows("costs"):
        if row["kind"] == "variable" and row["group"] == "system":
            into = amount if row["item"] == "amount" else value
            into[int(row["year"])] = into.get(int(row["year"]), 0.0) + abs(float(row["value"]))
    return {year: value[year] / amount[year] for year in amount}


@cache
def exchanged(scenario):
    """Present value by country of what it pays for what it buys, less what it gets, from 2030 on.

    Each end has its own marginal cost; what a line earns between them is shared in halves.
    """
    run, paid, rents = of(scenario), dict.fromkeys(COUNTRIES, 0.0), {}
    price = {
        (row["region"], row["slice"], row["year"]): float(row["value"])
        for row in run.rows("price") if row["commodity"] == "electricity"
    }
    sums = {}
    for row in run.rows("flow_annual"):
        key = row["link"], row["from"], row["year"]
        sums.setdefault(key, {})[row["item"]] = float(row["value"])
    for row in run.rows("flow"):
        year, ends = int(row["year"]), [COUNTRY.get(row["from"]), COUNTRY.get(row["to"])]
        sent = float(row["value"])
        if year < 2030 or None in ends or ends[0] == ends[1] or sent == 0:
            continue
        whole = sums[row["link"], row["from"], row["year"]]
        got = price[row["from"], row["slice"], row["year"]] * sent
        gave = price[row["to"], row["slice"], row["year"]] * sent * whole["received"] / whole["sent"]
        rent = gave - got
        paid[ends[0]] -= (got + rent / 2) * worth(scenario)[year] / 1000
        paid[ends[1]] += (gave - rent / 2) * worth(scenario)[year] / 1000
        rents[row["link"], year] = rents.get((row["link"], year), 0.0) + rent
    return paid, rents


def allowances(scenario):
    """Present value by country of what it pays for allowances of others, less what it gets."""
    paid, prices = dict.fromkeys(COUNTRIES, 0.0), allowance_prices(scenario)
    for row in of(scenario).rows("trading"):
        country, year = row["scheme"].capitalize(), int(row["year"])
        sign = {"moved_in": 1, "moved_out": -1}.get(row["item"], 0)
        paid[country] += sign * float(row["value"]) * prices[country, year] * worth(scenario)[year] / 1000
    return paid


@cache
def allowance_prices(scenario):
    """USD/t by country and year."""
    return {
        (country, int(row["year"])): float(row["value"])
        for country in COUNTRIES for row in of(scenario).rows("trading")
        if row["scheme"] == country.lower() and row["item"] == "price"
    }


@cache
def with_markets(scenario):
    """Present value of what each country spends, markets beside the region shared by what they take or bring."""
    run, spent, taken = of(scenario), dict.fromkeys(COUNTRIES, 0.0), {}
    for row in run.rows("flow_annual"):
        country = COUNTRY.get(row["from"]) or COUNTRY.get(row["to"])
        market = row["to"] if COUNTRY.get(row["from"]) else row["from"]
        if row["item"] == "received" and market not in COUNTRY:
            key = market, row["year"], country
            taken[key] = taken.get(key, 0.0) + float(row["value"])
    for row in run.rows("costs"):
        if row["item"] != "present_value" or row["group"] != "system":
            continue
        value = float(row["value"]) / 1000
        if row["region"] in COUNTRY:
            spent[COUNTRY[row["region"]]] += value
            continue
        whole = sum(taken.get((row["region"], row["year"], c), 0.0) for c in COUNTRIES)
        for country in COUNTRIES:
            spent[country] += value * taken.get((row["region"], row["year"], country), 0.0) / whole
    difference = sum(spent.values()) - system_cost(scenario)
    assert abs(difference) < 1e-6 * system_cost(scenario), (scenario, difference)
    return spent


def cost_of(scenario, country, trading=False):
    """Present value of what a country spends, with what it pays for power (and allowances)."""
    bought = allowances(scenario)[country] if trading else 0.0
    return with_markets(scenario)[country] + exchanged(scenario)[0][country] + bought


# tables ----------------------------------------------------------------------------------------


def made(scenario, country, category, year):
    return of(scenario).sum("generation_annual", year, TWH, region=COUNTRIES[country], category=category, commodity="electricity")[0]


def emitted(scenario, country, year):
    return sum(
        float(row["value"]) for row in of(scenario).rows("emissions")
        if row["emission"] == "co2" and row["process"] and int(row["year"]) == year and COUNTRY.get(row["region"]) == country
    )


def base_year():
    """2023 beside statistics."""
    rows = []
    with open(ROOT / MODEL / "statistics.csv", encoding="utf-8") as file:
        confidence = {row["statistic"]: row["confidence"] for row in csv.DictReader(file)}
    for row in of("base").rows("calibration"):
        plan, stated = float(row["plan"]), float(row["statistics"])
        rows.append([row["label"], text(stated, 2), text(plan, 2), text(100 * (plan / stated - 1), 1, signed=True) + "%", confidence[row["statistic"]]])
    return markdown(["TWh in 2023", "statistics", "model", "difference", "confidence"], rows)


def exchange():
    """Cost of each degree of exchange, and what it saves beside isolation."""
    cases = ["base", *OTHERWISE]
    head = ["", *(["as given"] + [LABELS[o] for o in OTHERWISE])]
    rows = [["isolated, billion USD", *(cost(beside("isolated", o)) for o in cases)]]
    for scenario in ["base", "more-lines"]:
        rows.append([f"{LABELS[scenario]}: saves", *(saved(beside(scenario, o), beside("isolated", o)) for o in cases)])
    return markdown(head, rows)


def sent(scenario, year):
    return sum(
        float(row["value"]) * TWH for row in of(scenario).rows("flow_annual")
        if row["item"] == "sent" and int(row["year"]) == year
        and None not in (ends := [COUNTRY.get(row["from"]), COUNTRY.get(row["to"])]) and ends[0] != ends[1]
    )


def traded():
    scenarios = [*EXCHANGE[1:], "shared-reserve", *CAPS]
    rows = [[LABELS[s], *(text(sent(s, year), 1) for year in YEARS)] for s in scenarios]
    return markdown(["sent between the five, TWh", *map(str, YEARS)], rows)


def by_country(*scenarios):
    """What each country gains beside isolation, with trade at marginal cost."""
    rows = []
    for country in COUNTRIES:
        rows.append([country, *(text(cost_of("isolated", country) - cost_of(s, country), 1, signed=True) for s in scenarios)])
    totals = [sum(cost_of("isolated", c) - cost_of(s, c) for c in COUNTRIES) for s in scenarios]
    rows.append(["together", *(text(value, 1, signed=True) for value in totals)])
    return markdown(["gain, billion USD", *(LABELS[s] for s in scenarios)], rows)


def marginal(scenario):
    """Marginal costs of electricity."""
    rows = []
    for region in COUNTRY:
        cells = [of(scenario).sum("price_annual", year, 3.6, region=region, commodity="electricity")[0] for year in LATER]
        rows.append([region.replace("kz_", "Kazakhstan, ").capitalize() if region.startswith("kz_") else COUNTRY[region], *(text(c, 0) for c in cells)])
    return markdown(["USD/MWh", *map(str, LATER)], rows)


def lines():
    """What is built between countries with more lines, and what lines earn."""
    run, rents = of("more-lines"), exchanged("more-lines")[1]
    rows = []
    for link in ["kz_kg", "kz_uz", "uz_kg", "kg_tj", "tj_uz", "tm_uz"]:
        there = [run.sum("capacity", year, name=link)[0] for year in [2025, 2040, 2060]]
        earned = [exchanged(s)[1].get((link, 2040), 0.0) for s in ["free-trade", "more-lines"]]
        rows.append([link.upper().replace("_", "-"), *(text(gw, 2) for gw in there), *(text(value, 0) for value in earned)])
    return markdown(["line", "GW 2025", "2040", "2060", "rent 2040 in free trade, million USD", "with more lines"], rows)


def invested(*scenarios):
    """Investment from 2030 on, billion USD, not discounted, by country."""
    rows = []
    for country, regions in COUNTRIES.items():
        rows.append([country, *(text(sum(of(s).sum("investment", year, 0.001, region=regions, item="overnight")[0] for year in LATER), 1) for s in scenarios)])
    return markdown(["investment, billion USD", *(LABELS[s] for s in scenarios)], rows)


def mix(scenario, year):
    """Generation by country and source."""
    kinds = ["coal", "gas", "nuclear", "hydro", "wind", "solar"]
    rows = [[c, *(text(made(scenario, c, k, year), 1) for k in kinds)] for c in COUNTRIES]
    return markdown([f"TWh in {year}", *kinds], rows)


def emissions(*scenarios, year=2040):
    rows = [[c, *(text(emitted(s, c, year), 1) for s in scenarios)] for c in COUNTRIES]
    rows.append(["together", *(text(sum(emitted(s, c, year) for c in COUNTRIES), 1) for s in scenarios)])
    return markdown([f"Mt in {year}", *(LABELS[s] for s in scenarios)], rows)


def water():
    """What each regime of the Naryn costs each country more than contracts of today."""
    scenarios = ["water-irrigation-contracts", "free-trade", "water-irrigation", "water-power"]
    rows = []
    for country in COUNTRIES:
        rows.append([country, *(text(cost_of(s, country) - cost_of("base", country), 2, signed=True) for s in scenarios)])
    rows.append(["together", *(text(system_cost(s) - system_cost("base"), 2, signed=True) for s in scenarios)])
    return markdown(["cost beside contracts of today, billion USD", *(LABELS[s] for s in scenarios)], rows)


def caps_prices():
    """Prices of allowances."""
    rows = []
    for scenario in CAPS:
        prices = allowance_prices(scenario)
        for country in COUNTRIES if "national" in scenario else ["Kazakhstan"]:
            name = country if "national" in scenario else "all five"
            rows.append([LABELS[scenario], name, *(text(prices[country, year], 0) for year in LATER)])
    return markdown(["", "USD/t", *map(str, LATER)], rows)


def linking():
    """What linking saves, over all that was varied."""
    rows = []
    for other in ["base", *OTHERWISE]:
        national, linked = beside(CAPS[0], other), beside(CAPS[1], other)
        uncapped = system_cost(other)
        burden = system_cost(national) - uncapped
        gain = system_cost(national) - system_cost(linked)
        rows.append(["as given" if other == "base" else LABELS[other], text(burden, 1), text(gain, 1), text(100 * gain / burden, 0) + "%", text(100 * gain / system_cost(national), 1) + "%"])
    return markdown(["", "caps of each country cost, billion USD", "linking saves", "of that", "of all costs"], rows)


def linking_by_country():
    rows = []
    bought = allowances("caps-linked")
    for country in COUNTRIES:
        alone, together = cost_of("caps-national", country), cost_of("caps-linked", country, trading=True)
        rows.append([country, text(alone - together, 2, signed=True), text(bought[country], 2, signed=True)])
    rows.append(["together", text(sum(float(r[1]) for r in rows), 2, signed=True), text(sum(bought.values()), 2, signed=True)])
    return markdown(["billion USD", "gain by linking", "paid for allowances of others"], rows)


def one_sided():
    """Emissions of 2040 less those without a price, and what leaks."""
    rows = []
    for scenario in PRICES:
        change = {c: emitted(scenario, c, 2040) - emitted("base", c, 2040) for c in COUNTRIES}
        home = change.pop("Kazakhstan")
        abroad = sum(change.values())
        leak = "" if scenario == "price-joint" else text(-100 * abroad / home, 0) + "%"
        rows.append([LABELS[scenario], text(home, 1, signed=True), text(abroad, 1, signed=True), leak, saved("base", scenario)])
    return markdown(["Mt in 2040, beside no price", "Kazakhstan", "the other four", "leaks", "system cost more, billion USD"], rows)
