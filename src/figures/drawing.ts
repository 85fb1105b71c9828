/** Builds the SVG of every figure: elements as strings, with numbers rounded and text escaped. */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One SVG element. Attributes that are `undefined` are omitted; coordinates are rounded to 1/100. */
export function element(name: string, attributes: Attributes = {}, ...children: string[]): string {
  const head = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escapeText(String(value))}"`)
    .join("");
  return children.length === 0 ? `<${name}${head}/>` : `<${name}${head}>${children.join("")}</${name}>`;
}

/**
 * The root `<svg>`. `width` and `height` are in user units: a drawing 400 wide fills a phone's column at nearly 1:1,
 * where its lettering is enlarged by a fifth (src/ui/styles/tokens.css).
 */
export function drawing(width: number, height: number, ...children: string[]): string {
  return element(
    "svg",
    { viewBox: `0 0 ${round(width)} ${round(height)}`, class: "drawing", xmlns: "http://www.w3.org/2000/svg" },
    ...children,
  );
}

export const group = (attributes: Attributes, ...children: string[]): string => element("g", attributes, ...children);

/** Text in the interface face. `class` may add `soft`, `strong`, `small` or a role (`ink-query`). */
export const label = (x: number, y: number, words: string, attributes: Attributes = {}): string =>
  element("text", { x, y, ...attributes, class: classes("label", attributes.class) }, escapeText(words));

/** A symbol or number in the maths face; `_` and `^` start a subscript or superscript. */
export function formula(x: number, y: number, notation: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes, class: classes("formula", attributes.class) }, setNotation(notation));
}

/** A straight line. `class` is `rule` (thin, grey), `line` (ink) or `stroke-<role>`. */
export const line = (x1: number, y1: number, x2: number, y2: number, attributes: Attributes = {}): string =>
  element("line", { x1, y1, x2, y2, ...attributes, class: attributes.class ?? "line" });

/** An arrow with a small solid head; `class` as for a line. */
export function arrow(x1: number, y1: number, x2: number, y2: number, attributes: Attributes = {}): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const headLength = 8;
  const [backX, backY] = [x2 - headLength * Math.cos(angle), y2 - headLength * Math.sin(angle)];
  const [sideX, sideY] = [3.4 * Math.sin(angle), -3.4 * Math.cos(angle)];
  return group(
    { ...attributes, class: classes("arrow", attributes.class ?? "line") },
    element("line", { x1, y1, x2: backX, y2: backY }),
    polygon([
      [x2, y2],
      [backX + sideX, backY + sideY],
      [backX - sideX, backY - sideY],
    ]),
  );
}

export const polygon = (corners: readonly Corner[], attributes: Attributes = {}): string =>
  element("polygon", { points: corners.map((corner) => corner.map(round).join(",")).join(" "), ...attributes });

type Corner = readonly [x: number, y: number];

/** The `d` of a polyline through these points. */
export const through = (points: readonly Corner[]): string =>
  `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}`;

export const path = (d: string, attributes: Attributes = {}): string =>
  element("path", { d, ...attributes, class: attributes.class ?? "line" });

export const rectangle = (x: number, y: number, width: number, height: number, attributes: Attributes = {}): string =>
  element("rect", { x, y, width, height, ...attributes });

export const circle = (cx: number, cy: number, r: number, attributes: Attributes = {}): string =>
  element("circle", { cx, cy, r, ...attributes });

/** Rounds to two decimals, without a negative zero: the same drawing has the same bytes on every machine. */
export const round = (value: number): number => {
  const rounded = Math.round(value * 100) / 100;
  return Object.is(rounded, -0) ? 0 : rounded;
};

const classes = (...names: (string | number | undefined)[]): string =>
  names.filter((name) => name !== undefined).join(" ");

const escapeText = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/**
 * Sets `x_i^2`: letters in italics, digits upright, sub- and superscripts small; `{}` groups several symbols. `html` is
 * for text outside of drawings.
 */
export function setNotation(notation: string, medium: "svg" | "html" = "svg"): string {
  const parts = notation.match(/[_^](?:\{[^}]*\}|.)|[^_^]+/gu) ?? [];
  let height = 0;
  return parts
    .map((part) => {
      const shift = part.startsWith("_") ? 0.21 : part.startsWith("^") ? -0.28 : 0;
      const letters = shift === 0 ? part : part.slice(1).replace(/^\{|\}$/g, "");
      if (medium === "html") {
        const set = setUpright(letters, "span");
        return shift === 0 ? set : element(shift > 0 ? "sub" : "sup", {}, set);
      }
      // `dy` is relative to the font size of the `tspan`, which is smaller in a script: scaled so that the line returns
      // to its baseline.
      const move = round((shift - height) / (shift === 0 ? 1 : scriptSize));
      height = shift;
      return element(
        "tspan",
        { dy: move === 0 ? undefined : `${move}em`, class: shift === 0 ? undefined : "script" },
        setUpright(letters, "tspan"),
      );
    })
    .join("");
}

/** Relative font size of scripts, as in `figures.css`. */
const scriptSize = 0.7;

const setUpright = (letters: string, tag: "tspan" | "span"): string =>
  letters.replace(/[^\p{L}]+|\p{L}+/gu, (run) =>
    /^\p{L}/u.test(run) && !functionNames.has(run)
      ? escapeText(run)
      : element(tag, { class: "upright" }, escapeText(run)),
  );

/** Set upright, as in TeX; any other word is a product of symbols, in italics. */
const functionNames = new Set(["max", "min", "log", "exp"]);
