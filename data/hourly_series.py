"""Makes models/kazakhstan/weather.csv, the hours of a year, and checks it.

Run: python3 data/hourly_series.py          compares the file with what the facts below give
     python3 data/hourly_series.py SERIES   writes it; SERIES is a copy of
                                            github.com/agoenergy/training-data-central-asia
                                            (MIT) at commit ecbb003

The columns `…_series` and `load_series` are of that source, hour by hour. Everything else is made
here; models/kazakhstan/SOURCES.md, section Time, says why. Ends with 1 if the file is not what the
facts give.
"""

import csv
import io
import pathlib
import sys

FILE = pathlib.Path(__file__).parent.parent / "models" / "kazakhstan" / "weather.csv"
HEAD = """\
# Hours of 2023, UTC+6. Made by data/hourly_series.py; SOURCES.md, section Time, says how.
# Wind, sun, rivers and the load that `load` is made of: Agora Energiewende & UCA 2026,
# training-data-central-asia, MIT License, Copyright (c) 2026 PyPSA-SPICE-Central-Asia-Training
# Developers; the notice stands in weather-license.txt.
"""
DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
MONTH_OF = [month for month, days in enumerate(DAYS) for _ in range(days)]
HOURS = 8760
SERIES = [
    ("wind_north_series", "KZ_NR", "WTON"),
    ("wind_south_series", "KZ_SO", "WTON"),
    ("wind_west_series", "KZ_WS", "WTON"),
    ("solar_north_series", "KZ_NR", "PHOT"),
    ("solar_south_series", "KZ_SO", "PHOT"),
    ("solar_west_series", "KZ_WS", "PHOT"),
    ("river_north_series", "KZ_NR", "HROR"),
    ("river_south_series", "KZ_SO", "HROR"),
]

# Load. The series is in UTC and of 2018, whose days of the week come a day later in 2023.
LATER = 6 + 24
# GWh of 2018 by month, KOREM, via pypsa-kz-data (kz_demand_validation.csv)
KOREM = [9867.6, 8833.3, 9062.4, 8105.1, 7956.0, 7606.8, 8150.9, 7882.1, 7743.3, 8663.0, 9262.9, 9996.4]
# Swings about the mean of the month against those of the series (SOURCES.md)
SWING = 0.75
# Highest hour over the mean of the year, KEGOC 2023: 16,626 MW and 115.06 TWh
PEAK = 16.626 / (115.06 / 8.76)
# Days of the cold week: 10 to 16 December; the peak was on the 13th
COLD = range(343, 350)
# Use at the sockets in 2023: shares of the year that are even, and that follow room heat
EVEN, HEAT = 0.700, 0.032

# Degree days. Normal temperatures by month, C, recalled: means of Astana, Karaganda, Pavlodar; of
# Almaty, Shymkent, Kyzylorda; of Atyrau, Aktau. Heating begins below 18 C.
BELOW = 18.0
COLDER = 12.0  # the cold week below the mean of January
NORMALS = {
    "north": [
        (-14.2, -13.9, -6.6, 5.5, 13.5, 19.3, 20.8, 18.6, 12.2, 4.1, -5.3, -11.4),
        (-13.6, -13.2, -6.6, 5.6, 12.9, 18.5, 20.4, 18.2, 11.8, 3.9, -4.6, -10.6),
        (-15.8, -15.2, -7.6, 5.6, 13.8, 19.8, 21.5, 18.8, 12.3, 4.3, -5.6, -12.5),
    ],
    "south": [
        (-4.7, -3.0, 3.4, 11.5, 16.6, 21.6, 23.8, 23.0, 17.6, 9.9, 2.7, -2.8),
        (-0.4, 1.1, 6.8, 13.8, 19.0, 24.6, 27.0, 25.5, 19.8, 12.7, 6.5, 1.3),
        (-7.0, -5.1, 2.9, 13.3, 20.3, 26.1, 28.1, 25.9, 18.8, 10.1, 1.7, -4.4),
    ],
    "west": [
        (-6.4, -6.2, 0.9, 11.4, 18.9, 24.9, 27.1, 25.2, 18.1, 9.5, 1.2, -4.4),
        (0.0, 0.3, 4.4, 11.3, 18.2, 23.9, 26.5, 25.7, 20.4, 13.3, 6.7, 2.0),
    ],
}
# What a system needs that lives on wind and sun, to find its worst days: shares of heat in what is
# used, of wind and sun in what is made, and where that stands (about as in `neutrality-2060`)
HEATED, WINDY, SUNNY = 0.1, 0.7, 0.2
HEAT_IN = {"north": 0.6, "south": 0.25, "west": 0.15}
WIND_IN = {"north": 0.6, "south": 0.2, "west": 0.2}
SUN_IN = {"north": 0.5, "south": 0.3, "west": 0.2}
# devices are rated at the coldest hour (data/technology_costs.csv)
FULL_LOAD = {"north": 2450 / HOURS, "south": 1950 / HOURS, "west": 1950 / HOURS}
HOT_WATER = 0.1  # share of the heat of services that is even


def mean(values):
    return sum(values) / len(values)


def load(series):
    """Use of the whole country, relative to its mean."""
    moved = series[-LATER:] + series[:-LATER]
    by_month = [[] for _ in DAYS]
    for hour, value in enumerate(moved):
        by_month[MONTH_OF[hour // 24]].append(value)
    of_year = sum(KOREM) / HOURS
    level = [gwh / (24 * days) / of_year for gwh, days in zip(KOREM, DAYS)]
    shape = []
    for hour, value in enumerate(moved):
        month = MONTH_OF[hour // 24]
        shape.append(level[month] * (1 + SWING * (value / mean(by_month[month]) - 1)))
    cold = [hour for hour in range(HOURS) if hour // 24 in COLD]
    # the highest hour stays at PEAK times the mean, whatever the week adds to that
    for _ in range(20):
        raised = PEAK * mean(shape) / max(shape[hour] for hour in cold)
        for hour in cold:
            shape[hour] *= raised
    whole = mean(shape)
    return [value / whole for value in shape]


def degree_days(cities):
    """Degree days of each day: straight lines through the middles of months that keep their means."""
    months = [mean([max(0.0, BELOW - city[month]) for city in cities]) for month in range(12)]
    middles = list(months)

    def days():
        course = []
        for month, length in enumerate(DAYS):
            for day in range(length):
                at = (day + 0.5) / length - 0.5
                other = middles[(month + (1 if at > 0 else -1)) % 12]
                course.append(max(0.0, middles[month] + abs(at) * (other - middles[month])))
        return course

    for _ in range(200):
        course = days()
        for month in range(12):
            of_month = [course[day] for day in range(365) if MONTH_OF[day] == month]
            middles[month] += months[month] - mean(of_month) if months[month] > 0 else 0.0
    course = days()
    for day in COLD:
        course[day] = months[0] + COLDER
    return course


def scarcity(series, use, heat):
    """Use less what wind and sun make, each relative to its mean."""

    def relative(name, shares):
        means = {zone: mean(series[f"{name}_{zone}_series"]) for zone in shares}
        return [
            sum(share * series[f"{name}_{zone}_series"][hour] / means[zone] for zone, share in shares.items())
            for hour in range(HOURS)
        ]

    wind, sun = relative("wind", WIND_IN), relative("solar", SUN_IN)
    warm = [sum(share * heat[zone][hour // 24] / FULL_LOAD[zone] for zone, share in HEAT_IN.items()) for hour in range(HOURS)]
    return [
        (1 - HEATED) * use[hour] + HEATED * warm[hour] - WINDY * wind[hour] - SUNNY * sun[hour]
        for hour in range(HOURS)
    ]


def table(series, load_series):
    columns = {name: [f"{value:.4f}" for value in series[name]] for name, *_ in SERIES}
    series = {name: [float(value) for value in columns[name]] for name in series}
    columns["load_series"] = [f"{value:.4f}" for value in load_series]
    whole = load([float(value) for value in columns["load_series"]])
    heat = {}
    for zone, cities in NORMALS.items():
        course = degree_days(cities)
        heat[zone] = [FULL_LOAD[zone] * value / mean(course) for value in course]
    electric = [mean([heat[zone][hour // 24] / FULL_LOAD[zone] for zone in heat]) for hour in range(HOURS)]
    users = [(w - EVEN - HEAT * e) / (1 - EVEN - HEAT) for w, e in zip(whole, electric)]
    columns["load"] = [f"{value:.4f}" for value in whole]
    columns["homes_services"] = [f"{value:.4f}" for value in users]
    for zone, days in heat.items():
        columns[f"room_load_{zone}"] = [f"{days[hour // 24]:.5f}" for hour in range(HOURS)]
    for zone, days in heat.items():
        columns[f"services_load_{zone}"] = [
            f"{HOT_WATER * FULL_LOAD[zone] + (1 - HOT_WATER) * days[hour // 24]:.5f}" for hour in range(HOURS)
        ]
    columns["scarcity"] = [f"{value:.4f}" for value in scarcity(series, whole, heat)]
    out = io.StringIO()
    out.write(HEAD)
    write = csv.writer(out, lineterminator="\n")
    write.writerow(["time", *columns])
    for hour in range(HOURS):
        month = MONTH_OF[hour // 24]
        day = hour // 24 - sum(DAYS[:month]) + 1
        time = f"2023-{month + 1:02}-{day:02} {hour % 24:02}:00"
        write.writerow([time, *(column[hour] for column in columns.values())])
    return out.getvalue()


def of_source(folder):
    """The series of the source: rows by node and technology, columns by hour."""
    places = pathlib.Path(folder) / "centralasia" / "input" / "global_input"
    rows = {}
    for name in ["availability.csv", "demand_profile.csv"]:
        with open(places / name, encoding="utf-8-sig", newline="") as file:
            for _, node, what, *hours in csv.reader(file):
                rows[node, what] = hours
    series = {name: [float(value) for value in rows[node, what]] for name, node, what in SERIES}
    use = [float(value) for value in rows["KZ_NR", "HV_LOAD"]]
    return series, [value / mean(use) for value in use]


def of_file():
    with open(FILE, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    series = {name: [float(row[name]) for row in rows] for name, *_ in SERIES}
    return series, [float(row["load_series"]) for row in rows]


def main():
    if len(sys.argv) > 1:
        FILE.write_text(table(*of_source(sys.argv[1])), encoding="utf-8")
        return
    if table(*of_file()) != FILE.read_text(encoding="utf-8"):
        sys.exit(f"{FILE.name} is not what the facts in this script give")
    print(f"{FILE.name} is up to date")


if __name__ == "__main__":
    main()
