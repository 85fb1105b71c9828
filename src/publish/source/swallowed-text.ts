/** Finds front matter that YAML reads differently from how it looks: escapes, comments and anchors inside text. */
import { type Document, isPair, isScalar, Scalar, visit } from "yaml";
import { codeOf, forbiddenRuns } from "../../library/forbidden-characters.ts";
import type { ProblemList } from "./problem.ts";
import type { SourceFile } from "./source-file.ts";

/** What the single letters after a backslash mean between double quotes (YAML 1.2, section 5.7). */
const escapes: Readonly<Record<string, string>> = {
  "0": "a null character",
  a: "a bell character",
  b: "a backspace",
  e: "an escape character",
  f: "a form feed",
  n: "a line break",
  r: "a carriage return",
  t: "a tab",
  v: "a vertical tab",
  L: "a line separator",
  N: "a next-line character",
  P: "a paragraph separator",
  _: "a non-breaking space",
};

/** Those that are control characters, which no page or feed can show. */
const controls = "0abefvN";

/** An escape, and the letters after it; `\\` comes first, because it begins no other escape. */
const escapeForm = /\\\\|\\([0abefnrtvLNP_])([A-Za-z]*)/g;

export const quotesAdvice = (command: string): string =>
  `Write \`\\${command}\`, or put the text between single quotes, where a backslash has no other meaning.`;

/** Fields of running text, where a comment is more likely to be part of the text. */
const runningText = ["title", "short_title", "excerpt", "blurb", "tagline", "meaning"];

/** `yaml` begins at `start` in the file. */
export function findSwallowedText(
  document: Document,
  file: SourceFile,
  yaml: string,
  start: number,
  problems: ProblemList,
): void {
  const aliases = new Set<string>();
  visit(document, {
    Alias: (_, alias) => void aliases.add(alias.source),
  });
  visit(document, {
    Scalar(key, scalar, ancestors) {
      if (key === "key" || !scalar.range) return;
      const [from, to] = scalar.range;
      const fields = ancestors.flatMap((node) => (isPair(node) && isScalar(node.key) ? [String(node.key.value)] : []));
      const add: Add = (at, length, message, fix, severity) =>
        problems.add(file, { offset: start + at, length }, message, fix, severity);
      const written = yaml.slice(from, to);
      if (scalar.type === Scalar.QUOTE_DOUBLE) {
        checkEscapes(written, from, fields, add);
        if (/\\[xuU]/.test(written)) checkValue(scalar.value, from, to - from, add);
      }
      if (scalar.type === Scalar.PLAIN) checkComment(yaml, to, fields.at(-1) ?? "", add);
      if (scalar.anchor !== undefined && !aliases.has(scalar.anchor)) {
        const mark = `&${scalar.anchor}`;
        const message = `YAML reads \`${mark}\` as a name for this value, so it is not part of the text.`;
        add(yaml.lastIndexOf(mark, from), mark.length, message, "Put the text between single quotes.");
      }
    },
  });
}

type Add = (at: number, length: number, message: string, fix: string, severity?: "warning") => void;

function checkEscapes(written: string, from: number, fields: readonly string[], add: Add): void {
  for (const { 0: sequence, 1: letter, 2: rest = "", index } of written.matchAll(escapeForm)) {
    if (letter === undefined) continue;
    const isControl = controls.includes(letter);
    // A line break before a space or a dollar sign may be meant.
    if (rest === "" && !isControl) continue;
    const command = `\\${letter}${rest}`;
    add(
      from + index,
      sequence.length,
      `Between double quotes, YAML reads the \`\\${letter}\` of \`${command}\` as ${escapes[letter]}.`,
      quotesAdvice(command),
      isControl || fields.includes("symbols") || fields.some(isMacro) ? undefined : "warning",
    );
  }
}

/** A comment that was probably meant as text: its `#` is followed by a word, or preceded by a single space. */
function checkComment(yaml: string, end: number, field: string, add: Add): void {
  const [, space = "", comment] = /^([ \t]+)(#[^\n]*)/.exec(yaml.slice(end)) ?? [];
  if (comment === undefined) return;
  const isText = /^#[^\s#]/.test(comment) || (space === " " && runningText.includes(field));
  if (!isText) return;
  add(
    end + space.length,
    comment.length,
    "YAML reads everything after ` #` as a comment, so this is not part of the text.",
    "Put the text between single quotes; before a comment, write two spaces, `#` and a space.",
    isMacro(field) ? undefined : "warning",
  );
}

/** A key of macros.yaml, whose values are TeX: `#1` is an argument. */
const isMacro = (field: string): boolean => field.startsWith("\\");

/** Control characters that are not written as one of the escapes above: `\x08`, `\ud800`. */
function checkValue(value: unknown, from: number, length: number, add: Add): void {
  if (typeof value !== "string") return;
  const [run] = forbiddenRuns(value);
  if (run === undefined) return;
  add(from, length, `This text contains a control character, ${codeOf(run.text)}.`, "Delete it.");
}
