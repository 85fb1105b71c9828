/** Words what an author can do about TeX that cannot be typeset, or that defines commands. */
import type { ForbiddenTex } from "../maths/forbidden-tex.ts";

/** For `\newcommand` and the like. */
export const adviceForDefinition = "Write out what the command stands for in each formula.";

/**
 * The first definition of a command, which no other formula would know. `isTypeset`: `\def` and `\let` are only reported
 * in TeX that KaTeX accepts, so that a macro bomb is reported as one.
 */
export function findDefinition(tex: string, isTypeset: boolean): ForbiddenTex | undefined {
  const form = isTypeset
    ? /\\(?:(?:re|provide)?newcommand|[gex]?def|(?:future)?let)(?![A-Za-z])/
    : /\\(?:re|provide)?newcommand(?![A-Za-z])/;
  const match = form.exec(tex);
  if (!match) return undefined;
  const message = `\`${match[0]}\` defines a command for this formula only.`;
  return { message, fix: adviceForDefinition, position: match.index, length: match[0].length };
}

const byCommand: Readonly<Record<string, string>> = {
  ce: "Write a chemical formula with upright letters: `\\mathrm{H_2O}`.",
  pu: "Write a unit with upright letters: `5\\,\\mathrm{kg}`.",
  mbox: "Write words in a formula as `\\text{…}`.",
  intertext: "End the formula, write the words as a paragraph, and start another formula.",
  eqref: "References are part of the text: end the formula before `\\eqref{…}`.",
  ref: "References are part of the text: end the formula and write `\\eqref{label}`.",
  cite: "Citations are part of the text: end the formula and write `[@Key]`.",
  footnote: "Notes are part of the text: end the formula and write `[^name]`.",
  DeclareMathOperator: "Write the operator as `\\operatorname{name}` in each formula.",
};

export function adviceForTex(message: string): string {
  if (/\\label/.test(message)) return "Only a displayed equation can have a label, and only one.";
  const command = /Undefined control sequence: \\(\S+)/.exec(message)?.[1];
  if (command !== undefined) {
    return (
      (Object.hasOwn(byCommand, command) ? byCommand[command] : undefined) ??
      `KaTeX does not know \`\\${command}\`; for an upright name write \`\\operatorname{${command}}\`.`
    );
  }
  if (/Expected '}'|got 'EOF'|Unexpected end/.test(message)) return "Count the braces: each `{` needs its `}`.";
  return "See https://katex.org/docs/supported for supported TeX.";
}
