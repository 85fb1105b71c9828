/** Reads references.json: CSL-JSON, as Zotero and other reference managers export it. */
import * as v from "valibot";
import { isNode, parseDocument } from "yaml";
import type { ProblemList } from "../problem.ts";
import type { SourceFile, Span } from "../source-file.ts";
import { type ExportedField, type ExportedWork, type Locatable, plainField, printName } from "./exported-work.ts";

const text = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

const name = v.object({
  literal: v.optional(v.string()),
  given: v.optional(v.string()),
  family: v.optional(v.string()),
  suffix: v.optional(v.string()),
  "dropping-particle": v.optional(v.string()),
  "non-dropping-particle": v.optional(v.string()),
});

const itemSchema = v.object({
  id: text,
  // Zotero's ids are URLs; the key that its user sees is beside them.
  "citation-key": v.optional(v.string()),
  title: v.optional(v.string()),
  author: v.optional(v.array(name)),
  editor: v.optional(v.array(name)),
  issued: v.optional(
    v.object({
      "date-parts": v.optional(v.array(v.array(text))),
      raw: v.optional(v.string()),
      literal: v.optional(v.string()),
    }),
  ),
  "container-title": v.optional(v.string()),
  "event-title": v.optional(v.string()),
  publisher: v.optional(v.string()),
  volume: v.optional(text),
  issue: v.optional(text),
  number: v.optional(text),
  note: v.optional(v.string()),
  DOI: v.optional(v.string()),
  URL: v.optional(v.string()),
});

type Item = v.InferOutput<typeof itemSchema>;

const fix = "Export the file again as CSL-JSON: a list of items, each with `id`, `title`, `author` and `issued`.";

/** All items in their order; adds a problem for each that is not valid CSL-JSON. */
export function readCslJson(file: SourceFile, problems: ProblemList): Locatable[] {
  const json = parseJson(file, problems);
  if (json === undefined) return [];
  if (!Array.isArray(json)) {
    problems.add(file, { offset: 0, length: 1 }, "This file is not a list of works.", fix);
    return [];
  }
  const spanAt = createLocator(file);
  return json.flatMap((written: unknown, index): Locatable[] => {
    const result = v.safeParse(itemSchema, written);
    if (!result.success) {
      const path = [index, ...(result.issues[0].path ?? []).map(({ key }) => String(key))];
      problems.add(file, spanAt(path), `\`${path.at(-1)}\` is not valid CSL-JSON here.`, fix);
      return [];
    }
    const nameOf = (field: ExportedField): string => fieldNames[field];
    return [
      { exported: exportedOf(result.output), file, nameOf, spanOf: (field) => spanAt([index, fieldNames[field]]) },
    ];
  });
}

const fieldNames: Readonly<Record<ExportedField, string>> = {
  key: "id",
  authors: "author",
  title: "title",
  date: "issued",
  doi: "DOI",
  url: "URL",
};

function exportedOf(item: Item): ExportedWork {
  const { issued, DOI: doi, URL: url, note, number } = item;
  return {
    key: item["citation-key"] ?? item.id,
    authors: (item.author ?? item.editor ?? []).map(nameOf),
    title: plainField(item.title),
    venues: [item["container-title"], item["event-title"], item.publisher].map(plainField),
    volume: item.volume,
    issue: item.issue,
    date: issued?.["date-parts"]?.[0]?.join("-") ?? issued?.raw ?? issued?.literal,
    doi,
    url,
    eprint: undefined,
    notes: [number, note],
  };
}

const nameOf = (person: v.InferOutput<typeof name>): string => {
  const { literal, given, family, suffix } = person;
  if (/^(others|et al\.?)$/.test(literal ?? family ?? "")) return "et al.";
  return literal ?? printName([given, person["dropping-particle"], person["non-dropping-particle"], family, suffix]);
};

function parseJson(file: SourceFile, problems: ProblemList): unknown {
  try {
    return JSON.parse(file.text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? file.text.length);
    const reason = message.replace(/ in JSON at position.*| \(line \d.*/s, "");
    problems.add(file, { offset, length: 1 }, `This is not valid JSON: ${reason}.`, fix);
    return undefined;
  }
}

/** JSON is YAML, and its parser knows positions; it runs only once there is a problem, because it is slow. */
function createLocator(file: SourceFile): (path: readonly (string | number)[]) => Span {
  let document: ReturnType<typeof parseDocument> | undefined;
  return (path) => {
    document ??= parseDocument(file.text, { prettyErrors: false, uniqueKeys: false });
    for (let depth = path.length; depth > 0; depth--) {
      // Of an item as a whole, its id is shown.
      const node = document.getIn(depth === 1 ? [path[0], "id"] : path.slice(0, depth), true);
      if (isNode(node) && node.range) return { offset: node.range[0], length: node.range[1] - node.range[0] };
    }
    return { offset: 0, length: 1 };
  };
}
