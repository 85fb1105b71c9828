/**
 * Composes the email of an edition, with marks where it is personal. A single chapter is sent in full to “each chapter”
 * subscribers; several chapters, and digests, are a list of links. The images are stored permanently before anything is
 * returned.
 */

import { creditsOf } from "../../library/authors.ts";
import type { Catalogue } from "../../library/catalogue.ts";
import { type CatalogueEntry, neighbours, withholdAddresses, withholdLinks } from "../../library/catalogue.ts";
import { correctionsIn } from "../../library/corrections.ts";
import { storeMailPictures } from "../../library/mail-pictures.ts";
import { type MailObject, parseObject } from "../../library/objects.ts";
import { readObject, type ShelfSources } from "../../library/shelf.ts";
import { chapterMail } from "../../mail/chapter-mail.tsx";
import { correctionMail } from "../../mail/correction-mail.tsx";
import { type DigestChapter, type DigestPeriod, digest } from "../../mail/digest.tsx";
import type { Message } from "../../mail/mailer.ts";
import type { MailContent, MailFrame } from "../../mail/message.ts";
import { changesId, href } from "../../routes.ts";
import { listHeaders } from "../../subscribers/list-headers.ts";
import { wordsFor } from "../../ui/words/words.ts";
import { archiveUrl } from "../archive.ts";
import { deliveryTags } from "../delivery-tags.ts";
import type { Audience, SendContext } from "../send-context.ts";
import { marks } from "../template.ts";
import { withClickMarks } from "./click-marks.ts";

export interface Composing {
  readonly catalogue: Catalogue;
  readonly origin: string;
  readonly from: string;
  readonly postalAddress: string | undefined;
  /** Whether links to the library carry the mark of the newsletter. */
  readonly countClicks: boolean;
  readonly sources: ShelfSources;
}

type ChapterAudience = Exclude<Audience, "corrections">;
const periods: Readonly<Record<ChapterAudience, DigestPeriod>> = { each: "several", weekly: "week", monthly: "month" };

/** Throws if the library's objects cannot be read: the next run retries. */
export function createComposer(composing: Composing): SendContext["compose"] {
  return async (edition, audience, chapters) => {
    const frame = frameOf(composing, await archiveUrl(composing.origin, edition, chapters));
    const content =
      audience === "corrections"
        ? composeCorrections(composing, frame, chapters)
        : await composeChapters(composing, frame, audience, chapters);
    if (!content) return undefined;
    const tags = await deliveryTags(edition, marks.subscriber, chapters);
    return addressed(composing, tags, composing.countClicks ? withClickMarks(content, composing) : content);
  };
}

async function composeChapters(
  composing: Composing,
  frame: MailFrame,
  audience: ChapterAudience,
  chapters: readonly string[],
): Promise<MailContent | undefined> {
  const entries = chapters.flatMap((id) => composing.catalogue.byId.get(id) ?? []);
  const [first] = entries;
  if (!first || entries.length < chapters.length) return undefined;
  return audience === "each" && entries.length === 1
    ? composeChapter(composing, frame, first)
    : digest({ frame, period: periods[audience], chapters: entries.map(entryOf(composing)) });
}

function composeCorrections(composing: Composing, frame: MailFrame, ids: readonly string[]): MailContent | undefined {
  const known = correctionsIn(composing.catalogue);
  const corrections = ids.flatMap((id) => known.get(id) ?? []);
  if (corrections.length === 0 || corrections.length < ids.length) return undefined;
  return correctionMail({
    frame,
    corrections: corrections.map(({ entry, change: { at, text } }) => ({
      ...entryOf(composing)(entry),
      url: `${composing.origin}${entry.path}#${changesId}`,
      at,
      text,
    })),
  });
}

async function composeChapter(composing: Composing, frame: MailFrame, entry: CatalogueEntry): Promise<MailContent> {
  const { catalogue, origin, sources } = composing;
  const { mail, mailPictures } = entry.chapter;
  const { html, text, darkCss, cut } = await readMail(sources, mail);
  if (mailPictures !== undefined) await storeMailPictures(sources, mailPictures);
  const { previous } = neighbours(catalogue, entry);
  const shown = withholdLinks(catalogue, html, frame.words.chapter.notPublishedYet);
  return chapterMail({
    frame,
    ...entryOf(composing)(entry),
    previous: previous && { title: previous.chapter.title, url: origin + previous.path },
    body: { html: shown, text: withholdAddresses(catalogue, text), darkCss, cut },
  });
}

async function readMail(sources: ShelfSources, hash: string): Promise<MailObject> {
  const found = await readObject(sources, hash);
  if (found.kind === "missing") throw new Error(`The email ${hash} is neither in KV nor among the deployed assets.`);
  const object = parseObject(found.bytes);
  if (object.kind !== "mail") throw new Error(`Object ${hash} is a ${object.kind}, not an email.`);
  return object;
}

const entryOf =
  ({ catalogue, origin }: Composing) =>
  ({ book, chapter, path }: CatalogueEntry): DigestChapter => ({
    title: chapter.title,
    book: book.title,
    authors:
      catalogue.manifest.profiles &&
      creditsOf(catalogue, chapter).map(({ name, profile }) => ({
        name,
        url: profile && origin + href.author(profile.id),
      })),
    excerpt: chapter.excerpt,
    url: origin + path,
    minutes: chapter.minutes,
    cloth: book.cloth,
    language: chapter.language,
  });

const frameOf = ({ catalogue: { manifest }, origin, postalAddress }: Composing, inArchive: string): MailFrame => ({
  library: manifest.title,
  tagline: manifest.tagline,
  language: manifest.language,
  words: wordsFor(manifest.language),
  origin,
  postalAddress,
  preferencesUrl: origin + href.preferences(marks.preferences),
  unsubscribeUrl: origin + href.unsubscribe(marks.leave),
  archiveUrl: inArchive,
});

const addressed = (
  { catalogue, origin, from }: Composing,
  tags: NonNullable<Message["tags"]>,
  { subject, html, text }: MailContent,
): Message => ({
  from,
  to: [marks.to],
  subject,
  html,
  text,
  headers: listHeaders({
    title: catalogue.manifest.title,
    origin,
    unsubscribeUrl: origin + href.unsubscribe(marks.leave),
  }),
  tags,
});
