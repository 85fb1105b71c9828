/**
 * Rejects TeX that KaTeX accepts but our formulas must not contain: links, images, styles, definitions, diagrams that
 * only it can draw, and excessive lengths.
 */
import { findDefinition } from "./macro-definition.ts";

export interface ForbiddenTex {
  readonly message: string;
  readonly fix: string;
  /** Offset in the TeX. */
  readonly position: number;
  readonly length: number;
}

const forbiddenCommand = /\\(?:href|url|includegraphics|html(?:Style|Class|Id|Data))(?![A-Za-z])/g;

const length = /[-+]?(\d+(?:\.\d+)?|\.\d+)\s*(em|ex|mu|pt|bp|pc|mm|cm|in|sp|dd|cc|nd|nc)(?![A-Za-z])/g;

/** One unit in em. Approximate: this only has to distinguish a space from a page. */
const inEm: Readonly<Record<string, number>> = {
  em: 1,
  ex: 0.43,
  mu: 1 / 18,
  mm: 0.28,
  cm: 2.8,
  in: 7.2,
  pc: 1.2,
  sp: 0,
};
const maxEm = 40;

/** The first violation. */
export function findForbiddenTex(tex: string): ForbiddenTex | undefined {
  for (const { 0: command, index } of tex.matchAll(forbiddenCommand)) {
    return {
      message: `\`${command}\` is not allowed in a formula.`,
      fix: "Formulas cannot contain links, images, styles or classes.",
      position: index,
      length: command.length,
    };
  }
  const unsupported = findDefinition(tex) ?? findDiagram(tex);
  if (unsupported) return unsupported;
  for (const { 0: written, 1: number, 2: unit = "", index } of tex.matchAll(length)) {
    if (Number(number) * (inEm[unit] ?? 0.1) <= maxEm) continue;
    return {
      message: `The length \`${written}\` is too large.`,
      fix: `Lengths in a formula are at most ${maxEm}em.`,
      position: index,
      length: written.length,
    };
  }
  return undefined;
}

/** Feeds, spoken maths and emails cannot show the arrows of KaTeX's `CD`. */
function findDiagram(tex: string): ForbiddenTex | undefined {
  const match = /\\begin\s*\{CD\}/.exec(tex);
  if (!match) return undefined;
  return {
    message: "Commutative diagrams (`CD`) are not supported: feeds and emails cannot show them.",
    fix: "Draw the diagram as a figure, or write the arrows as `A \\xrightarrow{f} B`.",
    position: match.index,
    length: match[0].length,
  };
}
