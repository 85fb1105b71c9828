/**
 * Decides which recorded chapter each chapter of a release is. A chapter that moved is recognised by any of its names. One
 * without a known name is new, unless another chapter has just disappeared: then only the author can tell, and the chapter
 * waits for the answer. Pure, so every case has a test.
 */
import type { Names } from "./identity.ts";

/** A chapter or overview of the release. */
export interface Text {
  readonly path: string;
  readonly names: Names;
  readonly isPublic: boolean;
}

/** What the database has on record. */
export interface ChapterRecord {
  readonly publications: readonly Publication[];
  /** A name -> its identity. Identities are not listed under their own names. */
  readonly keys: ReadonlyMap<string, string>;
  /** Missing chapters of questions that the author answered with `new`: they are not candidates again. */
  readonly dismissed: ReadonlySet<string>;
  /** Place of a chapter in a question -> the author's answer, an identity or `new`. */
  readonly answers: ReadonlyMap<string, string>;
  /** Place of a chapter with an open question -> what it may be. */
  readonly asked: ReadonlyMap<string, readonly string[]>;
}

export interface Publication {
  readonly id: string;
  /** `book/slug` where it was last seen; null if only an earlier version has seen it. */
  readonly place: string | null;
  readonly recordedAt: string;
  readonly isAnnounced: boolean;
  /** ISO 8601: since when it has been missing from the release. */
  readonly goneAt: string | null;
}

/** The columns of `chapter_questions` that identifying needs. */
export interface AskedQuestion {
  readonly place: string;
  readonly mayBe: readonly string[];
  readonly answer: string | null;
}

export const recordOfQuestions = (
  questions: readonly AskedQuestion[],
): Pick<ChapterRecord, "dismissed" | "answers" | "asked"> => ({
  dismissed: new Set(questions.flatMap(({ answer, mayBe }) => (answer === "new" ? mayBe : []))),
  answers: new Map(questions.flatMap(({ answer, place }) => (answer === null ? [] : [[place, answer] as const]))),
  asked: new Map(questions.flatMap(({ answer, place, mayBe }) => (answer === null ? [[place, mayBe] as const] : []))),
});

type Identity =
  | { readonly kind: "known"; readonly id: string }
  | { readonly kind: "new"; readonly id: string }
  /** `mayBe`: identities of chapters that are missing, the likeliest first. */
  | { readonly kind: "unclear"; readonly id: string; readonly mayBe: readonly string[] }
  /** At the URL of a chapter that has moved: it needs an `id` in its front matter. */
  | { readonly kind: "taken"; readonly id: string };

export interface Identified {
  /** Path -> identity. */
  readonly texts: ReadonlyMap<string, Identity>;
  /** Identities on record that no chapter of the release has. */
  readonly missing: readonly string[];
}

/** A chapter that has been missing for longer is a candidate only if it has the same slug or is in an open question. */
const movingMs = 30 * 86_400_000;

/** `now` in milliseconds. */
export function identify(texts: readonly Text[], record: ChapterRecord, now: number): Identified {
  const publications = new Map(record.publications.map((publication) => [publication.id, publication]));
  const identityOf = (name: string): string | undefined =>
    record.keys.get(name) ?? (publications.has(name) ? name : movedFrom(record, name));
  const found = new Map(texts.map((text) => [text, recordedAs(text, identityOf, publications)]));
  const claimed = claims(found, publications);
  // The chapter may still exist under another name.
  const missing = record.publications.filter(({ id }) => !claimed.has(id) && identityOf(id) === id);
  const result = new Map<string, Identity>();
  for (const [text, id] of found) {
    if (id === undefined) result.set(text.path, unrecorded(text, missing, record, now));
    else if (claimed.get(id) !== text) result.set(text.path, { kind: "taken", id });
    else result.set(text.path, { kind: publications.has(id) ? "known" : "new", id });
  }
  return { texts: result, missing: missing.map(({ id }) => id) };
}

/** The author's answer for the chapter at this place. */
function movedFrom({ answers }: ChapterRecord, place: string): string | undefined {
  const answer = answers.get(place);
  return answer === "new" ? undefined : answer;
}

/** The identity under which a chapter is recorded. */
function recordedAs(
  { names }: Text,
  identityOf: (name: string) => string | undefined,
  publications: ReadonlyMap<string, Publication>,
): string | undefined {
  if (names.isCertain) return identityOf(names.guess) ?? names.guess;
  const known = names.all.flatMap((name) => identityOf(name) ?? []);
  const [own] = known;
  const earlier = known.find((id) => id !== own);
  if (own === undefined || earlier === undefined) return own;
  const [ownRow, earlierRow] = [publications.get(own), publications.get(earlier)];
  if (!ownRow || !earlierRow) return own;
  // A deleted chapter was at this URL before.
  const hasTakenOver = ownRow.goneAt !== null && earlierRow.goneAt === null;
  // An earlier version, which recorded no names, mistook a moved chapter for an old one.
  const wasTwice = ownRow.place === null && !ownRow.isAnnounced && earlierRow.recordedAt < ownRow.recordedAt;
  return hasTakenOver || wasTwice ? earlier : own;
}

/** If two chapters match one record, the one that did not move gets it, otherwise the first. */
function claims(
  found: ReadonlyMap<Text, string | undefined>,
  publications: ReadonlyMap<string, Publication>,
): ReadonlyMap<string, Text> {
  const claimed = new Map<string, Text>();
  for (const [text, id] of found) {
    if (id !== undefined && (!claimed.has(id) || publications.get(id)?.place === text.names.place))
      claimed.set(id, text);
  }
  return claimed;
}

function unrecorded(
  { names, isPublic }: Text,
  missing: readonly Publication[],
  { dismissed, answers, asked }: ChapterRecord,
  now: number,
): Identity {
  const id = names.guess;
  // Decided when it is published.
  if (!isPublic || answers.get(names.place) === "new") return { kind: "new", id };
  const likely = missing
    .filter((chapter) => isOverview(chapter.place ?? chapter.id) === isOverview(names.place))
    .filter(
      (chapter) =>
        slugOf(chapter.id) === slugOf(id) ||
        asked.get(names.place)?.includes(chapter.id) ||
        (!dismissed.has(chapter.id) && isRecent(chapter, now)),
    )
    .sort((one, other) => likeness(other, id) - likeness(one, id) || (one.recordedAt < other.recordedAt ? 1 : -1));
  if (likely.length === 0) return { kind: "new", id };
  return { kind: "unclear", id: names.place, mayBe: likely.map((chapter) => chapter.id) };
}

const isRecent = ({ goneAt }: Publication, now: number): boolean =>
  goneAt === null || Date.parse(goneAt) > now - movingMs;

const slugOf = (id: string): string => id.slice(id.indexOf("/") + 1);
/** `tea/tea` */
const isOverview = (place: string): boolean => place === `${slugOf(place)}/${slugOf(place)}`;

const likeness = ({ id }: Publication, other: string): number => (slugOf(id) === slugOf(other) ? 1 : 0);
