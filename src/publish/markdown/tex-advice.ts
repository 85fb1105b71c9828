/** Words what an author can do about TeX that cannot be typeset. */

const byCommand: ReadonlyMap<string, string> = new Map([
  ["ce", "Write a chemical formula with upright letters: `\\mathrm{H_2O}`."],
  ["pu", "Write a unit with upright letters: `5\\,\\mathrm{kg}`."],
  ["mbox", "Write words in a formula as `\\text{…}`."],
  ["intertext", "End the formula, write the words as a paragraph, and start another formula."],
  ["eqref", "References are part of the text: end the formula before `\\eqref{…}`."],
  ["ref", "References are part of the text: end the formula and write `\\eqref{label}`."],
  ["cite", "Citations are part of the text: end the formula and write `[@Key]`."],
  ["footnote", "Notes are part of the text: end the formula and write `[^name]`."],
]);

export function adviceForTex(message: string): string {
  if (/\\label/.test(message)) return "Only a displayed equation can have a label, and only one.";
  const command = /Undefined control sequence: \\(\S+)/.exec(message)?.[1];
  if (command !== undefined) {
    return (
      byCommand.get(command) ??
      `KaTeX does not know \`\\${command}\`; for an upright name write \`\\operatorname{${command}}\`.`
    );
  }
  if (/Expected '}'|got 'EOF'|Unexpected end/.test(message)) return "Count the braces: each `{` needs its `}`.";
  return "See https://katex.org/docs/supported for supported TeX.";
}
