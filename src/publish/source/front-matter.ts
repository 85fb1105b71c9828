/**
 * Parses front matter, the YAML between two `---` lines, validates it with a schema, and locates each problem on its
 * line.
 */
import * as v from "valibot";
import type { Document } from "yaml";
import { isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { foreignFields } from "./content-schema.ts";
import type { ProblemList } from "./problem.ts";
import type { SourceFile, Span } from "./source-file.ts";
import { advise } from "./suggest.ts";
import { findSwallowedText, quotesAdvice } from "./swallowed-text.ts";

type FieldPath = readonly (string | number)[];

export interface FrontMatter<Data> {
  readonly data: Data;
  /** Offset of the text after the front matter. */
  readonly bodyStart: number;
  /** Span of the value at a path, for problems that are found later. */
  readonly spanOf: (path: FieldPath) => Span;
  /** Span of the key at a path. */
  readonly spanOfKey: (path: FieldPath) => Span;
}

/** `undefined` if the front matter is invalid, with every reason in `problems`. `advice`: how to write each field. */
export function parseFrontMatter<Entries extends v.ObjectEntries>(
  file: SourceFile,
  schema: v.StrictObjectSchema<Entries, undefined>,
  advice: Readonly<Record<string, string>>,
  problems: ProblemList,
): FrontMatter<v.InferOutput<typeof schema>> | undefined {
  const block = /^---[ \t]*\n([\s\S]*?)^---[ \t]*(?:\n|$)/m.exec(file.text);
  if (block?.index !== 0) {
    const isOpen = /^---[ \t]*\n/.test(file.text);
    problems.add(
      file,
      { offset: 0, length: 3 },
      isOpen ? "This front matter is not closed." : "This file has no front matter.",
      isOpen
        ? "Add a closing `---` line after its last field."
        : "Start with a `---` line, the fields, and another `---` line; `npm run new` writes one for you.",
    );
    return undefined;
  }
  const start = block[0].indexOf("\n") + 1;
  const bodyStart = block[0].length;
  const parsed = parseYaml(file, block[1] ?? "", start, schema, advice, problems);
  return parsed && { ...parsed, bodyStart };
}

/** Like `parseFrontMatter`, for a file that is YAML from its first line to its last. */
export function parseYamlFile<Schema extends v.GenericSchema>(
  file: SourceFile,
  schema: Schema,
  advice: Readonly<Record<string, string>>,
  problems: ProblemList,
): Omit<FrontMatter<v.InferOutput<Schema>>, "bodyStart"> | undefined {
  return parseYaml(file, file.text, 0, schema, advice, problems);
}

function parseYaml<Schema extends v.GenericSchema>(
  file: SourceFile,
  yaml: string,
  start: number,
  schema: Schema,
  advice: Readonly<Record<string, string>>,
  problems: ProblemList,
): Omit<FrontMatter<v.InferOutput<Schema>>, "bodyStart"> | undefined {
  const document = parseDocument(yaml, { lineCounter: new LineCounter(), prettyErrors: false });
  for (const error of [...document.errors, ...document.warnings]) {
    const [from, to] = error.pos;
    problems.add(
      file,
      { offset: start + from, length: to - from },
      `This is not valid YAML: ${error.message.replace(/\.?\s*$/, ".")}`,
      error.code === "BAD_DQ_ESCAPE" ? quotesAdvice(escapeAt(yaml, from)) : textAdvice,
    );
  }
  if (document.errors.length > 0) return undefined;
  findSwallowedText(document, file, yaml, start, problems);

  const spanOf = (path: FieldPath): Span => spanInDocument(document, path, start);
  const result = v.safeParse(schema, document.toJS() ?? {}, { abortPipeEarly: true });
  if (result.success) return { data: result.output, spanOf, spanOfKey: (path) => spanOfKey(document, path, start) };
  for (const issue of result.issues) report(file, issue, document, start, advice, problems);
  return undefined;
}

const textAdvice =
  'Put text that contains `: `, `#` or a leading `[`, `{`, `*`, `"` between single quotes, and write an apostrophe in it twice.';

/** `\sigma`: the command that begins at a position. */
const escapeAt = (yaml: string, at: number): string => /^\\?[A-Za-z]+/.exec(yaml.slice(at))?.[0] ?? "\\";

function report(
  file: SourceFile,
  issue: v.BaseIssue<unknown>,
  document: Document,
  start: number,
  advice: Readonly<Record<string, string>>,
  problems: ProblemList,
): void {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
  const field = path.at(-1);
  const name = path.filter((part) => typeof part === "string").at(-1) ?? "this file";
  const help = advice[String(path[0])] ?? (advice[`*.${path[1]}`] || "See content/README.md.");
  if (issue.type === "strict_object" && issue.expected === "never") {
    // valibot only reports the first unknown key.
    const known = knownFields(advice, path);
    const parent = path.slice(0, -1);
    const map = parent.length === 0 ? document.contents : document.getIn(parent, true);
    const keys = isMap(map) ? map.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [String(field)];
    const isText = path.length === 1 && "excerpt" in advice;
    for (const key of keys.filter((name) => !known.includes(name))) {
      const span = spanOfKey(document, [...parent, key], start);
      problems.add(
        file,
        span,
        `Unknown field \`${key}\`.`,
        (isText && foreignFields.get(key)) || advise(key, known, "fields"),
      );
    }
  } else if (issue.type === "strict_object") {
    problems.add(file, spanInDocument(document, path.slice(0, -1), start), `The field \`${field}\` is missing.`, help);
  } else {
    const isKey = issue.path?.at(-1)?.origin === "key";
    const span = isKey ? spanOfKey(document, path, start) : spanInDocument(document, path, start);
    problems.add(file, span, `\`${name}\` ${issue.message}.`, help);
  }
}

/** Names for suggestions; fields inside a list have advice under names like `symbols.tex`. */
function knownFields(advice: Readonly<Record<string, string>>, path: FieldPath): string[] {
  const keys = Object.keys(advice);
  if (path.length === 1) return keys.filter((key) => !key.includes("."));
  const prefix = keys.some((key) => key.startsWith("*.")) ? "*." : `${path[0]}.`;
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

/** Span of a value, or of its nearest enclosing value that exists. */
function spanInDocument(document: Document, path: FieldPath, start: number): Span {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) {
      return { offset: start + node.range[0], length: Math.max(1, node.range[1] - node.range[0]) };
    }
  }
  return { offset: Math.max(0, start - 4), length: 3 };
}

function spanOfKey(document: Document, path: FieldPath, start: number): Span {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    for (const { key } of parent.items) {
      if (isScalar(key) && String(key.value) === String(path.at(-1)) && key.range) {
        return { offset: start + key.range[0], length: key.range[1] - key.range[0] };
      }
    }
  }
  return { offset: Math.max(0, start - 4), length: 3 };
}
