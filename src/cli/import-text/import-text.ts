/** Imports texts of other dialects as draft chapters: reads, converts, and writes new files only. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { ProblemList } from "../../publish/source/problem.ts";
import { bibtexFile, readWorks } from "../../publish/source/references/read-works.ts";
import { deletingOnFailure, writeNew } from "../../publish/write-whole.ts";
import { CommandError } from "../command-error.ts";
import { addChapter, checkNewChapter, listTexts, slugOf } from "../new-text.ts";
import { type ConvertedText, convertText } from "./convert-text.ts";
import type { Finding } from "./draft.ts";
import { Images } from "./image-copies.ts";
import type { Original } from "./original.ts";
import { readOriginal } from "./read-lines.ts";

export interface ImportedText {
  /** The original's file name. */
  readonly from: string;
  /** `content/tea/steeping.md`. */
  readonly path: string;
  readonly findings: readonly Finding[];
  /** Other files that were written, relative to the project. */
  readonly copies: readonly string[];
}

interface Plan {
  readonly path: string;
  readonly slug: string;
  readonly original: Original;
}

/** Throws a `CommandError` before anything is written if a file cannot be read or its chapter already exists. */
export async function importTexts(
  root: string,
  book: string,
  files: readonly string[],
  slug?: string,
): Promise<ImportedText[]> {
  if (slug !== undefined && files.length > 1) throw new CommandError("`--slug` is for a single file.");
  const content = join(root, "content");
  const plans: Plan[] = [];
  for (const path of files) {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new CommandError(`There is no file \`${path}\`.`);
    const own = slug ?? slugFor(path);
    checkNewChapter(content, book, own);
    const other = plans.find((plan) => plan.slug === own);
    if (other)
      throw new CommandError(
        `\`${other.path}\` and \`${path}\` would both become \`${own}\`: import one of them with \`--slug\`.`,
      );
    plans.push({ path, slug: own, original: readOriginal(path) });
  }
  const imported: ImportedText[] = [];
  for (const plan of plans) imported.push(await importText(root, book, plan));
  return imported;
}

/** The slug that the target of a link would have: `../_posts/2019-04-01-leaves.md`, `{{< ref "leaves.md" >}}`. */
function slugIn(target: string): string {
  const path =
    /^\{\{[<%]\s*(?:rel)?ref\s+"?([^"\s]+)/.exec(target)?.[1] ?? /^\{%-?\s*(?:post_url|link)\s+(\S+)/.exec(target)?.[1];
  return slugFor((path ?? target).replace(/[#?].*$/, "").replace(/\/$/, ""));
}

/** From the file's name without Jekyll's date; of Hugo's `steeping/index.md`, from its folder. */
function slugFor(path: string): string {
  const stem = basename(path, extname(path)).replace(/^\d{4}-\d\d-\d\d-/, "");
  return slugOf((/^(_?index|README)$/i.test(stem) ? basename(dirname(resolve(path))) : stem).replaceAll("_", "-"));
}

async function importText(root: string, book: string, { path, slug, original }: Plan): Promise<ImportedText> {
  const folder = join(root, "content", book);
  const images = new Images(folder, path, slug, original.embedded);
  const works = await readWorks(root, new Set(), new ProblemList());
  const isPandoc = [".qmd", ".rmd"].includes(extname(path).toLowerCase());
  const chapters = new Set(listTexts(join(root, "content"), book).map((name) => basename(name, ".md")));
  const surroundings = {
    images,
    cites: (key: string) => isPandoc || works?.works.has(key) === true,
    chapterOf: (target: string) => [slugIn(target)].find((each) => chapters.has(each)),
  };
  const converted = convertText(original, surroundings, wordsOf(slug));
  const bibliography = bibliographyToCopy(root, path, converted);
  const copies = new Map([...images.copies].map(([name, bytes]) => [join("content", book, name), bytes]));
  if (bibliography) copies.set(bibtexFile, readFileSync(bibliography));
  writeAll(root, [...copies], () => addChapter(join(root, "content"), book, slug, converted.text));
  const unknown = await unknownWorks(root, converted);
  return {
    from: basename(path),
    path: `content/${book}/${slug}.md`,
    findings: [...converted.findings, ...unknown],
    copies: [...copies.keys()],
  };
}

/** The only bibliography of the original, if the library has no references.bib yet. */
function bibliographyToCopy(
  root: string,
  path: string,
  { bibliographies, citations }: ConvertedText,
): string | undefined {
  if (citations.length === 0 || existsSync(join(root, bibtexFile))) return undefined;
  const found = bibliographies
    .map((name) => resolve(dirname(path), name))
    .filter((name) => name.endsWith(".bib") && existsSync(name));
  return found.length === 1 ? found[0] : undefined;
}

async function unknownWorks(root: string, { citations, bibliographies }: ConvertedText): Promise<Finding[]> {
  const works = await readWorks(root, new Set(), new ProblemList());
  const unknown = citations.filter((key) => !works?.works.has(key));
  if (unknown.length === 0) return [];
  const from = bibliographies.length === 0 ? "Add them" : `Add the entries of ${bibliographies.join(", ")}`;
  const message = `Not among the library's works: ${unknown.map((key) => `\`${key}\``).join(", ")}. ${from} to ${bibtexFile}.`;
  return [{ place: "citations", message }];
}

/** Writes new files, then calls `write`; if anything fails, none of them remains. */
function writeAll(root: string, files: readonly (readonly [string, Uint8Array])[], write: () => void): void {
  const [first, ...others] = files;
  if (!first) {
    write();
    return;
  }
  const path = join(root, first[0]);
  writeNew(path, first[1]);
  deletingOnFailure(path, () => writeAll(root, others, write));
}

const wordsOf = (slug: string): string => {
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
