/** Renders what changed in a chapter after publication: a list below the text, and a line near the authors. */
import { raw } from "hono/html";
import type { PropsWithChildren } from "hono/jsx";
import { updateOf, withholdLinks } from "../library/catalogue.ts";
import type { ChapterObject } from "../library/chapter-object.ts";
import type { Chapter } from "../library/manifest.ts";
import { changesId } from "../routes.ts";
import { isoDay } from "../ui/dates.ts";
import type { PageContext } from "../ui/page-context.ts";

interface ChangesProps {
  readonly page: PageContext;
  readonly changes: ChapterObject["changes"];
  /** Attributes of interface text inside the chapter. */
  readonly own: { readonly lang?: string; readonly dir?: "auto" };
}

/** Newest first; nothing if the chapter has not changed. */
export function Changes({ page: { catalogue, words }, changes = [], own }: ChangesProps) {
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby={changesId}>
      <h2 id={changesId} {...own}>
        {words.chapter.changes}
      </h2>
      <ul class="changes">
        {changes.map(({ at, correction, html }) => (
          <li>
            <span class="change-label" {...own}>
              {(correction ? words.chapter.correctedOn : words.chapter.changedOn)(<DayOf words={words} at={at} />)}
            </span>{" "}
            {raw(withholdLinks(catalogue, html, words.chapter.notPublishedYet))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** When the chapter was last corrected, and last updated if that was on a later day; both lead to the list. */
export function LastChanges({ page: { words }, chapter }: { readonly page: PageContext; readonly chapter: Chapter }) {
  const { changes = [] } = chapter;
  const corrected = changes.find(({ correction }) => correction)?.at;
  const updated = updateOf(chapter);
  const isLater = updated !== undefined && (corrected === undefined || isoDay(updated) > isoDay(corrected));
  return (
    <>
      {corrected !== undefined && (
        <a class="day" dir="auto" href={`#${changesId}`}>
          {words.chapter.corrected(<DayOf words={words} at={corrected} />)}
        </a>
      )}{" "}
      {isLater && (
        <UpdateLink isListed={changes.some(({ at }) => at === updated)}>
          {words.chapter.updated(<DayOf words={words} at={updated} />)}
        </UpdateLink>
      )}
    </>
  );
}

const UpdateLink = ({ isListed, children }: PropsWithChildren<{ readonly isListed: boolean }>) =>
  isListed ? (
    <a class="day" dir="auto" href={`#${changesId}`}>
      {children}
    </a>
  ) : (
    <span class="day" dir="auto">
      {children}
    </span>
  );

const DayOf = ({ words, at }: { readonly words: PageContext["words"]; readonly at: string }) => (
  <time datetime={isoDay(at)}>{words.dates.day(at)}</time>
);
