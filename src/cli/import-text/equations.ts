/** Converts displayed formulas: environments, labels behind them, lines that our syntax does not allow. */
import type { Draft } from "./draft.ts";
import type { Place } from "./original.ts";

/** Environments that LaTeX allows outside `$$`, and what KaTeX calls them inside. */
const environments: Readonly<Record<string, string>> = {
  equation: "",
  displaymath: "",
  align: "aligned",
  eqnarray: "aligned",
  gather: "gathered",
  multline: "gathered",
  flalign: "aligned",
  alignat: "alignedat",
};

/** The environment that a line begins, if it is one of displayed formulas. */
export function environmentOf(line: string): string | undefined {
  const name = /^\s*\\begin\{([a-z]+)\*?\}/.exec(line)?.[1];
  return name !== undefined && name in environments ? /^\s*\\begin\{([a-z]+\*?)\}/.exec(line)?.[1] : undefined;
}

/** Lines of a displayed formula. `tex`: without its delimiters; `label`: one that follows them in the original. */
export function displayedFormula(tex: string, label: string | undefined, place: Place, draft: Draft): string[] {
  let body = tex.trim();
  const outer = /^\\begin\{([a-z]+)(\*?)\}([\s\S]*)\\end\{\1\2\}$/.exec(body);
  const inner = environments[outer?.[1] ?? ""];
  if (outer && inner !== undefined) {
    const content = (outer[3] ?? "").trim();
    body = inner === "" ? content : `\\begin{${inner}}\n${content}\n\\end{${inner}}`;
  }
  const labels = [...body.matchAll(/\\label\s*\{([^}]*)\}/g)].map(([, name = ""]) => name);
  body = body.replace(/[ \t]*\\label\s*\{[^}]*\}/g, "");
  if (/\\(re)?newcommand|\\def\b|\\DeclareMathOperator/.test(body)) {
    draft.find(
      place,
      "Definitions of commands are not part of a text: remove them here, and write them out or as macros.",
    );
  }
  const [first, ...others] = [...(label === undefined ? [] : [label]), ...labels];
  if (others.length > 0) {
    draft.find(
      place,
      `A formula has one number, so only the label \`${first}\` is kept, without \`${others.join("`, `")}\`.`,
    );
  }
  for (const name of [first, ...others]) {
    if (name !== undefined) draft.label(name, { kind: "equation", name: first ?? name });
  }
  // A blank line would end the formula, and LaTeX does not allow it either.
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  return ["$$", ...lines, ...(first === undefined ? [] : [`\\label{${first}}`]), "$$"];
}

export interface WrittenFormula {
  readonly tex: string;
  /** A label that follows it. */
  readonly label: string | undefined;
  /** Text after it on its last line. */
  readonly rest: string;
  /** Number of lines. */
  readonly length: number;
}

/**
 * The displayed formula that the first line begins. `undefined` if it is not closed, or a `$$…$$` within a paragraph,
 * which is kramdown's inline maths.
 */
export function readFormula(lines: readonly string[]): WrittenFormula | undefined {
  const [first = "", ...others] = lines;
  const environment = environmentOf(first);
  const open = environment === undefined ? (/^\s*(\$\$|\\\\?\[)/.exec(first)?.[1] ?? "") : "";
  const close = environment === undefined ? open.replace("[", "]") : `\\end{${environment}}`;
  let body = first.trim().slice(open.length);
  let used = 0;
  while (!body.includes(close) && used < others.length) body += `\n${others[used++]}`;
  const end = body.indexOf(close);
  if (end === -1) return undefined;
  const after = body.slice(end + close.length).trim();
  const [, braced, bracketed] = /^(?:\{#([^\s}]+)[^}]*\}|\(([^\s)]+)\))$/.exec(after) ?? [];
  const own = braced ?? bracketed;
  if (after !== "" && own === undefined && open === "$$") return undefined;
  // d2l labels a formula on the line below it.
  const following = /^:eqlabel:`([^`]+)`\s*$/.exec(others[used]?.trim() ?? "")?.[1];
  return {
    tex: body.slice(0, environment === undefined ? end : end + close.length),
    label: own ?? following,
    rest: own === undefined ? after : "",
    length: used + (following === undefined ? 1 : 2),
  };
}
