/** Identifies all chapters of a release against the record, and finds the questions that only the author can answer. */
import { type Catalogue, withIds } from "./catalogue.ts";
import { type ChapterRecord, type Identified, identify, type Text } from "./identify.ts";
import { namesByPath } from "./identity.ts";

/** Path -> identity, if it is not the one that the release alone suggests; `undefined` if it is unknown. */
export type Identities = ReadonlyMap<string, string | undefined>;

export interface Question {
  /** `book/slug` of the chapter's place. */
  readonly place: string;
  readonly path: string;
  /** Identities of missing chapters, the likeliest first. */
  readonly mayBe: readonly string[];
  /** The identity of a chapter that was at this URL and has moved: only the front matter can distinguish them. */
  readonly taken?: string;
}

export interface IdentifiedRelease {
  readonly texts: readonly Text[];
  readonly identified: Identified;
  readonly identities: Identities;
  /** The catalogue with these identities. */
  readonly named: Catalogue;
  readonly questions: readonly Question[];
}

/**
 * `hasBegun`: whether the newsletter has begun. Before that, nothing is emailed, so no question is asked. `now` in
 * milliseconds.
 */
export function identifyRelease(
  catalogue: Catalogue,
  record: ChapterRecord,
  hasBegun: boolean,
  now: number,
): IdentifiedRelease {
  const texts = textsOf(catalogue);
  const identified = identify(texts, record, now);
  const identities = identitiesOf(texts, identified, hasBegun);
  const questions = hasBegun ? questionsOf(texts, identified) : [];
  return { texts, identified, identities, named: withIds(catalogue, identities), questions };
}

/** Includes chapters that are not public yet, so they are not considered missing. */
const textsOf = (catalogue: Catalogue): Text[] =>
  [...namesByPath(catalogue.manifest)].map(([path, names]) => ({ path, names, isPublic: catalogue.byPath.has(path) }));

function identitiesOf(texts: readonly Text[], identified: Identified, hasBegun: boolean): Identities {
  const identities = new Map<string, string | undefined>();
  for (const { path, names } of texts) {
    const identity = identified.texts.get(path);
    if (!identity) continue;
    if (identity.kind === "taken" || (identity.kind === "unclear" && hasBegun)) identities.set(path, undefined);
    else if (identity.id !== names.guess) identities.set(path, identity.id);
  }
  return identities;
}

const questionsOf = (texts: readonly Text[], identified: Identified): Question[] =>
  texts.flatMap(({ path, names: { place }, isPublic }) => {
    const identity = identified.texts.get(path);
    if (identity?.kind === "unclear") return [{ place, path, mayBe: identity.mayBe }];
    return identity?.kind === "taken" && isPublic ? [{ place, path, mayBe: [], taken: identity.id }] : [];
  });
