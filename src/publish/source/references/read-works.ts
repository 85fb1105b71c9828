/** Reads all cited works: references.yaml, references.bib and references.json in content/. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { referenceAdvice, referencesSchema, type Work } from "../content-schema.ts";
import { parseYamlFile } from "../front-matter.ts";
import { isError, ProblemList } from "../problem.ts";
import { readSource } from "../read-source.ts";
import type { SourceFile, Span } from "../source-file.ts";
import { readBibtex } from "./bibtex.ts";
import { readCslJson } from "./csl-json.ts";
import { type Locatable, workOf } from "./exported-work.ts";

const yamlFile = "content/references.yaml";
export const bibtexFile = "content/references.bib";
const cslFile = "content/references.json";

export interface Works {
  /** By key. */
  readonly works: ReadonlyMap<string, Work>;
  /** The files that exist, or the one to create. */
  readonly workFiles: readonly string[];
}

/** A key, and where it is given. */
interface Given {
  readonly key: string;
  readonly file: SourceFile;
  readonly span: Span;
}

/**
 * `undefined` if a file is so broken that texts cannot be checked. An entry of an exported file is only checked if it
 * is among the `cited` keys, because people export everything they have ever collected.
 */
export async function readWorks(
  root: string,
  cited: ReadonlySet<string>,
  problems: ProblemList,
): Promise<Works | undefined> {
  const read = (path: string) => (existsSync(join(root, path)) ? readSource(root, path, problems) : undefined);
  const [yaml, bibtex, csl] = [read(yamlFile), read(bibtexFile), read(cslFile)];
  const found = new ProblemList();
  const written = yaml && parseYamlFile(yaml, referencesSchema, referenceAdvice, found);
  const exported = [...(bibtex ? await readBibtex(bibtex, found) : []), ...(csl ? readCslJson(csl, found) : [])];
  const own = Object.entries(written?.data ?? {});
  const given: Given[] = own.map(([key]) => ({
    key,
    file: yaml as SourceFile,
    span: written?.spanOfKey([key]) as Span,
  }));
  reportRepeated([...given, ...exported.map(givenBy)], found);
  const works = new Map(own);
  for (const each of exported) {
    const { key } = each.exported;
    const work = workOf(each, cited.has(key) ? found : new ProblemList());
    if (work && !works.has(key)) works.set(key, work);
  }
  const all = found.sorted();
  problems.addAll(all);
  if (all.some(isError)) return undefined;
  const files = [yaml, bibtex, csl].flatMap((file) => file?.path ?? []);
  return { works, workFiles: files.length === 0 ? [yamlFile] : files };
}

const givenBy = ({ exported: { key }, file, spanOf }: Locatable): Given => ({ key, file, span: spanOf("key") });

function reportRepeated(given: readonly Given[], problems: ProblemList): void {
  const first = new Map<string, Given>();
  for (const each of given) {
    const other = first.get(each.key);
    if (!other) {
      first.set(each.key, each);
      continue;
    }
    const { line } = other.file.position(other.span.offset);
    const message = `\`${each.key}\` is also in ${other.file.path}, line ${line}.`;
    problems.add(each.file, each.span, message, "Remove one of the two, or give one of them another key.");
  }
}
