/** Collects what the index needs of a text: its marks, and the words of its sections, in which names are found. */
import { decodeHTMLStrict } from "entities";
import type { Token, Tokens } from "marked";
import type { IndexMark, TextAnalysis } from "../markdown/text-analysis.ts";
import { asOwn, childLists } from "../markdown/tokens.ts";
import type { ParsedText } from "./parse-text.ts";

export interface Passage {
  /** Id of the section's heading; "" before the first one. */
  readonly id: string;
  /** Without code and formulas. */
  readonly text: string;
}

export interface IndexedPlaces {
  readonly marks: readonly IndexMark[];
  readonly passages: readonly Passage[];
}

/** Stands for code and formulas: it belongs to no name. */
const gap = "\ufffc";

/** The spans of the marks are in the file that the author wrote. */
export const collectIndex = ({ analysis, source }: Pick<ParsedText, "analysis" | "source">): IndexedPlaces => ({
  marks: [...analysis.indexMarks.values()].map((mark) => ({ ...mark, span: source.file.origin(mark.span).span })),
  passages: collectPassages(analysis),
});

function collectPassages(analysis: TextAnalysis): Passage[] {
  const passages = [{ id: "", text: "" }];
  const append = (text: string) => {
    const last = passages.at(-1);
    if (last) last.text += text;
  };
  const visit = (token: Token): void => {
    const id = token.type === "heading" ? analysis.headingIds.get(token) : undefined;
    if (id !== undefined) passages.push({ id, text: "" });
    const own = asOwn(token);
    if (own?.type === "noteReference") for (const inner of analysis.notes.get(own.name)?.tokens ?? []) visit(inner);
    else if (token.type === "image")
      for (const inner of analysis.captions.get(token as Tokens.Image) ?? []) visit(inner);
    // A note is read where it is referred to.
    else if (own?.type !== "note") {
      const lists = childLists(token);
      if (lists.length === 0) append(wordsOf(token));
      for (const inner of lists.flat()) visit(inner);
    }
    if (blocks.has(token.type)) append("\n");
  };
  for (const token of analysis.tokens) visit(token);
  return passages.filter(({ text }) => text.trim() !== "");
}

const blocks: ReadonlySet<string> = new Set(["paragraph", "heading", "list_item", "table", "caption", "box", "image"]);

function wordsOf(token: Token): string {
  if (token.type === "space" || token.type === "br") return "\n";
  const isWords = (token.type === "text" || token.type === "escape") && asOwn(token) === undefined;
  return isWords && "text" in token ? decodeHTMLStrict(String(token.text)) : gap;
}
