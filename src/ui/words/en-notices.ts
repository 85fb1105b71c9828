/** Words notices to the author in English: the section `notices` of en.ts. */
import { counted, number, plural } from "./en-formats.ts";
import type { Parts } from "./parts.ts";

interface GoOn {
  readonly continue: string;
  readonly skip: string;
}

/** How to continue or end a stopped edition by command. */
const goOn = (edition: string, commands: GoOn): string =>
  `To continue ${edition}: ${commands.continue}. To end it: ${commands.skip}.`;

const ownIdentity = (place: string): string =>
  `Give it its own identity in its front matter, for example \`id: ${place}-2\`, and deploy. Until then it is not emailed.`;

/** What a rollback lost and was recovered. */
const recovered = (found: number, excluded: number): string =>
  found === 0
    ? "No unsubscribe, bounce, spam report or erasure was lost."
    : `Lost unsubscribes, bounces, spam reports and erasures: ${number(found)} found in KV, ${counted(excluded, { one: "subscriber", other: "subscribers" })} excluded again.`;

const requestsExpire =
  "Confirmation emails wait for up to a day and a half and are then dropped, because their links expire.";

/** Notices to the author, by email and at the desk. Commands are arguments, in backticks. */
export const notices = {
  formShareUsed: {
    title: "Forms have used up their share of emails",
    /** `perMonth` is undefined if the plan has no monthly limit. */
    body: (perDay: number, perMonth: number | undefined, hasTurnstile: boolean) =>
      `Forms may send ${number(perDay)} emails in 24 hours${perMonth === undefined ? "" : `, or ${number(perMonth)} in 30 days`}, and this limit has been reached. Until older ones no longer count, new readers are asked to try again later; editions are not affected. If bots filled in the forms: ${hasTurnstile ? "Turnstile is already set up." : "set up Turnstile, which keeps bots out (see README.md)."} If readers did and your Resend plan allows more than MAIL_QUOTA says, change MAIL_QUOTA.`,
  },
  stopped: {
    title: "An edition has stopped",
    rejected: (edition: string, count: number, reason: string, commands: GoOn) =>
      `Resend has rejected ${number(count)} of its emails, most recently with: ${reason}. ${goOn(edition, commands)}`,
    emailMissing: (edition: string, commands: GoOn) =>
      `Its stored email is no longer in KV. ${goOn(edition, commands)}`,
    conflict: (edition: string, reason: string, commands: GoOn) =>
      `Resend has already seen the idempotency key of a batch with different content (${reason}). ${goOn(edition, commands)}`,
  },
  uncertain: {
    title: "Some deliveries are uncertain",
    body: (edition: string, count: number, reason: string, command: string) =>
      `Resend did not answer about ${counted(count, { one: "delivery", other: "deliveries" })} of ${edition} while the request could be repeated (${reason}). They are not retried, because the recipients may already have them; see ${command}.`,
  },
  stuck: {
    title: "An edition is stuck",
    body: (edition: string, error: string) => `${edition} cannot be prepared (${error}). Every run will retry it.`,
  },
  quota: {
    title: "The sending quota is used up",
    body: (period: "day" | "month", reason: string) =>
      `This ${period}'s Resend quota is used up (${reason}). Sending resumes when the quota resets; nothing is lost or sent twice. ${requestsExpire}`,
  },
  misconfigured: {
    title: "Resend is rejecting the newsletter",
    body: (reason: string) =>
      `Resend says: ${reason}. Check RESEND_API_KEY, MAIL_FROM and the domain in Resend's dashboard. Sending is retried every hour; no chapter is lost. ${requestsExpire}`,
  },
  notEmailed: {
    title: "Published but not emailed",
    body: (places: string, command: string) =>
      `${places}: dated long ago, or before the database was rolled back. To email a chapter anyway: ${command}.`,
  },
  correctionNotEmailed: {
    title: "A correction is not emailed",
    body: (corrections: string) =>
      `${corrections}: dated long ago, or before the database was rolled back. To email it to subscribers who asked for corrections, give it today's date.`,
  },
  question: {
    title: (count: number) => plural(count, { one: "Is this chapter new?", other: "Are these chapters new?" }),
    /** `place`: the former URL of the chapter with this identity. */
    formerUrl: (place: string, identity: string) =>
      `${place} has the former URL of ${identity}, which has moved. ${ownIdentity(place)}`,
    sameIdentity: (place: string, identity: string) =>
      `${place} and another chapter both claim the identity ${identity}. ${ownIdentity(place)}`,
    /** `gone`: the chapters it may be; `more`: how many others it may be. */
    moved: (place: string, gone: string, more: number, commands: { readonly moved: string; readonly isNew: string }) =>
      `${place} has appeared, and ${gone}${more > 0 ? ` and ${number(more)} more` : ""} disappeared. Is it the same chapter under a new URL, or a new chapter? It is not emailed until you answer: ${commands.moved} if it moved, ${commands.isNew} if it is new.`,
    /** After all commands, with a space before the first place: library/asked-places.ts finds the places there. */
    others: (places: string) => `The same is asked of ${places}.`,
  },
  rolledBack: {
    title: "The newsletter database was rolled back",
    sends: (found: number, excluded: number) =>
      `It has a record of fewer sends than actually happened. Anything that may already have been sent is on hold: \`npm run newsletter -- --remote\` lists the editions waiting for your decision. \`continue\` sends them to everyone with no delivery on record, \`skip\` to nobody. ${recovered(found, excluded)}`,
    /** If no send was lost from the record. */
    endings: (found: number, excluded: number) => `No edition was affected. ${recovered(found, excluded)}`,
  },
  twice: {
    title: "A subscriber received the same edition twice",
    body: <Piece>(edition: string, subscriber: string, email: Piece, other: string, command: string): Parts<Piece> => [
      `Resend delivered two emails of ${edition} to subscriber ${subscriber}: `,
      email,
      ` and ${other}. Idempotency keys should make this impossible, so other subscribers may be affected too. See ${command}, and the log in Resend's dashboard.`,
    ],
  },
  unrecorded: {
    title: "An email recorded as not sent was delivered",
    /** `report`: Resend's name of the event; `state` and `reason`: of the delivery. */
    body: <Piece>(
      edition: string,
      subscriber: string,
      report: string,
      state: Piece,
      reason: Piece,
      command: string,
    ): Parts<Piece> => [
      `Resend reports ${report} for a delivery of ${edition} (subscriber ${subscriber}) that was recorded as `,
      state,
      " (",
      reason,
      `). The record now matches what Resend reports. If that subscriber was also emailed another way, they have it twice. See ${command}, and the log in Resend's dashboard.`,
    ],
    noReason: "no reason noted",
  },
};
