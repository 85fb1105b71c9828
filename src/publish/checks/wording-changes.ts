/** Reminds the author to declare a change if the wording of a published text differs from the previous release. */
import {
  type BookFields,
  bookAdvice,
  bookSchema,
  type ChapterFields,
  chapterAdvice,
  chapterSchema,
} from "../source/content-schema.ts";
import { parseFrontMatter } from "../source/front-matter.ts";
import { readPrevious } from "../source/previous-release.ts";
import { count, ProblemList } from "../source/problem.ts";
import type { Outline, TextSource } from "../source/read-content.ts";
import { SourceFile, type Span } from "../source/source-file.ts";
import { compareWording, type Difference } from "../text/wording.ts";

type Source = TextSource<ChapterFields | BookFields>;

/** `now` in milliseconds since 1970. */
export async function checkWording(root: string, { books }: Outline, now: number, problems: ProblemList) {
  const isPublic = ({ data }: Source) => data.published !== undefined && Date.parse(data.published) <= now;
  const texts = books.flatMap(({ overview, chapters }): Source[] => [overview, ...chapters.values()]).filter(isPublic);
  if (texts.length === 0) return;
  const previous = await readPrevious(root);
  for (const text of texts) {
    const written = previous.get(text.file.path);
    if (written === undefined || written === text.file.text) continue;
    const old = parseOld(new SourceFile(text.file.path, written));
    if (old && isPublic(old) && !isDeclared(old.data, text.data)) remind(old, text, now, problems);
  }
}

/** `undefined` if it cannot be read any more. */
function parseOld(file: SourceFile): Source | undefined {
  const unheard = new ProblemList();
  const parsed = file.path.endsWith("/book.md")
    ? parseFrontMatter(file, bookSchema, bookAdvice, unheard)
    : parseFrontMatter(file, chapterSchema, chapterAdvice, unheard);
  return parsed && { ...parsed, file };
}

/** Whether the text declares a change that the old one did not, or says that there is nothing to declare. */
const isDeclared = (old: Source["data"], { updated, changes }: Source["data"]): boolean =>
  changes?.length === 0 ||
  updated !== old.updated ||
  changes?.some(({ date }) => !old.changes?.some((change) => change.date === date)) === true;

function remind(old: Source, text: Source, now: number, problems: ProblemList): void {
  const found = placesOf(old, text);
  const [first] = found;
  if (!first) return;
  const others = found.length === 1 ? "" : `, and ${count(found.length - 1, "other place")}`;
  problems.add(
    text.file,
    first.span,
    `Since the last release, ${describe(first)}${others}.`,
    `If readers should know, declare it: \`changes:\` with \`- date: ${new Date(now).toISOString().slice(0, 10)}\`, \`text: …\` and, if it was wrong, \`correction: true\`. If not, ignore this until the next deploy, or write \`changes: []\`.`,
    "warning",
  );
}

interface Place extends Pick<Difference, "before" | "after"> {
  readonly span: Span;
}

function placesOf(old: Source, text: Source): Place[] {
  const fields = (["title", "excerpt"] as const).flatMap((field) =>
    compareWording(old.data[field] ?? "", text.data[field] ?? "").map((place) => ({
      ...place,
      span: text.spanOf([field]),
    })),
  );
  const body = compareWording(old.file.text.slice(old.bodyStart), text.file.text.slice(text.bodyStart));
  return [
    ...fields,
    ...body.map((place) => ({ ...place, span: { offset: text.bodyStart + place.offset, length: place.length } })),
  ];
}

function describe({ before, after }: Place): string {
  if (before === "") return `${quoted(after)} was added`;
  return after === "" ? `${quoted(before)} was removed` : `${quoted(before)} has become ${quoted(after)}`;
}

/** Characters of a quotation. */
const maxQuoted = 60;

const quoted = (text: string): string =>
  `“${text.length <= maxQuoted ? text : `${text.slice(0, maxQuoted).trim()} …`}”`;
