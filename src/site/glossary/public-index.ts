/** Computes what an index shows at this moment: no place in a text that is not public, and no entry without a place. */
import type { Catalogue, CatalogueEntry } from "../../library/catalogue.ts";
import type { Book } from "../../library/manifest.ts";
import type { IndexEntry, IndexKind, IndexObject, IndexPlace } from "../../library/objects.ts";
import { createWordFilter } from "../../library/word-filter.ts";

/** A text with its places. */
export interface PublicPlaces {
  readonly text: CatalogueEntry;
  /** Ids on its page; "" is its beginning. */
  readonly ids: readonly string[];
  readonly isMain: boolean;
}

export interface PublicLevel {
  readonly name: string;
  readonly id: string;
  readonly places: readonly PublicPlaces[];
  readonly see: { readonly id: string; readonly name: string } | undefined;
}

export interface PublicEntry extends PublicLevel {
  readonly sub: readonly PublicLevel[];
}

/** The entries under one letter, or all models or datasets. */
export interface IndexSection {
  readonly kind: IndexKind;
  readonly letter: string;
  readonly entries: readonly PublicEntry[];
}

type Level = Omit<IndexEntry, "kind" | "letter" | "sub">;

export function publicIndex(
  { byPath }: Catalogue,
  object: IndexObject | undefined,
  book: Book | undefined,
): readonly IndexSection[] {
  const entries = object?.entries ?? [];
  const isMarked = ({ marked }: Level) => marked.some(([path]) => byPath.has(path));
  const levels = entries.flatMap((entry) => [entry, ...(entry.sub ?? [])]);
  const known = new Set(entries.filter((entry) => [entry, ...(entry.sub ?? [])].some(isMarked)).map(({ id }) => id));
  for (const level of levels) if (isMarked(level)) known.add(level.id);
  const isHere = (path: string) => (book === undefined ? byPath.has(path) : byPath.get(path)?.book === book);
  const publicLevel = (level: Level): PublicLevel => ({
    name: level.name,
    id: level.id,
    places: isMarked(level) ? placesOf(level, (path) => (isHere(path) ? byPath.get(path) : undefined)) : [],
    see: level.see && isHere(level.see[2]) && known.has(level.see[0]) ? seeOf(level.see) : undefined,
  });
  const shown = entries
    .map((entry) => ({
      ...publicLevel(entry),
      kind: entry.kind,
      letter: entry.kind === "index" ? entry.letter : "",
      sub: (entry.sub ?? []).map(publicLevel).filter(isUsed),
    }))
    .filter((entry) => isUsed(entry) || entry.sub.length > 0);
  return [...Map.groupBy(shown, ({ kind, letter }) => `${kind} ${letter}`).values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ kind: first.kind, letter: first.letter, entries: group }] : [];
  });
}

const seeOf = ([id, name]: NonNullable<Level["see"]>) => ({ id, name });

const isUsed = ({ places, see }: PublicLevel): boolean => places.length > 0 || see !== undefined;

/** One for each text, in the order of the entry: main places first. */
function placesOf({ marked, mains = 0, named = [] }: Level, textAt: (path: string) => CatalogueEntry | undefined) {
  // What is marked is the main place of a name that other texts only mention.
  const isMain = (index: number) => index < (mains > 0 ? mains : named.length > 0 ? marked.length : 0);
  const places = [...marked, ...named].map((place: IndexPlace, index) => ({ place, isMain: isMain(index) }));
  return [...Map.groupBy(places, ({ place: [path] }) => path)].flatMap(([path, all]): PublicPlaces[] => {
    const text = textAt(path);
    return text ? [{ text, ids: all.map(({ place: [, id] }) => id), isMain: all.some((each) => each.isMain) }] : [];
  });
}

export function filterIndex(sections: readonly IndexSection[], words: string): readonly IndexSection[] {
  if (words === "") return sections;
  const matches = createWordFilter(words);
  return sections
    .map(({ entries, ...section }) => ({
      ...section,
      entries: entries.filter(({ name, sub }) => {
        const text = [name, ...sub.map((level) => level.name)].join(" ");
        return matches(text, text);
      }),
    }))
    .filter(({ entries }) => entries.length > 0);
}
