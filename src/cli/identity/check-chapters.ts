/** Compares the release with the chapters on record before a deploy, by the rules of the cron trigger. */
import { type Catalogue, catalogueAt } from "../../library/catalogue.ts";
import { identifyRelease } from "../../library/identify-release.ts";
import type { Manifest } from "../../library/manifest.ts";
import { askInFrontMatter } from "./ask-in-front-matter.ts";
import type { RemoteRecord } from "./remote-record.ts";

export type ChapterCheck =
  /** `named`: the catalogue with the identities on record. */
  | { readonly kind: "clear"; readonly named: Catalogue; readonly known: number }
  /** Each question includes its possible answers. */
  | { readonly kind: "unclear"; readonly questions: readonly string[] };

/** `now` in milliseconds. */
export function checkChapters(manifest: Manifest, record: RemoteRecord, now: number): ChapterCheck {
  const { named, questions, identified } = identifyRelease(catalogueAt(now, manifest), record, record.hasBegun, now);
  if (questions.length === 0) {
    const known = [...identified.texts.values()].filter(({ kind }) => kind === "known").length;
    return { kind: "clear", named, known };
  }
  const places = new Map(record.publications.map(({ id, place }) => [id, place ?? id]));
  return {
    kind: "unclear",
    questions: questions.map((question) => askInFrontMatter(question, (id) => places.get(id) ?? id)),
  };
}
