/** Checks clicks in emails: not counted unless the author enables it, and then without identifying anybody. */
import { expect, test } from "vitest";
import { withClickMarks } from "../../src/editions/sending/click-marks.ts";
import { catalogueAt } from "../../src/library/catalogue.ts";
import { isWritten } from "../../src/library/manifest.ts";
import { openNewsletterWorld } from "../newsletter/newsletter-world.ts";
import { present } from "../world.ts";
import { openReadingWorld } from "./reading-world.ts";

async function mailOfChapter(settings: Readonly<Record<string, string>>) {
  await using newsletter = await openNewsletterWorld(settings);
  const { world, resend } = newsletter;
  await newsletter.join("ada@example.org");
  await world.tick(present);
  await newsletter.join("bob@example.org");
  await world.tick("2030-06-01T12:00:00Z");
  await world.tick("2030-06-01T12:10:00Z");
  const mails = resend.mails.filter(({ subject }) => subject.startsWith("Cold"));
  const catalogue = catalogueAt(Date.parse("2030-06-01T12:10:00Z"), world.manifest);
  return { mails, catalogue };
}

const ownLinks = (html: string) =>
  [...html.matchAll(/href="(https:\/\/library\.example[^"]*)"/g)].map(([, address = ""]) => address);

test("by default links are plain", async () => {
  const { mails } = await mailOfChapter({});
  expect(mails).toHaveLength(2);
  for (const { html, text } of mails) expect(html + text).not.toContain("from=newsletter");
});

test("switched on, each link to a page of the library says so, and says the same for everybody", async () => {
  const { mails, catalogue } = await mailOfChapter({ COUNT_MAIL_CLICKS: "yes" });
  expect(mails).toHaveLength(2);
  const [first = [], second = []] = mails.map(({ html }) => ownLinks(html));
  const toPages = (links: string[]) => links.filter((link) => !link.includes("/newsletter/"));
  expect(toPages(first).length).toBeGreaterThan(1);
  expect(toPages(first)).toEqual(toPages(second));
  for (const link of toPages(first)) {
    const url = new URL(link);
    expect([link, url.search]).toEqual([link, "?from=newsletter"]);
    expect(url.pathname === "/" || catalogue.byPath.has(url.pathname)).toBe(true);
  }
  for (const link of [...first, ...second]) if (link.includes("/newsletter/")) expect(link).not.toContain("?from");
  for (const { text } of mails) {
    expect(text).toContain("https://library.example/tea/cold-brew?from=newsletter\n");
    expect(text).toMatch(/https:\/\/library\.example\/newsletter\/leave\/[\w.-]+$/m);
  }
});

test("the mark stands before a place on the page, and nothing that is no page gets one", async () => {
  await using reading = await openReadingWorld({});
  const catalogue = catalogueAt(Date.parse(present), reading.world.manifest);
  const library = { catalogue, origin: "https://library.example" };
  const marked = (html: string, text = "") => withClickMarks({ subject: "", html, text } as never, library);
  const same = [
    '<a href="https://library.example/newsletter/leave/abc">',
    '<img src="https://library.example/mail/a/1-2.png">',
    '<a href="https://library.example/tea/gongfu">',
    '<a href="https://elsewhere.example/tea/cooling">',
    '<a href="https://library.example.evil.example/tea/cooling">',
    '<a href="https://library.example/feed.xml">',
  ];
  for (const html of same) expect(marked(html).html).toBe(html);
  expect(marked('<a href="https://library.example/tea/cooling#figure-1">').html).toBe(
    '<a href="https://library.example/tea/cooling?from=newsletter#figure-1">',
  );
  expect(marked("", "see <https://library.example/tea/cooling#ref> or\nhttps://library.example").text).toBe(
    "see <https://library.example/tea/cooling?from=newsletter#ref> or\nhttps://library.example/?from=newsletter",
  );
  expect(reading.world.manifest.books[0]?.contents.some(isWritten)).toBe(true);
});
