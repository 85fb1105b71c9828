/** Converts a fenced block: a listing, a cell of code, or one of MyST's directives. */
import { isLanguage } from "../../publish/markdown/highlight.ts";
import { parseAttributes, parseOptions } from "./attributes.ts";
import { boxFor, boxLines, labelBox, trimBlank } from "./box-kinds.ts";
import type { Draft } from "./draft.ts";
import { displayedFormula } from "./equations.ts";
import { imageMarkdown } from "./image-markdown.ts";
import { convertInline } from "./inline.ts";
import { asCode } from "./inline-context.ts";
import type { Line, Place } from "./original.ts";

export interface FencedBlock {
  /** What follows the opening fence. */
  readonly info: string;
  readonly content: readonly Line[];
  readonly place: Place;
  /** A label on the line before it. */
  readonly label: string | undefined;
}

/** Names of languages elsewhere -> Shiki's. */
const languages: Readonly<Record<string, string>> = {
  ipython: "python",
  ipython3: "python",
  pycon: "python",
  console: "shellsession",
  none: "text",
  output: "text",
  unknown: "text",
  pseudocode: "text",
};

/** Directives whose content is a listing; the argument is its language. */
const listings = /^(code-cell|code-block|code|sourcecode|literalinclude|parsed-literal)$/;

export function codeBlock(block: FencedBlock, draft: Draft, convert: (lines: readonly Line[]) => string[]): string[] {
  const { info, content, place } = block;
  const directive = /^\{([a-z][\w:.-]*)\}\s*(.*)$/i.exec(info);
  if (!directive || content.some(({ text }) => /^#\|/.test(text))) return listing(block, draft);
  const [, name = "", argument = ""] = directive;
  const { options, start } = parseOptions(content.map(({ text }) => text));
  const body = content.slice(start);
  const label = options.label ?? options.name ?? block.label;
  const inline = (text: string): string => convertInline(text, () => place, draft);
  if (listings.test(name)) {
    reportOptions(options, place, draft);
    return listing({ ...block, info: argument || "text", content: body }, draft);
  }
  if (name === "math") return displayedFormula(body.map(({ text }) => text).join("\n"), label, place, draft);
  if (name === "figure" || name === "image") {
    const caption = body
      .map(({ text }) => text.trim())
      .join(" ")
      .trim();
    const context = { draft, place, convert: inline };
    return [imageMarkdown({ target: argument, alt: options.alt ?? "", caption, label }, context)];
  }
  const box = boxFor(options.class ?? name, inline(argument)) ?? boxFor(name, inline(argument));
  if (box) {
    return boxLines(box, convert(body), labelBox(box, label, draft));
  }
  if (name === "table") {
    const mark = label === undefined || argument === "" ? "" : ` ${draft.element("tbl", label)}`;
    return [...trimBlank(convert(body)), ...(argument === "" ? [] : ["", `: ${inline(argument)}${mark}`])];
  }
  if (name === "margin" || name === "sidebar" || name === "div") {
    draft.find(place, `Of the directive \`${name}\` only the content is kept.`);
    return [...convert(body), ...(argument === "" ? [] : [`*${inline(argument)}*`])];
  }
  if (isLanguage(name) || name in languages) return listing({ ...block, info: name }, draft);
  draft.find(place, `The directive \`${name}\` has no equivalent, and is kept as a listing.`);
  const source = [{ text: `{${name}} ${argument}`.trim(), place }, ...content];
  return listing({ ...block, info: "text", content: source }, draft);
}

/** A listing in our syntax; options of Quarto's cells, `#| echo: false`, are removed and reported. */
function listing({ info, content, place }: FencedBlock, draft: Draft): string[] {
  const braced = /^\{(.*?)\}/.exec(info)?.[1];
  const { classes, id } = parseAttributes(braced ?? "");
  const written = braced === undefined ? (/^[^\s{,]+/.exec(info)?.[0] ?? "") : (classes[0] ?? "");
  const name = languages[written.toLowerCase()] ?? written.toLowerCase();
  const language = isLanguage(name) ? name : "text";
  if (language !== name) draft.find(place, `\`${written}\` is not a language that can be highlighted.`);
  const extra = braced === undefined ? info.slice(written.length).trim() : info.slice(braced.length + 2).trim();
  if (extra !== "") draft.find(place, `${asCode(extra)} after the language of a listing has no equivalent.`);
  const options = content.filter(({ text }) => /^(#|\/\/|--)\|/.test(text));
  for (const option of options) reportCellOption(option, draft);
  const isCell = braced !== undefined && !braced.startsWith(".");
  if (isCell) draft.find(place, "This cell is kept as a listing; its output is not in the file.");
  if (id !== undefined) draft.label(id, { kind: "other", words: "the listing" });
  const lines = content.filter((line) => !options.includes(line));
  for (const line of lines) {
    if ([...line.text].length > 74) draft.find(line.place, "A line of code is longer than 74 characters: break it.");
  }
  const text = lines.map((line) => line.text);
  const fence = "`".repeat(
    Math.max(
      3,
      ...(text
        .join("\n")
        .match(/`{3,}/g)
        ?.map((run) => run.length + 1) ?? []),
    ),
  );
  return [`${fence}${language}`, ...text, fence];
}

function reportCellOption({ text, place }: Line, draft: Draft): void {
  const [, name = "", value = ""] = /^\S+\|\s*([\w.-]+):\s*(.*)$/.exec(text) ?? [];
  if (name === "label") draft.label(value, { kind: "other", words: "the output of the listing" });
  draft.find(place, `The option ${asCode(text.replace(/^\S+\|\s*/, ""))} of a cell was removed.`);
}

function reportOptions(options: Readonly<Record<string, string>>, place: Place, draft: Draft): void {
  for (const [name, value] of Object.entries(options)) {
    if (name === "name" || name === "label") draft.label(value, { kind: "other", words: "the listing" });
    draft.find(place, `The option ${asCode(`:${name}: ${value}`)} of a listing was removed.`);
  }
}
