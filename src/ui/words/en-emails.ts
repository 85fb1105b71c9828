/** Words emails in English: the sections `emails`, `notices`, `mailPreview` and `inbox` of en.ts. */
import { counted, decimal, number, plural } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";

const chapters = { one: "chapter", other: "chapters" };
const minutes = { one: "minute", other: "minutes" };
const hours = { one: "hour", other: "hours" };
const days = { one: "day", other: "days" };

const minutesToRead = (count: number): string => `${counted(count, minutes)} to read`;

/** Of a link in an email. */
const linkIsValid = (count: number): string => {
  if (count === 1) return "The link is valid for an hour.";
  const span = count >= 48 && count % 24 === 0 ? counted(count / 24, days) : counted(count, hours);
  return `The link is valid for ${span}.`;
};

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

/** Emails to subscribers and to the author. `preheader` is shown beside the subject in a list of emails, `why` in the footer. */
export const emails = {
  foot: {
    why: (library: string) => `You are receiving this email because you subscribed to new chapters of ${library}.`,
    preferences: "Preferences",
    unsubscribe: "Unsubscribe",
    library: (library: string, tagline: string) => `${library}. ${tagline}`,
  },
  /** A button, and a link in the footer, in plain text. */
  buttonAsText: (label: string, url: string) => `${label}:\n${url}`,
  linkAsText: (label: string, url: string) => `${label}: ${url}`,
  openLibrary: "Open the library",
  openPreferences: "Open your preferences",
  minutesToRead,

  chapter: {
    lead: <Piece>(count: number, link: Mark<Piece>): Parts<Piece> => [
      `${minutesToRead(count)}. `,
      link("Read it on the site"),
    ],
    cut: "This chapter is too long for one email. Read the rest on the site.",
    continue: "Continue reading",
    previous: <Piece>(chapter: Piece): Parts<Piece> => ["Previous chapter: ", chapter],
  },

  digest: {
    headings: { week: "New this week", month: "New this month", several: "New in the library" },
    /** For two chapters, and for more. */
    two: (first: string, second: string) => `${first} and ${second}`,
    more: (first: string, second: string, more: number) => `${first}, ${second} and ${number(more)} more`,
    none: (heading: string, library: string) => `${heading}: ${library}`,
    count: (count: number, toRead: number) => `${counted(count, chapters)}, ${minutesToRead(toRead)}.`,
    bookAndTime: <Piece>(book: string, time: Piece): Parts<Piece> => [`${book}, `, time],
  },

  correction: {
    subject: (chapter: string) => `Correction: ${chapter}`,
    several: (count: number) => `Corrections to ${counted(count, chapters)}`,
    why: (library: string) =>
      `You are receiving this email because you asked for corrections to chapters of ${library} that we have sent you.`,
    lead: (count: number) =>
      count === 1
        ? "We have corrected a chapter that we sent you earlier."
        : "We have corrected chapters that we sent you earlier.",
    at: (day: string) => `Corrected on ${day}`,
    read: "Read the corrected chapter",
  },

  confirmation: {
    subject: (library: string) => `Please confirm: new chapters of ${library}`,
    preheader: "One more step to get the next chapter by email.",
    why: (origin: string) => `You are receiving this one email because your address was entered at ${origin}.`,
    heading: "Is this your address?",
    asked: (library: string) => `Someone, probably you, asked us to send new chapters of ${library} to this address.`,
    follow: "Follow the link and press the button on that page to start your subscription.",
    button: "Yes, send me chapters",
    otherwise: (validHours: number) =>
      `${linkIsValid(validHours)} If it was not you, you can ignore this email: we never send chapters to an unconfirmed address.`,
  },

  alreadySubscribed: {
    subject: (library: string) => `You are already subscribed to ${library}`,
    preheader: "Nothing has changed, and you do not need to do anything.",
    why: (origin: string) => `You are receiving this email because your address was entered at ${origin}.`,
    heading: "You are already subscribed",
    asked: (library: string) =>
      `Someone, probably you, asked for new chapters of ${library} at this address. You already get them, so nothing has changed.`,
    choose: "You can choose books and how often we email you at any time.",
  },

  welcome: {
    subject: (library: string) => `Welcome to ${library}`,
    preheader: "Your address is confirmed. You will get the next chapter.",
    heading: "Welcome",
    confirmed: "Your address is confirmed. From now on you will get each new chapter once.",
    newest: "Until then, here is the latest one.",
    noChapter: "Until then, the library is open.",
    read: "Read the chapter",
    leave: "Every email has an unsubscribe link at the bottom. It works at once, no questions asked.",
  },

  goodbye: {
    subject: (library: string) => `You have unsubscribed from ${library}`,
    preheader: "You have unsubscribed. Thank you for reading.",
    why: "This last email confirms that your subscription has ended.",
    heading: "Goodbye, and thank you",
    ended: (library: string) => `You have unsubscribed: we will send no more chapters of ${library} to this address.`,
    open: "The library stays open to everyone. Thank you for reading.",
    mistake: "Unsubscribed by mistake? You can undo it:",
    button: "Subscribe again",
  },

  /** To the new address. */
  addressChange: {
    subject: (library: string) => `Please confirm your new address for ${library}`,
    preheader: "One more step to get chapters at this address.",
    why: "You are receiving this one email because your address was entered in a subscription's preferences.",
    heading: "Is this your new address?",
    asked: <Piece>(library: string, address: Piece): Parts<Piece> => [
      `A subscriber of ${library} asked us to send chapters to this address from now on: `,
      address,
      ".",
    ],
    button: "Yes, use this address",
    otherwise: (validHours: number) =>
      `${linkIsValid(validHours)} If that was not you, you can ignore this email: nothing changes until the new address is confirmed.`,
  },

  /** To the old address. */
  addressChangeNotice: {
    subject: (library: string) => `Your address at ${library} is about to change`,
    preheader: "If you asked for this, you do not need to do anything.",
    why: (library: string) =>
      `You are receiving this email because this address has been subscribed to ${library} until now.`,
    heading: "A new address for your chapters",
    entered: <Piece>(address: Piece): Parts<Piece> => [
      "A new address was entered in your preferences: ",
      address,
      ". Once it is confirmed, chapters will go there instead of here.",
    ],
    otherwise: "If that was not you, open your preferences and cancel the change.",
  },

  preferencesLink: {
    subject: (library: string) => `Your preferences at ${library}`,
    preheader: "The link you asked for.",
    why: (origin: string) =>
      `You are receiving this email because a link was requested at ${origin}. If it was not you, you can ignore this email.`,
    heading: "Your preferences",
    here: "Here is the link you asked for. On that page you can choose books, how often we email you, and to which address.",
    secret: "Anyone who has this link can change your preferences, so please do not forward it.",
  },

  /** Surrounds one of `notices`. */
  authorNotice: {
    subject: (library: string, title: string) => `${library}: ${title}`,
    why: (library: string) => `You are receiving this email as the author of ${library}. Each notice is sent once.`,
  },
};

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

/** The preview of an unpublished chapter as an email. */
export const mailPreview = {
  asPage: "View as web page",
  from: "From",
  size: "Size",
  htmlSize: (bytes: number) => `${decimal(bytes / 1024)} KB of HTML; Gmail clips emails at 102 KB`,
  modes: "Preview modes",
  views: { html: "Wide", phone: "Phone", "images-off": "Images off", dark: "Dark", text: "Text" },
  email: (subject: string) => `The email: ${subject}`,
};

/** The local inbox, on the author's own machine. */
export const inbox = {
  name: "Local inbox",
  title: "Local test emails",
  empty: <Piece>(link: Mark<Piece>): Parts<Piece> => [
    "No emails yet. To get one here, open ",
    link("the newsletter page"),
    ", enter any address, such as reader@example.org, and submit the form: the confirmation email appears in this list.",
  ],
  noSubject: "(no subject)",
  sentTo: <Piece>(address: string, time: Piece): Parts<Piece> => [`To ${address}, `, time],
  time: (moment: string) => `${moment} UTC`,
  clear: "Empty the inbox",
  from: "From",
  to: "To",
  sent: "Sent",
  timeAndSize: <Piece>(time: Piece, bytes: number): Parts<Piece> => [time, `, ${decimal(bytes / 1024)} KB of HTML`],
  modes: "Preview modes",
  views: {
    html: "HTML",
    phone: "Phone",
    "images-off": "Images off",
    dark: "Dark",
    text: "Text",
    headers: "Headers",
  },
  email: (subject: string) => `The email: ${subject}`,
  idempotencyKey: "Idempotency-Key (of the batch)",
};
