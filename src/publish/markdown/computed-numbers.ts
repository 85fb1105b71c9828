/**
 * Fills in computed numbers: `{{weights.1.3:4}}` becomes the value; `{{weights.1.3=0.5035}}` stays as typed, and is an
 * error if the value differs.
 */
import type { Numbers } from "../assets/numbers.ts";
import type { ProblemList } from "../source/problem.ts";
import { type Edit, EditedFile, type SourceFile, type Span } from "../source/source-file.ts";
import { advise } from "../source/suggest.ts";
import { findMaths } from "./find-maths.ts";
import { printValue, rightNumbers, type Shown } from "./print-number.ts";

const forms =
  "Write `{{name}}`, `{{name:4}}`, `{{name:0-3}}` or `{{name=0.5035}}`; in TeX, separate adjacent braces: `{ {`. Liquid and Jinja are not run here; to print braces, write `\\{{`.";

/** From `{{` and a letter to the matching `}}`, which may enclose further pairs of braces; `\{{` are braces. */
const placeholder = /(?<!(?<!\\)(?:\\\\)*\\)\{\{\s*(?=[A-Za-z])((?:[^{}]|\{[^{}]*\})*)\}\}/g;
const content = /^([A-Za-z]\w*(?:\.\w+)*)\s*(?::(\d)(?:-(\d))?\s*|=([\s\S]*))?$/;

/** The file with all numbers filled in; without placeholders, the file itself. */
export function fillInNumbers(
  file: SourceFile,
  bodyStart: number,
  numbers: Numbers | undefined,
  problems: ProblemList,
): SourceFile {
  if (!file.text.includes("{{", bodyStart)) return file;
  const { maths, code } = findMaths(file, bodyStart);
  const edits: Edit[] = [];
  for (const match of file.text.slice(bodyStart).matchAll(placeholder)) {
    const span = { offset: bodyStart + match.index, length: match[0].length };
    if (code.some((place) => holds(place, span))) continue;
    const medium = maths.some((place) => holds(place, span)) ? "tex" : "prose";
    const result = resolve(match[1] ?? "", numbers, medium);
    if ("message" in result) problems.add(file, span, result.message, result.fix);
    edits.push({ span, text: "message" in result ? "0" : result.text });
  }
  return edits.length === 0 ? file : new EditedFile(file, edits);
}

const holds = (place: Span, span: Span): boolean =>
  place.offset <= span.offset && span.offset + span.length <= place.offset + place.length;

type Resolved = { readonly text: string } | { readonly message: string; readonly fix: string };

function resolve(written: string, numbers: Numbers | undefined, medium: "tex" | "prose"): Resolved {
  const match = content.exec(written.trim());
  if (!match) return { message: `\`{{${written}}}\` is not a valid computed number.`, fix: forms };
  const [, path = "", least, most, typed] = match;
  // The problem is reported for the module, not for the text.
  if (numbers && numbers.values === undefined) return { text: typed?.trim() ?? "0" };
  const found = find(path, numbers);
  if ("message" in found) return found;
  const { value } = found;
  if (typed !== undefined) {
    const right = rightNumbers(value, typed);
    if (right === undefined) return { text: typed.trim() };
    return { message: `\`${path}\` is ${right}, not ${typed.trim()}.`, fix: `It is computed in ${numbers?.file}.` };
  }
  if (medium === "prose" && Array.isArray(value) && Array.isArray(value[0])) {
    return { message: `\`${path}\` is a matrix and cannot be used in prose.`, fix: "Put it into a formula." };
  }
  const digits = least === undefined ? undefined : { min: Number(least), max: Number(most ?? least) };
  const printed = printValue(value, digits, medium);
  if (printed.kind === "printed") return printed;
  return {
    message: `\`${path}\` is ${printed.value}, whose decimal expansion does not end.`,
    fix: `Say how many digits to show: \`{{${path}:4}}\`, or at most: \`{{${path}:0-3}}\`.`,
  };
}

/** The value at `weights.1.3`: rows and columns count from 1, as in a formula. */
function find(
  path: string,
  numbers: Numbers | undefined,
): { readonly value: Shown } | Exclude<Resolved, { text: string }> {
  if (!numbers) {
    return {
      message: "No numbers are computed for this page.",
      fix: "Export them from a file of the same name in the book's `numbers/`; in TeX, separate adjacent braces: `{ {`. Liquid and Jinja are not run here; to print braces, write `\\{{`.",
    };
  }
  let value: unknown = numbers.values;
  let above = numbers.file;
  for (const step of path.split(".")) {
    const known = Array.isArray(value)
      ? value.map((_, index) => String(index + 1))
      : Object.keys(typeof value === "object" && value !== null ? value : {});
    if (!known.includes(step)) {
      return { message: `There is no \`${step}\` in ${above}.`, fix: advise(step, known, "names there") };
    }
    value = Array.isArray(value) ? value[Number(step) - 1] : (value as Readonly<Record<string, unknown>>)[step];
    above = `\`${path.slice(0, path.indexOf(step) + step.length)}\``;
  }
  if (isShown(value)) return { value };
  const known = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return {
    message: `\`${path}\` is not a number, vector or matrix.`,
    fix: known.length > 0 ? `It has ${known.map((name) => `\`${name}\``).join(", ")}.` : `See ${numbers.file}.`,
  };
}

const isShown = (value: unknown): value is Shown =>
  typeof value === "bigint" ||
  Number.isFinite(value) ||
  (Array.isArray(value) &&
    value.length > 0 &&
    (value.every(Number.isFinite) || value.every((row) => Array.isArray(row) && row.every(Number.isFinite))));
