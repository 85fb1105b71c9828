/** Checks that every element of MathML has the children it may have: browsers draw others as errors, or not at all. */
import { Parser } from "htmlparser2";

/** Elements with a fixed number of children: https://www.w3.org/TR/mathml4/#fund_reqarg */
export const fixedArity: Readonly<Record<string, number>> = {
  mfrac: 2,
  mroot: 2,
  msub: 2,
  msup: 2,
  msubsup: 3,
  munder: 2,
  mover: 2,
  munderover: 3,
};

/** Elements with text only; those with neither text nor children; and what the parts of a table may be. */
const tokens: ReadonlySet<string> = new Set(["mi", "mn", "mo", "mtext", "ms", "annotation"]);
const empty: ReadonlySet<string> = new Set(["mspace", "mprescripts", "none"]);
const parts: Readonly<Record<string, readonly string[]>> = { mtable: ["mtr", "mlabeledtr"], mtr: ["mtd"] };

/** Elements of any number of children, which browsers treat as a row. */
const rows: ReadonlySet<string> = new Set(
  "math mrow mstyle msqrt merror mpadded mphantom menclose mtd mlabeledtr semantics mmultiscripts maction".split(" "),
);

interface Element {
  readonly name: string;
  readonly children: string[];
  hasText: boolean;
}

/** What is wrong first, as `<msub> has 3 children instead of 2`; undefined if nothing is. */
export function mathmlProblem(mathml: string): string | undefined {
  const problems: string[] = [];
  const open: Element[] = [];
  const parser = new Parser(
    {
      onopentag(name) {
        open.at(-1)?.children.push(name);
        open.push({ name, children: [], hasText: false });
      },
      ontext(text) {
        const element = open.at(-1);
        if (element && text.trim() !== "") element.hasText = true;
      },
      onclosetag() {
        const element = open.pop();
        const problem = element && problemOf(element);
        if (problem !== undefined) problems.push(problem);
      },
    },
    { xmlMode: true },
  );
  parser.end(mathml);
  return problems[0];
}

function problemOf({ name, children, hasText }: Element): string | undefined {
  const arity = fixedArity[name];
  if (tokens.has(name)) return children.length > 0 ? `<${name}> contains <${children[0]}>` : undefined;
  if (hasText) return `<${name}> contains text`;
  if (empty.has(name)) return children.length > 0 ? `<${name}> contains <${children[0]}>` : undefined;
  if (arity !== undefined)
    return children.length === arity
      ? undefined
      : `<${name}> has ${children.length} ${children.length === 1 ? "child" : "children"} instead of ${arity}`;
  const allowed = parts[name];
  const stray = allowed && children.find((child) => !allowed.includes(child));
  if (stray !== undefined) return `<${name}> contains <${stray}>`;
  if (name === "semantics") return semanticsProblem(children);
  if (name === "mmultiscripts") return multiscriptsProblem(children);
  return allowed || rows.has(name) ? undefined : `<${name}> is not part of MathML`;
}

/** One formula, and annotations of it. */
function semanticsProblem([formula, ...annotations]: readonly string[]): string | undefined {
  if (formula === undefined) return "<semantics> has no children";
  const stray = annotations.find((name) => !name.startsWith("annotation"));
  return stray === undefined ? undefined : `<semantics> contains <${stray}>`;
}

/** A base, pairs of scripts, and pairs before the base. */
function multiscriptsProblem([base, ...scripts]: readonly string[]): string | undefined {
  const divider = scripts.indexOf("mprescripts");
  const [after, before] = divider === -1 ? [scripts.length, 0] : [divider, scripts.length - divider - 1];
  return base === undefined || after % 2 === 1 || before % 2 === 1
    ? "<mmultiscripts> has a script without its partner"
    : undefined;
}
