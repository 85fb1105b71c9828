/** Finds the corrections of public chapters, which subscribers can get by email. */
import type { Catalogue, CatalogueEntry } from "./catalogue.ts";
import type { Change } from "./manifest.ts";

export interface Correction {
  /** `book/slug@2026-12-03T00:00:00.000Z`: an identity has no `@`. */
  readonly id: string;
  readonly entry: CatalogueEntry;
  readonly change: Change;
}

/** By id. Chapters whose identity is unknown have none. */
export const correctionsIn = ({ byId }: Pick<Catalogue, "byId">): ReadonlyMap<string, Correction> =>
  new Map(
    [...byId.values()].flatMap((entry) =>
      (entry.chapter.changes ?? [])
        .filter(({ correction }) => correction === true)
        .map((change): [string, Correction] => {
          const id = `${entry.id}@${change.at}`;
          return [id, { id, entry, change }];
        }),
    ),
  );

/** The identity of the chapter that is corrected; of a chapter's identity, itself. */
export const chapterOf = (id: string): string => id.split("@")[0] ?? id;

/** When it was corrected, ISO 8601; undefined for a chapter's identity. */
export const correctedAt = (id: string): string | undefined => id.split("@")[1];
