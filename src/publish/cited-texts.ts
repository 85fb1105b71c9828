/**
 * Finds what a text refers to in others, `[@cooling#eq:law]`, before any of them is compiled: texts may refer to each
 * other in circles. What it finds is part of the text's cache key, so that a text follows the numbers of others.
 */
import { href } from "../routes.ts";
import type { Entry, Surroundings } from "./library-texts.ts";
import type { OtherText, Targets } from "./markdown/labels.ts";
import { resolveLink } from "./markdown/links.ts";
import type { TextSurroundings } from "./markdown/text-analysis.ts";
import { sha256 } from "./object-store.ts";
import { ProblemList } from "./source/problem.ts";
import type { Outline } from "./source/read-content.ts";
import { parseText } from "./text/parse-text.ts";
import type { TextJob } from "./text/text-job.ts";

type TextAt = NonNullable<TextSurroundings["textAt"]>;

export interface Cited {
  readonly textAt: TextAt;
  /** "" if the text refers to no other. */
  readonly key: string;
}

/** For finding a text's own numbers. */
export const nothingCited: Cited = { textAt: () => "unknown", key: "" };

/** How a text is compiled if it refers to no other, and the key of that. */
interface Work {
  readonly key: string;
  readonly job: () => TextJob;
}

const placeForm = /\[@([a-z0-9/-]+)#/g;

export class CitedTexts {
  readonly #known = new Map<string, { key: string; targets: Targets }>();

  /** `workOf`: for the texts referred to. */
  of(entry: Entry, entries: readonly Entry[], surroundings: Surroundings, workOf: (entry: Entry) => Work): Cited {
    const paths = citedPaths(entry, surroundings);
    if (paths.size === 0) return nothingCited;
    const found = new Map<string, ReturnType<TextAt>>();
    for (const path of [...paths].sort()) {
      const target = entries.find((each) => each.path === path);
      found.set(path, target ? this.#read(target, surroundings.outline, workOf(target)) : missing(path, surroundings));
    }
    const printed = [...found].map(([path, text]) => [
      path,
      typeof text === "string" ? text : [text.title, text.isHidden, [...text.targets]],
    ]);
    return { textAt: (path) => found.get(path) ?? "unknown", key: sha256(JSON.stringify(printed)) };
  }

  #read(entry: Entry, outline: Outline, { key, job }: Work): OtherText {
    const known = this.#known.get(entry.path);
    const targets = known?.key === key ? known.targets : parseText(job(), new ProblemList()).analysis.targets;
    this.#known.set(entry.path, { key, targets });
    const data = entry.slug === "" ? entry.book?.overview.data : entry.book?.chapters.get(entry.slug)?.data;
    const title = data?.title ?? outline.library.data.title;
    const isHidden = data !== undefined && "hidden_until_published" in data && data.hidden_until_published;
    return { title, isHidden, targets };
  }
}

function citedPaths({ book, source }: Entry, { chaptersOf }: Surroundings): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const [, place = ""] of source.file.text.matchAll(placeForm)) {
    const link = resolveLink(place, { book: book?.slug, chaptersOf });
    if (link.kind === "chapter") paths.add(link.path);
  }
  return paths;
}

/** A planned chapter has a title in the table of contents; one without a title is broken, which is reported there. */
const missing = (path: string, { outline }: Surroundings): "planned" | "unknown" =>
  outline.books.some(({ slug, contents }) =>
    contents.some((entry) => href.chapter(slug, entry.slug) === path && entry.title !== undefined),
  )
    ? "planned"
    : "unknown";
