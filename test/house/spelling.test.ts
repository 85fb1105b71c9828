/**
 * Checks that KV keys, file paths, public paths and lists of folders that several folders need are spelled once, by
 * their owner.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { repository } from "../world.ts";

const source = join(repository, "src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.endsWith(".d.ts"));

/** Strings and lists of strings that a file spells out, except for its imports. */
function spelledIn(file: string, text = readFileSync(join(source, file), "utf8")): Set<string> {
  const { program } = parseSync(file, text);
  const imported = new Set<number>();
  const found = new Set<string>();
  new Visitor({
    ImportDeclaration: ({ source: { start } }) => void imported.add(start),
    ExportNamedDeclaration: ({ source: from }) => void (from && imported.add(from.start)),
    ImportExpression: ({ source: { start } }) => void imported.add(start),
    TSImportType: ({ source: { start } }) => void imported.add(start),
    Literal({ start, value }) {
      if (typeof value === "string" && !imported.has(start)) found.add(value);
    },
    TemplateElement: ({ value: { raw } }) => void found.add(raw),
    ArrayExpression({ elements }) {
      const texts = elements.map((entry) => (entry?.type === "Literal" ? entry.value : undefined));
      const areTexts = texts.length >= 3 && texts.every((each) => typeof each === "string");
      if (areTexts) found.add(`[${texts.toSorted().join(", ")}]`);
    },
  }).visit(program);
  return found;
}

const isPath = (text: string): boolean =>
  !/^(application|image|text|font)\//.test(text) &&
  (/^\[/.test(text)
    ? text.includes("/")
    : /^(\.?[\w-]+\/|\/[a-z]+|\.release)[\w./:*-]*$/.test(text) && text.length > 3);

/** What several folders may spell, each with the reason. */
const shared: Readonly<Record<string, string>> = {
  "/book.md: library, publish": "a file of the author's: its name, and where it is looked for",
  "content/: cli, library, publish": "the author's folder, which messages and commands name",
  "/mail/: cli, mail, newsletter, publish, routes.ts":
    "addresses of four servers: the library's (routes.ts), its local inbox, a preview, and the preview of `npm run mail`",
  "/preview/problems: routes.ts, ui": "the same, in `npm start` only",
  "/stats/reading: routes.ts, ui": "a browser script, in which all of routes.ts would cost bytes",
};

/** Prefix of keys or paths -> the file that spells it; all others import it. */
const owners: Readonly<Record<string, string>> = {
  "object/": "library/shelf.ts",
  "release/": "library/releases.ts",
  "mail/pictures/": "library/mail-pictures.ts",
  "mail/template/": "editions/template.ts",
  "newsletter/progress": "editions/sending/claim-watermark.ts",
  "feed/identities": "library/feed-identities.ts",
  ".release": "publish/release-paths.ts",
};

const spelled = new Map(files.map((file) => [file, spelledIn(file)]));

test("texts and lists are found, imports are not", () => {
  const specimen = 'import "../a/b.ts"; const c = "object/"; const d = `release/`; const e = ["ui/a", "b", "c"];';
  expect([...spelledIn("x.ts", specimen)].sort()).toEqual(["[b, c, ui/a]", "b", "c", "object/", "release/", "ui/a"]);
});

test.each(Object.entries(owners))("%s is spelled by %s alone", (beginning, owner) => {
  const spellers = [...spelled].filter(([, texts]) =>
    [...texts].some((text) => text.startsWith(beginning) && !/\s/.test(text)),
  );
  expect(spellers.map(([file]) => file)).toEqual([owner]);
});

test("no two folders spell the same path or list of paths", () => {
  const folders = new Map<string, Set<string>>();
  for (const [file, texts] of spelled) {
    for (const text of [...texts].filter(isPath)) {
      folders.set(text, (folders.get(text) ?? new Set()).add(file.split("/")[0] ?? ""));
    }
  }
  const found = [...folders].filter(([, users]) => users.size > 1);
  expect(found.map(([text, users]) => `${text}: ${[...users].sort().join(", ")}`).sort()).toEqual(
    Object.keys(shared).sort(),
  );
});
