// What is drawn when: choices, search, tabs, sections without anything to see.
const charts = new Map(data.charts.map((spec) => [spec.id, spec]));
const region = () => choice("region")?.value ?? ALL;

// A chart whose room changes is drawn again, with as many years named as there is room for.
const widths = new WeakMap();
const room = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const before = widths.get(target);
    widths.set(target, target.clientWidth);
    if (before !== undefined && before !== target.clientWidth && !printing) redraw(target);
  }
});
const boxes = new Set();
// What is folded away, or in another tab, is drawn when it is opened and so gets its width.
const redraw = (box) => box.closest("details:not([open]), .tab[hidden]") || draw(box, charts.get(box.dataset.chart));
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
  translate(place);
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
    const link = document.querySelector(`.links a[href="#${section.id}"]`);
    if (link) link.hidden = !any;
  }
};

const drawBalance = () => {
  const table = choice("balance-table");
  if (!table) return;
  const unit = Number(choice("balance-unit")?.value ?? 0);
  const years = [...choice("year").options].map((option) => option.value);
  const view = data.balance.views[region()]?.[years.indexOf(choice("year").value)];
  const balance = language ? spokenBalance(data.balance, say) : data.balance;
  const drawn = balanceTable(balance, view, unit, choice("balance-services").checked);
  choice("balance-more").hidden = !drawn.more;
  choice("balance-remark").textContent = say(data.balance.remarks[unit]);
  drawTable(table, drawn);
};
for (const id of ["balance-unit", "balance-services"]) choice(id)?.addEventListener("change", drawBalance);

const { inputs } = data;
const texts = inputs && searchable(inputs);
let most = PAGE;
const inputRow = ([path, value, unit, file, line, says]) => {
  const [confidence, source, note, scenario] = inputs.says[says];
  const tr = make("tr"), first = make("td", "", "path"), second = make("td"), third = make("td"), fourth = make("td");
  const called = namesOf(inputs, path);
  if (called) first.append(make("div", called));
  first.append(make("code", path));
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
  const { rows, count, more } = inputsFound(inputs, texts, choice("query").value, choice("confidence").value, most);
  choice("found").textContent = say(count);
  choice("more-inputs").hidden = !more;
  table.tBodies[0].replaceChildren(...rows.map(inputRow));
};
const search = () => {
  most = PAGE;
  drawInputs();
};
document.addEventListener("click", (event) => {
  event.target.closest(".long")?.classList.toggle("whole");
  const tool = event.target.closest("[data-tool]");
  if (tool) {
    const box = tool.closest(".card").querySelector(".plot");
    TOOLS[tool.dataset.tool](inWords(charts.get(box.dataset.chart)), box, tool);
  }
  const query = event.target.closest("[data-query]")?.dataset.query;
  if (query === undefined || !choice("query")) return;
  choice("query").value = query;
  choice("confidence").value = "";
  search();
});
choice("query")?.addEventListener("input", search);
choice("confidence")?.addEventListener("change", search);
choice("more-inputs")?.addEventListener("click", () => {
  most += PAGE;
  drawInputs();
});

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

// Tabs: one is in sight, all are on paper. The address says which, and what the reader chose.
const tabs = [...document.querySelectorAll("[role=tab]")];
const KEPT = ["region", "year", "day", "lang"];
const speak = () => {
  language = Math.max(0, LANGUAGES.indexOf(choice("lang").value));
  useSigns(language);
  document.documentElement.lang = LANGUAGES[language];
  missing.clear();
  translate(document.body);
  drawInputs();
};
const remember = () => {
  const open = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
  const kept = KEPT.filter((id) => choice(id)).map((id) => [id, choice(id).value]);
  const state = new URLSearchParams([...(open ? [["tab", open.dataset.tab]] : []), ...kept]);
  history.replaceState(null, "", `#${state}`);
};
const show = (id) => {
  for (const tab of tabs) {
    const is = tab.dataset.tab === id;
    tab.setAttribute("aria-selected", String(is));
    tab.tabIndex = is ? 0 : -1;
    choice(`tab-${tab.dataset.tab}`).hidden = !is;
  }
  drawAll();
};
roving(tabs);
for (const tab of tabs) {
  tab.addEventListener("click", () => {
    show(tab.dataset.tab);
    remember();
  });
}
const follow = () => {
  const wanted = location.hash.slice(1);
  const place = wanted.includes("=") ? null : choice(wanted);
  const state = new URLSearchParams(wanted);
  for (const id of KEPT) if (choice(id) && state.has(id)) choice(id).value = state.get(id);
  speak();
  const tab = place?.closest(".tab")?.id.slice(4) ?? state.get("tab");
  show(tabs.some((one) => one.dataset.tab === tab) ? tab : tabs[0]?.dataset.tab);
  place?.scrollIntoView();
};
window.addEventListener("hashchange", follow);
for (const id of KEPT) {
  choice(id)?.addEventListener("change", () => {
    if (id === "lang") speak();
    drawAll();
    remember();
  });
}
choice("lang").value = LANGUAGES.find((one) => navigator.language.startsWith(one)) ?? LANGUAGES[0];
for (const id of ["difference", "inside"]) choice(id)?.addEventListener("change", drawAll);
dark.addEventListener("change", drawAll);
const print = (on) => {
  printing = on;
  document.body.classList.toggle("printing", on);
  boxes.forEach((box) => draw(box, charts.get(box.dataset.chart)));
};
window.addEventListener("beforeprint", () => print(true));
window.addEventListener("afterprint", () => print(false));
follow();
