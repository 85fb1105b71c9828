/** Words emails in English: the sections `emails`, `mailPreview` and `inbox` of en.ts. */
import { counted, decimal, number } from "./en-formats.ts";
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

/** Emails to subscribers and to the author. `preheader` is shown beside the subject in a list of emails, `why` in the footer. */
export const emails = {
  foot: {
    why: (library: string) => `You are receiving this email because you subscribed to new chapters of ${library}.`,
    archive: "Read this email in your browser",
    preferences: "Preferences",
    unsubscribe: "Unsubscribe",
    /** Of the two links above: a reply or a forwarded copy contains them. */
    personal: "These links are yours: remove them before you reply or forward.",
    library: (library: string, tagline: string) => `${library}. ${tagline}`,
  },
  /** A button, and a link in the footer, in plain text. */
  buttonAsText: (label: string, url: string) => `${label}:\n${url}`,
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
