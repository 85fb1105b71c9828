/**
 * Checks the files of a deploy behind Cloudflare's real asset routing: which are public, and how long browsers may
 * cache them.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../world.ts";
import { workerFirst } from "../world-server.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** Sends the path as it is written: `fetch` would resolve its dots. */
const ask = (path: string, method = "GET"): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.url);
    const sent = request({ hostname, port, path, method }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) });
    });
    sent.on("error", reject);
    sent.end();
  });

const filesUnder = (folder: string): string[] => readdirSync(join(world.release, folder));

describe("assets", () => {
  test("each file that exists may be kept for ever, and comes without the Worker", async () => {
    for (const name of filesUnder("assets")) {
      const { status, headers, bytes } = await ask(`/assets/${name}`);
      expect([name, status, headers["cache-control"]]).toEqual([name, 200, "public, max-age=31536000, immutable"]);
      expect(bytes.equals(readFileSync(join(world.release, "assets", name)))).toBe(true);
      expect(headers["content-security-policy"]).toBeUndefined();
    }
  });

  test.each(["GET", "HEAD"])("one that is missing may not be kept at all: %s", async (method) => {
    const { style } = world.manifest.assets;
    const missing = [
      style.replace(/[0-9a-f]{8}/, "00000000"),
      `${style}.map`,
      `${style}/`,
      `x/${style}`,
      `%2e%2e/${style}`,
      "",
      "%",
      `${"a".repeat(400)}.css`,
    ];
    for (const name of missing) {
      const { status, headers } = await ask(`/assets/${name}`, method);
      expect([name, status, headers["cache-control"]]).toEqual([name, 404, "no-store"]);
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
    expect((await ask(`/assets/${missing[0]}`)).bytes.toString()).toBe("File not found.\n");
  });
});

describe("everything else of a deploy is private", () => {
  /** Spellings that a careless router accepts. */
  const spellings = (path: string): string[] => {
    const [, first = "", rest = ""] = /^\/(.)(.*)$/.exec(path) ?? [];
    const code = first.charCodeAt(0).toString(16);
    return [
      path,
      `/${path}`,
      `//${path}`,
      `/%${code}${rest}`,
      `/%${code.toUpperCase()}${rest}`,
      `/%25${code}${rest}`,
      path.replaceAll("/", "%2f"),
      `/${path.slice(1).replaceAll("/", "%2F")}`,
      `/${path.slice(1).replaceAll("/", "//")}`,
      `/.${path}`,
      `/%2e${path}`,
      `/x/..${path}`,
      `/assets/..${path}`,
      `/assets/%2e%2e${path}`,
      `/assets/..%2f${path.slice(1)}`,
      `/assets/..%5c${path.slice(1)}`,
      `/assets${path}`,
      `/\\${path.slice(1)}`,
      `\\${path.slice(1)}`,
      `${path}?x`,
      path.toUpperCase(),
    ];
  };

  test("no path leads to it, in any spelling", async () => {
    const objects = filesUnder("objects");
    expect(objects.length).toBeGreaterThan(5);
    const rest = readdirSync(world.release).filter((name) => statSync(join(world.release, name)).isFile());
    expect(rest).toEqual(expect.arrayContaining(["manifest.json", "_headers", ".assetsignore"]));
    for (const path of [...objects.slice(0, 3).map((name) => `/objects/${name}`), ...rest.map((name) => `/${name}`)]) {
      for (const spelling of spellings(path)) {
        const { status, headers } = await ask(spelling);
        expect([spelling, status === 404 || status === 400]).toEqual([spelling, true]);
        expect([spelling, headers["cache-control"] ?? "no-store"]).toEqual([spelling, "no-store"]);
      }
    }
  });

  test("wrangler.toml gives each first character but that of assets to the Worker", () => {
    const rules = workerFirst();
    // https://developers.cloudflare.com/workers/static-assets/binding/#run_worker_first
    expect(rules.length).toBeLessThanOrEqual(100);
    for (const character of "bcdefghijklmnopqrstuvwxyz0123456789%/") expect(rules).toContain(`/${character}*`);
    for (const folder of readdirSync(world.release)) {
      if (statSync(join(world.release, folder)).isDirectory() && folder !== "assets") {
        expect(rules).toContain(`/${folder.charAt(0)}*`);
      }
    }
    expect(rules.filter((rule) => rule.startsWith("!") || "/assets/x".startsWith(rule.replace("*", "")))).toEqual([
      "/",
    ]);
  });
});
