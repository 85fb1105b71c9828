/** Numbers boxes, tables, listings and figures of a text, and makes what has a label available to references. */
import type { Token, Tokens } from "marked";
import { advise } from "../source/suggest.ts";
import type { AnalysisDraft } from "./analysis-draft.ts";
import { boxHeading, boxPrefix, isNumbered } from "./boxes.ts";
import { anchorOf, type LabelKind, labelKinds } from "./labels.ts";
import { equationId, figureLabel } from "./token-text.ts";
import { asOwn, type BoxToken } from "./tokens.ts";

export function numberBox(draft: AnalysisDraft, token: Token, box: BoxToken): void {
  const kind = boxPrefix(box.name);
  if (kind !== undefined && isNumbered(box.name, box.label)) {
    const number = draft.count(draft.surroundings.sharesBoxNumbers ? "boxes" : kind);
    draft.boxNumbers.set(token, number);
    draft.boxLabels.set(token, boxHeading(draft.surroundings.words, { name: box.name, number, title: "" }).kind);
    if (box.name === "exercise") draft.exercise = number;
    if (box.label !== undefined) defineLabel(draft, token, box.label, kind, number);
  } else if (box.label !== undefined)
    draft.report(token, `A box \`${box.name}\` has no number, so it cannot have a label.`, "Remove the label.");
  if (box.name !== "solution" || box.title.length > 0) return;
  if (draft.exercise !== undefined) draft.boxNumbers.set(token, draft.exercise);
  else
    draft.report(
      token,
      "There is no exercise before this solution.",
      "Put it below its exercise, or name that: `:::solution[[@exr:name]]`.",
    );
}

/** A caption belongs to the table or listing right before it. */
export function pairCaptions(draft: AnalysisDraft, list: readonly Token[]): void {
  let before: Token | undefined;
  for (const token of list) {
    if (token.type === "space") continue;
    const caption = asOwn(token);
    if (caption?.type === "caption") {
      if (before?.type !== "table" && before?.type !== "code")
        draft.report(
          token,
          "This caption belongs to no table or listing.",
          "Put it right below one, after a blank line; other paragraphs cannot start with `: `.",
        );
      else {
        const kind = before.type === "table" ? "tbl" : "lst";
        const number = draft.count(kind);
        const { labels } = draft.surroundings.words;
        const numbered = labels.numbered(kind === "tbl" ? labels.table : labels.listing, number);
        draft.captioned.set(before, { caption, numbered });
        if (caption.label !== undefined) defineLabel(draft, token, caption.label, kind, number);
      }
    }
    if (token.type === "table") reportSwallowedCaption(draft, token as Tokens.Table);
    before = token;
  }
}

/** Without a blank line, Markdown reads a caption as the last row of the table. */
function reportSwallowedCaption(draft: AnalysisDraft, table: Tokens.Table): void {
  const [first] = table.rows.at(-1) ?? [];
  if (!first?.text.startsWith(": ")) return;
  const [token] = first.tokens;
  draft.report(token ?? table, "This caption is a row of the table.", "Put a blank line before it.");
}

/** Every figure has a label, its name; one that is shown twice needs another to be referred to. */
export function defineFigure(
  draft: AnalysisDraft,
  image: Tokens.Image,
  number: number,
  label: string | undefined,
): void {
  const anchor = `figure-${number}`;
  if (label !== undefined) {
    if (isLabel(draft, image, label, "fig")) draft.define(label, { kind: "fig", name: number, anchor }, image);
    return;
  }
  const own = figureLabel(image);
  if (!draft.targets.has(own)) draft.targets.set(own, { kind: "fig", name: number, anchor });
}

export function defineEquations(draft: AnalysisDraft): void {
  for (const [label, number] of draft.definitions.labels)
    draft.targets.set(`eq:${label}`, { kind: "eq", name: number, anchor: equationId(label) });
}

function defineLabel(draft: AnalysisDraft, token: Token, label: string, kind: LabelKind, number: number): void {
  if (isLabel(draft, token, label, kind)) draft.define(label, { kind, name: number, anchor: anchorOf(label) }, token);
}

function isLabel(draft: AnalysisDraft, token: Token, label: string, kind: LabelKind): boolean {
  const [, prefix = "", name = ""] = /^(?:([^:]*):)?(.*)$/.exec(label) ?? [];
  if (prefix === kind && name !== "") return true;
  const other =
    labelKinds.some((known) => known === prefix) || prefix === "" ? "" : ` ${advise(prefix, [kind], "prefixes here")}`;
  draft.report(token, `\`${label}\` is not a label for this.`, `Write \`{#${kind}:${name || "name"}}\`.${other}`);
  return false;
}
