/** Reads content/authors.yaml: the people whom chapters name as authors by their ids, each with a page. */
import * as v from "valibot";
import { isMap, isScalar, parseDocument } from "yaml";
import { slug, text } from "./content-schema.ts";
import { type FrontMatter, parseYamlFile } from "./front-matter.ts";
import { hasOrcidChecksum, orcidForm } from "./orcid.ts";
import type { ProblemList } from "./problem.ts";
import { readSource } from "./read-source.ts";
import type { SourceFile } from "./source-file.ts";

export const authorsPath = "content/authors.yaml";

const authorSchema = v.strictObject({
  name: text,
  biography: v.optional(text),
  link: v.optional(
    v.pipe(
      v.string("must be text"),
      v.check((written) => /^https:\/\/\S+$/.test(written) && URL.canParse(written), "is not an https URL"),
    ),
  ),
  orcid: v.optional(
    v.pipe(
      v.string("must be text"),
      v.regex(orcidForm, "is not an ORCID iD"),
      v.transform((written) => orcidForm.exec(written)?.[1] ?? written),
      v.check(hasOrcidChecksum, "has a mistyped digit: its checksum is wrong"),
    ),
  ),
  picture: v.optional(text),
  alt: v.optional(text),
});

const authorsSchema = v.record(slug, authorSchema);

/** `*` matches the id of any author. */
const authorsAdvice: Readonly<Record<string, string>> = {
  "*.name": "Write `name: Ada Lovelace`.",
  "*.biography": "One short paragraph, which may contain emphasis and links.",
  "*.link": "Write the author's own page, `link: https://ada.example`.",
  "*.orcid": "Copy it from the author's page at orcid.org: `orcid: 0000-0002-1825-0097`.",
  "*.picture": "Write the name of an image file next to authors.yaml, `picture: ada.jpg`.",
  "*.alt": "Say in a few words what the picture shows, `alt: Ada Lovelace at her desk.`",
};

export type Author = v.InferOutput<typeof authorSchema>;

export interface AuthorsFile extends Pick<FrontMatter<unknown>, "spanOf" | "spanOfKey"> {
  readonly file: SourceFile;
  /** By id, in the order of the file. */
  readonly authors: ReadonlyMap<string, Author>;
}

/** The file must exist; `undefined` if it is invalid. */
export function readAuthors(root: string, problems: ProblemList): AuthorsFile | undefined {
  const file = readSource(root, authorsPath, problems);
  if (!file || reportDuplicates(file, problems)) return undefined;
  const parsed = parseYamlFile(file, authorsSchema, authorsAdvice, problems);
  if (!parsed) return undefined;
  const { data, spanOf, spanOfKey } = parsed;
  const found: AuthorsFile = { file, authors: new Map(Object.entries(data)), spanOf, spanOfKey };
  const byOrcid = new Map<string, string>();
  for (const [id, author] of found.authors) {
    checkAlt(found, id, author, problems);
    const other = byOrcid.get(author.orcid ?? "");
    if (other !== undefined)
      problems.add(
        file,
        spanOf([id, "orcid"]),
        `\`${other}\` also has this ORCID iD.`,
        "An ORCID iD belongs to one person: correct one of the two, or merge the entries.",
      );
    if (author.orcid !== undefined) byOrcid.set(author.orcid, id);
  }
  return found;
}

/** The YAML parser's own message does not say which entry is meant. */
function reportDuplicates(file: SourceFile, problems: ProblemList): boolean {
  const { contents } = parseDocument(file.text, { uniqueKeys: false, prettyErrors: false });
  const seen = new Set<string>();
  let found = false;
  for (const { key } of isMap(contents) ? contents.items : []) {
    const id = isScalar(key) ? String(key.value) : undefined;
    if (id === undefined || !isScalar(key)) continue;
    const [from, to] = key.range ?? [0, 1];
    if (seen.has(id)) {
      found = true;
      problems.add(
        file,
        { offset: from, length: to - from },
        `There are two authors with the id \`${id}\`.`,
        `Ids must be unique: give one of the two another, for example \`${id}-2\`, or remove it.`,
      );
    }
    seen.add(id);
  }
  return found;
}

function checkAlt(
  { file, spanOf }: Pick<AuthorsFile, "file" | "spanOf">,
  id: string,
  { picture, alt }: Author,
  problems: ProblemList,
): void {
  if (picture !== undefined && alt === undefined)
    problems.add(file, spanOf([id, "picture"]), "This picture has no alt text.", authorsAdvice["*.alt"] ?? "");
  if (picture === undefined && alt !== undefined)
    problems.add(
      file,
      spanOf([id, "alt"]),
      `\`${id}\` has an alt text but no picture.`,
      "Add `picture`, or remove `alt`.",
    );
}
