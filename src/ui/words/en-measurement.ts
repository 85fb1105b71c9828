/**
 * Words the page about measurement in English: the section `measurement` of en.ts. It describes what the code of src/stats does;
 * change both together.
 */
import type { Mark, Parts } from "./parts.ts";

export const measurement = {
  title: "What we measure",
  description: "What this library measures, what it does not, and how to opt out.",
  lead: "We count page views, not people.",
  purpose:
    "The author wants to know which chapters are read to the end and where readers give up. Totals are enough for that, so we keep totals and nothing that says who read.",
  kept: {
    title: "What we keep",
    views: "For each day and page: the number of views.",
    referrer: <Piece>(code: Mark<Piece>): Parts<Piece> => [
      "The referrer: the host name of the site with the link, such as ",
      code("example.org"),
      ", or the page within this library. Never the full URL of the referring page, and never a search query.",
    ],
    reading:
      "For chapters: how many views reached a quarter, half, three quarters and the end of the text, how many lasted at least half the reading time, and the total time in seconds. A small script adds this up while the page is visible and sends it when you leave. Without JavaScript, only the view is counted.",
    forever: "Daily totals are kept indefinitely. They describe chapters, not people.",
  },
  alone: {
    title: "When you are the only reader",
    one: "A total of one is not really a total. If you are the only person who opens a chapter on a day, the numbers for that day describe your visit: how far you read, for how many seconds, and which site had the link. They do not say whose visit it was.",
    hour: "More detailed numbers exist for about an hour. Each server adds up what it counts within twenty seconds and writes it to the database as one row; if you are its only reader in that time, the row describes your visit, to within twenty seconds. Once an hour, these rows are added to the daily totals and deleted. Our backups contain only the totals. Cloudflare, which runs the database, lets us restore it to any moment of the last 30 days, so its history includes these rows for that long.",
  },
  notKept: {
    title: "What we do not keep",
    text: "We set no cookies and store nothing in your browser for measurement. What it keeps for you, such as which chapters you have read, is never sent; the page “Your reading” shows it. Your IP address and user agent are never written down. So that a reload within half an hour does not count twice, the server keeps a salted hash of IP address, browser and page in memory only. At midnight (UTC) it discards all hashes together with the salt. We use no third-party analytics, and chapters load nothing from other companies.",
  },
  optOut: {
    title: "How to opt out",
    text: <Piece>(name: Mark<Piece>): Parts<Piece> => [
      "If your browser sends ",
      name("Do Not Track"),
      " or ",
      name("Global Privacy Control"),
      ", you are not counted at all, and the script sends nothing. Search engines, link previews and other bots are excluded too, and so are pages that a browser prefetches.",
    ],
  },
  email: {
    title: "Email",
    opens:
      "We do not track email opens. That would take a hidden image with an identifier for each reader. It would also be inaccurate: some email clients load every image whether anyone looks or not, and others load none.",
    clicks: <Piece>(code: Mark<Piece>): Parts<Piece> => [
      "Links from an email to the library carry ",
      code("from=newsletter"),
      ", the same for everyone. That tells us how many views an edition brought, but not whose.",
    ],
    noClicks: "Links in emails are plain links. We do not track clicks either.",
  },
  /** With a signing key. */
  searches: {
    title: "Searches without results",
    counted:
      "If a search of the whole library finds nothing, we count its words, so that the author can see what is missing: at most four words of a search, and no formulas. Searches with results are not counted, and neither is what you type before you press Enter.",
    stored:
      "For each month and word, we store a keyed hash of the word, the number of searches, and which of 16 groups the readers’ networks belong to. The groups are drawn again for each word and month, so they neither reveal a network nor show which words it searched for.",
    word: "The word itself is stored only after searches from three of these groups, so at least three different networks. A rare word may be a name; until then, the database contains only its hash, which cannot be read without the secret key.",
    deleted:
      "Everything about a month is deleted at the end of the following month, and our backups do not contain it. Cloudflare’s history of the database includes it for 30 more days. You can opt out as you can of being counted as a view.",
  },
  answers: {
    title: "“Was this clear?”",
    text: "Your yes or no and your comment are stored with the chapter and the time until the author deletes them. Nothing says whose they are, unless you write it. Backups made before an answer was deleted still contain it. To prevent abuse, we count answers per network for 24 hours, under a keyed hash that does not reveal the network.",
  },
  accuracy: {
    title: "How accurate the numbers are",
    text: "They run slightly low. Two people with the same browser behind one IP address count as one. Counts are buffered for twenty seconds before they are written, and a buffer is lost if its server stops or cannot reach the database for several minutes. We would rather lose a few views than make a page wait.",
  },
};
