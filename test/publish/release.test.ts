/** Checks the folder .release/: reproducible, with nothing unneeded in it. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseChapter } from "../../src/library/chapter-object.ts";
import { isWritten } from "../../src/library/manifest.ts";
import { parseObject } from "../../src/library/objects.ts";
import { sha256 } from "../../src/publish/object-store.ts";
import { writeRelease } from "../../src/publish/release.ts";
import {
  build,
  coldCache,
  compilerFor,
  copyOf,
  dot,
  edit,
  filesOf,
  manifestOf,
  withoutProgress,
} from "./release-folder.ts";

describe("the same library gives the same release", () => {
  test("in another folder, another time zone and another language, byte for byte", () => {
    const places = [
      {},
      { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
      { TZ: "America/Caracas", LANG: "C", LC_ALL: "C" },
    ];
    const releases = places.map((environment) => {
      const home = copyOf();
      const { status, stderr } = build(home, { ...environment, LIBRARY_CACHE: coldCache() });
      expect({ status, stderr: withoutProgress(stderr) }).toEqual({
        status: 0,
        stderr: expect.stringMatching(/^Compiled 6 pages in \d+(\.\d+)? m?s\.\n$/),
      });
      return filesOf(home);
    });
    expect(Object.keys(releases[0] ?? {})).toContain("manifest.json");
    expect(releases[1]).toEqual(releases[0]);
    expect(releases[2]).toEqual(releases[0]);
  }, 240_000);

  test("and with the line ends of another editor", async () => {
    const [unix, windows] = [copyOf(), copyOf()];
    edit(windows, "content/tea/cooling.md", (text) => `\uFEFF${text.replaceAll("\n", "\r\n")}`);
    for (const home of [unix, windows]) await writeRelease(home, compilerFor(home));
    expect(filesOf(windows)).toEqual(filesOf(unix));
  });
});

describe("what a release holds", () => {
  test("every object and asset that the manifest names is there, under the hash of its bytes, and no other", async () => {
    const home = copyOf();
    await writeRelease(home, compilerFor(home));
    const manifest = manifestOf(home);
    const chapters = manifest.books.flatMap((book) => [book.overview, ...book.contents.filter(isWritten)]);
    const objects = [
      manifest.front,
      manifest.feed,
      ...[manifest, ...manifest.books].flatMap(({ notation }) => notation ?? []),
      ...[manifest, ...manifest.books].flatMap(({ recall }) => recall ?? []),
      ...[manifest, ...manifest.books].flatMap(({ map }) => map ?? []),
      ...manifest.books.flatMap(({ deck }) => deck ?? []),
      ...manifest.books.map((book) => book.feed),
      ...chapters.map((chapter) => chapter.mail),
    ];
    const texts = chapters.flatMap(({ object, markdown }) => [`${object}.chapter`, `${markdown}.md`]);
    const media = chapters.flatMap((chapter) => [
      ...chapter.media.map(({ hash, extension }) => `${hash}.${extension}`),
      ...(chapter.mailPictures === undefined ? [] : [`${chapter.mailPictures}.bin`]),
    ]);
    const wholes = manifest.books.map(({ fullText }) => `${fullText}.bin`);
    const images = [manifest, ...chapters].map(({ shareImage }) => `${shareImage}.png`);
    const index = [
      manifest.search,
      ...(manifest.searchFiles ?? []),
      ...chapters.map((chapter) => chapter.searchDocument),
    ].map((hash) => `${hash}.search`);
    expect(media.some((name) => name.endsWith(".bin"))).toBe(true);
    const files = filesOf(home);
    const held = Object.keys(files).filter((name) => name.startsWith("objects/"));
    expect(held.sort()).toEqual(
      [
        ...new Set(
          [...objects.map((hash) => `${hash}.json`), ...texts, ...media, ...images, ...wholes, ...index].map(
            (name) => `objects/${name}`,
          ),
        ),
      ].sort(),
    );
    for (const name of held) expect(name).toContain(files[name]);
    for (const hash of new Set(objects)) {
      expect(() => parseObject(readFileSync(join(home, `.release/objects/${hash}.json`)))).not.toThrow();
    }
    for (const { object } of chapters) {
      expect(() => parseChapter(readFileSync(join(home, `.release/objects/${object}.chapter`)))).not.toThrow();
    }
    const { assets } = manifest;
    const named = Object.values(assets).flatMap((names) => (typeof names === "string" ? names : Object.values(names)));
    for (const name of named) expect(files).toHaveProperty([`assets/${name}`]);
  });

  test("the text of no chapter is in the manifest, which the Worker carries", async () => {
    const home = copyOf();
    await writeRelease(home, compilerFor(home));
    expect(readFileSync(join(home, ".release/manifest.json"), "utf8")).not.toMatch(/Camellia|You pour|Put the leaves/);
  });

  test("a deploy uploads no manifest, and tells browsers to keep assets for ever", async () => {
    const home = copyOf();
    await writeRelease(home, compilerFor(home));
    expect(readFileSync(join(home, ".release/.assetsignore"), "utf8").split("\n")).toContain("manifest.json");
    expect(readFileSync(join(home, ".release/_headers"), "utf8")).toMatch(
      /^\/assets\/\*\n {2}Cache-Control: public, max-age=31536000, immutable\n/,
    );
  });
});

describe("after a change", () => {
  test("only the changed text is compiled again", async () => {
    const home = copyOf();
    const compiler = compilerFor(home);
    expect(await writeRelease(home, compiler)).toMatchObject({
      kind: "compiled",
      texts: 6,
      compiled: 6,
      changed: true,
    });
    expect(await writeRelease(home, compiler)).toMatchObject({ texts: 6, compiled: 0, changed: false });
    edit(home, "content/tea/leaves.md", (text) =>
      text.replace("same plant", "one plant").replace("All tea", "Every tea"),
    );
    expect(await writeRelease(home, compiler)).toMatchObject({ texts: 6, compiled: 1, changed: true });
  });

  test("the result is that of a compiler that starts from nothing", async () => {
    const home = copyOf();
    const compiler = compilerFor(home);
    await writeRelease(home, compiler);
    const changes: [string, (text: string) => string][] = [
      ["content/tea/leaves.md", (text) => text.replace("## Oxidation", "## Rust").replace("All tea", "Every tea")],
      ["content/tea/book.md", (text) => text.replace("  - milk:", "  - sugar: Sugar\n  - milk:")],
      ["content/references.yaml", (text) => text.replace("The Book of Tea", "The Book of Tea, again")],
      ["content/tea/gongfu.md", (text) => text.replace("A draft.", "A draft with [sugar](sugar) and $\\mathfrak t$.")],
    ];
    for (const [path, change] of changes) {
      edit(home, path, change);
      await writeRelease(home, compiler);
      const fresh = copyOf(home);
      await writeRelease(fresh, compilerFor(fresh));
      expect(filesOf(home)).toEqual(filesOf(fresh));
    }
  });

  test("a picture that is replaced under its name is taken anew", async () => {
    const home = copyOf();

    writeFileSync(join(home, "content/tea/leaf.png"), dot(1));
    edit(home, "content/tea/leaves.md", (text) => `${text}\n![A leaf.](leaf.png "A leaf.")\n`);
    const compiler = compilerFor(home);
    await writeRelease(home, compiler);
    writeFileSync(join(home, "content/tea/leaf.png"), dot(2));
    await writeRelease(home, compiler);
    expect(filesOf(home)).toHaveProperty([`objects/${sha256(dot(2))}.png`]);
    expect(filesOf(home)).not.toHaveProperty([`objects/${sha256(dot(1))}.png`]);
  });

  test("a picture that is gone is missed", async () => {
    const home = copyOf();
    writeFileSync(join(home, "content/tea/leaf.png"), dot(1));
    edit(home, "content/tea/leaves.md", (text) => `${text}\n![A leaf.](leaf.png "A leaf.")\n`);
    const compiler = compilerFor(home);
    await writeRelease(home, compiler);
    rmSync(join(home, "content/tea/leaf.png"));
    expect(await writeRelease(home, compiler)).toMatchObject({
      kind: "refused",
      problems: [{ message: "Image `leaf.png` not found." }],
    });
  });

  test("a picture that was missing is seen as soon as it is there", async () => {
    const home = copyOf();
    edit(home, "content/tea/leaves.md", (text) => `${text}\n![A leaf.](leaf.png "A leaf.")\n`);
    const compiler = compilerFor(home);
    expect((await writeRelease(home, compiler)).kind).toBe("refused");
    writeFileSync(join(home, "content/tea/leaf.png"), dot(1));
    expect((await writeRelease(home, compiler)).kind).toBe("compiled");
  });

  test("a file that an interrupted build left half-written is written anew", async () => {
    const home = copyOf();
    await writeRelease(home, compilerFor(home));
    const whole = filesOf(home);
    for (const name of Object.keys(whole)) {
      const path = join(home, ".release", name);
      writeFileSync(path, readFileSync(path).subarray(0, 20));
    }
    await writeRelease(home, compilerFor(home));
    expect(filesOf(home)).toEqual(whole);
  });

  test("what nothing refers to any more is removed", async () => {
    const home = copyOf();
    const compiler = compilerFor(home);
    await writeRelease(home, compiler);
    const before = filesOf(home);
    edit(home, "content/tea/leaves.md", (text) => text.replace("All tea", "Every tea"));
    await writeRelease(home, compiler);
    const after = filesOf(home);
    const leaves = Object.keys(before).filter((name) => name.startsWith("objects/") && !(name in after));
    // The chapter, its Markdown and email, and the feed that quotes it: with one book, the library's feed is the same
    // object. What searches read of it, the three files of a small index, and the text of its book.
    expect(leaves).toHaveLength(9);
    expect(Object.keys(after).filter((name) => name.startsWith("objects/"))).toHaveLength(
      Object.keys(before).filter((name) => name.startsWith("objects/")).length,
    );
  });
});
