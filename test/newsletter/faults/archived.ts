/**
 * Checks the archive after a story: every email that was sent leads to the page that shows it, and no page contains a
 * subscriber's address or link.
 */
import { openDatabase } from "../../../src/db/database.ts";
import { findArchivedEdition, mailOfVersion, readArchivedMail } from "../../../src/editions/archive.ts";
import { catalogueIdentifier } from "../../../src/editions/chapters/identified-catalogue.ts";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { chapterOf } from "../../../src/library/corrections.ts";
import { archivedMail } from "../../../src/mail/archived-mail.tsx";
import { releaseOf } from "./shelf.ts";
import type { Town } from "./town.ts";

interface SentMail {
  readonly edition: string;
  readonly version: string;
  readonly chapters: readonly string[];
  /** HTML as recipients got it: overlapping runs of two deploys may each have composed it. */
  readonly html: string[];
}

/** Violations as sentences; empty if there are none. */
export async function archiveProblems(town: Town): Promise<string[]> {
  const db = openDatabase(town.d1.binding());
  const catalogue = await catalogueIdentifier()(db, catalogueAt(town.time, releaseOf(town.volumes, town.redirects)));
  const addresses = [...new Set([...town.copies().values()].flat())];
  const problems: string[] = [];
  for (const [link, mail] of sentMails(town)) {
    // Unpublished chapters are hidden, in emails too.
    if (!mail.chapters.every((id) => town.isOnShelf(chapterOf(id)))) continue;
    const edition = await findArchivedEdition(db, catalogue, mail.edition);
    const version = edition && (await mailOfVersion(edition, mail.version));
    const stored = version && (await readArchivedMail(town.kv.binding(), version));
    const html = stored && archivedMail(stored.html, "From the archive.");
    if (html === undefined) {
      // A restored database has lost what was recorded of the email, and KV perhaps the email.
      if (!town.wasRestored) problems.push(`${link} shows ${edition ? "no email" : "no edition"}.`);
      continue;
    }
    const bodyOf = (text: string) => text.slice(0, text.indexOf("<td"));
    if (!town.wasRestored && !mail.html.map(bodyOf).includes(bodyOf(html)))
      problems.push(`${link} shows another email.`);
    const personal = [...addresses, "\0", "/leave/", "/preferences/"].find((text) => html.includes(text));
    if (personal !== undefined) problems.push(`${link} contains ${personal}.`);
  }
  return problems;
}

/** Link to the archive -> an email that contained it. Two towns may share the Resend account. */
function sentMails(town: Town): Map<string, SentMail> {
  const found = new Map<string, SentMail>();
  for (const { message } of town.resend.sent) {
    const subscriber = message.tags?.find(({ name }) => name === "subscriber")?.value ?? "";
    if (!town.readers.all.has(subscriber)) continue;
    const [link, edition = "", version = ""] = /\/newsletter\/archive\/([^/"]+)\/([0-9a-f]+)/.exec(message.html) ?? [];
    if (link === undefined) found.set("An email without a link", { edition, version, chapters: [], html: [] });
    else
      found.set(link, {
        edition,
        version,
        chapters: message.subject.split(" + "),
        html: [...(found.get(link)?.html ?? []), message.html],
      });
  }
  return found;
}
