/** Rejects definitions of macros in formulas, and says how to write them in macros.yaml. */

/** Would be valid in its own formula only, and differ from what MathJax makes of it in emails. */
const definition =
  /\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|[gex]?def|let|futurelet|global|long|(?:re)?newenvironment)\*?(?![A-Za-z])/;

/** The first definition in a formula. */
export function findDefinition(tex: string) {
  const match = definition.exec(tex);
  if (!match) return undefined;
  return {
    message: `\`${match[0]}\` cannot be used in a text.`,
    fix: `Define the macro in content/macros.yaml, or in macros.yaml of the book: ${asEntry(tex.slice(match.index))}.`,
    position: match.index,
    length: match[0].length,
  };
}

/** The definition as a line of macros.yaml. */
function asEntry(definition: string): string {
  const command = /^\\(?:(?:re)?newcommand|providecommand)\*?\s*\{?(\\[A-Za-z]+)\}?\s*(?:\[[1-9]\])?\s*\{(.+)\}/s.exec(
    definition,
  );
  const operator = /^\\DeclareMathOperator(\*?)\s*\{?(\\[A-Za-z]+)\}?\s*\{([^{}]+)\}/.exec(definition);
  const plain = /^\\[gex]?def\s*(\\[A-Za-z]+)(?:#[1-9])*\s*\{(.+)\}/s.exec(definition);
  if (operator) return line(operator[2], `\\operatorname${operator[1]}{${operator[3]}}`);
  const [, name, body] = command ?? plain ?? [];
  return line(name ?? "\\norm", firstGroup(body) ?? "\\lVert #1 \\rVert");
}

const line = (name: string | undefined, tex: string): string => `\`${name}: '${tex}'\``;

/** Up to the brace that closes the definition's body. */
function firstGroup(body: string | undefined): string | undefined {
  let depth = 0;
  for (const [index, character] of [...(body ?? "")].entries()) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth < 0) return body?.slice(0, index).trim();
  }
  return body?.trim();
}
