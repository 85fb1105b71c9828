/** Finds inline formulas between dollar signs, and masks them in the search for emphasis. */

/**
 * Pandoc's rule: no space after the opening dollar sign, none before the closing one, and no digit after it, so
 * `$5 and $6` is money. A formula contains no blank line, and no code, link, HTML or URL begins in it and ends after it.
 */
export function inlineMathsAt(source: string, start = 0): string | undefined {
  if (source[start] !== "$" || /[\s$]/.test(source[start + 1] ?? " ")) return undefined;
  const end = closingDollar(source, start + 1);
  if (end === undefined || /\s/.test(source[end - 1] ?? " ") || /[\d$]/.test(source[end + 1] ?? " ")) return undefined;
  const written = source.slice(start, end + 1);
  return blankLine.test(written) || runsThrough(source, start, end) ? undefined : written;
}

const blankLine = /\n[ \t]*\n/;

/** Commands whose argument is text, which may contain formulas: `\text{if $x$ is odd}`. */
const textCommand = /^\\(?:text(?:rm|bf|it|tt|sf|md|up|normal)?|mbox|hbox)\s*\{/;

function closingDollar(source: string, from: number): number | undefined {
  for (let index = from; index < source.length; index++) {
    const sign = source[index];
    if (sign === "$") return index;
    if (sign !== "\\") continue;
    const command = textCommand.exec(source.slice(index, index + 20))?.[0];
    const end = command === undefined ? undefined : closingBrace(source, index + command.length);
    // An unbalanced brace is KaTeX's to report.
    index = end ?? index + 1;
  }
  return undefined;
}

/** The brace that closes the one before `from`, in the same paragraph. */
function closingBrace(source: string, from: number): number | undefined {
  let depth = 1;
  for (let index = from; index < source.length; index++) {
    const sign = source[index];
    if (sign === "\n" && /^\n[ \t]*\n/.test(source.slice(index))) return undefined;
    if (sign === "\\") index += 1;
    else if (sign === "{") depth += 1;
    else if (sign === "}") depth -= 1;
    if (depth === 0) return index;
  }
  return undefined;
}

const textArguments = /\\(?:text(?:rm|bf|it|tt|sf|md|up|normal)?|mbox|hbox)\s*\{[^{}]*\}/g;
const autolinkForm = /^<[a-z][a-z0-9+.-]*:[^\s<>]*>/i;
const urlForm = /^(?:https?:\/\/|www\.)[^\s<]*/;
const attribute = `\\s+[a-z_:][\\w.:-]*(?:\\s*=\\s*(?:"[^"]*"|'[^']*'|[^\\s"'=<>\`]+))?`;
const tagForm = new RegExp(`^<[a-z][a-z0-9-]*(?:${attribute})*\\s*/?>`, "i");
const linkForm = /^\[[^[\]]*\](?:\([^\s()]*(?:\s+"[^"]*")?\)|\[[^[\]]*\])/;

/** Whether code, a link, HTML or a URL begins between two dollar signs and contains the second: it has precedence. */
function runsThrough(source: string, start: number, end: number): boolean {
  const inside = source.slice(start + 1, end).replace(textArguments, (text) => " ".repeat(text.length));
  if (inside.includes("`")) return true;
  for (const { index } of inside.matchAll(/[<[]|(?<![\w{])(?:https?:\/\/|www\.)/g)) {
    const rest = source.slice(start + 1 + index);
    const form = [autolinkForm, tagForm, linkForm, urlForm]
      .map((each) => each.exec(rest))
      .find((each) => each !== null);
    if (form && index + form[0].length > inside.length) return true;
  }
  return false;
}

/** Masks formulas as words for the search for delimiters, so that `_` and `*` inside them start no emphasis. */
export function maskMaths(source: string): string {
  let masked = "";
  for (let index = 0; index < source.length; ) {
    const maths = source[index] === "$" && source[index - 1] !== "\\" ? inlineMathsAt(source, index) : undefined;
    masked += maths === undefined ? source[index] : "a".repeat(maths.length);
    index += maths?.length ?? 1;
  }
  return masked;
}
