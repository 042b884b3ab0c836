// Draws the charts of a page. Traces and layouts come from the program; what is added here is what
// only the reader's screen knows: colours of the page, width, chosen region, year and day.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const paper = window.matchMedia("print");
  const ALL = "*";
  const config = {
    displaylogo: false,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
    toImageButtonOptions: { format: "svg" },
  };
  const choice = (id) => document.getElementById(id);
  const region = () => choice("region")?.value ?? ALL;
  const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // Dark colours need light ones on a dark page.
  const onDark = (hex) => {
    if (!dark.matches || paper.matches || !/^#[0-9a-f]{6}$/i.test(hex)) return hex;
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    if (0.3 * r + 0.59 * g + 0.11 * b > 85) return hex;
    return "#" + [r, g, b].map((c) => Math.round(c * 0.5 + 95).toString(16).padStart(2, "0")).join("");
  };

  // Lines that are nearly black take the colour of the text instead.
  const ink = (hex) => (onDark(hex) === hex ? hex : colour("--ink"));

  // The ends of the bars: the years a milestone stands for.
  const periods = (data.years ?? []).map((y) => ({
    name: String(y.milestone),
    span: y.first === y.last ? String(y.first) : `${y.first}–${y.last}`,
    middle: (y.first + y.last + 1) / 2,
    width: y.last - y.first + 1,
    first: y.first,
    end: y.last + 1,
  }));

  const layout = (own, x, box) => {
    const ink = colour("--ink"), soft = colour("--soft"), grid = colour("--grid");
    const title = own.yaxis?.title?.text ?? "";
    return {
      ...own,
      autosize: true,
      showlegend: false,
      margin: { l: 52, r: 12, t: 34, b: x.title ? 44 : 30 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: "system-ui, -apple-system, Segoe UI, Roboto, Liberation Sans, sans-serif", size: 12, color: soft },
      hovermode: "x unified",
      hoverlabel: { bgcolor: colour("--card"), bordercolor: colour("--line"), font: { color: ink, size: 12 } },
      bargap: own.bargap ?? 0.04,
      xaxis: { ...x.axis, title: { text: x.title ?? "", font: { size: 12 } }, gridcolor: grid, linecolor: colour("--line"), zeroline: false, fixedrange: box.clientWidth < 640 },
      yaxis: { ...own.yaxis, title: { text: "" }, gridcolor: grid, zerolinecolor: colour("--faint"), zerolinewidth: 1, automargin: true, tickformat: ",.6~f", fixedrange: box.clientWidth < 640, rangemode: "tozero" },
      separators: ".\u202f",
      modebar: { bgcolor: "rgba(0,0,0,0)", color: colour("--line"), activecolor: soft },
      // the unit stands level over its axis, where it can be read without turning the head
      annotations: [{ text: title, xref: "paper", yref: "paper", x: 0, y: 1, xanchor: "left", yanchor: "bottom", xshift: -44, yshift: 10, showarrow: false, font: { size: 12, color: soft } }],
    };
  };

  // Names only as many years on the axis as there is room for.
  const yearAxis = (box) => {
    const range = [periods[0].first, periods[periods.length - 1].end];
    const room = Math.max(120, box.clientWidth - 70) / (range[1] - range[0]);
    const ticks = [];
    for (const p of [...periods].reverse()) {
      if (!ticks.length || (ticks[ticks.length - 1].middle - p.middle) * room >= 38) ticks.push(p);
    }
    return {
      axis: { type: "linear", range, tickvals: ticks.map((t) => t.middle), ticktext: ticks.map((t) => t.name), showgrid: false, ticks: "" },
    };
  };

  const unitOf = (own) => own?.yaxis?.title?.text ?? "";
  const template = (own) => `%{y:,.3~r} ${unitOf(own).replace(" a year", "").replace(" per year", "/a")}<extra>%{fullData.name}</extra>`;

  const dress = (trace, own) => {
    const out = structuredClone(trace);
    out.hovertemplate = template(own);
    if (out.marker?.color) out.marker.color = onDark(out.marker.color);
    if (out.line?.color) out.line.color = ink(out.line.color);
    if (out.error_x?.color) out.error_x.color = ink(out.error_x.color);
    if (out.type !== "bar" && out.marker?.color) out.marker.color = out.line?.color ?? out.error_x?.color ?? out.marker.color;
    return out;
  };

  // A bar at every position with something in it; a ledge spans its bar.
  const place = (trace, values, xs, widths) => {
    if (trace.type === "bar") {
      trace.x = xs;
      trace.width = widths.map((w) => w * 0.95);
      trace.y = values.map((v) => (v ? v : null));
    } else {
      trace.x = xs;
      trace.y = values;
      if (trace.error_x) {
        trace.error_x = { ...trace.error_x, type: "data", visible: true, symmetric: true, array: widths.map((w) => w * 0.475) };
      }
    }
    return trace;
  };

  // The height of the bars above zero, for the list under the pointer.
  const total = (traces, xs, own) => {
    const bars = traces.filter((t) => t.type === "bar" && t.visible !== false && t.visible !== "legendonly");
    if (bars.length < 2) return [];
    const up = xs.map((_, i) => bars.reduce((sum, t) => sum + Math.max(0, t.y[i] ?? 0), 0));
    return [{ type: "scatter", mode: "markers", name: "<b>Total above zero</b>", x: xs, y: up, marker: { opacity: 0, size: 1 }, hovertemplate: template(own) }];
  };

  const hidden = new Map(); // names of series switched off, by chart

  const legend = (box, traces, redraw) => {
    const list = box.parentElement.querySelector(".legend");
    list.replaceChildren();
    const key = box.id || box.dataset.chart || box.dataset.dispatch || box.dataset.comparison || box.dataset.figure || "levels";
    const off = hidden.get(key) ?? new Set();
    hidden.set(key, off);
    const seen = new Set();
    const shown = traces.filter((t) => t.showlegend !== false && t.y?.some((v) => v !== null && v !== 0 || t.type !== "bar" && v !== null));
    const order = [...shown.filter((t) => t.type === "bar").reverse(), ...shown.filter((t) => t.type !== "bar")];
    for (const trace of order) {
      if (seen.has(trace.name)) continue;
      seen.add(trace.name);
      const button = document.createElement("button");
      const mark = document.createElement("i");
      const color = trace.error_x?.color ?? trace.line?.color ?? trace.marker?.color;
      if (trace.marker?.pattern) {
        mark.className = "hatched";
        mark.style.setProperty("--mark", color);
      } else mark.style.background = color;
      if (trace.type !== "bar") mark.className = "line";
      button.append(mark, trace.name);
      button.setAttribute("aria-pressed", String(!off.has(trace.name)));
      button.title = "Show or hide";
      button.addEventListener("click", () => {
        if (!off.delete(trace.name)) off.add(trace.name);
        redraw();
      });
      list.append(button);
    }
    for (const trace of traces) if (off.has(trace.name)) trace.visible = false;
  };

  // A line across a bar: over a wider one in the colour of the card, to stand out from any bar;
  // and a point that answers the pointer, since the line would answer with its width.
  const ledge = (trace) => {
    const silent = { hoverinfo: "skip", hovertemplate: undefined, marker: { opacity: 0 } };
    const { error_x: line, ...point } = trace;
    const halo = { ...line, color: colour("--card"), thickness: line.thickness + 3 };
    return [{ ...trace, ...silent, error_x: halo }, { ...trace, ...silent }, { ...point, marker: { color: line.color, size: 2 } }];
  };

  const draw = (box, traces, own, x, xs) => {
    const extra = own.barmode === "relative" ? total(traces, xs, own) : [];
    const all = traces.flatMap((trace) => (trace.error_x && trace.visible !== false ? ledge(trace) : [trace]));
    Plotly.react(box, [...all, ...extra], layout(own, x, box), config);
  };

  const allCharts = (s) => [...s.charts, ...(s.chooser?.options ?? []).flatMap((o) => o.charts)];
  const charts = new Map((data.sections ?? []).flatMap(allCharts).map((c) => [c.id, c]));
  const valuesOf = (chart) => chart.views[region()] ?? chart.views[ALL];
  const shows = (chart) => valuesOf(chart).some((values) => values.some((v) => v));
  const drawChart = (box) => {
    const chart = charts.get(box.dataset.chart);
    const values = valuesOf(chart);
    empty(box, !shows(chart));
    if (!shows(chart)) return;
    const xs = periods.map((p) => p.middle), widths = periods.map((p) => p.width);
    const traces = chart.traces.map((trace, i) => place(dress(trace, chart.layout), values[i], xs, widths));
    const single = periods.length === 1 && traces.every((t) => t.type !== "bar");
    if (single) traces.forEach(pillar);
    legend(box, traces, () => drawChart(box));
    const shown = traces.filter((t) => t.showlegend !== false && t.y?.some((v) => v !== null));
    draw(box, shown, single ? pillars(chart.layout) : chart.layout, yearAxis(box), xs);
  };

  // Of one year lines are points that hide one another: bars side by side instead.
  const pillar = (trace) => {
    trace.type = "bar";
    trace.marker = { color: trace.line?.color ?? trace.marker?.color };
    delete trace.mode;
    delete trace.line;
  };
  const pillars = (own) => ({ ...own, barmode: "group", bargap: 0.4 });

  const empty = (box, yes) => box.parentElement.classList.toggle("empty", yes);

  const drawDispatch = (box) => {
    const one = data.dispatch.find((d) => d.id === box.dataset.dispatch);
    const year = Math.max(0, one.years.indexOf(Number(choice("year").value)));
    const day = one.days[Number(choice("day").value)];
    const all = (one.views[region()] ?? one.views[ALL])[year];
    const widths = day.blocks.map((b) => b.hours);
    let at = 0;
    const xs = widths.map((w) => (at += w) - w / 2);
    const unit = unitOf(one.layout);
    const slice = (v) => v.slice(day.start, day.start + day.blocks.length);
    const traces = one.traces
      .map((trace, i) => place(dress(trace, one.layout), slice(all[i]), xs, widths))
      .filter((t) => t.y.some((v) => v));
    empty(box, traces.length === 0);
    if (!traces.length) return;
    legend(box, traces, () => drawDispatch(box));
    const room = Math.max(120, box.clientWidth - 70) / at;
    const short = day.blocks.map((b) => b.name.split(".").pop());
    const keep = xs.map((x, i) => short[i].length * 7 <= widths[i] * room || day.blocks.length <= 4);
    const named = keep.every(Boolean);
    const axis = named
      ? { tickvals: xs, ticktext: short }
      : { tickmode: "linear", tick0: 0, dtick: at > 48 ? at / 6 : box.clientWidth < 480 ? 6 : 3 };
    draw(box, traces, one.layout, { title: [one.days.length > 1 ? day.name : "", named ? "widths are hours" : "hours, in the order of the blocks"].filter(Boolean).join(": "), axis: { ...axis, type: "linear", range: [0, at], showgrid: false, ticks: "" } }, xs);
  };

  // A moment is named `season.…`; each season is named in the middle of its moments.
  const seasons = (points) => {
    const at = new Map();
    points.forEach((point, n) => {
      const season = point.split(".")[0];
      at.set(season, [...(at.get(season) ?? []), n / Math.max(1, points.length - 1)]);
    });
    if (at.size < 2 || at.size > 14) return { showticklabels: false };
    return { tickvals: [...at.values()].map((ns) => (ns[0] + ns[ns.length - 1]) / 2), ticktext: [...at.keys()] };
  };

  const drawLevels = (box) => {
    const one = data.levels;
    const year = Math.max(0, one.years.indexOf(Number(choice("year").value)));
    const all = (one.views[region()] ?? one.views[ALL])[year];
    const unit = unitOf(one.layout);
    const traces = one.traces.map((trace, i) => {
      const out = dress(trace);
      out.x = all[i].map((_, n) => all[i].length > 1 ? n / (all[i].length - 1) : 0.5);
      out.y = all[i];
      out.text = one.points[i];
      out.hovertemplate = `%{y:,.3~r} ${unit}, %{text}<extra>%{fullData.name}</extra>`;
      return out;
    }).filter((t) => t.y.some((v) => v));
    empty(box, traces.length === 0);
    if (!traces.length) return;
    legend(box, traces, () => drawLevels(box));
    const own = { ...one.layout, barmode: undefined };
    draw(box, traces, own, { title: "through the year", axis: { ...seasons(one.points[0] ?? []), type: "linear", range: [0, 1], showgrid: false, ticks: "" } }, []);
  };

  // Milestone years on an axis of points, as many as there is room for.
  const named = (all, box) => {
    const years = [...new Set(all)].sort((a, b) => b - a);
    const space = Math.max(120, box.clientWidth - 70) / Math.max(1, years[0] - years[years.length - 1]);
    const ticks = [];
    for (const y of years) if (!ticks.length || (ticks[ticks.length - 1] - y) * space >= 38) ticks.push(y);
    return { tickvals: ticks, ticktext: ticks.map(String) };
  };

  const drawComparison = (box) => {
    const one = data.comparisons.find((c) => c.id === box.dataset.comparison);
    const traces = one.runs.map((run) => dress({
      type: "scatter", mode: "lines+markers", name: run.name, x: run.years, y: run.values,
      line: { color: run.colour, width: 2.5 }, marker: { color: run.colour, size: 6 },
    }, { yaxis: { title: { text: one.unit } } }));
    const own = { yaxis: { title: { text: one.unit } } };
    if (one.runs.every((run) => run.years.length === 1)) {
      traces.forEach(pillar);
      legend(box, traces, () => drawComparison(box));
      draw(box, traces, pillars(own), { axis: { ...named(one.runs.flatMap((run) => run.years), box), type: "linear", showgrid: false, ticks: "" } }, []);
      return;
    }
    legend(box, traces, () => drawComparison(box));
    draw(box, traces, own, { axis: { ...named(one.runs.flatMap((run) => run.years), box), type: "linear", showgrid: false, ticks: "" } }, []);
  };

  // Pictures that bring their own axes; those without x and y (flows, matrices) have no legend.
  const figures = new Map((data.figures ?? []).map((one) => [one.id, one]));
  const drawFigure = (box) => {
    const one = figures.get(box.dataset.figure);
    const plain = (trace) => ["bar", "scatter"].includes(trace.type);
    const traces = one.traces.map((trace) => (plain(trace) ? dress(trace) : structuredClone(trace)));
    for (const trace of traces) if (trace.type === "scatter" && trace.fill) trace.hoverinfo = "skip", delete trace.hovertemplate;
    // where there is little room a matrix keeps its colours, and tells its numbers to the pointer
    const axis = { ...one.layout.xaxis }, own = structuredClone(one.layout);
    for (const trace of traces) {
      if (trace.type !== "heatmap" || box.clientWidth >= 480) continue;
      trace.showscale = false;
      delete trace.texttemplate;
      axis.tickfont = own.yaxis.tickfont = { size: 9 };
    }
    legend(box, traces.filter(plain), () => drawFigure(box));
    const themed = layout(own, { axis }, box);
    const { coloraxis, hovermode } = one.layout;
    Plotly.react(box, traces, { ...themed, ...(hovermode ? { hovermode } : {}), ...(coloraxis ? { coloraxis } : {}) }, config);
  };

  const figure = (v) => {
    if (v === null || v === undefined) return "";
    if (Math.abs(v) < 1e-6) return "0";
    const digits = Math.abs(v) >= 100 ? 0 : Math.abs(v) >= 10 ? 1 : Math.abs(v) >= 0.1 ? 2 : 3;
    const text = v.toLocaleString("en", { maximumFractionDigits: digits, signDisplay: "negative" });
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
    // a difference of rounding is none
    const shown = (v) => figure(v !== null && Math.abs(v) < 5e-5 ? 0 : v);
    const body = document.createElement("tbody");
    const line = (label, node, depth, name) => {
      const numbers = energy.map((c) => value(node, c));
      // useful energy counts too: where it is made of fuel and used up it is nothing
      const parts = carriers.filter((c) => c.energy).map((c) => value(node, c, [all, UNITS[all]]));
      const sum = parts.some((v) => v !== null) ? parts.reduce((a, v) => a + (v ?? 0), 0) : null;
      const extra = others.map((c) => value(node, c));
      if (![...numbers, ...extra].some((v) => v !== null)) return;
      const columns = [make("th", label, `depth-${depth}`, "row"), ...numbers.map((v) => make("td", shown(v)))];
      if (energy.length) columns.push(make("td", shown(sum), "total"));
      columns.push(...extra.map((v, i) => make("td", shown(v), i ? null : "group")));
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

  // Charts of which one choice shows.
  const make = (tag, text, name) => {
    const out = document.createElement(tag);
    if (text) out.textContent = text;
    if (name) out.className = name;
    return out;
  };
  const link = (text, href, query) => {
    const out = make("a", text);
    out.href = href;
    if (query) out.dataset.query = query;
    else out.download = "";
    return out;
  };
  const card = (chart) => {
    const out = make("figure", "", "card"), head = make("figcaption"), plot = make("div", "", "plot"), source = make("p", "", "source");
    head.append(make("h3", chart.title), make("p", chart.note, "note"));
    plot.dataset.chart = chart.id;
    source.append(link("Inputs and sources", "#inputs", chart.query || chart.title), " · ", link("Table as CSV", chart.csv));
    out.append(head, plot, make("div", "", "legend"), source);
    return out;
  };
  const choose = (select) => {
    const section = data.sections.find((s) => s.id === select.dataset.chooser);
    const place = document.querySelector(`[data-chosen="${section.id}"]`);
    for (const box of place.querySelectorAll(".plot")) {
      room.unobserve(box);
      drawers.delete(box);
      Plotly.purge(box);
    }
    place.replaceChildren(...section.chooser.options[Number(select.value)].charts.map(card));
    for (const box of place.querySelectorAll(".plot")) {
      drawers.set(box, () => drawChart(box));
      room.observe(box);
    }
  };

  // Inputs: rows that have every word looked for, in their path, names, values or sources.
  const MOST = 250;
  const inputs = data.inputs;
  const called = inputs && ((path) => {
    const parts = path.split(".");
    return (inputs.names[parts.slice(0, 2).join(".")] ?? []).join(" · ");
  });
  const texts = inputs?.rows.map(([path, value, unit, file, line, says]) =>
    [`.${path}.`, called(path), value, unit, inputs.files[file], ...inputs.says[says]].join(" ").toLowerCase());
  const drawInputs = () => {
    const table = choice("inputs-table");
    if (!table) return;
    const words = choice("query").value.toLowerCase().split(/\s+/).filter(Boolean);
    const confidence = choice("confidence").value;
    const fits = (row, n) => {
      const own = inputs.says[row[5]][0];
      return (!confidence || (confidence === "-" ? !own : own === confidence)) && words.every((word) => texts[n].includes(word));
    };
    const found = inputs.rows.filter(fits);
    choice("found").textContent = `${found.length.toLocaleString("en").replaceAll(",", "\u202f")} of ${inputs.rows.length.toLocaleString("en").replaceAll(",", "\u202f")}` + (found.length > MOST ? `, the first ${MOST} shown` : "");
    const head = make("thead"), body = make("tbody");
    const names = make("tr");
    names.append(...["Input", "Value", "Written in", "Source and note"].map((name) => make("th", name)));
    head.append(names);
    for (const [path, value, unit, file, line, says] of found.slice(0, MOST)) {
      const [confidence, source, note, scenario] = inputs.says[says];
      const tr = make("tr"), first = make("td", "", "path"), second = make("td"), third = make("td"), fourth = make("td");
      const place = make("code", path);
      first.append(place);
      if (called(path)) first.append(make("div", called(path), "unit"));
      second.append(make("div", unit ? `${value} ${unit}` : value, "long"));
      third.append(make("code", `${inputs.files[file]}:${line}`));
      if (scenario) third.append(make("div", `scenario ${scenario}`, "unit"));
      if (confidence) fourth.append(make("span", confidence, `chip ${confidence}`), " ");
      fourth.append(source);
      if (note) fourth.append(make("div", note, "unit"));
      tr.append(first, second, third, fourth);
      body.append(tr);
    }
    table.replaceChildren(head, body);
  };
  document.addEventListener("click", (event) => {
    event.target.closest(".long")?.classList.toggle("whole");
    const query = event.target.closest("[data-query]")?.dataset.query;
    if (query === undefined || !inputs) return;
    choice("query").value = query;
    choice("confidence").value = "";
    drawInputs();
  });
  choice("query")?.addEventListener("input", drawInputs);
  choice("confidence")?.addEventListener("change", drawInputs);

  // What is folded away is drawn when it is opened and so gets its width.
  const folded = (box) => box.closest("details:not([open])") !== null;
  const drawers = new Map();
  for (const [kind, drawKind] of [["chart", drawChart], ["dispatch", drawDispatch], ["levels", drawLevels], ["comparison", drawComparison], ["figure", drawFigure]]) {
    for (const box of document.querySelectorAll(`[data-${kind}]`)) drawers.set(box, () => folded(box) || drawKind(box));
  }
  // Sections and choices with nothing to see in the chosen region are not shown.
  const sift = () => {
    for (const section of data.sections ?? []) {
      const select = document.querySelector(`[data-chooser="${section.id}"]`);
      const options = section.chooser?.options ?? [];
      const good = options.map((one) => one.charts.some(shows));
      if (select) {
        for (const one of select.options) one.hidden = one.disabled = !good[Number(one.value)];
        select.closest(".choices").hidden = !good.includes(true);
        document.querySelector(`[data-chosen="${section.id}"]`).hidden = !good.includes(true);
        if (!good[Number(select.value)] && good.includes(true)) {
          select.value = String(good.indexOf(true));
          choose(select);
        }
      }
      const any = good.includes(true) || section.charts.some(shows);
      choice(section.id).hidden = !any;
      document.querySelector(`.links a[href="#${section.id}"]`).hidden = !any;
    }
    const dispatch = choice("dispatch");
    if (!dispatch) return;
    const has = (one) => one && (one.views[region()] ?? []).some((year) => year.some((values) => values.some((v) => v)));
    const any = data.dispatch.some(has) || has(data.levels);
    dispatch.hidden = !any;
    document.querySelector('.links a[href="#dispatch"]').hidden = !any;
  };

  // One chart at a time, so that the page answers from the start.
  let round = 0;
  const drawAll = () => {
    drawBalance();
    sift();
    const label = choice("region")?.selectedOptions[0]?.textContent;
    document.querySelectorAll(".where").forEach((where) => (where.textContent = label ? `· ${label}` : ""));
    const mine = ++round;
    const queue = [...drawers.values()];
    const next = () => {
      if (mine !== round || !queue.length) return;
      queue.shift()();
      setTimeout(next, 0);
    };
    next();
  };

  const option = (value, text) => new Option(text, value);
  const years = choice("year"), days = choice("day");
  if (years) {
    const first = data.dispatch[0] ?? data.levels;
    years.append(...first.years.map((y) => option(y, y)));
    years.value = first.years[first.years.length - 1];
    years.addEventListener("change", () => drawAll());
    const one = data.dispatch[0];
    if (one) {
      days.append(...one.days.map((d, i) => option(i, d.name)));
      days.value = one.peak_day;
      days.addEventListener("change", () => drawAll());
    }
    if (!one || one.days.length < 2) days.parentElement.hidden = true;
  }
  choice("region")?.addEventListener("change", () => drawAll());
  for (const id of ["balance-year", "balance-unit", "balance-services"]) choice(id)?.addEventListener("change", drawBalance);
  dark.addEventListener("change", () => drawAll());
  window.addEventListener("beforeprint", () => drawers.forEach((draw) => draw()));
  // A chart whose room changes is drawn again, with as many years named as there is room for.
  const widths = new WeakMap();
  const room = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const before = widths.get(target);
      widths.set(target, target.clientWidth);
      if (before !== undefined && before !== target.clientWidth) drawers.get(target)?.();
    }
  });
  for (const box of drawers.keys()) room.observe(box);
  for (const select of document.querySelectorAll("[data-chooser]")) {
    const { options } = data.sections.find((s) => s.id === select.dataset.chooser).chooser;
    const groups = new Map();
    options.forEach((one, i) => {
      if (!groups.has(one.group)) {
        const group = one.group ? document.createElement("optgroup") : select;
        if (one.group) {
          group.label = one.group;
          select.append(group);
        }
        groups.set(one.group, group);
      }
      groups.get(one.group).append(option(String(i), one.label));
    });
    select.addEventListener("change", () => {
      choose(select);
      drawAll();
    });
    choose(select);
  }
  const dispatched = choice("dispatched");
  const showDispatch = () => {
    for (const one of document.querySelectorAll("[data-of]")) one.hidden = one.dataset.of !== dispatched.value;
  };
  if (dispatched) {
    dispatched.addEventListener("change", showDispatch);
    showDispatch();
  }
  // Where the reader is.
  const links = new Map([...document.querySelectorAll(".links a")].map((a) => [a.getAttribute("href").slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) links.get(target.id)?.classList.toggle("here", isIntersecting);
  }, { rootMargin: "-20% 0px -60% 0px" });
  document.querySelectorAll("main > section").forEach((section) => seen.observe(section));
  drawInputs();
  drawAll();
})();
