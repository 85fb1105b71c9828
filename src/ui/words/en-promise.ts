/** Words the page of our promise, the privacy notice, in English: the section `promise` of en.ts. */
import { counted, number } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";

const hours = { one: "hour", other: "hours" };
const days = { one: "day", other: "days" };

/** Our promise to subscribers. It describes what the code does; change both together. */
export const promise = {
  title: "Our promise",
  lead: (library: string) => `You lend us your address; you do not give it away. This is how ${library} treats it.`,
  once: {
    title: "Each chapter once",
    record:
      "You get each new chapter once. Every delivery is recorded before it is sent, and the record allows no duplicate: not after a crash, not when the sender runs twice, not when a chapter is corrected or renamed.",
    pause: (window: number) =>
      `After a pause, the next weekly or monthly digest includes the chapters of the ${counted(window, days)} before it that you have not received yet. A chapter that no later digest can include is not sent. Neither is one that you would have received immediately had you not paused. The reason is recorded, and it is part of the data you can download.`,
  },
  tracking: {
    title: "No tracking",
    text: "We do not track who opens an email or who follows a link. The images in an email are its formulas and figures, with the same URLs for everyone, and links go straight to their target.",
  },
  unsubscribe: {
    title: "One-click unsubscribe that never expires",
    text: "Every chapter comes with an unsubscribe link, and most email clients show their own unsubscribe button. You do not have to log in or answer any question, and the link never expires.",
  },
  kept: {
    title: "What we keep about you, and for how long",
    consent:
      "Your address, your choices, and when, where and to what wording you consented: until you erase them. If you unsubscribe, they remain as the record of your consent.",
    chapters: "Which chapters we sent you and whether they arrived: for the same time.",
    requests: (request: number, email: number) =>
      `A request that is never confirmed: ${counted(request, days)}. The record that an email such as the confirmation was sent: ${counted(email, days)}, without its content.`,
    limits: (emails: number) =>
      `No IP address. To prevent abuse, we count requests for 24 hours under hashes that cannot be turned back into an email address or a network. The forms send at most ${counted(emails, { one: "email", other: "emails" })} to one inbox in 24 hours; the confirmation that you unsubscribed is always sent.`,
    others: <Piece>(resend: Mark<Piece>, cloudflare: Mark<Piece>): Parts<Piece> => [
      "Emails are sent through ",
      resend("Resend"),
      ", and the library runs on ",
      cloudflare("Cloudflare"),
      ": both see the data that passes through them, and we share it with no one else. On your preferences page, which every email links to, you can download or erase all your data. After that, only a hash remains, which cannot be turned back into your address and keeps it from being added to the list again by mistake.",
    ],
    endings: (outside: number, inside: number, characters: number) =>
      `If you unsubscribe, mark an email as spam or erase your data, or if your mailbox no longer exists, we also record this outside the database for ${counted(outside, days)} (in the database, for ${number(inside)}). The record contains the time, what happened, the first ${counted(characters, { one: "character", other: "characters" })} of your subscriber id, and a keyed hash that identifies neither you nor your address. The id is random: its first characters only say which hashes to compare. If you subscribe again, a second record of this kind says so. With these records, your decision still counts if the database ever has to be rolled back.`,
  },
  broken: {
    title: "When something breaks",
    text: (repeated: number, keyLife: number) =>
      `Sometimes the email service does not answer, and we cannot tell whether a batch of emails was sent. We then repeat the same request, first after a few minutes and later every hour, with an idempotency key that makes the service send each email only once. A batch can only be repeated unchanged: if you unsubscribe in the meantime, you may get one more email. If there is still no answer after ${counted(repeated, hours)} and someone in the batch has unsubscribed, marked an email as spam or bounced since, we do not repeat the batch. After ${counted(keyLife, hours)} we repeat no batch, because the service remembers a key for only a day. Emails whose outcome remains unknown are reported to the author as uncertain and never sent again. So you may miss an email, but the chapter is always in the library. If the subscriber database is ever rolled back to an older state, nothing that may already have been sent is sent again until the author has decided.`,
  },
  tested: {
    title: "How this is tested",
    text: <Piece>(folder: Piece): Parts<Piece> => [
      "Every change is tested against a simulated email service that fails in every way we could think of: lost responses, rejections, exhausted quotas, four runs at once, a crash between any two steps, in hundreds of reproducible random orders, and thousands before a release. After each, one rule is checked: everyone who wants a chapter has exactly one copy or there is a visible reason why not, and nobody has two. The tests are in the folder ",
      folder,
      " in the source code.",
    ],
  },
  back: "Back to the newsletter",
};
