// What is on the page: cards, choices, the table of inputs, and what is drawn when.
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
