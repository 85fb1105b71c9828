/** Repairs KaTeX's MathML where its elements have other children than MathML allows. */
import { Parser } from "htmlparser2";
import { fixedArity } from "./check-mathml.ts";

/** Repairs every `<math>` in KaTeX's HTML. */
export const repairMathml = (html: string): string => nestProperly(repairArities(html));

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

const functionApplication = "\u2061";

interface Element {
  readonly name: string;
  readonly start: number;
  children: number;
  text: string;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * KaTeX writes a function's name as two elements, `<mi>max</mi><mo>⁡</mo>`, also where one is allowed: `L_{\max}` would
 * be an `<msub>` with three children. There the sign for applying a function applies it to nothing, so it is dropped. A
 * brace with labels on both sides is a `<mover>` with three children, which must be a `<munderover>`.
 */
function repairArities(html: string): string {
  if (!html.includes(functionApplication) && !/<m(?:over|under)\b/.test(html)) return html;
  const edits: Edit[] = [];
  const open: Element[] = [];
  const parser = new Parser(
    {
      onopentag: (name) => open.push({ name, start: parser.startIndex, children: 0, text: "" }),
      ontext(text) {
        const element = open.at(-1);
        if (element) element.text += text;
      },
      onclosetag() {
        const element = open.pop();
        if (!element) return;
        const parent = open.at(-1);
        const isIdle =
          element.name === "mo" && element.text === functionApplication && fixedArity[parent?.name ?? ""] !== undefined;
        if (isIdle) edits.push({ from: element.start, to: parser.endIndex + 1, text: "" });
        else if (parent) parent.children += 1;
        if (/^m(?:over|under)$/.test(element.name) && element.children === 3) {
          const end = parser.endIndex + 1;
          edits.push({ from: element.start, to: element.start + element.name.length + 1, text: "<munderover" });
          edits.push({ from: end - element.name.length - 3, to: end, text: "</munderover>" });
        }
      },
    },
    { xmlMode: true },
  );
  parser.end(html);
  return applyEdits(html, edits);
}

function applyEdits(html: string, edits: readonly Edit[]): string {
  let edited = "";
  let copied = 0;
  for (const { from, to, text } of edits.toSorted((a, b) => a.from - b.from)) {
    edited += html.slice(copied, from) + text;
    copied = to;
  }
  return edited + html.slice(copied);
}
