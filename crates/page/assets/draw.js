// What the pure half makes, put into the page.
const data = JSON.parse(document.getElementById("data").textContent);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const paper = window.matchMedia("print");
const CONFIG = {
  displaylogo: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
  toImageButtonOptions: { format: "svg" },
};
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
  return { dark: dark.matches && !paper.matches, width: box.clientWidth, ink, soft, grid, line, faint, card };
};

const hidden = new Map(); // names of series switched off, by chart
// What the reader chose; where nothing can be chosen, all there is.
const chosenFor = (spec) => {
  if (!hidden.has(spec.id)) hidden.set(spec.id, new Set());
  return {
    region: choice("region")?.value ?? ALL,
    year: Number(choice("year")?.value ?? 0),
    day: Number(choice("day")?.value ?? 0),
    off: hidden.get(spec.id),
  };
};

const drawLegend = (box, spec, entries) => {
  const off = hidden.get(spec.id);
  const buttons = entries.map(({ name, mark, colour }) => {
    const button = make("button"), sign = make("i", "", { hatched: "hatched", bar: "" }[mark] ?? "line");
    if (mark === "hatched") sign.style.setProperty("--mark", colour);
    else sign.style.background = colour;
    button.append(sign, name);
    button.setAttribute("aria-pressed", String(!off.has(name)));
    button.title = data.words.toggle;
    button.addEventListener("click", () => {
      if (!off.delete(name)) off.add(name);
      draw(box, spec);
    });
    return button;
  });
  box.closest(".card").querySelector(".legend").replaceChildren(...buttons);
};

// Draws any chart.
const draw = (box, spec) => {
  const picture = pictureOf(spec, chosenFor(spec), screenOf(box));
  box.closest(".card").classList.toggle("empty", !picture);
  if (!picture) return;
  drawLegend(box, spec, picture.legend);
  Plotly.react(box, picture.traces, picture.layout, CONFIG);
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
