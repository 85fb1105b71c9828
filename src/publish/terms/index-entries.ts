/** Merges the marks of texts into the entries of an index, sorted as in print, and adds the texts that name them. */
import GithubSlugger from "github-slugger";
import { withoutMarks } from "../../library/fold-letters.ts";
import { type IndexEntry, type IndexKind, type IndexPlace, indexKinds } from "../../library/objects.ts";
import type { IndexedPlaces } from "../text/collect-index.ts";
import { createNameFinder } from "./names-in-texts.ts";

export interface MarkedText {
  readonly path: string;
  readonly index: IndexedPlaces;
}

/** An entry or a sub-entry. */
interface Draft {
  readonly kind: IndexKind;
  name: string;
  readonly id: string;
  readonly mains: IndexPlace[];
  readonly others: IndexPlace[];
  readonly named: IndexPlace[];
  see: { readonly levels: readonly string[]; readonly path: string } | undefined;
  readonly sub: Map<string, Draft>;
}

/** `texts` in reading order; names are found in all of them. */
export function indexEntries(texts: readonly MarkedText[], language: string): IndexEntry[] {
  const drafts = collectDrafts(texts);
  addNames([...drafts.values()], texts);
  const { compare } = new Intl.Collator(language, { numeric: true });
  const order = createOrder(language, compare);
  return [...drafts.values()]
    .map((draft) => ({ draft, letter: order.letterOf(draft.name) }))
    .sort(
      (a, b) =>
        indexKinds.indexOf(a.draft.kind) - indexKinds.indexOf(b.draft.kind) ||
        Number(a.letter !== "") - Number(b.letter !== "") ||
        compare(a.letter, b.letter) ||
        compare(sortName(a.draft.name), sortName(b.draft.name)),
    )
    .map(({ draft, letter }) => ({
      kind: draft.kind,
      letter,
      ...finish(draft, drafts),
      ...(draft.sub.size > 0 && {
        sub: [...draft.sub.values()]
          .sort((a, b) => compare(sortName(a.name), sortName(b.name)))
          .map((sub) => finish(sub, drafts)),
      }),
    }));
}

/** Entries that differ in capitals only are one. */
const entryKey = (name: string): string => name.normalize("NFC").toLowerCase();

const keyOf = (kind: IndexKind, name: string): string => `${kind} ${entryKey(name)}`;

function collectDrafts(texts: readonly MarkedText[]): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  const slugger = new GithubSlugger();
  for (const { path, index } of texts) {
    for (const mark of index.marks) {
      const [name = "", subName] = mark.entry;
      const entry = draftOf(drafts, keyOf(mark.kind, name), mark.kind, name, slugger);
      if (subName === undefined) addMark(entry, name, path, mark);
      else addMark(draftOf(entry.sub, entryKey(subName), mark.kind, subName, slugger, name), subName, path, mark);
    }
  }
  return drafts;
}

function draftOf(
  drafts: Map<string, Draft>,
  key: string,
  kind: IndexKind,
  name: string,
  slugger: GithubSlugger,
  above = "",
): Draft {
  const known = drafts.get(key);
  if (known) return known;
  const id = `entry.${slugger.slug(`${above} ${name}`.trim())}`;
  const draft = { kind, name, id, mains: [], others: [], named: [], see: undefined, sub: new Map() };
  drafts.set(key, draft);
  return draft;
}

function addMark(
  draft: Draft,
  name: string,
  path: string,
  { anchor, isMain, see }: IndexedPlaces["marks"][number],
): void {
  if (see) draft.see ??= { levels: see, path };
  if (anchor === undefined || marksOf(draft).some(([text, id]) => text === path && id === anchor)) return;
  // The spelling of the main place, otherwise of the first one.
  if (isMain) draft.name = name;
  (isMain ? draft.mains : draft.others).push([path, anchor]);
}

const marksOf = ({ mains, others }: Draft): IndexPlace[] => [...mains, ...others];

/** Texts that name a model or dataset without marking it. */
function addNames(drafts: readonly Draft[], texts: readonly MarkedText[]): void {
  const byName = new Map(drafts.filter(({ kind }) => kind !== "index").map((draft) => [draft.name, draft]));
  const find = createNameFinder([...byName.keys()]);
  for (const { path, index } of texts) {
    for (const [name, { id }] of find(index.passages)) {
      const draft = byName.get(name);
      if (draft && !marksOf(draft).some(([text]) => text === path)) draft.named.push([path, id]);
    }
  }
}

function finish(draft: Draft, drafts: ReadonlyMap<string, Draft>) {
  const { name, id, mains, named, see } = draft;
  const target = see && findEntry(drafts, see.levels);
  return {
    name,
    id,
    marked: marksOf(draft),
    ...(mains.length > 0 && { mains: mains.length }),
    ...(named.length > 0 && { named }),
    ...(see && target && { see: [target.id, see.levels.join(", "), see.path] as [string, string, string] }),
  };
}

/** The entry that "see" names: a term, model or dataset. */
function findEntry(drafts: ReadonlyMap<string, Draft>, [name = "", sub]: readonly string[]): Draft | undefined {
  for (const kind of indexKinds) {
    const entry = drafts.get(keyOf(kind, name));
    const found = sub === undefined ? entry : entry?.sub.get(entryKey(sub));
    if (found) return found;
  }
  return undefined;
}

/** Without leading punctuation. */
const sortName = (name: string): string => name.replace(/^[^\p{L}\p{N}]+(?=.)/u, "");

function createOrder(language: string, compare: (a: string, b: string) => number) {
  const base = new Intl.Collator(language, { sensitivity: "base" });
  return {
    /** `É` is E in French, `Å` a letter of its own in Swedish: the language decides. */
    letterOf(name: string): string {
      const [first = ""] = [...sortName(name)];
      if (!/\p{L}/u.test(first)) return "";
      const [plain = first] = [...withoutMarks(first)];
      const letter = base.compare(first, plain) === 0 || /\p{sc=Hang}/u.test(first) ? plain : first;
      const capital = letter.toLocaleUpperCase(language);
      return compare(capital, letter) === 0 || [...capital].length === 1 ? capital : letter;
    },
  };
}
