// From the description of a chart to what plotly draws. Nothing here touches the page: what only the
// reader's screen knows comes in as `screen` (width, colours), what the reader chose as `chosen`.
const ALL = "*";
const FONT = "system-ui, -apple-system, Segoe UI, Roboto, Liberation Sans, sans-serif";
const viewsOf = (picture, region) => picture.views[region] ?? picture.views[ALL] ?? [];
const shows = ({ picture }, region) =>
  picture.kind === "flows" ? region === ALL : picture.kind !== "series" || viewsOf(picture, region).some((view) => view.values.some((values) => values.some((v) => v)));

// Dark colours need light ones on a dark page.
const onDark = (hex, screen) => {
  if (!screen.dark || !/^#[0-9a-f]{6}$/i.test(hex)) return hex;
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  if (0.3 * r + 0.59 * g + 0.11 * b > 85) return hex;
  return "#" + [r, g, b].map((c) => Math.round(c * 0.5 + 95).toString(16).padStart(2, "0")).join("");
};
// Lines that are nearly black take the colour of the text instead.
const onInk = (hex, screen) => (onDark(hex, screen) === hex ? hex : screen.ink);

const template = (unit, more = "") => `%{y:,.3~r} ${unit.value}${more}<extra>%{fullData.name}</extra>`;

const layoutOf = (spec, axis, screen, more = {}) => {
  const title = axis.title ?? "";
  const still = screen.width < 640;
  return {
    autosize: true,
    showlegend: false,
    margin: { l: 52, r: 12, t: 34, b: title ? 44 : 30 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: FONT, size: 12, color: screen.soft },
    hovermode: more.hovermode ?? "x unified",
    hoverlabel: { bgcolor: screen.card, bordercolor: screen.line, font: { color: screen.ink, size: 12 } },
    barmode: more.barmode ?? "relative",
    bargap: more.bargap ?? 0.04,
    xaxis: { ...axis, title: { text: title, font: { size: 12 } }, gridcolor: screen.grid, linecolor: screen.line, showgrid: false, zeroline: false, fixedrange: still },
    yaxis: { title: { text: "" }, gridcolor: screen.grid, zerolinecolor: screen.faint, zerolinewidth: 1, automargin: true, tickformat: ",.6~r", fixedrange: still, rangemode: "tozero", ...more.yaxis },
    separators: SIGNS.decimal + SIGNS.group,
    modebar: { bgcolor: "rgba(0,0,0,0)", color: screen.line, activecolor: screen.soft },
    // the unit is level over its axis, where it can be read without turning the head
    annotations: [{ text: spec.unit.axis, xref: "paper", yref: "paper", x: 0, y: 1, xanchor: "left", yanchor: "bottom", xshift: -44, yshift: 10, showarrow: false, font: { size: 12, color: screen.soft } }],
  };
};

// Where bands lie: their middles and where they end.
const bandsOf = (part) => {
  let end = part.from;
  const middles = part.widths.map((width) => (end += width) - width / 2);
  return { middles, end, widths: part.widths, names: part.names };
};

// As many ticks as there is room for, the last one first.
const thinned = (ticks, range, width) => {
  const scale = Math.max(120, width - 70) / Math.max(1, range[1] - range[0]);
  const kept = [];
  for (const [at, text] of [...ticks].reverse()) {
    const room = Math.max(38, 7 * text.length + 8);
    if (!kept.length || (kept[kept.length - 1][0] - at) * scale >= room) kept.push([at, text]);
  }
  return { tickvals: kept.map(([at]) => at), ticktext: kept.map(([, text]) => text) };
};

// The axis under bands: names, or hours where there is no room for names.
const bandAxis = (part, { middles, widths, names, end }, screen) => {
  const range = [part.from, end];
  const plain = { type: "linear", range, ticks: "" };
  if (!part.titles) return { ...plain, ...thinned(middles.map((at, n) => [at, names[n]]), range, screen.width) };
  const scale = Math.max(120, screen.width - 70) / (end - part.from);
  const named = names.length <= 4 || names.every((name, n) => name.length * 7 <= widths[n] * scale);
  const hours = { tickmode: "linear", tick0: 0, dtick: end > 48 ? end / 6 : screen.width < 480 ? 6 : 3 };
  const ticks = named ? { tickvals: middles, ticktext: names } : hours;
  return { ...plain, ...ticks, title: part.titles[named ? 0 : 1] };
};

const pointAxis = (axis, screen) => {
  const ends = axis.ticks.map(([at]) => at);
  const range = axis.range ?? [Math.min(...ends), Math.max(...ends)];
  const ticks = axis.ticks.length ? thinned(axis.ticks, range, screen.width) : { tickformat: "d" };
  return { type: "linear", ticks: "", title: axis.title, ...(axis.range ? { range: axis.range } : {}), ...ticks };
};

const HATCH = { shape: "/", solidity: 0.45, size: 6, fillmode: "overlay" };

// A line across a bar: over a wider one in the colour of the card, to stand out from any bar;
// and a point that answers the pointer, since the line would answer with its width.
const limit = (one, place, widths, color, screen) => {
  const base = { type: "scatter", mode: "markers", name: one.name, ...place };
  const silent = { ...base, hoverinfo: "skip", marker: { opacity: 0 } };
  const across = { type: "data", visible: true, symmetric: true, width: 0, array: widths.map((w) => w * 0.475) };
  return [
    { ...silent, error_x: { ...across, color: screen.card, thickness: 6 } },
    { ...silent, error_x: { ...across, color, thickness: 3 } },
    { ...base, marker: { color, size: 2 } },
  ];
};

const DRAWN = {
  bar: (one, place, bands, screen) => {
    const marker = { color: onDark(one.colour, screen), line: { color: screen.card, width: 0.6 }, ...(one.mark.kind === "hatched" ? { pattern: HATCH } : {}) };
    const width = bands ? { width: bands.widths.map((w) => w * 0.95) } : {};
    return [{ type: "bar", name: one.name, marker, ...place, ...width, y: place.y.map((v) => v || null) }];
  },
  line: (one, place, _, screen) => {
    const { width, dashed, points } = one.mark, color = onInk(one.colour, screen);
    const line = { color, width, ...(dashed ? { dash: "dash" } : {}) };
    return [{ type: "scatter", mode: points ? "lines+markers" : "lines", name: one.name, line, marker: { color, size: 6 }, ...place }];
  },
  limit: (one, place, bands, screen) => limit(one, place, bands.widths, onInk(one.colour, screen), screen),
  area: (one, place, _, screen) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(onDark(one.colour, screen).slice(at, at + 2), 16));
    const fill = { fill: "toself", fillcolor: `rgba(${r},${g},${b},0.16)` };
    const { hovertemplate: _unused, ...silent } = place;
    return [{ type: "scatter", mode: "lines", name: one.name, hoverinfo: "skip", line: { width: 0, color: one.colour }, ...fill, ...silent }];
  },
};
DRAWN.hatched = DRAWN.bar;
const isBar = (one) => one.mark.kind === "bar" || one.mark.kind === "hatched";

// Bars from the top down, then lines: as they stand in the picture.
const legendOf = (series, screen) => {
  const names = new Set();
  return [...series.filter(isBar).reverse(), ...series.filter((one) => !isBar(one) && one.mark.kind !== "area")]
    .filter(({ name }) => !names.has(name) && names.add(name))
    .map((one) => ({ key: one.key ?? one.name, name: one.name, mark: one.mark.kind, colour: isBar(one) ? onDark(one.colour, screen) : onInk(one.colour, screen) }));
};

// Position of the year chosen; the first where none is chosen.
const yearAt = (years, year) => (years.length && year ? years.indexOf(year) : 0);

// What a chart of series shows for what the reader chose: its values, and less the first where
// differences are asked for.
const seriesOf = (spec, chosen) => {
  const { axis, years, against } = spec.picture;
  const view = viewsOf(spec.picture, chosen.region)[yearAt(years, chosen.year)];
  const part = axis.kind === "bands" ? axis.parts[axis.parts.length > 1 ? chosen.day : 0] : null;
  const cut = (values) => (part ? values.slice(part.start, part.start + part.widths.length) : values);
  let series = spec.picture.series.map((one, n) => ({ ...one, y: cut(view?.values[n] ?? []) }));
  const less = (a, b) => (a === null && b === null ? null : (a ?? 0) - (b ?? 0));
  if (chosen.difference && against === "series") {
    const first = series[0].y;
    series = series.map((one) => ({ ...one, y: one.y.map((v, n) => less(v, first[n] ?? null)) }));
  } else if (chosen.difference && against === "place") {
    series = series.map((one) => ({ ...one, y: one.y.map((v) => less(v, one.y[0])) }));
  }
  if (!series.some((one) => one.y.some((v) => v))) return null;
  series = series.filter((one) => one.y.some((v) => (isBar(one) ? v : v !== null)));
  return { axis, part, series, total: chosen.difference ? [] : cut(view?.total ?? []) };
};

// Many lines hide one another: each has a panel of its own, the others grey behind it.
const MOST_LINES = 4;
const panelsPicture = (spec, { part, series }, screen) => {
  const columns = screen.width < 420 ? 2 : screen.width < 900 ? 3 : 4;
  const rows = Math.ceil(series.length / columns);
  const values = series.flatMap((one) => one.y).filter((v) => v !== null);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const layout = layoutOf(spec, {}, screen, { hovermode: "closest" });
  const { middles, names } = bandsOf(part);
  const ends = { tickvals: [middles[0], middles[middles.length - 1]], ticktext: [names[0], names[names.length - 1]] };
  const traces = [];
  series.forEach((one, n) => {
    const [column, row] = [n % columns, Math.floor(n / columns)];
    const id = n ? String(n + 1) : "";
    const wide = 1 / columns, tall = 1 / rows;
    const left = column * wide, top = 1 - row * tall;
    layout[`xaxis${id}`] = { domain: [left, left + wide * 0.92], anchor: `y${id}`, showgrid: false, zeroline: false, fixedrange: true, tickfont: { size: 10 }, ...ends };
    layout[`yaxis${id}`] = { domain: [top - tall * 0.72, top - tall * 0.14], anchor: `x${id}`, range: [low, high * 1.05 || 1], nticks: 4, gridcolor: screen.grid, zerolinecolor: screen.faint, fixedrange: true, showticklabels: column === 0, tickfont: { size: 10 }, tickformat: ",.6~r" };
    const place = { xaxis: `x${id}`, yaxis: `y${id}`, type: "scatter", mode: "lines", x: middles };
    for (const other of series) if (other !== one) traces.push({ ...place, y: other.y, hoverinfo: "skip", line: { color: screen.line, width: 1 } });
    traces.push({ ...place, y: one.y, name: one.name, line: { color: onInk(one.colour, screen), width: 2.5 }, hovertemplate: template(spec.unit) });
    const short = one.name.length * 6 > (screen.width / columns) * 0.92 ? `${one.name.slice(0, Math.floor((screen.width / columns) * 0.92 / 6))}\u2026` : one.name;
    layout.annotations.push({ text: short, xref: "paper", yref: "paper", x: left, y: top - tall * 0.1, xanchor: "left", yanchor: "bottom", showarrow: false, font: { size: 11, color: screen.ink } });
  });
  return { traces, layout, legend: [], rows };
};

const lying = (spec, traces, series, screen) => {
  const turned = traces.map((trace) => ({ ...trace, orientation: "h", x: trace.y, y: trace.x, hovertemplate: template(spec.unit).replace("%{y", "%{x") }));
  const layout = layoutOf(spec, {}, screen, { hovermode: "closest" });
  const { xaxis, yaxis } = layout;
  const names = { type: "category", autorange: "reversed", automargin: true, fixedrange: true, ticks: "" };
  return { traces: turned, layout: { ...layout, xaxis: { ...xaxis, showgrid: true, tickformat: yaxis.tickformat }, yaxis: names }, legend: legendOf(series, screen) };
};

const seriesPicture = (spec, chosen, screen) => {
  const shown = seriesOf(spec, chosen);
  if (!shown) return null;
  const { axis, part } = shown;
  const lines = shown.series.filter((one) => one.mark.kind === "line");
  if (spec.picture.against === "series" && lines.length > MOST_LINES) return panelsPicture(spec, shown, screen);
  const bands = part && bandsOf(part);
  // of one year lines are points that hide one another: bars side by side instead
  let { series } = shown;
  const single = axis.kind === "bands" ? part.widths.length === 1 : series.every((one) => one.at?.length === 1);
  const beside = single && !series.some(isBar);
  if (beside) series = series.map((one) => ({ ...one, mark: { kind: "bar" } }));
  const seen = series.filter((one) => !chosen.off.has(one.key ?? one.name));
  const xs = bands?.middles ?? axis.names;
  const traces = seen.flatMap((one) => {
    const named = one.names ? { text: one.names, hovertemplate: template(spec.unit, ", %{text}") } : {};
    const place = { x: one.at ?? xs, y: one.y, hovertemplate: template(spec.unit), ...named };
    return DRAWN[one.mark.kind](one, place, beside ? null : bands, screen);
  });
  // the sum is that of all bars, so it is not shown when some are hidden
  const bars = series.filter(isBar);
  const { total } = spec.picture;
  if (total && shown.total.length && bars.length > 1 && bars.every((one) => seen.includes(one))) {
    traces.push({ type: "scatter", mode: "markers", name: `<b>${total}</b>`, x: bars[0].at ?? xs, y: shown.total, marker: { opacity: 0, size: 1 }, hovertemplate: template(spec.unit) });
  }
  // long names are read where bars lie
  if (axis.kind === "names" && spec.picture.against === "place") return lying(spec, traces, series, screen);
  const x = part ? bandAxis(part, bands, screen) : axis.kind === "points" ? pointAxis(axis, screen) : { type: "category", automargin: true };
  return { traces, layout: layoutOf(spec, x, screen, beside ? { barmode: "group", bargap: 0.4 } : {}), legend: legendOf(series, screen) };
};

// Where there is little room a matrix keeps its colours, and shows its numbers to the pointer.
const matrixPicture = (spec, _, screen) => {
  const { names, values, ends, colours } = spec.picture;
  const narrow = screen.width < 480;
  const small = narrow ? { tickfont: { size: 9 } } : {};
  const numbers = narrow ? { showscale: false } : { texttemplate: "%{z:.2f}", textfont: { size: 10 }, colorbar: { thickness: 10 } };
  const colorscale = colours.map((colour, n) => [n / (colours.length - 1), colour]);
  const trace = { type: "heatmap", x: names, y: names, z: values, zmin: ends[0], zmax: ends[1], colorscale, xgap: 1, ygap: 1, hovertemplate: "%{y}<br>%{x}<br>%{z:.2f}<extra></extra>", ...numbers };
  // the first is on top
  const yaxis = { showgrid: false, range: [names.length - 0.5, -0.5], ...small };
  const axis = { automargin: true, tickangle: -45, ...small };
  return { traces: [trace], layout: layoutOf(spec, axis, screen, { hovermode: "closest", yaxis }), legend: [] };
};

// Ribbons of the year chosen; those that leave the country only where the reader wants them.
const ribbonsOf = ({ picture }, { year, inside }) => {
  const { years, views, outside } = picture;
  const ribbons = views[yearAt(years, year)] ?? [];
  return inside ? ribbons.filter(([, to]) => !outside.includes(to)) : ribbons;
};

const flowsPicture = (spec, chosen, screen) => {
  const { nodes } = spec.picture;
  const ribbons = ribbonsOf(spec, chosen);
  if (!ribbons.length || chosen.region !== ALL) return null;
  const used = nodes.map((_, n) => ribbons.some(([from, to]) => from === n || to === n));
  const place = used.map((_, n) => used.slice(0, n).filter(Boolean).length);
  const shown = nodes.filter((_, n) => used[n]);
  const column = (at) => ribbons.map((ribbon) => ribbon[at]);
  const value = `%{value:,.3~r} ${spec.unit.value}<extra></extra>`;
  const trace = {
    type: "sankey",
    node: { label: shown.map(([name]) => name), color: shown.map(([, colour]) => colour), pad: 14, thickness: 14, line: { width: 0 }, hovertemplate: `%{label}<br>${value}` },
    link: { source: column(0).map((n) => place[n]), target: column(1).map((n) => place[n]), value: column(2), color: column(3), hovertemplate: `%{source.label} \u2192 %{target.label}<br>${value}` },
    textfont: { size: 12, color: screen.ink },
  };
  const layout = layoutOf(spec, {}, screen, { hovermode: "closest" });
  return { traces: [trace], layout: { ...layout, annotations: [] }, legend: [] };
};

const stepsPicture = (spec, _, screen) => {
  const { names, values, texts } = spec.picture;
  const last = values.length - 1;
  const trace = {
    type: "waterfall", x: names, y: values, text: texts,
    measure: values.map((_, n) => (n === 0 ? "absolute" : n === last ? "total" : "relative")),
    textposition: "outside", cliponaxis: false, hovertemplate: `%{x}: %{text} ${spec.unit.value}<extra></extra>`,
    connector: { line: { width: 1, color: "#98a3b0" } },
    increasing: { marker: { color: "#c06a4f" } },
    decreasing: { marker: { color: "#5f9a6c" } },
    totals: { marker: { color: "#7d8690" } },
  };
  const axis = { type: "category", automargin: true };
  return { traces: [trace], layout: layoutOf(spec, axis, screen), legend: [] };
};

const PICTURES = { series: seriesPicture, matrix: matrixPicture, flows: flowsPicture, steps: stepsPicture };
// Traces, layout and legend of any chart; nothing where the choice has nothing to show.
const pictureOf = (spec, chosen, screen) => PICTURES[spec.picture.kind](spec, chosen, screen);
