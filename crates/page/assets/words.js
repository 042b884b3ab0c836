// Texts in the languages of the catalogue. A text is looked up as it is written in English; one with
// values in it by its pattern, each value by itself. What the catalogue does not have stays.
const LANGUAGES = ["en", "ru", "kk"];
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const small = (text) => text.charAt(0).toLowerCase() + text.slice(1);
// A value that is called `n…` is a number, one called `l…` as long as can be.
const VALUES = { n: "([+\u2212]?\\d[\\d\u202f.]*)", l: "(.+)" };
const dictionary = (phrases) => {
  const literal = (text) => text.replace(/\{\w+\}/g, "").length;
  const escaped = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  const pattern = (phrase) => ({
    phrase,
    names: [...phrase[0].matchAll(/\{(\w+)\}/g)].map((found) => found[1]),
    like: new RegExp(`^${escaped(phrase[0]).replace(/\{(\w+)\}/g, (_, name) => VALUES[name.charAt(0)] ?? "(.+?)")}$`),
  });
  const whole = phrases.filter(([text]) => !text.includes("{"));
  const open = phrases.filter(([text]) => text.includes("{")).sort((a, b) => literal(b[0]) - literal(a[0]));
  return { whole: new Map(whole.map((phrase) => [phrase[0], phrase])), open: open.map(pattern) };
};

// A number that a text shows, in the signs of a language.
const NUMBER = /^[+\u2212]?\d[\d\u202f]*(\.\d+)?$/;
const inSigns = (text, signs) => text.replaceAll("\u202f", signs.group).replace(".", signs.decimal);

// A text in a language, by its position; `missed` is called with what the catalogue does not have.
const spoken = (words, language, text, missed) => {
  if (!language || !text) return text;
  if (NUMBER.test(text)) return inSigns(text, SIGNS_OF[language]);
  const known = words.whole.get(text);
  if (known) return known[language] || text;
  const other = words.whole.get(small(text));
  if (other?.[language]) return capital(other[language]);
  for (const { phrase, names, like } of words.open) {
    const found = like.exec(text);
    if (!found || !phrase[language]) continue;
    const values = Object.fromEntries(names.map((name, n) => [name, spoken(words, language, found[n + 1], missed)]));
    return fill(phrase[language], values);
  }
  if (/[A-Za-z]{2}/.test(text)) missed(text);
  return text;
};

// A chart in a language; `say` gives texts. Series keep their own names as keys.
const spokenChart = (spec, say) => {
  const { picture } = spec;
  const all = (list) => list?.map(say);
  const part = (one) => ({ ...one, names: all(one.names), titles: one.titles && all(one.titles) });
  const axis = picture.axis && {
    ...picture.axis,
    ...(picture.axis.parts ? { parts: picture.axis.parts.map(part) } : {}),
    ...(picture.axis.names ? { names: all(picture.axis.names) } : {}),
    ...(picture.axis.title ? { title: say(picture.axis.title) } : {}),
    ...(picture.axis.ticks ? { ticks: picture.axis.ticks.map(([at, name]) => [at, say(name)]) } : {}),
  };
  return {
    ...spec,
    title: say(spec.title),
    unit: { axis: say(spec.unit.axis), value: say(spec.unit.value) },
    picture: {
      ...picture,
      ...(axis ? { axis } : {}),
      ...(picture.total ? { total: say(picture.total) } : {}),
      ...(picture.names ? { names: all(picture.names) } : {}),
      ...(picture.nodes ? { nodes: picture.nodes.map(([name, colour]) => [say(name), colour]) } : {}),
      ...(picture.series ? { series: picture.series.map((one) => ({ ...one, key: one.name, name: say(one.name) })) } : {}),
    },
  };
};

const spokenBalance = (balance, say) => ({
  ...balance,
  words: Object.fromEntries(Object.entries(balance.words).map(([key, text]) => [key, say(text)])),
  columns: balance.columns.map((column) => ({ ...column, name: say(column.name), units: column.units.map(([unit, size]) => [say(unit), size]) })),
  total: balance.total.map(([unit, size]) => [say(unit), size]),
  lines: balance.lines.map((line) => ({ ...line, label: say(line.label) })),
});
