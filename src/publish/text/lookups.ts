/**
 * Records what a text looks up in the rest of its library while it is compiled: where its links lead, and its images.
 * As long as the answers are the same, the compiled text is, whatever else was added to the library.
 */
import { isDeepStrictEqual } from "node:util";
import type { LinkTarget } from "../markdown/links.ts";

export interface Answers {
  readonly linkTo: (written: string) => LinkTarget;
  /** Hash of the image file with this name beside the text; undefined if there is none. */
  readonly pictureKey: (name: string) => string | undefined;
}

export interface Lookups {
  readonly links: ReadonlyMap<string, LinkTarget>;
  readonly pictures: ReadonlyMap<string, string | undefined>;
}

/** The same answers, and a record of those that were given. */
export function recordLookups({ linkTo, pictureKey }: Answers): {
  readonly answers: Answers;
  readonly lookups: Lookups;
} {
  const links = new Map<string, LinkTarget>();
  const pictures = new Map<string, string | undefined>();
  return {
    lookups: { links, pictures },
    answers: {
      linkTo(written) {
        const target = linkTo(written);
        // The others depend on the link alone.
        if (target.kind === "chapter" || target.kind === "broken") links.set(written, target);
        return target;
      },
      pictureKey(name) {
        const key = pictureKey(name);
        pictures.set(name, key);
        return key;
      },
    },
  };
}

/** Whether every answer would be the same today. */
export const stillHold = ({ links, pictures }: Lookups, { linkTo, pictureKey }: Answers): boolean =>
  [...links].every(([written, target]) => isDeepStrictEqual(linkTo(written), target)) &&
  [...pictures].every(([name, key]) => pictureKey(name) === key);
