#!/usr/bin/env python3
"""Makes the tables of `models/central-asia` from the tables of this folder.

    python3 data/central-asia/tables.py          compares them with what it would write
    python3 data/central-asia/tables.py write    writes them

`profiles.csv` (load, wind, sun and rivers by month and block of hours), `demand.csv` and
`residual_capacity.csv`. Kazakhstan has the capacities of `models/kazakhstan`.
"""
import csv
import io
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
MODEL = ROOT / "models" / "central-asia"
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
# hours of UTC+5
BLOCKS = {"night": [22, 23, 0, 1, 2, 3, 4, 5], "morning": list(range(6, 10)), "noon": list(range(10, 16)), "evening": list(range(16, 22))}
YEARS = [2023, 2025, 2030, 2035, 2040, 2050, 2060]
REGION = {"KG": "kyrgyzstan", "TJ": "tajikistan", "TM": "turkmenistan", "UZ": "uzbekistan"}
ZONES = {"kz_north": ("north", "KZ_NR"), "kz_south": ("south", "KZ_SO"), "kz_west": ("west", "KZ_WS")}
# years a plant serves; what is older in 2023 serves until 2030
LIVES = {"coal": 55, "steam turbine": 50, "combined cycle": 35, "gas turbine": 30, "internal combustion": 25, "unknown": 50, "ICCC": 35}

PROFILES = "Agora Energiewende & UCA 2026, training-data-central-asia (MIT); data/central-asia/profiles_12x24.csv"
GEM = "Global Energy Monitor trackers, May-Aug 2024 (CC BY 4.0); data/central-asia/plants.csv"


def read(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def by_hour(place, technology, hours_later):
    """Month and hour of UTC+5 to value; the source is `hours_later` ahead of UTC+5."""
    found = {}
    for row in read(HERE / "profiles_12x24.csv"):
        if (row["place"], row["technology"]) == (place, technology):
            hour = (int(row["hour"]) - hours_later) % 24
            found[int(row["month"]) - 1, hour] = float(row["value"])
    assert len(found) == 288, (place, technology, len(found))
    return found


def by_block(found, month, block):
    return sum(found[month, hour] for hour in BLOCKS[block]) / len(BLOCKS[block])


# months of demand in Tajikistan: what was served in 2023, with the rationing of winter
SERVED_TJ = [0.086, 0.078, 0.083, 0.078, 0.087, 0.088, 0.089, 0.087, 0.082, 0.081, 0.079, 0.082]


def months_of(country):
    """Shares of the months in the demand of a year."""
    if country == "TJ":
        return SERVED_TJ
    rows = [r for r in read(HERE / "demand_months.csv") if r["place"] == country and r["topic"] == "monthly share"]
    if country == "KG":
        rows = [r for r in rows if "suggested" in r["item"]]
    share = {int(r["subitem"].split()[1]) - 1: float(r["value"]) for r in rows}
    whole = sum(share.values())
    return [share[month] / whole for month in range(12)]


def loads():
    shape = by_hour("CA", "load", -5)  # the source is in UTC
    for country in ["KZ", "UZ", "KG", "TJ", "TM"]:
        source = "Agora Energiewende & UCA 2026 (MIT): hours of a day; MESSAGEix-CAS (Apache-2.0): months"
        note = "one shape of the day for all countries, moved from UTC to UTC+5; no load of an operator was found"
        if country in ["KG", "TJ"]:
            source = "Agora Energiewende & UCA 2026 (MIT): hours of a day; data/central-asia/README.md: months"
            note = "months so that winter supply of 2023 meets it; it was rationed, so the wish is higher"
        for month, share in enumerate(months_of(country)):
            mean = sum(shape[month, hour] for hour in range(24)) / 24
            for block in BLOCKS:
                value = share / DAYS[month] * 365 * by_block(shape, month, block) / mean
                yield f"load_{country.lower()}", f"{MONTHS[month]}.{block}", f"{value:.4f}", source, "assumption", note


# scale of each series, so that fleets of 2023 make what they made (models/kazakhstan/SOURCES.md)
SUN, WIND = 1.209, 0.904


def weather():
    kazakh = [(zone, place, SUN, WIND) for zone, (_, place) in ZONES.items()]
    for region, place, sun, wind in kazakh + [("uzbekistan", "UZ_UZ", 1, 1), ("kyrgyzstan", "KG_KG", 1, None), ("tajikistan", "TJ", 0.85, None), ("turkmenistan", "TM", 1, 1)]:
        later = 0 if place in ["TJ", "TM"] else 1  # UTC+6
        for technology, scale in [("solar", sun), ("wind", wind)]:
            if scale is None:
                continue
            found = by_hour(place, technology, later)
            derived = place in ["TJ", "TM"]
            confidence = "low" if derived else "medium"
            note = "clear sky with the clouds of Uzbekistan; wind as in Uzbekistan" if derived else "moved from UTC+6 to UTC+5, mean of the hours of a block"
            if place == "TJ":
                note = "clear sky with the clouds of Uzbekistan, less 15% for mountains"
            for month in range(12):
                for block in BLOCKS:
                    value = min(1.0, by_block(found, month, block) * scale)
                    yield f"{technology}_{region}", f"{MONTHS[month]}.{block}", f"{value:.4f}", PROFILES, confidence, note


def water(reservoir, item):
    rows = [r for r in read(HERE / "water.csv") if r["item"] == item and r["subitem"].startswith(f"{reservoir}, month")]
    return {int(r["subitem"].split()[-1]) - 1: float(r["value"]) for r in rows}


# half-years of small rivers: share of April to September
SUMMER = {"uzbekistan": 0.60, "kyrgyzstan": 0.60, "tajikistan": 0.60, "kz_north": 0.52, "kz_south": 0.52}


def rivers():
    for name, reservoir in [("naryn", "Toktogul"), ("vakhsh", "Nurek")]:
        flow = water(reservoir, "inflow, normal year")
        rate = [flow[month] / DAYS[month] for month in range(12)]
        for month in range(12):
            yield (f"{name}_inflow", MONTHS[month], f"{rate[month] / max(rate):.5f}", "ICWC yearbooks 2021-2024: year and April-September; data/central-asia/water.csv: months",
                   "low", "totals and half-years are those of the yearbooks, the shape within a half-year is recalled")
    for region, summer in SUMMER.items():
        for month in range(12):
            in_summer = 3 <= month <= 8
            value = (summer / 183 if in_summer else (1 - summer) / 182) * 365 / 2
            yield (f"river_{region}", MONTHS[month], f"{value:.5f}", "This model", "assumption",
                   "half of the capacity of river flow in the mean; more in April-September, as snow and ice melt and fields ask for water")


# TWh made in 2023 (data/central-asia/README.md), and sent over borders with what is lost on the way
MADE = {"KZ": 76.0 + 22.4 + 8.79 + 3.65 + 1.96, "UZ": 64.8 + 5.5 + 7.0 + 0.577, "KG": 11.9 + 1.9, "TJ": 20.4 + 1.4 + 0.1, "TM": 31.5}
SENT = [("RU", "KZ", 3.6, 0.02), ("KZ", "KG", 1.35, 0.02), ("UZ", "KG", 1.85, 0.02), ("TM", "UZ", 4.0, 0.03), ("TJ", "UZ", 1.0, 0.02),
        ("UZ", "TJ", 1.0, 0.02), ("UZ", "AF", 2.0, 0.02), ("TJ", "AF", 1.6, 0.02), ("TM", "AF", 0.9, 0.02), ("TM", "IR", 1.0, 0.02)]
# TWh in later years, and growth a year after the last
LATER = {
    "KZ": ({2025: 123, 2030: 141, 2035: 153}, 0.012, "official balance via models/kazakhstan", "then the growth of its scenario reference"),
    "UZ": ({2025: 90, 2030: 117, 2035: 121}, 0.02, "President: 117 TWh in 2030 (January 2026), 121 TWh in 2035 (April 2026)", "the later of two official figures of 2035; then 2% a year"),
    "KG": ({2025: 19, 2030: 25, 2035: 30}, 0.02, "Cabinet of Ministers via 24.kg: 19 TWh in 2025", "growth of 2023-2025 to 2030, below the plan of 27; then slower"),
    "TJ": ({2025: 23.5, 2030: 29, 2035: 34}, 0.02, "Ministry of Energy: generation +6.5% in 2025", "4% a year; the official 40.7 TWh in 2030 has low confidence"),
    "TM": ({2025: 27, 2030: 31, 2035: 34}, 0.015, "Presidential programme: 37.5 TWh generated in 2028", "3% a year less exports"),
}
ZONE_SHARES = {"kz_north": 78.374 / 117.9, "kz_south": 25.181 / 117.9, "kz_west": 14.345 / 117.9}


def served_2023(country):
    arrived = sum(twh * (1 - loss) for _, to, twh, loss in SENT if to == country)
    return MADE[country] + arrived - sum(twh for source, _, twh, _ in SENT if source == country)


def demands():
    for country, (known, growth, source, note) in LATER.items():
        values = {2023: served_2023(country), **known}
        for year in YEARS:
            if year not in values:
                values[year] = known[2035] * (1 + growth) ** (year - 2035)
        regions = ZONE_SHARES if country == "KZ" else {REGION[country]: 1.0}
        for region, share in regions.items():
            for year in YEARS:
                first = year == 2023
                yield ("electricity", region, year, f"{values[year] * share:.3f}", "TWh", f"load_{country.lower()}",
                       "data/central-asia/README.md: generation and trade of 2023" if first else source,
                       "medium" if first else "assumption",
                       "what was made and arrived, less what was sent; zones as Agora/UCA" if first else note)


KAZAKH = {"coal": "coal", "coal_chp": "coal", "gas_steam": "gas_old", "gas_chp": "gas_old", "gas_turbine": "gas_old", "gas_ccgt": "gas_ccgt",
          "wind": "wind", "solar": "solar", "hydro": "hydro", "hydro_small": "hydro"}


# GW that the tables of plants do not have
OTHERS = [
    ("hydro", "uzbekistan", {2023: 2.4152, 2025: 2.441, 2030: 2.917}, "IRENASTAT 2024; uzdaily.uz, start of 2026; GEM: 476 MW under construction", "medium", "Pskem and Lower Chatkal by 2030"),
    ("hydro", "kyrgyzstan", {2023: 0.25}, "GEM: Kambarata-2, 120 MW; small plants", "assumption", "with At-Bashi and small plants"),
    ("hydro", "tajikistan", {2023: 0.25}, "GEM: Kairakkum, 126 MW; WRI: Pamir and Varzob", "medium", "rivers other than the Vakhsh"),
    ("solar", "uzbekistan", {2023: 0.326, 2025: 3.93, 2050: 3.93, 2060: 0}, "Ministry of Energy: 0.577 TWh in 2023; uzdaily.uz: 3,930 MW at the start of 2026", "high", "2023: what its output asks for, as IRENA has 253 MW for part of the year"),
    ("wind", "uzbekistan", {2023: 0.0, 2025: 1.652, 2050: 1.652, 2060: 0}, "uzdaily.uz: 1,652 MW at the start of 2026", "high", "2023: 0.75 MW left out"),
]


def capacities():
    found = {}

    def add(process, region, year, gw, source, confidence, note):
        key = (process, region, year)
        was = found.get(key, (0.0,))[0]
        found[key] = (was + gw, source, confidence, note)

    national = {}
    for row in read(ROOT / "models" / "kazakhstan" / "residual_capacity.csv"):
        if row["process"] in KAZAKH and row["region"] in ["north", "south", "west"]:
            national.setdefault((row["process"], row["region"]), {})[int(row["year"])] = float(row["value"])
    for (process, zone), values in national.items():
        for year in YEARS:
            add(KAZAKH[process], f"kz_{zone}", year, straight(values, year), "models/kazakhstan/residual_capacity.csv", "medium", "as the national model has it")
    for process, region, values, source, confidence, note in OTHERS:
        for year in YEARS:
            add(process, region, year, straight(values, year), source, confidence, note)
    for row in read(HERE / "plants.csv"):
        under_way = row["status"] == "construction" and row["class"] == "gas or oil"
        if row["class"] not in ["coal", "gas or oil"] or not (row["status"] == "operating" or under_way):
            continue
        process = "coal" if row["class"] == "coal" else "gas_ccgt" if row["technology"] == "combined cycle" else "gas_old"
        life = LIVES["coal" if process == "coal" else row["technology"]]
        began = int(row["year"][:4]) if row["year"] else (2027 if under_way else 1975)
        gone = max(began + life, 2030)
        for year in YEARS:
            serves = (2023 if not under_way else max(began, 2025)) <= year < gone
            add(process, REGION[row["country"]], year, float(row["value"]) / 1e3 if serves else 0.0, GEM, "medium",
                "units by year of start; steam sets serve 50 to 55 years, combined cycles 35, turbines 30, engines 25, and all that stands in 2023 until 2030")
    for (process, region, year), (gw, source, confidence, note) in found.items():
        yield process, region, year, f"{gw:.4f}", "GW", source, confidence, note


def straight(values, year):
    """On straight lines between years, flat beyond."""
    years = sorted(values)
    if year <= years[0]:
        return values[years[0]]
    for before, after in zip(years, years[1:]):
        if year <= after:
            return values[before] + (year - before) / (after - before) * (values[after] - values[before])
    return values[years[-1]]


def tables():
    profile = "profile,slice,value,source,confidence,note"
    yield "profiles.csv", profile, [*loads(), *weather(), *rivers()]
    yield "demand.csv", "commodity,region,year,value,unit,profile,source,confidence,note", demands()
    yield "residual_capacity.csv", "process,region,year,value,unit,source,confidence,note", capacities()


def main():
    stale = []
    for name, head, rows in tables():
        out = io.StringIO()
        out.write("# Made by data/central-asia/tables.py.\n" + head + "\n")
        csv.writer(out, lineterminator="\n").writerows(rows)
        path = MODEL / name
        if sys.argv[1:] == ["write"]:
            path.write_text(out.getvalue(), encoding="utf-8")
        elif path.read_text(encoding="utf-8") != out.getvalue():
            stale.append(name)
    if stale:
        sys.exit(f"not as data/central-asia has it: {', '.join(stale)}; run with `write`")


if __name__ == "__main__":
    main()
