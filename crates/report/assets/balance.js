// The energy balance as a table.
const figure = (v) => {
  if (v === null || v === undefined) return "";
  const size = Math.abs(v);
  if (size && size < 1e-6) return v.toExponential(2).replaceAll("-", "−");
  const digits = size >= 0.1 ? { maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 } : { maximumSignificantDigits: 3 };
  const text = v.toLocaleString("en", { ...digits, signDisplay: "negative" });
  return text.replaceAll(",", "\u202f").replace("-", "−");
};
// What one PJ is in the units of balances.
const UNITS = { PJ: 1, ktoe: 1000 / 41.868, Mtce: 1 / 29.3076 };
const SUPPLY = ["production", "import", "export", "bunkers", "exchange"];
const FIRST = {
  import: "Imports", export: "Exports", exchange: "Exchange between regions", transformation: "Transformation",
  "own use": "Own use", surplus: "Surplus, not used", final: "Final consumption",
};
const capital = (text) => text && text[0].toUpperCase() + text.slice(1);

// The rows of a balance as a tree: each part of a flow's name is a level, a sum stands above its parts.
const tree = (flows, used) => {
  const root = [];
  flows.forEach((flow, at) => {
    if (!used.has(at)) return;
    let level = root, node;
    for (const part of flow.split("/")) {
      node = level.find((one) => one.part === part);
      if (!node) level.push((node = { part, flows: [], below: [] }));
      node.flows.push(at);
      level = node.below;
    }
    node.own = true;
  });
  return root;
};

const drawBalance = () => {
  const table = choice("balance-table");
  if (!table) return;
  const { commodities, flows, views } = data.balance;
  const place = region();
  const entries = views[place]?.[Number(choice("balance-year").value)] ?? [];
  const unit = choice("balance-unit")?.value ?? "PJ";
  // in units of its own, what has none stays in PJ, and so does the sum
  const all = UNITS[unit] ? unit : "PJ";
  choice("balance-own").hidden = Boolean(UNITS[unit]);
  const measure = (c) => (c.energy ? (UNITS[unit] ? [unit, UNITS[unit]] : c.natural ?? ["PJ", 1]) : [c.unit, 1]);
  const cells = new Map(entries.map(([flow, c, value]) => [`${flow} ${c}`, value]));
  const used = commodities.map((_, c) => entries.some((entry) => entry[1] === c && entry[2]));
  // what only end users take stands apart, and where there is much of it only when asked for
  const carriers = commodities.map((c, at) => ({ ...c, at })).filter((c) => used[c.at]);
  const energy = carriers.filter((c) => c.energy && !c.service);
  const more = carriers.filter((c) => !c.energy || c.service);
  choice("balance-more").hidden = more.length <= 4;
  const others = more.length <= 4 || choice("balance-services").checked ? more : [];
  const value = (node, c, [, size] = measure(c)) => {
    const found = node.flows.map((flow) => cells.get(`${flow} ${c.at}`)).filter((v) => v !== undefined);
    return found.length ? found.reduce((sum, v) => sum + v, 0) * size : null;
  };
  const make = (tag, text, name, scope) => {
    const out = document.createElement(tag);
    out.textContent = text;
    if (name) out.className = name;
    if (scope) out.scope = scope;
    return out;
  };
  const row = (parts, name) => {
    const tr = document.createElement("tr");
    if (name) tr.className = name;
    tr.append(...parts);
    return tr;
  };
  const body = document.createElement("tbody");
  const line = (label, node, depth, name) => {
    const numbers = energy.map((c) => value(node, c));
    // useful energy counts too: where it is made of fuel and used up it is nothing
    const parts = carriers.filter((c) => c.energy).map((c) => value(node, c, [all, UNITS[all]]));
    const all_of = (terms) => terms.reduce((a, v) => a + (v ?? 0), 0);
    // a difference of rounding is none
    const total = Math.abs(all_of(parts)) > 1e-6 * all_of(parts.map(Math.abs)) ? all_of(parts) : 0;
    const sum = parts.some((v) => v !== null) ? total : null;
    const extra = others.map((c) => value(node, c));
    if (![...numbers, ...extra].some((v) => v !== null)) return;
    const columns = [make("th", label, `depth-${depth}`, "row"), ...numbers.map((v) => make("td", figure(v)))];
    if (energy.length) columns.push(make("td", figure(sum), "total"));
    columns.push(...extra.map((v, i) => make("td", figure(v), i ? null : "group")));
    body.append(row(columns, name));
  };
  const walk = (node, depth, before) => {
    const label = before ? `${before}: ${node.part}` : depth ? capital(node.part) : FIRST[node.part] ?? capital(node.part);
    // a level with one row only needs no sum above it
    if (!node.own && node.below.length === 1) {
      walk(node.below[0], depth, label);
      return;
    }
    line(label, node, depth, node.below.length ? (depth ? "sum part" : "sum") : depth ? null : "plain");
    for (const one of node.below) walk(one, depth + 1);
  };
  const rows = tree(flows, new Set(entries.map((entry) => entry[0])));
  const supply = rows.filter((node) => SUPPLY.includes(node.part));
  for (const node of supply) walk(node, 0);
  if (supply.length > 1) line("Primary supply", { flows: supply.flatMap((node) => node.flows) }, 0, "sum");
  for (const node of rows) if (!supply.includes(node)) walk(node, 0);
  const head = document.createElement("thead");
  const names = [make("th", "Flow", null, "col"), ...energy.map((c) => make("th", c.name, null, "col"))];
  const units = [make("td", "", "unit"), ...energy.map((c) => make("td", measure(c)[0], "unit"))];
  if (energy.length) {
    names.push(make("th", "All energy", "total", "col"));
    units.push(make("td", all, "unit total"));
  }
  others.forEach((c, i) => {
    names.push(make("th", c.name, i ? null : "group", "col"));
    units.push(make("td", measure(c)[0], i ? "unit" : "unit group"));
  });
  head.append(row(names), row(units));
  if (!entries.length) {
    const why = views[place] ? "Nothing happens in this year." : "A neighbour has no balance of its own.";
    body.append(row([make("td", why)]));
    table.replaceChildren(body);
    return;
  }
  table.replaceChildren(head, body);
};
