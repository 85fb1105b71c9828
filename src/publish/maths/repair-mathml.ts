/** Repairs KaTeX's MathML where its elements have other children than MathML allows. */
import { Parser } from "htmlparser2";

/** Repairs every `<math>` in KaTeX's HTML. */
export const repairMathml = (html: string): string => nestProperly(groupFunctionNames(html));

/**
 * KaTeX may nest elements in `<mi>`, `<mo>` and `<mn>`, which may only contain text: an HTML parser breaks such a
 * formula apart. `<mrow>` means the same and may contain anything.
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

/** Elements with a fixed number of children. */
const fixedArity: ReadonlySet<string> = new Set([
  "msub",
  "msup",
  "msubsup",
  "munder",
  "mover",
  "munderover",
  "mfrac",
  "mroot",
]);

const functionApplication = "\u2061";

interface Element {
  readonly name: string;
  readonly start: number;
  /** Start of the last child that was closed. */
  lastChild: number | undefined;
  text: string;
}

/**
 * KaTeX writes a function's name as two elements, `<mi>max</mi><mo>⁡</mo>`, also where one is allowed: `L_{\max}` would
 * be an `<msub>` with three children.
 */
function groupFunctionNames(html: string): string {
  if (!html.includes(functionApplication)) return html;
  /** Where an `<mrow>` opens and closes. */
  const rows: { readonly from: number; readonly to: number }[] = [];
  const open: Element[] = [];
  const parser = new Parser(
    {
      onopentag: (name) => open.push({ name, start: parser.startIndex, lastChild: undefined, text: "" }),
      ontext(text) {
        const element = open.at(-1);
        if (element) element.text += text;
      },
      onclosetag() {
        const element = open.pop();
        const parent = open.at(-1);
        if (!element || !parent) return;
        const isApplied = element.name === "mo" && element.text === functionApplication;
        if (isApplied && fixedArity.has(parent.name) && parent.lastChild !== undefined)
          rows.push({ from: parent.lastChild, to: parser.endIndex + 1 });
        parent.lastChild = element.start;
      },
    },
    { xmlMode: true },
  );
  parser.end(html);
  let grouped = "";
  let copied = 0;
  for (const { from, to } of rows) {
    grouped += `${html.slice(copied, from)}<mrow>${html.slice(from, to)}</mrow>`;
    copied = to;
  }
  return grouped + html.slice(copied);
}
