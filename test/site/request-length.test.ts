/** Checks that requests over a length limit are rejected before any work is done for them, whatever they contain. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { maxConditionLength } from "../../src/http/etag.ts";
import { maxPathLength } from "../../src/http/request-length.ts";
import { signText } from "../../src/http/signing.ts";
import { type Catalogue, catalogueAt } from "../../src/library/catalogue.ts";
import { parseManifest } from "../../src/library/manifest.ts";
import { href } from "../../src/routes.ts";
import { canonicalPath } from "../../src/site/canonical-paths.ts";
import { openWorld, present, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const nothing = { kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 };

/** A path of exactly that length. */
const pathOf = (length: number, piece: string): string => `/${piece.repeat(length)}`.slice(0, length);

/** Pieces that made the search for canonical spellings slow, or might. */
const pieces = [".html", "/index.html", "/", "%2f", "%2525", ".md", "/feed.xml", "A", "%", "/tea", "/../x/"];

describe("a path over the limit", () => {
  test.each(pieces)("of 16 KB made of %j is a 414, for every method and whatever the page cache has", async (piece) => {
    const path = `/tea${piece.repeat(Math.ceil(16_000 / piece.length))}x`;
    // The URL parser resolves dots between slashes, so the rest may be short.
    const isShort = new URL(path, world.origin).pathname.length <= maxPathLength;
    for (const method of ["GET", "HEAD", "POST"]) {
      const answer = await world.get(path, { method });
      if (isShort) {
        expect(answer.status).not.toBe(414);
        continue;
      }
      expect([answer.status, answer.headers.get("Cache-Control"), answer.operations]).toEqual([
        414,
        "no-store",
        nothing,
      ]);
      expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
      if (method === "GET") expect(answer.body).toBe("This URL is too long: a path may have at most 512 characters.\n");
    }
  });

  test("the limit is for the path alone, and exact", async () => {
    expect((await world.get(pathOf(maxPathLength, "a"))).status).toBe(404);
    expect((await world.get(pathOf(maxPathLength + 1, "a"))).status).toBe(414);
    expect((await world.get(`/tea/cooling?${"a".repeat(12_000)}`)).status).toBe(200);
    expect((await world.get(`${pathOf(maxPathLength + 1, "a")}?x`)).status).toBe(414);
  });

  test("the longest links that the library makes are within it", async () => {
    // http/signing.ts signs texts of at most 300 characters, under a key name of at most 20.
    const token = await signText("a".repeat(300), [{ id: "k".repeat(20), secret: "s".repeat(32) }]);
    const hash = "0".repeat(64);
    for (const path of [
      href.previewMailPicture(token, "12345678-1234567.png"),
      href.previewMedia(token, hash, "webp"),
      href.ownData(token),
      href.unsubscribeReason(token),
      href.mailPicture(hash, 12_345_678, 1_234_567),
    ]) {
      expect(path.length).toBeLessThanOrEqual(maxPathLength);
    }
  });
});

describe("the search for the one address of a page", () => {
  const manifest = () => parseManifest(JSON.parse(readFileSync(join(world.release, "manifest.json"), "utf8")));

  /** The catalogue, and the number of lookups in it. */
  function observed(): { readonly catalogue: Catalogue; readonly lookups: () => number } {
    let count = 0;
    const catalogue = catalogueAt(Date.parse(present), manifest());
    const counting = <Target extends object>(target: Target): Target =>
      new Proxy(target, {
        get(of, name) {
          count += 1;
          const value: unknown = Reflect.get(of, name);
          return typeof value === "function" ? value.bind(of) : value;
        },
        getOwnPropertyDescriptor(of, name) {
          count += 1;
          return Reflect.getOwnPropertyDescriptor(of, name);
        },
      });
    return {
      catalogue: {
        ...catalogue,
        byPath: counting(catalogue.byPath),
        manifest: { ...catalogue.manifest, redirects: counting(catalogue.manifest.redirects) },
      },
      lookups: () => count,
    };
  }

  test.each(pieces)("does the same few look-ups for five hundred characters of %j as for fifty", (piece) => {
    for (const length of [50, maxPathLength]) {
      const { catalogue, lookups } = observed();
      const path = `/x${piece.repeat(Math.floor((length - 2) / piece.length))}`;
      expect(canonicalPath(catalogue, path)).toBeUndefined();
      expect(lookups()).toBeLessThanOrEqual(24);
    }
  });

  test("looks nothing up for a longer path", () => {
    const { catalogue, lookups } = observed();
    expect(canonicalPath(catalogue, `/${".html".repeat(3_300)}`)).toBeUndefined();
    expect(canonicalPath(catalogue, pathOf(maxPathLength + 1, "/"))).toBeUndefined();
    expect(lookups()).toBe(0);
  });

  test("takes one ending off, not a row of them", () => {
    const { catalogue } = observed();
    expect(canonicalPath(catalogue, "/Tea//COOLING.html")).toBe("/tea/cooling");
    expect(canonicalPath(catalogue, "/tea/cooling.html/")).toBe("/tea/cooling");
    expect(canonicalPath(catalogue, "/old/cooling.html")).toBe("/tea/cooling");
    expect(canonicalPath(catalogue, "/tea/cooling.html.html")).toBeUndefined();
    expect(canonicalPath(catalogue, "/tea/.md")).toBeUndefined();
  });
});

describe("If-None-Match", () => {
  test("over the limit counts as absent, on a warm and on a cold page", async () => {
    const etag = (await world.get("/tea/cooling")).headers.get("ETag") ?? "";
    const list = (entries: number) => `${'"0123456789abcdef", '.repeat(entries)}${etag}`;
    const within = list(40);
    expect(within.length).toBeLessThanOrEqual(maxConditionLength);
    expect((await world.get("/tea/cooling", { headers: { "If-None-Match": within } })).status).toBe(304);
    for (const cold of [true, false]) {
      const answer = await world.get("/tea/cooling", { cold, headers: { "If-None-Match": list(1_000) } });
      expect([answer.status, answer.body.length > 0]).toEqual([200, true]);
    }
  });
});
