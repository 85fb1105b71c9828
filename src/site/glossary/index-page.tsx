/** Renders the index of the library or of a book: terms from A to Z, models and datasets, with links to their places. */
import { titleOf } from "../../library/language.ts";
import type { IndexObject } from "../../library/objects.ts";
import { href } from "../../routes.ts";
import { Document } from "../../ui/document.tsx";
import type { PageContext } from "../../ui/page-context.ts";
import { BookChoice } from "./book-choice.tsx";
import { FilterForm, type GlossaryQuery } from "./filter-form.tsx";
import {
  filterIndex,
  type IndexSection,
  type PublicEntry,
  type PublicLevel,
  type PublicPlaces,
  publicIndex,
} from "./public-index.ts";

interface IndexPageProps {
  readonly page: PageContext;
  readonly query: GlossaryQuery;
  /** Undefined if nothing is marked. */
  readonly object: IndexObject | undefined;
}

export function IndexPage({ page, query, object }: IndexPageProps) {
  const { catalogue } = page;
  const words = page.words.glossary;
  const all = publicIndex(catalogue, object, query.book);
  const shown = filterIndex(all, query.words);
  const count = shown.reduce((sum, { entries }) => sum + entries.length, 0);
  const isTooLong = object !== undefined && object.entries === undefined;
  const books = catalogue.books.filter(({ index }) => index !== undefined);
  return (
    <Document
      page={page}
      title={query.book ? words.indexOf(query.book.shortTitle) : words.index}
      description={words.indexDescription(catalogue.manifest.title)}
      path={href.index()}
      book={query.book}
      styles={[catalogue.manifest.assets.companionsStyle]}
      scripts={["filter"]}
    >
      <div class="glossary">
        <h1>{words.index}</h1>
        {all.length === 0 && !isTooLong ? (
          <NothingMarked words={words} />
        ) : (
          <>
            <p class="glossary-what">
              {words.indexIntroduction}{" "}
              {catalogue.manifest.notation !== undefined && (
                <a href={href.notation(query.book?.slug)}>{words.alsoNotation}</a>
              )}
            </p>
            <FilterForm {...{ page, query, books, count }} path={href.index()} label={words.filterTerms} />
          </>
        )}
        <div class="glossary-list">
          {isTooLong && <BookChoice books={books} label={words.chooseBookOfIndex} pathOf={href.index} />}
          {all.length > 1 && <Letters words={words} sections={shown} />}
          {shown.map((section) => (
            <Section page={page} section={section} sections={shown} />
          ))}
        </div>
      </div>
    </Document>
  );
}

type GlossaryWords = PageContext["words"]["glossary"];

const NothingMarked = ({ words }: { readonly words: GlossaryWords }) => (
  <>
    <p>{words.noIndex}</p>
    <p>{words.howToMark(<code>[attention]&#123;.index&#125;</code>)}</p>
  </>
);

const idOf = ({ kind, letter }: IndexSection): string =>
  kind === "index" ? `letter.${letter || "0"}` : `kind.${kind}`;

const nameOf = (words: GlossaryWords, { kind, letter }: IndexSection): string =>
  kind === "index" ? letter || words.signs : words.kinds[kind];

const Letters = ({
  words,
  sections,
}: {
  readonly words: GlossaryWords;
  readonly sections: readonly IndexSection[];
}) => (
  <nav class="letters" aria-label={words.letters}>
    {sections.map((section) => (
      <a href={`#${idOf(section)}`}>{nameOf(words, section)}</a>
    ))}
  </nav>
);

interface SectionProps {
  readonly page: PageContext;
  readonly section: IndexSection;
  /** All that are shown: an entry may send the reader to another one. */
  readonly sections: readonly IndexSection[];
}

const Section = ({ page, section, sections }: SectionProps) => (
  <section class={section.kind === "index" ? "letter" : "letter names"} aria-labelledby={idOf(section)}>
    <h2 id={idOf(section)}>{nameOf(page.words.glossary, section)}</h2>
    <ul class="index-entries">
      {section.entries.map((entry) => (
        <Entry page={page} entry={entry} sections={sections} />
      ))}
    </ul>
  </section>
);

interface EntryProps extends Pick<SectionProps, "page" | "sections"> {
  readonly entry: PublicEntry;
}

const Entry = ({ page, entry, sections }: EntryProps) => (
  <li id={entry.id}>
    <Level page={page} level={entry} sections={sections} />
    {entry.sub.length > 0 && (
      <ul>
        {entry.sub.map((level) => (
          <li id={level.id}>
            <Level page={page} level={level} sections={sections} />
          </li>
        ))}
      </ul>
    )}
  </li>
);

function Level({ page, level, sections }: Omit<EntryProps, "entry"> & { readonly level: PublicLevel }) {
  const { name, places, see } = level;
  const words = page.words.glossary;
  return (
    <>
      <span class="index-name" {...titleOf(places[0]?.text.chapter ?? {})}>
        {name}
      </span>{" "}
      {places.map((place, index) => (
        <>
          {index > 0 && ", "}
          <Place page={page} place={place} />
        </>
      ))}
      {see && (
        <span class="index-see">
          {places.length > 0 && "; "}
          {words.see(<a href={isShown(sections, see.id) ? `#${see.id}` : `${href.index()}#${see.id}`}>{see.name}</a>)}
        </span>
      )}
    </>
  );
}

const isShown = (sections: readonly IndexSection[], id: string): boolean =>
  sections.some(({ entries }) => entries.some((entry) => [entry, ...entry.sub].some((level) => level.id === id)));

/** A text, by the beginning of its title, and a number for each further place in it. */
function Place({ page, place: { text, ids, isMain } }: { readonly page: PageContext; readonly place: PublicPlaces }) {
  const { book, chapter, isOverview, path } = text;
  const title = isOverview ? book.shortTitle : (chapter.title.split(": ", 1)[0] ?? chapter.title);
  const hrefOf = (id: string) => (id === "" ? path : `${path}#${id}`);
  const [first = "", ...others] = ids;
  return (
    <>
      <a href={hrefOf(first)} class={isMain ? "main-place" : undefined} {...titleOf(isOverview ? book : chapter)}>
        {title}
      </a>
      {others.map((id, index) => (
        <>
          {" "}
          <a href={hrefOf(id)} class="further-place" aria-label={page.words.glossary.furtherPlace(title, index + 2)}>
            {index + 2}
          </a>
        </>
      ))}
    </>
  );
}
