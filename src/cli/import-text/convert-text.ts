/** Converts a text of another dialect into the text of a draft chapter, and lists what could not be converted. */

import Slugger from "github-slugger";
import { tokenizeInline } from "../../publish/markdown/syntax.ts";
import { headingWords, plainText } from "../../publish/markdown/token-text.ts";
import { parseAttributes } from "./attributes.ts";
import { BlockConverter } from "./blocks.ts";
import { trimBlank } from "./box-kinds.ts";
import { Draft, type Finding, type Surroundings } from "./draft.ts";
import { frontMatterOf, readFields } from "./draft-fields.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { convertInline } from "./inline.ts";
import type { Line, Original } from "./original.ts";

export interface ConvertedText {
  readonly text: string;
  /** In the order of the original. */
  readonly findings: readonly Finding[];
  /** Keys of cited works, in the order of their first citation. */
  readonly citations: readonly string[];
  readonly bibliographies: readonly string[];
}

/** `standard`: the title if the original has none. */
export function convertText(original: Original, surroundings: Surroundings, standard: string): ConvertedText {
  const draft = new Draft(surroundings);
  for (const { place, message } of original.findings) draft.find(place, message);
  const { fields, body } = splitFrontMatter(original.lines);
  const known = readFields(fields, draft);
  const { title, rest } = takeTitle(body, known.title, draft);
  const converted = new BlockConverter(rest, draft).convert();
  const notes = draft.notes.flatMap((note) => ["", note]);
  const blocks = collapseBlank([...trimBlank(converted), ...notes]);
  const text = draft.resolve(blocks.join("\n"), anchorsOf(blocks));
  const inline = (words: string): string =>
    draft.resolve(
      convertInline(words, () => "1", draft),
      () => undefined,
    );
  const excerpt = known.excerpt ?? firstSentences(text);
  if (known.excerpt === undefined)
    draft.find("1", "There is no excerpt, so it is the beginning of the text: write one or two sentences.");
  const frontMatter = frontMatterOf(known, inline(title ?? standard), excerpt, [...draft.citations]);
  return {
    text: `${[...frontMatter, "", text].join("\n").trimEnd()}\n`,
    findings: inOrder(draft.findings, original.lines),
    citations: [...draft.citations],
    bibliographies: known.bibliographies,
  };
}

/** Without a level-1 heading at the start, and its label: a page's title is its only one. */
function takeTitle(body: readonly Line[], known: string | undefined, draft: Draft) {
  const texts = body.map(({ text }) => text.trim());
  const target = texts.findIndex((text) => text !== "");
  const before = /^\((\S+)\)=$/.exec(texts[target] ?? "")?.[1];
  const first = before === undefined ? target : texts.findIndex((text, index) => index > target && text !== "");
  const [, heading, attributes] = /^#\s+(.*?)(?:\s+\{([^}]*)\})?\s*#*$/.exec(texts[first] ?? "") ?? [];
  if (heading === undefined || (known !== undefined && known !== heading)) return { title: known, rest: body };
  const after = /^:label:`([^`]+)`$/.exec(texts[first + 1] ?? "")?.[1];
  for (const label of [before, parseAttributes(attributes ?? "").id, after]) {
    if (label !== undefined) draft.label(label, { kind: "other", words: heading });
  }
  return { title: heading, rest: body.slice(first + (after === undefined ? 1 : 2)) };
}

/** The anchor of a heading in the draft, as the compiler makes it. */
function anchorsOf(lines: readonly string[]): (heading: string) => string | undefined {
  const slugger = new Slugger();
  const anchors = new Map<string, string>();
  for (const { line, isCode } of withCode(lines)) {
    const heading = isCode ? undefined : /^#{2,6} (.*)$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const anchor = slugger.slug(headingWords(plainText(tokenizeInline(heading))));
    if (!anchors.has(heading)) anchors.set(heading, anchor);
  }
  return (heading) => anchors.get(heading);
}

/** Whether each line belongs to a listing; its last fence counts as text. */
function withCode(lines: readonly string[]): { readonly line: string; readonly isCode: boolean }[] {
  let fence: string | undefined;
  return lines.map((line) => {
    const signs = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) fence = signs;
    else if (signs !== undefined && line.trim().startsWith(fence)) fence = undefined;
    return { line, isCode: fence !== undefined };
  });
}

/** One blank line between blocks, except in listings. */
function collapseBlank(lines: readonly string[]): string[] {
  const kept: string[] = [];
  for (const { line, isCode } of withCode(lines)) {
    if (!isCode && line.trim() === "" && kept.at(-1)?.trim() === "") continue;
    kept.push(line.trim() === "" ? "" : line);
  }
  return kept;
}

/** The first two sentences of the first paragraph, without markup. */
function firstSentences(text: string): string {
  const paragraph = text.split(/\n\n+/).find((block) => /^(?![*+-] |\d+[.)] )[\p{L}\p{N}“"(*_[]/u.test(block)) ?? "";
  const words = plainText(tokenizeInline(paragraph.replaceAll("\n", " ")))
    .replace(/\s+/g, " ")
    .replace(/ (?=[,.;:!?])/g, "")
    .trim();
  const sentences = /^(?:.*?[.!?](?=\s|$)\s*){1,2}/.exec(words)?.[0] ?? words;
  return sentences.trim() || "One or two true sentences that make a reader want to continue.";
}

/** By their places in the original; those of the text as a whole first. */
function inOrder(findings: readonly Finding[], lines: readonly Line[]): Finding[] {
  const order = new Map<string, number>();
  lines.forEach(({ place }, index) => {
    if (!order.has(place)) order.set(place, index);
  });
  return [...findings].sort((a, b) => (order.get(a.place) ?? -1) - (order.get(b.place) ?? -1));
}
