// What is drawn when: choices, search, sections without anything to see.
const charts = new Map(data.charts.map((spec) => [spec.id, spec]));
const region = () => choice("region")?.value ?? ALL;

// A chart whose room changes is drawn again, with as many years named as there is room for.
const widths = new WeakMap();
const room = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const before = widths.get(target);
    widths.set(target, target.clientWidth);
    if (before !== undefined && before !== target.clientWidth) redraw(target);
  }
});
const boxes = new Set();
// What is folded away is drawn when it is opened and so gets its width.
const redraw = (box) => box.closest("details:not([open])") || draw(box, charts.get(box.dataset.chart));
const watch = (box) => {
  boxes.add(box);
  room.observe(box);
};
const forget = (box) => {
  boxes.delete(box);
  room.unobserve(box);
  Plotly.purge(box);
};
document.querySelectorAll(".plot").forEach(watch);

// The charts of a choice stand in a template until they are chosen.
const choose = (select) => {
  const place = document.querySelector(`[data-chosen="${select.dataset.chooser}"]`);
  place.querySelectorAll(".plot").forEach(forget);
  const options = document.querySelectorAll(`template[data-option="${select.dataset.chooser}"]`);
  place.replaceChildren(options[Number(select.value)].content.cloneNode(true));
  place.querySelectorAll(".plot").forEach(watch);
};
for (const select of document.querySelectorAll("[data-chooser]")) {
  select.addEventListener("change", () => {
    choose(select);
    drawAll();
  });
  choose(select);
}

// Sections and choices with nothing to see in the chosen region are not shown.
const hideEmpty = () => {
  const here = (ids) => ids.some((id) => shows(charts.get(id), region()));
  for (const section of data.sections) {
    const select = document.querySelector(`[data-chooser="${section.id}"]`);
    const good = section.options.map(here);
    const first = good.indexOf(true);
    if (select) {
      for (const one of select.options) one.hidden = one.disabled = !good[Number(one.value)];
      const chosen = document.querySelector(`[data-chosen="${section.id}"]`);
      select.closest(".choice").hidden = chosen.hidden = first < 0;
      if (first >= 0 && !good[Number(select.value)]) {
        select.value = String(first);
        choose(select);
      }
    }
    const any = first >= 0 || here(section.charts) || section.folds.some(here);
    choice(section.id).hidden = !any;
    document.querySelector(`.links a[href="#${section.id}"]`).hidden = !any;
  }
};

const drawBalance = () => {
  const table = choice("balance-table");
  if (!table) return;
  const unit = Number(choice("balance-unit")?.value ?? 0);
  const view = data.balance.views[region()]?.[Number(choice("balance-year").value)];
  const drawn = balanceTable(data.balance, view, unit, choice("balance-services").checked);
  choice("balance-more").hidden = !drawn.more;
  choice("balance-remark").textContent = data.balance.remarks[unit];
  drawTable(table, drawn);
};
for (const id of ["balance-year", "balance-unit", "balance-services"]) choice(id)?.addEventListener("change", drawBalance);

const { inputs } = data;
const texts = inputs && searchable(inputs);
const inputRow = ([path, value, unit, file, line, says]) => {
  const [confidence, source, note, scenario] = inputs.says[says];
  const tr = make("tr"), first = make("td", "", "path"), second = make("td"), third = make("td"), fourth = make("td");
  const called = namesOf(inputs, path);
  first.append(make("code", path));
  if (called) first.append(make("div", called, "unit"));
  second.append(make("div", unit ? `${value} ${unit}` : value, "long"));
  third.append(make("code", `${inputs.files[file]}:${line}`));
  if (scenario) third.append(make("div", fill(inputs.words.scenario, { scenario }), "unit"));
  if (confidence) fourth.append(make("span", confidence, `chip ${confidence}`), " ");
  fourth.append(source);
  if (note) fourth.append(make("div", note, "unit"));
  tr.append(first, second, third, fourth);
  return tr;
};
const drawInputs = () => {
  const table = choice("inputs-table");
  if (!table) return;
  const { rows, count } = inputsFound(inputs, texts, choice("query").value, choice("confidence").value);
  choice("found").textContent = count;
  table.tBodies[0].replaceChildren(...rows.map(inputRow));
};
document.addEventListener("click", (event) => {
  event.target.closest(".long")?.classList.toggle("whole");
  const query = event.target.closest("[data-query]")?.dataset.query;
  if (query === undefined || !choice("query")) return;
  choice("query").value = query;
  choice("confidence").value = "";
  drawInputs();
});
choice("query")?.addEventListener("input", drawInputs);
choice("confidence")?.addEventListener("change", drawInputs);

// One chart at a time, so that the page answers from the start.
let round = 0;
const drawAll = () => {
  drawBalance();
  hideEmpty();
  const label = choice("region")?.selectedOptions[0]?.textContent;
  document.querySelectorAll(".where").forEach((where) => (where.textContent = label ? `\u00b7 ${label}` : ""));
  const mine = ++round;
  const queue = [...boxes];
  const next = () => {
    if (mine !== round || !queue.length) return;
    redraw(queue.shift());
    setTimeout(next, 0);
  };
  next();
};
for (const id of ["region", "year", "day"]) choice(id)?.addEventListener("change", () => drawAll());
dark.addEventListener("change", () => drawAll());
window.addEventListener("beforeprint", () => boxes.forEach((box) => redraw(box)));

// Where the reader is.
const links = new Map([...document.querySelectorAll(".links a")].map((a) => [a.getAttribute("href").slice(1), a]));
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) links.get(target.id)?.classList.toggle("here", isIntersecting);
}, { rootMargin: "-20% 0px -60% 0px" });
document.querySelectorAll("main > section").forEach((section) => seen.observe(section));
drawInputs();
drawAll();
