// Numbers and texts as people read them, by our own table: browsers write Kazakh numbers as English
// ones. In the order of the languages.
const SIGNS_OF = [
  { decimal: ".", group: "\u202f", minus: "\u2212" },
  { decimal: ",", group: "\u00a0", minus: "\u2212" },
  { decimal: ",", group: "\u00a0", minus: "\u2212" },
];
let SIGNS = SIGNS_OF[0];
const useSigns = (language) => {
  SIGNS = SIGNS_OF[language];
};
const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, SIGNS.group);
// Three digits, thousands apart: as the program writes numbers itself.
const figure = (value) => {
  if (value === null || value === undefined) return "";
  const size = Math.abs(value);
  if (size === 0) return "0";
  const sign = value < 0 ? SIGNS.minus : "";
  if (size < 1e-6) return sign + size.toExponential(2).replace("-", SIGNS.minus);
  let decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  if (size < 0.1) {
    decimals = 3;
    for (let scaled = size * 10; scaled < 0.9995; scaled *= 10) decimals += 1;
  }
  const [whole, fraction] = size.toFixed(decimals).split(".");
  const rest = (fraction ?? "").replace(/0+$/, "");
  return sign + grouped(whole) + (rest && SIGNS.decimal + rest);
};
// A text with its arguments, each named in braces.
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
