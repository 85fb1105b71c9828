/** TeX to HTML and MathML through KaTeX, with its errors placed in the source. */
import katex, { ParseError } from "katex";
import { replaceMathVariants } from "./mathvariant.ts";

export type TypesetMaths =
  | {
      readonly kind: "typeset";
      /** For the eye and for screen readers: KaTeX's HTML, hidden from the latter, beside MathML. */
      readonly html: string;
      /** MathML alone, for feeds. */
      readonly mathml: string;
    }
  /** `position` and `length` count in the TeX; `length` is 0 where KaTeX gives none. */
  | { readonly kind: "bad-tex"; readonly message: string; readonly position: number; readonly length: number };

const options = {
  output: "htmlAndMathml",
  // Anything that TeX itself would refuse is an error, and nothing in a formula can make a link or a huge box.
  strict: "error",
  trust: false,
  maxSize: 40,
  maxExpand: 1000,
  throwOnError: true,
} as const;

/** The same short formulas come back on every page: remembered, but not without bound. */
const remembered = new Map<string, TypesetMaths>();
const maxRemembered = 4000;

export function typesetMaths(tex: string, displayMode: boolean): TypesetMaths {
  const key = `${displayMode ? "D" : "I"}${tex}`;
  const known = remembered.get(key);
  if (known) return known;
  const result = typeset(tex, displayMode);
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(key, result);
  return result;
}

/** A formula that the analysis of its text has found right. */
export function typesetChecked(tex: string, displayMode: boolean): Extract<TypesetMaths, { kind: "typeset" }> {
  const result = typesetMaths(tex, displayMode);
  if (result.kind === "bad-tex") throw new Error(`A formula got past the analysis: ${result.message}`);
  return result;
}

function typeset(tex: string, displayMode: boolean): TypesetMaths {
  try {
    const html = nestProperly(replaceMathVariants(katex.renderToString(tex, { ...options, displayMode })));
    const mathml = (/<math[\s\S]*<\/math>/.exec(html)?.[0] ?? "").replace(/<annotation[\s\S]*?<\/annotation>/g, "");
    return { kind: "typeset", html, mathml };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { rawMessage, position, length } = error;
    return {
      kind: "bad-tex",
      message: plainMessage(rawMessage),
      position: Math.max(0, position ?? 0),
      length: length ?? 0,
    };
  }
}

/** In strict mode KaTeX puts its own settings around what it has to say. */
const plainMessage = (message: string): string =>
  message.replace(/^LaTeX-incompatible input and strict mode is set to 'error': /, "").replace(/ \[\w+\]$/, "");

/**
 * KaTeX may put elements into `<mi>`, `<mo>` and `<mn>`, which hold text alone: an HTML parser takes
 * such a formula apart. An `<mrow>` says the same and may hold anything.
 */
function nestProperly(html: string): string {
  const names: string[] = [];
  return html.replace(
    /<(\/?)(m[ion])((?: [^>]*)?)>(?=(<(?!\/))?)/g,
    (tag, slash: string, name: string, rest: string, inner?: string) => {
      if (slash) return `</${names.pop() ?? name}>`;
      names.push(inner ? "mrow" : name);
      return inner ? `<mrow${rest}>` : tag;
    },
  );
}
