/** Words the newsletter's pages in English: the sections `newsletter`, `preferences` and `unsubscribe` of en.ts. */
import { archive } from "./en-archive.ts";
import { counted } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";
import type { Wait } from "./wait.ts";

const minutes = { one: "minute", other: "minutes" };
const hours = { one: "hour", other: "hours" };
const days = { one: "day", other: "days" };

/** At the end of a sentence. */
function inAbout(wait: Wait): string {
  if ("minutes" in wait) return wait.minutes === 1 ? "in a minute" : `in about ${counted(wait.minutes, minutes)}`;
  return `in about ${"hours" in wait ? counted(wait.hours, hours) : counted(wait.days, days)}`;
}

/** Pages up to a confirmed subscription, and responses to their forms. */
export const newsletter = {
  /** Above the title of each page. */
  name: "Newsletter",
  archive,
  what: (library: string) =>
    `Each new chapter of ${library} arrives in full, with text, formulas and figures, so you can read it right in your inbox.`,
  howOften: {
    title: "How often",
    text: "Each chapter as it is published, or a digest once a week or once a month. You choose that, and which books, on your preferences page, which every email links to. When there is nothing new, we send nothing.",
  },
  promise: {
    title: "Our promise",
    text: <Piece>(link: Mark<Piece>): Parts<Piece> => [
      "We send nothing until you have confirmed that the address is yours. Every email has an unsubscribe link. We use your address for this and nothing else, we do not track opens, and you can export or erase your data at any time. ",
      link("The full promise"),
      ", and how it is tested.",
    ],
  },
  inArchive: <Piece>(archive: Mark<Piece>): Parts<Piece> => [
    "To see what you would get, look at ",
    archive("the emails we have sent"),
    ".",
  ],
  withoutAddress: {
    title: "Without an email address",
    text: <Piece>(feed: Mark<Piece>): Parts<Piece> => [
      "The ",
      feed("feed"),
      " has the same chapters for your feed reader, with no sign-up.",
    ],
  },
  closed: {
    title: "Not available yet",
    text: "This library's newsletter is not open yet, so you cannot subscribe here.",
    elsewhere: <Piece>(home: Mark<Piece>, feed: Mark<Piece>): Parts<Piece> => [
      "New chapters are on the ",
      home("home page"),
      " and in the ",
      feed("feed"),
      ".",
    ],
  },
  notAnAddress: "That does not look like an email address. Is something missing?",
  notChecked: "Please complete the check below, then submit the form again.",
  checkInbox: {
    title: "Check your inbox",
    text: <Piece>(sender: Piece): Parts<Piece> => [
      "We have sent an email to the address you entered. It comes from ",
      sender,
      ". Follow the link in it to start your subscription.",
    ],
    notThere: <Piece>(link: Mark<Piece>): Parts<Piece> => [
      "If it has not arrived in five minutes, check your spam folder or ",
      link("try again"),
      ". The link is valid for two days. To prevent abuse, we send at most three of these emails to one address in 24 hours.",
    ],
  },
  linkSent: {
    title: "Check your inbox",
    text: "If that address is on our list, we have sent it a new link to its preferences page. If nothing arrives within five minutes, check your spam folder.",
  },
  tooMany: {
    title: "Too many requests",
    text: (wait: Wait) =>
      `The limit for your network or for this email address has been reached. Limits protect inboxes from abuse. Please try again ${inAbout(wait)}.`,
  },
  shareUsed: {
    title: "Please try again later",
    text: (wait: Wait) =>
      `We could not send you an email: the library has reached its limit for emails requested through forms. Your request was not saved. Please try again ${inAbout(wait)}.`,
  },
  feedInstead: <Piece>(feed: Mark<Piece>): Parts<Piece> => [
    "The ",
    feed("feed"),
    " has the same chapters and is always available.",
  ],
  tooLarge: { title: "Too large", text: "The request was too large and was not processed." },
  badLink: {
    title: "This link does not work",
    text: "It may have expired, already been used, or been cut off. Nothing has changed. Some email clients break a long link in two: if so, copy the whole link.",
    subscriber: "Already a subscriber?",
    stranger: "Not a subscriber yet?",
  },
  freshLink: {
    title: "Get a new link to your preferences",
    text: "Your preferences page has a private link. Enter your email address and we will send you a new one.",
    button: "Email me a new link",
  },
  confirm: {
    title: "One last step",
    text: (library: string) => `Send new chapters of ${library} to the address this link was sent to?`,
    /** Stored as consent wording. */
    button: "Yes, send me new chapters",
    otherwise: "If you did not ask for this, close this page: nothing will be sent.",
  },
  confirmed: {
    title: "You are subscribed",
    text: "Thank you. The next new chapter will arrive in your inbox.",
    /** When a link is opened again. */
    again: {
      title: "You are already subscribed",
      text: "Your address was already confirmed. The next new chapter will arrive in your inbox.",
    },
    choose: <Piece>(preferences: Mark<Piece>, library: Mark<Piece>): Parts<Piece> => [
      "Choose books, or switch to a weekly or monthly digest, on ",
      preferences("your preferences page"),
      ". Until then, the ",
      library("library"),
      " is open.",
    ],
  },
  newAddress: {
    title: "Change your email address",
    text: "Send chapters to the address this link was sent to, instead of the old one?",
    /** Stored as consent wording. */
    button: "Yes, use this address",
  },
  addressChanged: {
    title: "Email address changed",
    text: <Piece>(preferences: Mark<Piece>): Parts<Piece> => [
      "From now on, chapters go to the new address. Nothing else on ",
      preferences("your preferences page"),
      " has changed.",
    ],
  },
  /** Plain text, when the webhook's URL is opened in a browser. */
  webhook: "This is the Resend webhook endpoint.",
};

/** The preferences page. */
export const preferences = {
  title: "Your subscription",
  /** The result of a form, or why it failed. */
  notes: {
    saved: "Saved.",
    "no-book": "Nothing was changed: choose at least one book, or all books.",
    paused: "Paused. Sending resumes after that day.",
    resumed: "Resumed. You will get new chapters again.",
    "no-day": "Nothing was changed: choose a date in the future, within one year.",
    address: "We have sent an email to the new address. Follow its link to complete the change.",
    "no-address": "Nothing was changed: that does not look like an email address.",
    "not-erased": "Nothing was erased: tick the box to confirm.",
    "too-many": "Nothing was changed: you have reached the limit for this in 24 hours. Please try again later.",
    "share-used":
      "Nothing was changed: the library has reached its limit for emails requested through forms. Please try again in a few hours.",
  },
  state: {
    confirmed: <Piece>(address: Piece): Parts<Piece> => ["You get new chapters at ", address, "."],
    pending: <Piece>(address: Piece): Parts<Piece> => [
      address,
      " is not confirmed yet: please follow the link in the email we sent there.",
    ],
    unsubscribed: <Piece>(address: Piece, link: Mark<Piece>): Parts<Piece> => [
      address,
      " is unsubscribed. ",
      link("Subscribe again"),
    ],
    bounced: <Piece>(address: Piece): Parts<Piece> => [
      "We do not send to ",
      address,
      ", because an email to it bounced.",
    ],
    complained: <Piece>(address: Piece): Parts<Piece> => [
      "We do not send to ",
      address,
      ", because an email to it was reported as spam.",
    ],
  },
  save: "Save",
  howOften: "How often",
  frequencies: {
    each: "Each chapter as it is published",
    weekly: "Weekly digest",
    monthly: "Monthly digest",
  },
  whichBooks: "Which books",
  allBooks: "All books, including future ones",
  theseBooks: "Only these books:",
  corrections: {
    title: "Corrections",
    label: "Email me when a chapter I have received turns out to contain an error",
  },
  pause: {
    title: "A pause",
    none: "No pause is set.",
    until: (day: string) => `Paused until ${day}.`,
    resume: "Resume now",
    each: "Chapters published during a pause are not sent later. You can read them in the library.",
    digest: (window: number) =>
      `The first digest after a pause includes the chapters of the ${counted(window, days)} before it. Older ones are not sent.`,
    label: "Pause until",
    button: "Pause",
  },
  address: {
    title: "Change email address",
    /** With the button, stored as consent wording. */
    label: "New email address",
    button: "Change",
  },
  data: {
    title: "Your data",
    text: <Piece>(download: Mark<Piece>, promise: Mark<Piece>): Parts<Piece> => [
      download("Download your data"),
      ": your address, your choices and consents, and the emails we sent. ",
      promise("Our promise"),
      " says how long we keep them.",
    ],
  },
  unsubscribe: {
    title: "Unsubscribe",
    text: <Piece>(link: Mark<Piece>): Parts<Piece> => [
      link("Unsubscribe"),
      "; we keep the record of your consent. Or erase all your data:",
    ],
  },
  erase: {
    label: "Erase my address, my choices and the record of emails sent to me. This cannot be undone.",
    button: "Erase everything",
  },
  erased: {
    title: "Data erased",
    text: "Your data has been erased. We keep only a keyed hash of your address, which cannot be turned back into it, so that it is not added to the list again by mistake. An email that is already on its way may still arrive.",
  },
};

/** Unsubscribing and resubscribing. */
export const unsubscribe = {
  title: "Unsubscribe",
  /** `address` is masked: `r•••@example.org`. */
  whose: <Piece>(address: Piece): Parts<Piece> => ["This link belongs to the subscription of ", address, "."],
  text: "Press the button and you will get no more chapters by email. You can still read everything in the library.",
  /** Stored as the wording of the withdrawal of consent. */
  button: "Unsubscribe",
  noMatch: {
    title: "This link does not match a subscription",
    text: "Either the subscription's data was erased, in which case nothing more will be sent, or the link was cut off. Some email clients break a long link in two: if so, copy the whole link.",
    stillEmails: "Still getting emails?",
    request: "Request a link to the page where you can unsubscribe.",
  },
  done: {
    title: "You have unsubscribed",
    text: "You will get no more chapters by email. One that is already on its way may still arrive.",
    mistake: "Unsubscribed by mistake?",
  },
  reason: {
    title: "Would you like to tell us why?",
    label: "Optional. A person will read it.",
    button: "Send",
    thanks: "Thank you. The author will read it.",
  },
  resubscribe: {
    title: "Resubscribe",
    text: "Would you like to get new chapters again, as before?",
    /** Stored as consent wording. */
    button: "Subscribe me again",
  },
  returned: {
    title: "Welcome back",
    text: <Piece>(preferences: Mark<Piece>): Parts<Piece> => [
      "You will get new chapters again. If that was too much email, choose weekly or monthly on ",
      preferences("your preferences page"),
      ".",
    ],
  },
};
