// What the pure half makes, put into the page.
const data = JSON.parse(document.getElementById("data").textContent);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const CONFIG = { displaylogo: false, displayModeBar: false };
// Charts on paper have a size of their own: two beside one another on A4.
const PAPER = { half: 330, whole: 676, height: 230, tall: 420 };
let printing = false;
const choice = (id) => document.getElementById(id);
const make = (tag, text, name) => {
  const out = document.createElement(tag);
  if (text) out.textContent = text;
  if (name) out.className = name;
  return out;
};

// What the reader's screen is like.
const screenOf = (box) => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const [ink, soft, grid, line, faint, card] = ["--ink", "--soft", "--grid", "--line", "--faint", "--card"].map(colour);
  const wide = box.classList.contains("wide") || box.classList.contains("tall");
  const width = printing ? (wide ? PAPER.whole : PAPER.half) : box.clientWidth;
  return { dark: dark.matches && !printing, width, ink, soft, grid, line, faint, card };
};

const hidden = new Map(); // names of series switched off, by chart
// What the reader chose; where nothing can be chosen, all there is.
const chosenFor = (spec) => {
  if (!hidden.has(spec.id)) hidden.set(spec.id, new Set());
  return {
    region: choice("region")?.value ?? ALL,
    year: Number(choice("year")?.value ?? 0),
    day: Number(choice("day")?.value ?? 0),
    difference: choice("difference")?.checked ?? false,
    inside: choice("inside")?.checked ?? false,
    off: hidden.get(spec.id),
  };
};

// One stop of the tab key for a row of buttons; arrows go from one to the next.
const roving = (buttons) => {
  buttons.forEach((button, n) => {
    button.tabIndex = n ? -1 : 0;
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = buttons[(n + step + buttons.length) % buttons.length];
      buttons.forEach((one) => (one.tabIndex = one === next ? 0 : -1));
      next.focus();
    });
  });
};

// The language the reader chose, by its position.
const words = dictionary([...data.phrases, ...data.names]);
let language = 0;
const missing = new Set();
const say = (text) => spoken(words, language, text, (one) => missing.add(one));
const inWords = (spec) => (language ? spokenChart(spec, say) : spec);

// Texts of the page itself. Each keeps what it was in English; names of files and of the model's
// own sources stay as they are.
const OWN = "script, style, code, .plot, .legend, .values, .path, .given, #inputs-table tbody, #changes td";
const sources = new WeakMap();
const turned = (key, text) => {
  if (!sources.has(key)) sources.set(key, text);
  const source = sources.get(key), whole = source.trim().replace(/\s+/g, " ");
  return whole ? source.replace(source.trim(), say(whole)) : source;
};
const ATTRIBUTES = ["aria-label", "placeholder"];
const held = new WeakMap();
const translate = (root) => {
  const walk = document.createTreeWalker(root, 4);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest(OWN)) continue;
    const text = turned(node, node.nodeValue);
    if (text !== node.nodeValue) node.nodeValue = text;
  }
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[${name}]`)) {
      if (element.matches(".plot")) continue;
      if (!held.has(element)) held.set(element, {});
      const kept = held.get(element);
      kept[name] ??= element.getAttribute(name);
      element.setAttribute(name, say(kept[name]));
    }
  }
};

const drawLegend = (box, spec, entries) => {
  const off = hidden.get(spec.id);
  const buttons = entries.map(({ key, name, mark, colour }) => {
    const button = make("button"), sign = make("i", "", { hatched: "hatched", bar: "" }[mark] ?? "line");
    if (mark === "hatched") sign.style.setProperty("--mark", colour);
    else sign.style.background = colour;
    button.type = "button";
    button.append(sign, name);
    button.setAttribute("aria-pressed", String(!off.has(key)));
    button.title = say(data.words.toggle);
    button.addEventListener("click", () => {
      if (!off.delete(key)) off.add(key);
      draw(box, charts.get(spec.id));
    });
    return button;
  });
  roving(buttons);
  box.closest(".card").querySelector(".legend").replaceChildren(...buttons);
};

// Draws any chart, and its table where that is asked for.
const draw = (box, original) => {
  const spec = inWords(original), chosen = chosenFor(spec), card = box.closest(".card");
  const picture = pictureOf(spec, chosen, screenOf(box));
  card.classList.toggle("empty", !picture);
  if (!picture) return;
  drawLegend(box, spec, picture.legend);
  box.setAttribute("aria-label", saysOf(spec, chosen));
  const values = card.querySelector(".values");
  if (!values.hidden) drawTable(values.firstElementChild, gridTable(spec, chosen));
  const { layout, rows } = picture;
  const tall = box.classList.contains("tall");
  const paper = { autosize: false, width: screenOf(box).width, height: rows ? rows * 110 + 40 : tall ? PAPER.tall : PAPER.height };
  if (rows && !printing) box.style.height = `${Math.max(300, rows * 130 + 50)}px`;
  Plotly.react(box, picture.traces, printing ? { ...layout, ...paper } : layout, { ...CONFIG, responsive: false });
};

// Draws any table.
const drawTable = (table, { head, body }) => {
  const rows = (all) => all.map(({ name, cells }) => {
    const row = make("tr", "", name);
    row.append(...cells.map(({ text, name, scope }) => {
      const out = make(scope ? "th" : "td", text, name.trim());
      if (scope) out.scope = scope;
      return out;
    }));
    return row;
  });
  const [top, rest] = [make("thead"), make("tbody")];
  top.append(...rows(head));
  rest.append(...rows(body));
  table.replaceChildren(...(head.length ? [top] : []), rest);
};

// Gives the reader a file.
const save = (name, address) => {
  const link = make("a");
  link.href = address;
  link.download = name;
  link.click();
};

// A picture that makes sense alone: title above; scenario, program and date below.
const picture = async (spec, format) => {
  const screen = { dark: false, width: 900, ink: "#111111", soft: "#444444", grid: "#e6e6e6", line: "#cccccc", faint: "#777777", card: "#ffffff" };
  const { traces, layout, rows } = pictureOf(spec, chosenFor(spec), screen);
  const height = rows ? Math.max(500, rows * 150 + 120) : 520;
  const text = (more) => ({ xref: "paper", yref: "paper", x: 0, xanchor: "left", showarrow: false, align: "left", font: { size: 12, color: "#444444" }, ...more });
  const names = traces.some(({ type }) => type === "sankey") || rows ? {} : { showlegend: true, legend: { orientation: "h", y: -0.16, x: 0, traceorder: "normal" } };
  const shown = { ...layout, ...names, paper_bgcolor: "#ffffff", width: 900, height, autosize: false };
  shown.margin = { l: 60, r: 20, t: 84, b: 130 };
  shown.title = { text: spec.title, x: 0.02, xanchor: "left", y: 0.97, font: { size: 18, color: "#111111" } };
  shown.annotations = [...layout.annotations, text({ text: data.words.stamp, y: 0, yanchor: "top", yshift: -104, font: { size: 11, color: "#555555" } })];
  return Plotly.toImage({ data: traces, layout: shown, config: {} }, { format, width: 900, height, scale: format === "png" ? 2 : 1 });
};

const TOOLS = {
  table: (spec, box, button) => {
    const values = box.closest(".card").querySelector(".values");
    values.hidden = !values.hidden;
    button.setAttribute("aria-pressed", String(!values.hidden));
    draw(box, charts.get(spec.id));
  },
  csv: (spec) => {
    const text = gridCsv(charts.get(spec.id), chosenFor(spec), data.words.columns);
    save(`${spec.id}.csv`, `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`);
  },
  svg: async (spec) => save(`${spec.id}.svg`, await picture(spec, "svg")),
  png: async (spec) => save(`${spec.id}.png`, await picture(spec, "png")),
};
