/** Checks how emails name the authors of a library with authors.yaml: a chapter in full, and a digest. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createComposer } from "../../src/editions/sending/compose.ts";
import { catalogueAt } from "../../src/library/catalogue.ts";
import { type Manifest, parseManifest } from "../../src/library/manifest.ts";
import type { ShelfSources } from "../../src/library/shelf.ts";
import { bookFolder, present } from "../world.ts";
import { worldRelease } from "../world-release.ts";

const { folder, manifest } = await worldRelease(bookFolder("observatory"));
const expected = (name: string): string => readFileSync(join(bookFolder("observatory"), "expected", name), "utf8");

/** Only the deployed assets. */
const sources: ShelfSources = {
  kv: { get: (async () => null) as unknown as KVNamespace["get"], put: async () => undefined },
  assets: {
    fetch: async (request) => {
      const { pathname } = new URL(typeof request === "string" || request instanceof URL ? request : request.url);
      return new Response(readFileSync(join(folder, pathname)));
    },
  },
  waitUntil: () => undefined,
};

function compose(from: Manifest, audience: "each" | "weekly", chapters: readonly string[]) {
  const catalogue = catalogueAt(Date.parse(present), from);
  const postalAddress = "The Lookout, 1 Hill Road, 12345 Exampleton";
  return createComposer({
    catalogue,
    origin: "https://library.example",
    from: "stars@library.example",
    postalAddress,
    countClicks: false,
    sources,
  })("edition", audience, chapters);
}

/** The personal marks contain NUL. */
const readable = (text = ""): string => text.replace(/\0(\w+)\0/g, "{$1}");

const bylines = (html = ""): string =>
  `${[...html.matchAll(/<p [^>]*>By .*?<\/p>/g)].map(([line]) => line.replace(/ style="[^"]*"/g, "")).join("\n")}\n`;

test("the email of a chapter names its authors below the title, those with a page as links", async () => {
  const mail = await compose(manifest, "each", ["stars/dust"]);
  expect(readable(mail?.text)).toBe(expected("email.txt"));
  expect(bylines(mail?.html)).toBe(expected("email-byline.html"));
});

test("a digest names the authors of each chapter", async () => {
  const mail = await compose(manifest, "weekly", ["stars/magnitudes", "clocks/pendulum"]);
  expect(readable(mail?.text)).toBe(expected("digest.txt"));
  expect(bylines(mail?.html)).toBe(expected("digest-bylines.html"));
});

test("without authors.yaml, no email has a byline", async () => {
  const { profiles: _, ...before } = manifest;
  const mail = await compose(parseManifest(before), "each", ["stars/dust"]);
  expect(mail?.text).not.toMatch(/^By /m);
  expect(bylines(mail?.html)).toBe("\n");
});
