/** Lists TeX that would be printed literally because it is not in a formula, with what to write instead. */
import type { Token } from "marked";
import { findDefinition } from "../maths/macro-definition.ts";
import { typesetMaths } from "../maths/maths.ts";
import type { Found, LeftoverForm } from "./leftover-form.ts";

const asCode = "To print it, write it as code.";

/** Commands of LaTeX's text, and their counterparts here. */
const counterparts: ReadonlyMap<string, string> = new Map([
  ["textbf", "`**…**`"],
  ["textit", "`*…*`"],
  ["emph", "`*…*`"],
  ["texttt", "`` `…` ``"],
  ["footnote", "a note, `[^name]`"],
  ["url", "the URL itself"],
  ["href", "`[words](https://…)`"],
  ["section", "`## …`"],
  ["subsection", "`### …`"],
  ["paragraph", "`### …`"],
  ["includegraphics", '`![Alt text.](name.png "Caption.")`'],
  ["item", "`- …`"],
]);

/** `\command{`: a formula without dollar signs, or LaTeX's text. */
function commandAdvice(command: string): string {
  const counterpart = counterparts.get(command);
  if (counterpart !== undefined) return `Write ${counterpart}. ${asCode}`;
  return `A formula is between dollar signs: \`$…$\`. ${asCode}`;
}

const commandWithArgument = /\\([A-Za-z]+)\*?\s*(?:\[[^\]\n]*\])?\{[^}\n]*\}?/gu;

const inProse: readonly LeftoverForm[] = [
  {
    form: /\\(?:(?:re|provide)?newcommand|DeclareMathOperator|def|let)\b\*?[^\n]*/gu,
    fix: ([definition]) => findDefinition(definition)?.fix ?? asCode,
    severity: "error",
  },
  {
    form: /\\begin\s*\{([^}\n]*)\}(?:[\s\S]*?\\end\s*\{\1\})?|\\end\s*\{[^}\n]*\}/gu,
    fix: ([, environment = ""]) =>
      /^(itemize|enumerate|figure|table|tabular|quote|verbatim|lstlisting)\*?$/.test(environment)
        ? `Write it in Markdown. ${asCode}`
        : `A displayed formula is between lines of \`$$\`; aligned rows are \`\\begin{aligned}\`. ${asCode}`,
    severity: "error",
  },
  {
    form: /\\(?:page|auto|c|C|eq)?ref\s*\{([^}\n]*)\}?/gu,
    fix: ([, label]) =>
      `Write a reference as \`[@eq:${label || "label"}]\`, \`[@fig:…]\`, \`[@thm:…]\` or \`[@sec:…]\`. ${asCode}`,
    severity: "error",
  },
  {
    form: /\\(?:text|paren|auto|full)?cite[a-z]*\*?\s*(?:\[[^\]\n]*\]\s*)*\{([^}\n]*)\}?/giu,
    fix: ([, keys]) => `Write a citation as \`[@${(keys || "Key").split(",")[0]}]\`. ${asCode}`,
    severity: "error",
  },
  {
    form: /\\label\s*\{[^}\n]*\}?/gu,
    fix: `Put the label of an equation between its \`$$\`. A heading needs none: its anchor is made from its words. ${asCode}`,
    severity: "error",
  },
  {
    form: commandWithArgument,
    isFine: ({ 1: name = "", index, input }) => isPath(input, index) || !isKnown(name),
    fix: ([, name = ""]) => commandAdvice(name),
    severity: "error",
  },
  {
    form: commandWithArgument,
    isFine: ({ 1: name = "", index, input }) => isPath(input, index) || name.length < 2,
    fix: ([, name = ""]) => commandAdvice(name),
  },
  {
    form: /\\([A-Za-z]{2,})(?![A-Za-z\\])/gu,
    isFine: ({ 0: command, 1: name = "", index, input }) =>
      isPath(input, index) || !(counterparts.has(name) || isTex(command)),
    fix: ([, command = ""]) => commandAdvice(command),
  },
  {
    form: /(?<=[\p{L}\p{N})\]}])[_^]\{[^}\n]*\}?/gu,
    fix: "A formula is between dollar signs: `$x_{i}$`. To print it, put a backslash before it.",
  },
];

/** A backslash in a path: `C:\temp`, `\\server\share`. */
const isPath = (prose: string, index: number): boolean =>
  /[\w:.~\\/-]$/.test(prose.slice(Math.max(0, index - 1), index));

/** Whether TeX or LaTeX has a command, whatever its arguments. */
function isKnown(name: string): boolean {
  const result = typesetMaths(`\\${name}{x}{x}`, true);
  return (
    counterparts.has(name) || result.kind === "typeset" || !result.message.startsWith("Undefined control sequence")
  );
}

const isTex = (command: string): boolean => typesetMaths(command, true).kind === "typeset";

const blankInside = "A formula has no space right after its first and right before its last dollar sign.";

const dollars: readonly LeftoverForm[] = [
  {
    form: /(?<![\w$])\$(?:[ \t\n]+([^$]*?)[ \t\n]*|([^\s$][^$]*?)[ \t\n]+)\$(?![\w$])/gu,
    isFine: ([, spaced, open]) => !looksLikeMaths(spaced ?? open ?? ""),
    fix: `${blankInside} To print the dollar signs, write \`\\$\`.`,
  },
  {
    form: /(?<![\w$])\$([^\s$]|[^\s$][^$]*?[^\s$])\$(?=\d)/gu,
    isFine: ([, tex = ""]) => !looksLikeMaths(tex),
    fix: "A formula is not recognised right before a digit: put the digit into it. To print the dollar signs, write `\\$`.",
  },
];

export const texForms: readonly LeftoverForm[] = [...dollars, ...inProse];

/** Whether words between dollar signs are a formula, and not prices or variables of a shell. */
export function looksLikeMaths(text: string): boolean {
  if (/\\[A-Za-z]/.test(text)) return true;
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  return /\p{L}/u.test(text) && (words.length === 0 || (/[\^_=]/.test(text) && words.every((word) => word.length < 3)));
}

/** LaTeX's `\(…\)` and `\[…\]`, which Markdown reads as escaped brackets. */
export function texDelimiters(list: readonly Token[]): Found[] {
  const found: Found[] = [];
  const raw = list.map((token) => token.raw).join("");
  let offset = 0;
  let end = 0;
  for (const token of list) {
    const start = offset;
    offset += token.raw.length;
    if (token.type !== "escape" || start < end) continue;
    const match = delimited(raw, start, token.raw);
    if (match === undefined) continue;
    end = start + match.length;
    const tex = match.slice(2, -2).trim();
    const isDisplayed = token.raw === "\\[";
    found.push({
      start,
      length: match.length,
      message: `\`${token.raw}\` … \`${isDisplayed ? "\\]" : "\\)"}\` is not a formula here: the brackets would be printed.`,
      fix: isDisplayed
        ? "Write a displayed formula between lines of `$$`."
        : `Write \`$${tex.replace(/\s+/g, " ")}$\`. To print the backslash too, write \`\\\\(\`.`,
    });
  }
  return found;
}

/** `\[` only at the start of a line, to the end of one, and around TeX: elsewhere it is an escaped bracket. */
function delimited(raw: string, start: number, opening: string): string | undefined {
  const rest = raw.slice(start);
  if (opening === "\\(") return /^\\\([\s\S]*?\\\)/.exec(rest)?.[0];
  if (opening !== "\\[" || !/(?:^|\n)[ \t]*$/.test(raw.slice(0, start))) return undefined;
  const match = /^\\\[([\s\S]*?)\\\](?=[ \t.,;]*(?:\n|$))/.exec(rest);
  return match && /^\s*\n|[\\^_=]/.test(match[1] ?? "") ? match[0] : undefined;
}
