/** Collects what a text may use before its definition: equation labels and notes. */
import type { Token } from "marked";
import type { Complaint } from "./markdown-problems.ts";
import { labelOf, labelPlace } from "./token-text.ts";
import { asOwn, forEachToken, type MathsToken } from "./tokens.ts";

export interface Definitions {
  /** Label -> number of the equation, in the order of the text. */
  readonly labels: ReadonlyMap<string, number>;
  readonly equationNumbers: ReadonlyMap<Token, number>;
  /** Name of a note -> its token and its content. */
  readonly definitions: ReadonlyMap<string, { readonly token: Token; readonly tokens: Token[] }>;
  readonly problems: readonly Complaint[];
}

export function collectDefinitions(tokens: readonly Token[]): Definitions {
  const labels = new Map<string, number>();
  const equationNumbers = new Map<Token, number>();
  const definitions = new Map<string, { token: Token; tokens: Token[] }>();
  const problems: Complaint[] = [];
  forEachToken(tokens, (token) => {
    const own = asOwn(token);
    if (own?.type === "displayedMaths") number(token, own);
    if (own?.type !== "note") return;
    if (definitions.has(own.name)) {
      problems.push({
        token,
        message: `The note \`${own.name}\` is defined twice.`,
        fix: "Give each note a unique name.",
      });
    }
    definitions.set(own.name, { token, tokens: own.tokens });
  });
  return { labels, equationNumbers, definitions, problems };

  function number(token: Token, maths: MathsToken): void {
    const label = labelOf(maths.tex);
    if (label === undefined) return;
    const { position, length } = labelPlace(maths.tex);
    const part = { start: maths.texStart + position, length };
    if (label.trim() === "") {
      problems.push({
        token,
        part,
        message: "This label has no name.",
        fix: "Write `\\label{name}`, or leave it out.",
      });
    } else if (labels.has(label)) {
      const message = `The label \`${label}\` is defined twice.`;
      problems.push({ token, part, message, fix: "Give each equation a unique label." });
    } else labels.set(label, labels.size + 1);
    equationNumbers.set(token, labels.get(label) ?? 0);
  }
}
