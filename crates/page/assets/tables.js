// What the tables show for what the reader chose: cells with their texts, no page.

// A table is rows, a row is a class and cells, a cell a text with its class and what it heads.
const cell = (text, name = "", scope = "") => ({ text, name, scope });

// The energy balance. Sums are in the data; here columns and rows are picked, and units applied.
const balanceTable = (balance, view, unit, all) => {
  const { words, columns, lines } = balance;
  if (!view?.length) return { head: [], body: [{ name: "", cells: [cell(view ? words.empty : words.neighbour)] }], more: false };
  const used = columns.map(() => false);
  for (const row of view) for (const [c, v] of row.cells) used[c] ||= v !== 0;
  const shown = columns.map((column, at) => ({ ...column, at })).filter(({ at }) => used[at]);
  const main = shown.filter((column) => column.main);
  // what only end users take is listed apart, and where there is much of it only when asked for
  const rest = shown.filter((column) => !column.main);
  const more = rest.length > 4;
  const others = more && !all ? [] : rest;
  const sum = main.length ? [balance.total[unit]] : [];
  const first = (n) => (n ? "" : "group");
  const heads = [
    cell(words.row, "", "col"), ...sum.map(() => cell(words.total, "total", "col")), ...main.map(({ name }) => cell(name, "", "col")),
    ...others.map(({ name }, n) => cell(name, first(n), "col")),
  ];
  const units = [
    cell("", "unit"), ...sum.map(([name]) => cell(name, "unit total")), ...main.map(({ units }) => cell(units[unit][0], "unit")),
    ...others.map(({ units }, n) => cell(units[unit][0], `unit ${first(n)}`)),
  ];
  const body = [];
  for (const row of view) {
    const values = new Map(row.cells);
    const text = ({ at, units }) => (values.has(at) ? figure(values.get(at) * units[unit][1]) : "");
    if (![...main, ...others].some(({ at }) => values.get(at))) continue;
    const { label, depth, name } = lines[row.line];
    body.push({
      name,
      cells: [
        cell(label, `depth-${depth}`, "row"),
        ...sum.map(([, size]) => cell(figure(row.total === null ? null : row.total * size), "total")), ...main.map((c) => cell(text(c))),
        ...others.map((c, n) => cell(text(c), first(n))),
      ],
    });
  }
  return { head: [{ name: "", cells: heads }, { name: "", cells: units }], body, more };
};

// What a chart shows, as rows: a name and values, under the names of the places along the axis.
const gridOf = (spec, chosen) => {
  const { picture } = spec;
  if (picture.kind === "matrix") return { heads: picture.names, rows: picture.names.map((name, n) => [name, picture.values[n]]) };
  if (picture.kind === "steps") return { heads: [spec.unit.axis], rows: picture.names.map((name, n) => [name, [picture.values[n]]]) };
  if (picture.kind === "flows") {
    const row = ([from, to, size]) => [`${picture.nodes[from][0]} \u2192 ${picture.nodes[to][0]}`, [size]];
    return { heads: [spec.unit.axis], rows: ribbonsOf(spec, chosen).map(row) };
  }
  const shown = seriesOf(spec, chosen);
  if (!shown) return { heads: [], rows: [] };
  const series = shown.series.filter((one) => one.mark.kind !== "area");
  if (shown.part) return { heads: shown.part.names, rows: series.map((one) => [one.name, one.y]) };
  if (shown.axis.kind === "names") return { heads: shown.axis.names, rows: series.map((one) => [one.name, one.y]) };
  const places = [...new Set(series.flatMap((one) => one.at))].sort((a, b) => a - b);
  const names = new Map(series.flatMap((one) => one.at.map((at, n) => [at, one.names?.[n] ?? String(at)])));
  const at = (one) => places.map((place) => (one.at.includes(place) ? one.y[one.at.indexOf(place)] : null));
  return { heads: places.map((place) => names.get(place)), rows: series.map((one) => [one.name, at(one)]) };
};

const gridTable = (spec, chosen) => {
  const { heads, rows } = gridOf(spec, chosen);
  const row = ([name, values]) => ({ name: "", cells: [cell(name, "", "row"), ...values.map((v) => cell(figure(v)))] });
  return { head: [{ name: "", cells: [cell(spec.unit.axis, "unit", "col"), ...heads.map((head) => cell(head, "", "col"))] }], body: rows.map(row) };
};

// The same for programs: a row for each value, with a point as decimal sign.
const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const gridCsv = (spec, chosen, heads) => {
  const { heads: places, rows } = gridOf(spec, chosen);
  const line = (cells) => cells.map((one) => quoted(String(one))).join(",");
  const each = ([name, values]) => values.flatMap((v, n) => (v === null || v === undefined ? [] : [line([name, places[n], v, spec.unit.value])]));
  return [line(heads), ...rows.flatMap(each)].join("\n") + "\n";
};

// What a chart says to those who cannot see it: its largest series from one end to the other.
const saysOf = (spec, chosen) => {
  const { heads, rows } = gridOf(spec, chosen);
  const size = ([, values]) => Math.max(0, ...values.map((v) => Math.abs(v ?? 0)));
  const most = [...rows].sort((a, b) => size(b) - size(a)).slice(0, 3);
  const says = ([name, values]) => {
    const known = values.filter((v) => v !== null && v !== undefined);
    return known.length > 1 ? `${name}: ${figure(known[0])} \u2192 ${figure(known[known.length - 1])}` : `${name}: ${figure(known[0])}`;
  };
  const span = heads.length > 1 ? `, ${heads[0]}\u2013${heads[heads.length - 1]}` : "";
  return `${spec.title}, ${spec.unit.axis}${span}. ${most.map(says).join("; ")}`;
};

// Inputs that have every word looked for in their path, names, values or sources.
const PAGE = 250;
const namesOf = (inputs, path) => (inputs.names[path.split(".").slice(0, 2).join(".")] ?? []).join(" \u00b7 ");
const searchable = (inputs) => inputs.rows.map(([path, value, unit, file, , says]) =>
  [`.${path}.`, namesOf(inputs, path), value, unit, inputs.files[file], ...inputs.says[says]].join(" ").toLowerCase());
const inputsFound = (inputs, texts, query, confidence, most) => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row, n) => {
    const own = inputs.says[row[5]][0];
    return (!confidence || (confidence === "-" ? !own : own === confidence)) && words.every((word) => texts[n].includes(word));
  };
  const found = inputs.rows.filter(fits);
  const more = found.length > most;
  const count = { found: figure(found.length), all: figure(inputs.rows.length), most: figure(most) };
  return { rows: found.slice(0, most), more, count: fill(inputs.words[more ? "some" : "each"], count) };
};
