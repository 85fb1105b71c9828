/** Renders the archive: the list of editions by year, and an edition with its email in a frame. */
import type { ArchivedEdition, ArchivedMail, ArchivePage as Editions } from "../editions/archive.ts";
import type { CatalogueEntry } from "../library/catalogue.ts";
import { titleOf } from "../library/language.ts";
import { digestSubject } from "../mail/digest.tsx";
import { href } from "../routes.ts";
import { isoDay } from "../ui/dates.ts";
import type { PageContext } from "../ui/page-context.ts";
import type { Words } from "../ui/words/words.ts";
import { Frame } from "./pages.tsx";

interface ListProps {
  readonly page: PageContext;
  readonly found: Editions;
  /** Whether the reader can subscribe. */
  readonly isOpen: boolean;
}

export function ArchivePage({ page, found: { editions, years, year, next }, isOpen }: ListProps) {
  const { archive } = page.words.newsletter;
  return (
    <Frame page={page} title={archive.title}>
      <p>{archive.lead(page.catalogue.manifest.title)}</p>
      {years.length > 1 && (
        <nav class="view-links archive-years" aria-label={archive.years}>
          {years.map((each) => (
            <>
              <a href={href.archive(each)} aria-current={each === year ? "page" : undefined}>
                {each}
              </a>{" "}
            </>
          ))}
        </nav>
      )}
      {editions.length > 0 ? (
        <ol class="archive-list">
          {editions.map((edition) => (
            <li>
              <Title words={page.words} edition={edition} /> <Sent words={page.words} edition={edition} />
            </li>
          ))}
        </ol>
      ) : (
        <p>{years.length > 0 ? archive.emptyYear : <NothingYet words={page.words} isOpen={isOpen} />}</p>
      )}
      {next !== undefined && (
        <p>
          <a href={`${href.archive(year)}?after=${encodeURIComponent(next)}`} rel="next">
            {archive.older}
          </a>
        </p>
      )}
    </Frame>
  );
}

const NothingYet = ({
  words: {
    newsletter: { archive },
  },
  isOpen,
}: {
  readonly words: Words;
  readonly isOpen: boolean;
}) => <>{isOpen ? archive.empty((link) => <a href={href.newsletter()}>{link}</a>) : archive.nothingYet}</>;

interface OfEdition {
  readonly words: Words;
  readonly edition: ArchivedEdition;
}

function Title({ words, edition }: OfEdition) {
  const [mail] = edition.mails;
  return (
    <a class="archive-title" href={href.archivedEdition(edition.id)} {...languageOf(mail)}>
      {subjectOf(words, edition.audience, mail)}
    </a>
  );
}

const languageOf = ({ entries: [first, ...others] }: ArchivedMail) =>
  first && others.length === 0 ? titleOf(first.chapter) : { dir: "auto" as const };

/** With today's titles: the subject as it was sent is stored with the email. */
function subjectOf(words: Words, audience: ArchivedEdition["audience"], { entries }: ArchivedMail): string {
  const titles = entries.map(({ chapter }) => chapter.title);
  const [first] = titles;
  if (audience !== "corrections" || first === undefined) return digestSubject(titles, words);
  const { subject, several } = words.emails.correction;
  return titles.length === 1 ? subject(first) : several(titles.length);
}

function Sent({ words, edition: { audience, openedAt, mails } }: OfEdition) {
  const kind = audience === "each" && mails[0].chapters.length > 1 ? "several" : audience;
  return (
    <span class="archive-facts">
      {words.newsletter.archive.sent(
        words.newsletter.archive.kinds[kind],
        <time datetime={isoDay(openedAt)}>{words.dates.day(openedAt)}</time>,
      )}
    </span>
  );
}

interface EditionProps {
  readonly page: PageContext;
  readonly edition: ArchivedEdition;
  readonly mail: ArchivedMail;
  /** As it was sent; undefined if the email cannot be shown. */
  readonly subject: string | undefined;
  readonly version: string;
}

export function ArchivedEditionPage({ page, edition, mail, subject, version }: EditionProps) {
  const { words } = page;
  const { archive } = words.newsletter;
  const title = subject ?? subjectOf(words, edition.audience, mail);
  return (
    <Frame page={page} title={title} above={{ label: archive.title, path: href.archive() }}>
      <p>
        <Sent words={words} edition={edition} />
      </p>
      {subject === undefined ? (
        <p>{archive.notStored}</p>
      ) : (
        <iframe
          class="archived-email"
          title={archive.email(title)}
          src={href.archivedEmail(edition.id, version)}
          // Links open in a new tab; nothing else in the email is active.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      )}
      {subject !== undefined && (
        <p>
          <a href={href.archivedEmail(edition.id, version)}>{archive.alone}</a>
        </p>
      )}
      <h2>{archive.onSite}</h2>
      <ul>
        {mail.entries.map((entry) => (
          <li>
            <ChapterLink entry={entry} />
          </li>
        ))}
      </ul>
    </Frame>
  );
}

const ChapterLink = ({ entry: { chapter, path } }: { readonly entry: CatalogueEntry }) => (
  <a href={path} {...titleOf(chapter)}>
    {chapter.title}
  </a>
);

export function NotArchivedPage({ page }: { readonly page: PageContext }) {
  const { missing } = page.words.newsletter.archive;
  return (
    <Frame page={page} title={missing.title}>
      <p>{missing.text}</p>
      <p>
        <a href={href.archive()}>{missing.back}</a>
      </p>
    </Frame>
  );
}
