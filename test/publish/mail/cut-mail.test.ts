/** Checks that an email over the size limit of email clients ends before a heading, and that the author is warned. */
import { describe, expect, test } from "vitest";
import { originMark } from "../../../src/library/objects.ts";
import { chapterMail } from "../../../src/mail/chapter-mail.tsx";
import { frame } from "../../mail/specimens.ts";
import { isWholePng, mailOf, type OneMail } from "./one-mail.ts";

const gmailClips = 102 * 1024;
const budget = 90 * 1024;

/** The whole email as it is sent, with the longest header and footer that a library may have. */
function sent({ mail }: OneMail): string {
  const long = "A library of quite some length".repeat(3);
  const url = `https://a-library-with-a-long-name.example.org/${"x".repeat(120)}`;
  return chapterMail({
    frame: {
      ...frame,
      library: long,
      tagline: long,
      origin: "https://a-library-with-a-long-name.example.org",
      preferencesUrl: url,
      unsubscribeUrl: url,
    },
    title: long,
    book: long,
    excerpt: long.repeat(3),
    url,
    minutes: 5,
    cloth: "indigo",
    body: mail,
    previous: { title: long, url },
  }).html;
}

/** Little prose and many formulas, so that the chapter is short enough to be published: each formula adds an image. */
const section = (name: string, formulas: number): string =>
  `## ${name}\n\n${Array.from({ length: formulas }, (_, index) => `$\\hat ${name.charAt(0)}_{${index}}$`).join(" ")}\n\n`;

describe("a long text", () => {
  test("ends before the first heading that does not fit, in both parts", async () => {
    const one = await mailOf(["Alpha", "Beta", "Gamma", "Delta"].map((name) => section(name, 110)).join(""));
    expect(one.mail.cut).toBe(true);
    expect(one.html).toContain(">Beta</h2>");
    expect(one.html).not.toContain(">Gamma</h2>");
    expect(one.text).toContain("\nBeta\n----\n");
    expect(one.text).not.toContain("Gamma");
    expect(one.html + one.text).not.toContain("References");
    expect(Buffer.byteLength(sent(one))).toBeLessThan(budget);
    expect(sent(one)).toContain("Continue reading");
  });

  test("its pack holds the pictures of what is left, and no other", async () => {
    const one = await mailOf(["Alpha", "Beta", "Gamma", "Delta"].map((name) => section(name, 110)).join(""));
    expect(one.pictures).toHaveLength(220);
    expect(one.pack).toEqual(Buffer.concat(one.pictures));
    expect(one.pictures.every(isWholePng)).toBe(true);
  });

  test("the author is told where it ends, and by how much it is too long", async () => {
    const { told } = await mailOf(["Alpha", "Beta", "Gamma", "Delta"].map((name) => section(name, 110)).join(""));
    expect(told.replace(/\d+ KB/g, "N KB")).toBe(
      [
        "content/tea/cup.md:9:1  warning  As an email, this page is N KB, N KB over what email clients show: the email is cut before “Gamma”.",
        "  9 | ## Gamma",
        "    | ^^^^^^^^",
        "  -> Shorten the page, or leave it: the email links to the rest on the site.",
        "",
        "1 warning.",
      ].join("\n"),
    );
  });

  test("without headings it ends before some paragraph, and never inside HTML of the author's", async () => {
    const paragraph = `Some prose, in front of many formulas: ${section("Alpha", 60).split("\n\n")[1] ?? ""}`;
    const plain = await mailOf(Array.from({ length: 12 }, () => paragraph).join("\n\n"));
    expect(plain.mail.cut).toBe(true);
    expect(Buffer.byteLength(sent(plain))).toBeLessThan(budget);
    expect(plain.text.length).toBeGreaterThan(1000);
    const folded = await mailOf(
      `Tea.\n\n<details>\n\n${Array.from({ length: 12 }, () => paragraph).join("\n\n")}\n\n</details>\n`,
    );
    expect(folded.html).not.toContain("<details");
  });

  test("only its references are left out, if that is enough", { timeout: 120_000 }, async () => {
    // With one of these, only the references exceed the budget.
    const fillers = Array.from({ length: 14 }, (_, step) => "tea".repeat(1 + step * 130));
    const mails = await Promise.all(
      fillers.map((filler) => mailOf(`${section("Alpha", 150)}${section("Beta", 120)}${filler}`)),
    );
    for (const one of mails) {
      expect(Buffer.byteLength(sent(one))).toBeLessThan(budget);
      expect(one.mail.cut).toBe(!one.html.includes("References"));
    }
    const withoutReferences = mails.filter((one) => one.mail.cut && one.html.includes(">Beta</h2>"));
    expect(withoutReferences.length).toBeGreaterThan(0);
    expect(withoutReferences[0]?.told).toContain("the email is cut before its references.");
  });
});

test("a text of usual length is whole, and leaves room to what a provider adds", async () => {
  const one = await mailOf(section("Alpha", 40) + section("Beta", 40));
  expect(one.mail.cut).toBe(false);
  expect(one.told).toBe("");
  expect(one.html).toContain("References");
  expect(gmailClips - budget).toBeGreaterThan(10_000);
});

test("what is reserved for the frame is enough for it", async () => {
  const one = await mailOf("Tea.");
  const body = one.mail.html.replaceAll(originMark, "https://a-library-with-a-long-name.example.org");
  expect(Buffer.byteLength(sent(one)) - Buffer.byteLength(body)).toBeLessThan(12_000);
});
