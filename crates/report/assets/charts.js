// How the charts of a page are drawn. Traces and layouts come from the program; what is added here is
// what only the reader's screen knows: colours of the page, width, chosen region, year and day.
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
    yaxis: { ...own.yaxis, title: { text: "" }, gridcolor: grid, zerolinecolor: colour("--faint"), zerolinewidth: 1, automargin: true, tickformat: ",.6~r", fixedrange: box.clientWidth < 640, rangemode: "tozero" },
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
