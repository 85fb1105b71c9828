/**
 * Typesets TeX as SVG with MathJax, because KaTeX, which sets the pages, only renders HTML. Loaded for the first
 * formula, because loading takes a fifth of a second.
 */
import type { liteAdaptor } from "@mathjax/src/js/adaptors/liteAdaptor.js";
import { typesetChecked } from "./maths.ts";

/** A part of a formula between two possible line breaks. Lengths in em of the formula. */
export interface FormulaPart {
  /** SVG in thousandths of an em, baseline at 0, in `currentColor`. */
  readonly svg: string;
  readonly width: number;
  readonly above: number;
  readonly below: number;
  /** Width of the space before it, if it is on the same line as the part before. */
  readonly gap: number;
  /** Whether a line break before it is undesirable: before a dot, or after an opening bracket. */
  readonly joined: boolean;
  /** Its TeX; undefined if it was drawn from MathML. */
  readonly tex: string | undefined;
}

type Typesetter = (tex: string, displayed: boolean) => Promise<FormulaPart[]>;

let typesetter: Promise<Typesetter> | undefined;

/** The parts of a formula: one if it is displayed, one or more if it is inline. */
export async function typesetParts(tex: string, displayed: boolean): Promise<FormulaPart[]> {
  typesetter ??= loadTypesetter();
  return (await typesetter)(tex, displayed);
}

/** Packages for commands that KaTeX knows too. */
const packages = [
  ["base", "base/BaseConfiguration"],
  ["ams", "ams/AmsConfiguration"],
  ["newcommand", "newcommand/NewcommandConfiguration"],
  ["boldsymbol", "boldsymbol/BoldsymbolConfiguration"],
  ["braket", "braket/BraketConfiguration"],
  ["cancel", "cancel/CancelConfiguration"],
  ["color", "color/ColorConfiguration"],
  ["mathtools", "mathtools/MathtoolsConfiguration"],
  ["textmacros", "textmacros/TextMacrosConfiguration"],
] as const;

async function loadTypesetter(): Promise<Typesetter> {
  const [{ mathjax }, { TeX }, { MathML }, { SVG }, { liteAdaptor }, { RegisterHTMLHandler }, { MathJaxNewcmFont }] =
    await Promise.all([
      import("@mathjax/src/js/mathjax.js"),
      import("@mathjax/src/js/input/tex.js"),
      import("@mathjax/src/js/input/mathml.js"),
      import("@mathjax/src/js/output/svg.js"),
      import("@mathjax/src/js/adaptors/liteAdaptor.js"),
      import("@mathjax/src/js/handlers/html.js"),
      import("@mathjax/mathjax-newcm-font/js/svg.js"),
      // Loads parts of the font on demand.
      import("@mathjax/src/js/util/asyncLoad/esm.js"),
      ...packages.map(([, path]) => import(`@mathjax/src/js/input/tex/${path}.js`)),
    ]);
  const adaptor = liteAdaptor();
  RegisterHTMLHandler(adaptor);
  const output = () => new SVG({ fontData: MathJaxNewcmFont, fontCache: "none", linebreaks: { inline: true } });
  const throwError = (_: unknown, error: Error) => {
    throw error;
  };
  const texDocument = mathjax.document("", {
    InputJax: new TeX({ packages: packages.map(([name]) => name), formatError: throwError }),
    OutputJax: output(),
  });
  const mathmlDocument = mathjax.document("", { InputJax: new MathML(), OutputJax: output() });
  /** Wide enough that no line is broken for lack of space. */
  const measures = { em: 16, ex: 8, containerWidth: 100_000 };

  return async (tex, displayed) => {
    const options = { ...measures, display: displayed };
    try {
      return readParts(adaptor, await texDocument.convertPromise(tex, options));
    } catch {
      // Commands that only KaTeX knows (`\argmax`, `\bm` …) are drawn from its MathML, with slightly less accurate
      // spacing.
      return readParts(adaptor, await mathmlDocument.convertPromise(typesetChecked(tex, displayed).mathml, options));
    }
  };
}

type Adaptor = ReturnType<typeof liteAdaptor>;
type Element = Parameters<Adaptor["childNodes"]>[0];

function readParts(adaptor: Adaptor, container: Element): FormulaPart[] {
  let gap = 0;
  let last: string | undefined;
  return adaptor.childNodes(container).flatMap((child) => {
    if (adaptor.kind(child) === "mjx-break") {
      gap = breakWidth(adaptor.getAttribute(child as Element, "size"), adaptor.getAttribute(child as Element, "style"));
      return [];
    }
    // Not `outerHTML`: it does not escape `<` in attributes, which resvg cannot parse.
    const svg = adaptor.serializeXML(child as Element);
    const [, y, width, height] = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? "")
      .split(" ")
      .map((length) => Number(length) / 1000);
    if (y === undefined || width === undefined || height === undefined || Number.isNaN(y)) return [];
    const inside = svg.replace(/^<svg[^>]*>/, "").replace(/<\/svg>$/, "");
    const signs = [...svg.matchAll(/data-c="([0-9A-F]+)"/g)].map(([, code]) => code);
    const joined = signs[0] === dot || (last !== undefined && openBrackets.has(last));
    last = signs.at(-1);
    return [{ svg: inside, width, above: -y, below: height + y, gap, joined, tex: texOf(adaptor, child as Element) }];
  });
}

/** MathJax annotates its output with the TeX. */
function texOf(adaptor: Adaptor, svg: Element): string | undefined {
  const [maths] = adaptor.elementsByAttribute(svg, "data-mml-node", "math");
  const pieces = (maths ? adaptor.childNodes(maths) : []).map((piece) => {
    const node = piece as Element;
    // Function application (U+2061) is added by MathJax, and invisible.
    const isSilent = adaptor.elementsByAttribute(node, "data-c", "2061").length > 0;
    return adaptor.getAttribute(node, "data-latex") ?? (isSilent ? "" : undefined);
  });
  return pieces.every((tex) => typeof tex === "string") ? pieces.join(" ") : undefined;
}

/** Code points, as in `data-c`. */
const dot = "22C5";
const openBrackets: ReadonlySet<string> = new Set(["28", "5B", "7B"]);

/** Width of `<mjx-break>` in em, as in MathJax's stylesheet: one of six sizes, or 1 em plus the letter spacing. */
function breakWidth(size: string | null, style: string | null): number {
  const known = [0, 0.111, 0.167, 0.222, 0.278, 0.333][Number(size ?? Number.NaN)];
  const spacing = /letter-spacing: (-?[\d.]+)em/.exec(style ?? "")?.[1];
  return known ?? (spacing === undefined ? 0 : Math.max(0, 1 + Number(spacing)));
}
