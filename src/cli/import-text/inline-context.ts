/** Defines what converters of inline markup share. */
import type { Draft } from "./draft.ts";
import type { Place } from "./original.ts";

export interface InlineContext {
  readonly draft: Draft;
  readonly place: Place;
  /** Converts a part of it, such as the text of a link. */
  readonly convert: (text: string) => string;
}

/** Markup that cannot be converted stays visible, as code. */
export const asCode = (written: string): string => {
  const text = written.replace(/\s+/g, " ").trim();
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
};

/** Quarto's labels: https://quarto.org/docs/authoring/cross-references.html */
export const isCrossReference = (name: string): boolean =>
  /^(fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau)-./.test(name);
