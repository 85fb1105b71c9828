/** Typesets TeX as HTML and MathML with KaTeX, and locates its errors in the TeX. */
import katex, { ParseError } from "katex";
import { createCache } from "../cache/memory-cache.ts";
import { mathmlProblem } from "./check-mathml.ts";
import { replaceMathVariants } from "./mathvariant.ts";
import { repairMathml } from "./repair-mathml.ts";

export type TypesetMaths =
  | {
      readonly kind: "typeset";
      /** KaTeX's HTML, which is hidden from screen readers, and MathML for those. */
      readonly html: string;
      /** Only the MathML, for feeds. */
      readonly mathml: string;
    }
  /** `position` and `length` count in the TeX; `length` is 0 if KaTeX gives none. */
  | { readonly kind: "bad-tex"; readonly message: string; readonly position: number; readonly length: number };

export const typesetting = {
  output: "htmlAndMathml",
  // Whatever TeX itself would reject is an error, and formulas cannot create links or huge boxes.
  strict: "error",
  trust: false,
  maxSize: 40,
  maxExpand: 1000,
  throwOnError: true,
} as const;

/** The same short formulas recur on every page. */
const maxRemembered = 4000;
const remembered = createCache<TypesetMaths>(maxRemembered);

export const typesetMaths = (tex: string, displayMode: boolean): TypesetMaths =>
  remembered(`${displayMode ? "D" : "I"}${tex}`, () => typeset(tex, displayMode));

/** Typesets a formula that the analysis has accepted; throws otherwise. */
export function typesetChecked(tex: string, displayMode: boolean): Extract<TypesetMaths, { kind: "typeset" }> {
  const result = typesetMaths(tex, displayMode);
  if (result.kind === "bad-tex") throw new Error(`A formula got past the analysis: ${result.message}`);
  return result;
}

/** Whether KaTeX has a command of this name: `\\R`. */
export function isKnownCommand(name: string): boolean {
  try {
    katex.renderToString(name, { ...typesetting, output: "mathml", displayMode: true });
    return true;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return !error.rawMessage.startsWith("Undefined control sequence");
  }
}

function typeset(tex: string, displayMode: boolean): TypesetMaths {
  try {
    const html = repairMathml(
      replaceMathVariants(katex.renderToString(unnumbered(tex), { ...typesetting, displayMode })),
    );
    const mathml = (/<math[\s\S]*<\/math>/.exec(html)?.[0] ?? "").replace(/<annotation[\s\S]*?<\/annotation>/g, "");
    const problem = mathmlProblem(mathml);
    if (problem !== undefined) return { kind: "bad-tex", message: malformed(problem), position: 0, length: 0 };
    return { kind: "typeset", html: shorten(html), mathml };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { rawMessage, position, length } = error;
    return {
      kind: "bad-tex",
      message: plainMessage(rawMessage),
      position: positionIn(tex, Math.max(0, position ?? 0)),
      length: length ?? 0,
    };
  }
}

/**
 * With sizes of boxes to a hundredth of an em, which moves nothing by more than a tenth of a pixel, outlines of roots and
 * braces in whole thousandths, and without what HTML does not need: 300 bytes of a page with many formulas.
 */
export const shorten = (html: string): string =>
  html
    .replace(/ style="[^"]*"/g, (style) =>
      style.replace(/-?\d*\.\d{3,}(?=em)/g, (size) => round(size, 100)).replace(/;"$/, '"'),
    )
    .replace(/<path d="[^"]*"/g, (path) =>
      straighten(path.replace(/-?\d*\.\d+/g, (units) => round(units, 1)).replaceAll(/\s+(?=[A-Za-z])(?!d=)/g, "")),
    )
    .replaceAll('<svg xmlns="http://www.w3.org/2000/svg"', "<svg");

const round = (number: string, parts: number): string => String(Math.round(Number(number) * parts) / parts);

/** Half a percent of an em: a tenth of a pixel. */
const maxBulge = 6;

/** Draws curves of an outline that are nearly straight as lines: most of those of roots. */
const straighten = (path: string): string =>
  path
    .replaceAll(/s(-?\d+),(-?\d+),\1,\2(?=[a-zA-Z"])/g, "l$1,$2")
    .replaceAll("l0 -0", "")
    .replaceAll(/c(?:-?\d+,){5}-?\d+(?=[a-zA-Z"])/g, (curve) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x = 0, y = 0] = curve.slice(1).split(",").map(Number);
      const bulge = Math.max(Math.abs(x1 * y - y1 * x), Math.abs(x2 * y - y2 * x)) / Math.hypot(x, y);
      return bulge <= maxBulge ? `l${x},${y}` : curve;
    });

/** KaTeX accepts the formula, but screen readers and feed readers could not. */
const malformed = (problem: string): string =>
  `KaTeX gives it malformed MathML (${problem}). Please report this formula as a bug, and write it in another way`;

/** In strict mode KaTeX wraps messages in its own settings. */
const plainMessage = (message: string): string =>
  message.replace(/^LaTeX-incompatible input and strict mode is set to 'error': /, "").replace(/ \[\w+\]$/, "");

/**
 * Environments whose rows KaTeX numbers on its own, by a counter of the stylesheet: those numbers would be in no feed and
 * collide with ours.
 */
const numbering = /\\(?:begin|end)\s*\{(?:align|alignat|gather|equation)(?=\})/g;

/** The TeX with `align*` for `align`, and the like. */
export const unnumbered = (tex: string): string => tex.replace(numbering, "$&*");

/** A position in `unnumbered(tex)` as a position in `tex`. */
function positionIn(tex: string, position: number): number {
  let inserted = 0;
  for (const { 0: environment, index } of tex.matchAll(numbering)) {
    if (index + environment.length + inserted >= position) break;
    inserted += 1;
  }
  return position - inserted;
}
