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
    cell(words.row, "", "col"), ...main.map(({ name }) => cell(name, "", "col")),
    ...sum.map(() => cell(words.total, "total", "col")), ...others.map(({ name }, n) => cell(name, first(n), "col")),
  ];
  const units = [
    cell("", "unit"), ...main.map(({ units }) => cell(units[unit][0], "unit")),
    ...sum.map(([name]) => cell(name, "unit total")), ...others.map(({ units }, n) => cell(units[unit][0], `unit ${first(n)}`)),
  ];
  const body = [];
  for (const row of view) {
    const values = new Map(row.cells);
    const text = ({ at, units }) => (values.has(at) ? figure(values.get(at) * units[unit][1]) : "");
    if (![...main, ...others].some(({ at }) => values.has(at))) continue;
    const { label, depth, name } = lines[row.line];
    body.push({
      name,
      cells: [
        cell(label, `depth-${depth}`, "row"), ...main.map((c) => cell(text(c))),
        ...sum.map(([, size]) => cell(figure(row.total === null ? null : row.total * size), "total")),
        ...others.map((c, n) => cell(text(c), first(n))),
      ],
    });
  }
  return { head: [{ name: "", cells: heads }, { name: "", cells: units }], body, more };
};

// Inputs that have every word looked for in their path, names, values or sources.
const MOST = 250;
const namesOf = (inputs, path) => (inputs.names[path.split(".").slice(0, 2).join(".")] ?? []).join(" \u00b7 ");
const searchable = (inputs) => inputs.rows.map(([path, value, unit, file, , says]) =>
  [`.${path}.`, namesOf(inputs, path), value, unit, inputs.files[file], ...inputs.says[says]].join(" ").toLowerCase());
const inputsFound = (inputs, texts, query, confidence) => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row, n) => {
    const own = inputs.says[row[5]][0];
    return (!confidence || (confidence === "-" ? !own : own === confidence)) && words.every((word) => texts[n].includes(word));
  };
  const found = inputs.rows.filter(fits);
  const count = { found: figure(found.length), all: figure(inputs.rows.length), most: figure(MOST) };
  return { rows: found.slice(0, MOST), count: fill(inputs.words[found.length > MOST ? "some" : "each"], count) };
};
