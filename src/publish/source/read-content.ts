/**
 * Reads content/ into an outline: every file with its front matter, every book with its order. Markdown is parsed
 * later.
 */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ClothName } from "../../library/cloths.ts";
import { reservedSlugs } from "../../routes.ts";
import { assignCloths, defaultCloth } from "./assign-cloths.ts";
import {
  type BookFields,
  bookAdvice,
  bookSchema,
  type ChapterFields,
  chapterAdvice,
  chapterSchema,
  type LibraryFields,
  libraryAdvice,
  librarySchema,
} from "./content-schema.ts";
import { type FrontMatter, parseFrontMatter } from "./front-matter.ts";
import { compareText, type ProblemList } from "./problem.ts";
import { type AuthorsFile, authorsPath, readAuthors } from "./read-authors.ts";
import { type MacroFile, type Macros, macrosFile, readMacros } from "./read-macros.ts";
import { readSource } from "./read-source.ts";
import { readWorks, type Works } from "./references/read-works.ts";
import type { SourceFile } from "./source-file.ts";

export interface TextSource<Fields> extends FrontMatter<Fields> {
  readonly file: SourceFile;
}

export interface BookSource {
  readonly slug: string;
  readonly overview: TextSource<BookFields>;
  readonly cloth: ClothName;
  /** By slug. */
  readonly chapters: ReadonlyMap<string, TextSource<ChapterFields>>;
  /** The table of contents; planned chapters have a title. */
  readonly contents: readonly { readonly slug: string; readonly title?: string }[];
  /** The library's and the book's own. */
  readonly macros: Macros;
  readonly macroFile: MacroFile | undefined;
}

export interface Outline extends Works {
  readonly library: TextSource<LibraryFields>;
  readonly books: readonly BookSource[];
  readonly macros: Macros;
  readonly macroFile: MacroFile | undefined;
  /** Undefined without content/authors.yaml. */
  readonly authors: AuthorsFile | undefined;
  /** Books whose book.md is broken, so that their chapters are unknown. */
  readonly unreadable: readonly string[];
}

/** Slugs of all books, including unreadable ones. */
export const foldersOf = ({ books, unreadable }: Outline): string[] => [
  ...books.map(({ slug }) => slug),
  ...unreadable,
];

const slugForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Texts without problems by path, from an earlier reading: parsing a front matter takes longer than reading its file.
 */
export type KnownSources = Map<string, TextSource<unknown>>;

/** `undefined` if a file is so broken that the others cannot be checked. */
export async function readContent(
  root: string,
  problems: ProblemList,
  known: KnownSources = new Map(),
): Promise<Outline | undefined> {
  if (!isFile(join(root, "content/library.md"))) {
    problems.addForFile(
      "content/library.md",
      "content/library.md is missing.",
      "Create it with `title`, `tagline` and `authors` in its front matter, and the text of the About page below.",
    );
    return undefined;
  }
  const libraryFile = readSource(root, "content/library.md", problems);
  const library = libraryFile && parseFrontMatter(libraryFile, librarySchema, libraryAdvice, problems);
  const macroFile = readMacroFile(root, "content", problems);
  const macros: Macros = macroFile?.own ?? new Map();
  if (libraryFile && library && (library.data.authors ?? library.data.author) === undefined)
    problems.add(libraryFile, library.spanOf([]), "The field `authors` is missing.", libraryAdvice.authors ?? "");
  const hasAuthors = isFile(join(root, authorsPath));
  const authors = hasAuthors ? readAuthors(root, problems) : undefined;
  const folders = subfolders(join(root, "content"));
  const read = folders
    .flatMap((slug) => readBook(root, slug, macros, problems, known) ?? [])
    .sort((a, b) => a.overview.data.order - b.overview.data.order || compareText(a.slug, b.slug));
  const cloths = assignCloths(read.map(({ slug, overview }) => ({ slug, ...overview.data })));
  const books = read.map((book) => ({ ...book, cloth: cloths.get(book.slug) ?? defaultCloth }));
  const unreadable = folders.filter((slug) => !books.some((book) => book.slug === slug));
  const works = await readWorks(root, citedIn(books), problems);
  if (!libraryFile || !library || !works || (hasAuthors && !authors)) return undefined;
  return { library: { ...library, file: libraryFile }, books, ...works, authors, macros, macroFile, unreadable };
}

const citedIn = (books: readonly BookSource[]): ReadonlySet<string> =>
  new Set(
    books.flatMap(({ overview, chapters }) => [overview, ...chapters.values()].flatMap(({ data }) => data.references)),
  );

function readBook(
  root: string,
  slug: string,
  shared: Macros,
  problems: ProblemList,
  known: KnownSources,
): Omit<BookSource, "cloth"> | undefined {
  const folder = `content/${slug}`;
  if (!slugForm.test(slug) || reservedSlugs.includes(slug)) {
    problems.addForFile(
      folder,
      reservedSlugs.includes(slug) ? `\`${slug}\` is a reserved page name.` : `\`${slug}\` is not a valid slug.`,
      slug === "authors"
        ? "Rename the folder: /authors/ has the pages of authors. If the book is published, write `redirect_from: [/authors]` into its book.md, so that links to it still work."
        : "Rename the folder: lower-case letters, digits and single hyphens.",
    );
  }
  const names = readdirSync(join(root, folder)).sort(compareText);
  if (!names.includes("book.md")) {
    problems.addForFile(
      folder,
      "This folder has no book.md file.",
      "Create it with `npm run new`, or move the folder out of content/.",
    );
    return undefined;
  }
  const chapters = new Map<string, TextSource<ChapterFields>>();
  let complete = true;
  // Names that begin with a dot are those of editors and of macOS: `.#rope.md`, `._rope.md`.
  for (const name of names.filter((name) => /^[^.].*\.md$/.test(name) && name !== "book.md")) {
    const chapterSlug = name.slice(0, -3);
    if (!slugForm.test(chapterSlug)) {
      problems.addForFile(
        `${folder}/${name}`,
        `\`${chapterSlug}\` is not a valid slug.`,
        "Rename the file: lower-case letters, digits and single hyphens.",
      );
    }
    const path = `${folder}/${name}`;
    const chapter = readText(root, path, known, problems, (file) =>
      parseFrontMatter(file, chapterSchema, chapterAdvice, problems),
    );
    if (chapter) chapters.set(chapterSlug, chapter);
    else complete = false;
  }
  const overview = readText(root, `${folder}/book.md`, known, problems, (file) =>
    parseFrontMatter(file, bookSchema, bookAdvice, problems),
  );
  if (!overview) return undefined;
  // A chapter with broken front matter still exists: missing chapters are only reported if all files could be read.
  const contents = readContents(overview, chapters, folder, complete, problems);
  const macroFile = readMacroFile(root, folder, problems);
  const macros = new Map([...(macroFile?.own ?? []), ...shared]);
  return { slug, overview, chapters, contents, macros, macroFile };
}

/** `parse` must be the same for every reading of a path. */
function readText<Fields>(
  root: string,
  path: string,
  known: KnownSources,
  problems: ProblemList,
  parse: (file: SourceFile) => FrontMatter<Fields> | undefined,
): TextSource<Fields> | undefined {
  const before = problems.size;
  const file = readSource(root, path, problems);
  const last = known.get(path) as TextSource<Fields> | undefined;
  if (file && last?.file.text === file.text && problems.size === before) return last;
  const frontMatter = file && parse(file);
  if (!frontMatter) return undefined;
  const text = { ...frontMatter, file };
  if (problems.size === before) known.set(path, text);
  return text;
}

function readContents(
  overview: TextSource<BookFields>,
  chapters: ReadonlyMap<string, unknown>,
  folder: string,
  complete: boolean,
  problems: ProblemList,
): BookSource["contents"] {
  const seen = new Set<string>();
  const contents = overview.data.chapters.map((entry, index) => {
    const [slug, title] = typeof entry === "string" ? [entry, undefined] : (Object.entries(entry)[0] ?? ["", ""]);
    const span = overview.spanOf(["chapters", index]);
    if (seen.has(slug)) {
      problems.add(overview.file, span, `\`${slug}\` is listed twice.`, "Remove one of the two lines.");
    } else if (title === undefined && !chapters.has(slug) && complete) {
      problems.add(
        overview.file,
        span,
        `There is no file ${folder}/${slug}.md.`,
        `Write it (\`npm run new\`), or give a planned chapter a title: \`- ${slug}: "Title"\`.`,
      );
    }
    seen.add(slug);
    // Once the chapter is written, its own title is used.
    return title === undefined || chapters.has(slug) ? { slug } : { slug, title };
  });
  for (const slug of chapters.keys()) {
    if (seen.has(slug)) continue;
    problems.add(
      overview.file,
      overview.spanOfKey(["chapters"]),
      `${folder}/${slug}.md is not in the table of contents.`,
      `Add a line \`- ${slug}\` to \`chapters\` where the chapter belongs.`,
    );
  }
  return contents;
}

function readMacroFile(root: string, folder: string, problems: ProblemList): MacroFile | undefined {
  const path = macrosFile(folder);
  const file = isFile(join(root, path)) ? readSource(root, path, problems) : undefined;
  return file && readMacros(file, problems);
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const subfolders = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort(compareText);
