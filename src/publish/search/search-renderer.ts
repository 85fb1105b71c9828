/** Renders a text for the search index: plain text, from which figures, boxes and formulas are set aside as places. */
import { decodeHTMLStrict } from "entities";
import type { Tokens } from "marked";
import type { Place, SearchableFormula } from "../../search/search-document.ts";
import { tokensOfTex } from "../../search/tex-tokens.ts";
import type { Words } from "../../ui/words/words.ts";
import { boxHeading } from "../markdown/boxes.ts";
import { escapeHtml } from "../markdown/raw-html.ts";
import { texOf } from "../markdown/token-text.ts";
import type { MathsToken } from "../markdown/tokens.ts";
import { typesetChecked } from "../maths/maths.ts";
import { mathsInUnicode } from "../maths/maths-in-unicode.ts";
import type { Renderer } from "../renderers/renderer.ts";

/** What was set aside since the last call. */
interface SetAside {
  readonly places: Place[];
  readonly formulas: Omit<SearchableFormula, "place">[];
}

export interface SearchRenderer extends Renderer {
  readonly take: () => SetAside;
}

/** Spaces keep the words of neighbouring elements apart. */
export const plainTextOf = (html: string): string =>
  decodeHTMLStrict(html.replace(/<\/?(?:em|strong|code|a|sub|sup|span)\b[^>]*>/g, "").replace(/<[^>]*>/g, " "))
    .replace(/[\s\u00a0]+/g, " ")
    .replace(/ ([.,;:!?)])/g, "$1")
    .trim();

export function createSearchRenderer(words: Words): SearchRenderer {
  let aside: SetAside = { places: [], formulas: [] };
  const keepFormula = (maths: MathsToken, id?: string, number?: number): string => {
    const tex = texOf(maths).trim();
    const { mathml } = typesetChecked(texOf(maths), maths.type === "displayedMaths");
    const { tokens, accents } = tokensOfTex(tex);
    if (tokens.length > 0)
      aside.formulas.push({
        ...(id !== undefined && { id }),
        ...(number !== undefined && { number }),
        tokens: tokens.join(" "),
        ...(accents.length > 0 && { accents: [...accents] }),
        tex,
        mathml,
      });
    return escapeHtml(mathsInUnicode(mathml).join("; "));
  };
  const keepPlace = (kind: Place["kind"], id: string, name: string, html: string): string => {
    aside.places.push({ kind, id, name: plainTextOf(name), text: plainTextOf(html) });
    return "";
  };
  const captioned = (html: string, caption: { numbered: string; html: string; id: string | undefined } | undefined) =>
    caption === undefined || caption.id === undefined
      ? `<p>${caption?.html ?? ""} ${html}</p>`
      : keepPlace("table", caption.id, words.labels.captionNumber(caption.numbered), `${caption.html} ${html}`);
  return {
    take() {
      const taken = aside;
      aside = { places: [], formulas: [] };
      return taken;
    },
    heading: ({ words: name }) => name,
    listing: (code, _, caption) => captioned(escapeHtml(code), caption),
    cell: (_, __, html) => `<p>${html}</p>`,
    table: (html, caption) => captioned(html, caption),
    inlineFormula: (maths, mark = "") => keepFormula(maths) + escapeHtml(mark),
    equation: (maths, number, id) => ` ${keepFormula(maths, id, number)} `,
    equationReference: (_, number) => `(${number})`,
    reference: ({ text }) => escapeHtml(text),
    citation: () => "",
    noteMark: (_, text) => ` (${text()}) `,
    link: (_, html) => html,
    figure: (image: Tokens.Image, number, caption) =>
      keepPlace(
        "figure",
        `figure-${number}`,
        words.labels.figure(number),
        `${caption} <p>${escapeHtml(image.text)}</p>`,
      ),
    box({ body, ...box }) {
      const { kind, title } = boxHeading(words, box);
      return keepPlace("box", box.id ?? "", title === "" ? kind : words.labels.box(kind, title), body);
    },
    questions: (questions) => questions.map(({ asked, answered }) => `<p>${asked} ${answered}</p>`).join(""),
  };
}
