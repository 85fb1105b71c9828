/** Renders what to read before a text, in its header, and after the text what builds on it. */
import type { CatalogueEntry } from "../library/catalogue.ts";
import { type interfaceWords, titleWithin } from "../library/language.ts";
import { neededBy, publicNeeds, publicWayTo } from "../library/prerequisites.ts";
import { href } from "../routes.ts";
import type { PageContext } from "../ui/page-context.ts";
import { Minutes, minutesOf, shortTitle, titleAt } from "./chapter-lists.tsx";
import { identityOf } from "./link-identity.ts";

interface NeedsProps {
  readonly page: PageContext;
  readonly entry: CatalogueEntry;
}

/** "Read first: …": a text's prerequisites, as links unless they are only planned, and the way that leads here. */
export function Needs({ page, entry }: NeedsProps) {
  const { catalogue, words } = page;
  const needs = entry.chapter.needs.filter((path) => !catalogue.hidden.has(path));
  if (needs.length === 0) return null;
  return (
    <p class="needs">
      <span class="label" dir="auto">
        {words.chapter.needs}
      </span>{" "}
      {needs.map((path, index) => {
        const known = catalogue.byPath.get(path);
        return (
          <>
            {index > 0 && ", "}
            {known ? (
              <>
                <a href={path} {...identityOf(known)} dir="auto">
                  {titleAt(catalogue, path)}
                </a>{" "}
                <Minutes page={page} minutes={known.chapter.minutes} />
              </>
            ) : (
              <span class="to-come" dir="auto">
                {words.chapter.plannedNeed(titleAt(catalogue, path))}
              </span>
            )}
          </>
        );
      })}
      <WholeWay page={page} entry={entry} />
    </p>
  );
}

/** With one chapter to read first, the way says no more than the link to it. */
function WholeWay({ page, entry }: NeedsProps) {
  const before = publicWayTo(page.catalogue, entry.path).slice(0, -1);
  if (before.length < 2) return null;
  return (
    <>
      {" "}
      ·{" "}
      <a href={href.way(entry.path)} dir="auto">
        {page.words.chapter.allNeeds(before.length, minutesOf(before))}
      </a>
    </>
  );
}

interface NeededByProps extends NeedsProps {
  /** Attributes of interface text. */
  readonly own: ReturnType<typeof interfaceWords>;
}

export function NeededBy({ page: { catalogue, words }, entry, own }: NeededByProps) {
  const later = neededBy(publicNeeds(catalogue), entry.path).flatMap((path) => catalogue.byPath.get(path) ?? []);
  if (later.length === 0) return null;
  return (
    <p class="needs">
      <span class="label" {...own}>
        {words.chapter.neededBy}
      </span>{" "}
      {later.map(({ id, path, book, chapter, isOverview }, index) => (
        <>
          {index > 0 && ", "}
          <a
            href={path}
            {...identityOf({ id, path })}
            {...titleWithin(entry.chapter, chapter, catalogue.manifest.language)}
          >
            {isOverview ? book.shortTitle : shortTitle(chapter.title)}
          </a>
        </>
      ))}
    </p>
  );
}
