/**
 * Checks that no component contains interface text: with everything in src/ui/words marked, a library whose content is
 * in Cyrillic letters shows no Latin letter outside a mark.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Parser } from "htmlparser2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signPreview } from "../../src/http/preview-links.ts";
import { catalogueAt } from "../../src/library/catalogue.ts";
import { type GetOptions, present, type World } from "../world.ts";
import { findUnmarked, latinIn, withoutFormulas } from "./wording/find-unmarked.ts";
import { markWords, unmarked } from "./wording/marked-words.ts";
import { openMarkedWorld } from "./wording/marked-world.ts";

const secret = "s".repeat(40);
const settings = {
  TOKEN_KEYS: `k1:${secret}`,
  MAIL_FROM: "tea@library.example",
  RESEND_API_KEY: "x",
  COUNT_MAIL_CLICKS: "yes",
};
const now = "2026-03-01T12:00:00.000Z";

let world: World;
/** With drafts and scheduled chapters, as on the author's machine. */
let desk: World;
beforeAll(async () => {
  world = await openMarkedWorld({ now, settings });
  desk = await openMarkedWorld({ now, settings, showUnpublished: true });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

const answer = (fields: Record<string, string>): GetOptions => ({
  method: "POST",
  body: new URLSearchParams(fields),
  headers: { "Sec-Fetch-Site": "same-origin" },
});

const message = (fields: Record<string, string>): GetOptions => answer({ text: "samovar/boiling", ...fields });

/** Kinds of pages that take all their wording from src/ui/words; `status` confirms that it is the intended page. */
const pages: readonly [name: string, path: string, status: number, options?: GetOptions][] = [
  ["the home page", "/", 200],
  ["an overview", "/samovar/", 200],
  ["an overview of a book without chapters", "/water/", 200],
  ["a chapter with everything that a text may have", "/samovar/boiling", 200],
  ["all questions", "/recall", 200],
  ["the reader's own reading", "/reading", 200],
  ["a chapter without anything", "/samovar/song", 200],
  ["the About page", "/about", 200],
  ["the list of authors", "/authors/", 200],
  ["an author with everything that an author may have", "/authors/agafya", 200],
  ["an author with nothing but a name", "/authors/prokhor", 200],
  ["what is measured", "/about/counting", 200],
  ["the search", "/search", 200],
  ["a search with results", `/search?q=${encodeURIComponent("самовар")}`, 200],
  ["a search with a correction", `/search?q=${encodeURIComponent("самовра")}`, 200],
  ["a search without results", `/search?q=${encodeURIComponent("щщщщщщ")}&book=samovar`, 200],
  ["a search that is unavailable", "/search?q=1", 503, { cold: true, faults: { assets: "down" } }],
  ["no page", "/kettle", 404],
  ["no page, but one that is near", "/samovar/boilin", 404],
  ["an invalid preview link", "/preview/x", 404],
  ["a page that cannot be loaded", "/", 503, { cold: true, faults: { kv: "down", assets: "down" } }],
  ["an answer from elsewhere", "/stats/feedback", 403, { ...answer({}), headers: { "Sec-Fetch-Site": "cross-site" } }],
  ["an answer without yes or no", "/stats/feedback", 422, answer({ page: "/samovar/" })],
  ["the form for a message", "/correct?text=samovar/boiling", 200],
  ["the form with a mistake", "/correct", 422, message({ email: "а" })],
  ["the form from elsewhere", "/correct", 403, { ...message({}), headers: { "Sec-Fetch-Site": "cross-site" } }],
  ["the thanks for a message", "/correct/sent?text=samovar/boiling", 200],
  ["a message that is too long", "/correct", 413, message({ message: "я".repeat(70_000) })],
  ["an answer that is too long", "/stats/feedback", 413, answer({ words: "я".repeat(9000) })],
];

describe("pages", () => {
  test.each(pages)("%s has no wording of its own", async (_, path, status, options) => {
    const page = await world.get(path, options);
    expect(page.status).toBe(status);
    expect(page.body).toContain("⟦");
    expect(findUnmarked(page.body)).toEqual([]);
  });

  test.each(["/", "/samovar/", "/samovar/polish"])("%s on the author's machine has none either", async (path) => {
    const { body } = await desk.get(path);
    expect(body).toContain('class="unpublished"');
    expect(findUnmarked(body)).toEqual([]);
  });

  test("a preview has none either", async () => {
    const entry = catalogueAt(Date.parse(present), world.manifest, true).byPath.get("/samovar/polish");
    if (!entry) throw new Error("No chapter to preview");
    const link = await signPreview([{ id: "k1", secret }], entry, 1, Date.parse(now));
    const { status, body } = await world.get(`/preview/${link?.token}`);
    expect(status).toBe(200);
    expect(body).toContain("preview-banner");
    expect(findUnmarked(body)).toEqual([]);
  });
});

describe("what is no page", () => {
  test.each(["/feed.xml", "/samovar/feed.xml"])("%s", async (path) => {
    const { body } = await world.get(path);
    const contents = textsOf(body, "content");
    expect(contents.join("")).toContain("⟦");
    expect([...contents.flatMap(findUnmarked), ...textsOf(body, "title").flatMap(latinIn)]).toEqual([]);
  });

  test("the feed of corrections", async () => {
    const titles = textsOf((await world.get("/corrections.xml")).body, "title");
    expect(titles.length).toBeGreaterThan(1);
    expect(titles.filter((title) => !title.includes("⟦") || latinIn(title).length > 0)).toEqual([]);
  });

  test("the line under the title of a chapter in Markdown", async () => {
    const { body } = await world.get("/samovar/boiling.md");
    const facts = body.split("\n\n")[2] ?? "";
    expect(facts).toContain("⟦");
    expect(latinIn(facts)).toEqual([]);
  });

  test.each<[string, GetOptions?]>([
    ["/assets/missing.css"],
    ["/samovar/", { method: "POST", body: "x" }],
    [`/${"x".repeat(600)}`],
  ])("plain text for %s", async (path, options) => {
    const { body } = await world.get(path, options);
    expect(body).toContain("⟦");
    expect(latinIn(body)).toEqual([]);
  });

  test("the compiled chapter as an email: its labels, but for formulas, which are read out in English", () => {
    const folder = join(world.release, "objects");
    const mails = readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")))
      .filter(({ kind }) => kind === "mail");
    expect(mails.length).toBeGreaterThanOrEqual(5);
    expect(mails.map(({ text }) => text).join("")).toContain("⟦");
    expect(mails.flatMap(({ html }) => findUnmarked(withoutFormulas(html)))).toEqual([]);
  });
});

/** Without the TeX of formulas, which only programs read. */
const withoutTex = (html: string): string => html.replace(/<annotation[^>]*>[^<]*<\/annotation>/g, "");

test("what pages show is in the fonts: digits, months, and the punctuation of the wording", async () => {
  const folder = join(world.release, "assets");
  const css = readdirSync(folder)
    .filter((name) => name.endsWith(".css"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("");
  const ranges = [...css.matchAll(/@font-face\{([^}]*Library Serif[^}]*)\}/g)]
    .map(([, face = ""]) => face)
    .filter((face) => face.includes("font-weight:400") && !face.includes("italic"))
    .map((face) => /unicode-range:([^;]+)/.exec(face)?.[1] ?? "");
  const promised = ranges.flatMap((range) =>
    range
      .split(",")
      .filter(Boolean)
      .map((run) => {
        const [from = "", to = from] = run.replace("U+", "").split("-");
        return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) };
      }),
  );
  const bodies = await Promise.all(pages.map(([, path, , options]) => world.get(path, options)));
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month)).toUTCString());
  const shown = new Set(
    [...bodies.map(({ body }) => textsOf(withoutTex(body)).join("").replace(/[⟦⟧]/g, "")), ...months].join(""),
  );
  const printed = [...shown].filter((character) => /[!-~¡-ɏА-я‐-›−]/u.test(character));
  expect(printed.length).toBeGreaterThan(100);
  const isPromised = (code: number) => promised.some(({ from, to }) => code >= from && code <= to);
  expect(printed.filter((character) => !isPromised(character.codePointAt(0) ?? 0))).toEqual([]);
});

describe("the proof itself", () => {
  test("finds a word wherever a page may have it", () => {
    const page = `<title>A</title><meta name="description" content="B"><p title="C">⟦fine⟧ Dd</p><img alt="E">
      <input type="submit" value="F"><input type="hidden" value="g"><input placeholder="H"><p data-label="I"></p>
      <script>j</script><code>k</code><p>Самовар, https://l.example/m, n@o.example</p><p aria-label="⟦P ⟧q⟦ r⟧"></p>`;
    expect(findUnmarked(page).map((found) => found.replace(/.*: /, ""))).toEqual([
      "A",
      "B",
      "C",
      "⟦fine⟧ Dd",
      "E",
      "F",
      "H",
      "I",
      "⟦P ⟧q⟦ r⟧",
    ]);
  });

  test("marks sentences, their pieces and what functions return, not what they were given, and takes the marks off again", () => {
    const words = {
      language: "en",
      title: "Title",
      part: {
        named: (name: string) => `By ${name}.`,
        linked: <Piece>(link: (text: string) => Piece) => ["See ", link("here"), ", or ", "go."],
        count: (count: number) => `${count}`,
      },
    };
    const before = { ...words, part: { ...words.part } };
    const restore = markWords(words);
    expect(words.language).toBe("en");
    expect(words.title).toBe("⟦Title⟧");
    expect(words.part.named("Ada")).toBe("⟦By ⟧Ada⟦.⟧");
    expect(unmarked(words.part.named("⟦Ada⟧"))).toBe("");
    const link = (text: string) => new Set([text]);
    expect(words.part.linked(link)).toEqual(["⟦See ⟧", new Set(["⟦here⟧"]), "⟦, or ⟧", "⟦go.⟧"]);
    expect(words.part.count(3)).toBe("3");
    restore();
    expect({ ...words, part: { ...words.part } }).toEqual(before);
  });
});

/** The text of all elements, or of those with that name. */
function textsOf(markup: string, name?: string): string[] {
  const found: string[] = [];
  let open: string | undefined;
  const parser = new Parser(
    {
      onopentag(opened) {
        open = opened;
        if (opened === name) found.push("");
      },
      ontext(text) {
        if (name === undefined) found.push(text);
        else if (open === name) found.push((found.pop() ?? "") + text);
      },
      onclosetag() {
        open = undefined;
      },
    },
    { xmlMode: name !== undefined, decodeEntities: true },
  );
  parser.write(markup);
  parser.end();
  return found;
}
