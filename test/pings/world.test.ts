/** Tests the whole Worker: its cron trigger notifies the hub and IndexNow without a newsletter, and it serves the key file. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Response } from "miniflare";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hub, PingServices } from "../fakes/ping-services.ts";
import { bookFolder, openWorld, type World } from "../world.ts";

const key = "Tea-Key-1234";
const services = new PingServices();
let folder: string;
let world: World;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pings-"));
  cpSync(bookFolder("tea"), folder, { recursive: true });
  const path = join(folder, "content/library.md");
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(/^authors:/m, (line) => `hub: ${hub}\n${line}`),
  );
  world = await openWorld(folder, {
    settings: { INDEXNOW_KEY: key },
    outbound: async (request) => {
      const type = request.headers.get("Content-Type");
      const status = services.receive(request.url, request.method, type, await request.text());
      if (status === "lost") throw new Error("The connection was lost.");
      return new Response(null, { status });
    },
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test("the chapter of 2030 is announced at its minute, though the newsletter is closed, and at no other", async () => {
  for (const now of ["2030-06-01T11:50:00Z", "2030-06-01T11:55:00Z"]) await world.tick(now);
  expect(services.taken()).toEqual({ feeds: [], submissions: [] });
  await world.tick("2030-06-01T12:00:00Z");
  const site = world.origin;
  expect(services.taken()).toEqual({
    feeds: ["/feed.json", "/feed.xml", "/tea/feed.json", "/tea/feed.xml"].map((path) => site + path),
    submissions: [{ host: "library.example", key, urlList: [`${site}/tea/cold-brew`] }],
  });
  for (const now of ["2030-06-01T12:05:00Z", "2030-06-01T12:10:00Z"]) await world.tick(now);
  expect(services.taken()).toEqual({ feeds: [], submissions: [] });
});

test("the key file has the key, and no other name has it", async () => {
  const file = await world.get(`/${key}.txt`);
  expect([file.status, file.body, file.headers.get("Content-Type")]).toEqual([200, key, "text/plain; charset=UTF-8"]);
  expect(file.operations).toEqual({ kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 });
  for (const path of [`/${key.toLowerCase()}.txt`, `/${key}`, "/other-key-1.txt", `/tea/${key}.txt`]) {
    expect((await world.get(path)).status).toBe(404);
  }
  for (const path of ["/robots.txt", "/llms.txt"]) expect((await world.get(path)).status).toBe(200);
  await using invalid = await openWorld(undefined, { settings: { INDEXNOW_KEY: "tea_key" } });
  expect((await invalid.get("/tea_key.txt")).status).toBe(404);
});
