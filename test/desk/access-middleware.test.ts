/**
 * Checks the desk's access middleware: every spelling of every path, every method, every host; and what grants access
 * on the author's own machine.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deskAccess } from "../../src/desk/access/access.ts";
import { isOfDesk } from "../../src/desk/desk-paths.ts";
import { openWorld, present, type World } from "../world.ts";
import { AccessTeam, accessSettings } from "./author-login.ts";

const access = new AccessTeam();
let world: World;
beforeAll(async () => {
  world = await openWorld(undefined, { settings: accessSettings, outbound: access.outbound });
});
afterAll(() => world[Symbol.asyncDispose]());

const at = (path: string): string => `https://library.example${path}`;
const withToken = () => ({ "Cf-Access-Jwt-Assertion": access.token(present) });

const spellings = [
  "/desk",
  "/desk/",
  "/desk/calendar",
  "/desk/editions/each_tea_cooling",
  "/desk?x=1",
  "/desk/calendar#x",
  "/DESK",
  "/Desk/Calendar",
  "//desk",
  "///desk//calendar",
  "/%64esk",
  "/%64%65%73%6b/",
  "/%2564esk",
  "/%2fdesk",
  "/desk%2f",
  "/desk%2fstyle.css",
  "/./desk",
  "/%2e/desk",
  "/tea/../desk/calendar",
  "/tea/%2e%2e/desk",
  "/\\desk",
  "/%5cdesk",
  "/desk.",
  "/desk./",
  "/desk%20",
  "/%20desk",
  "/desk%00",
  "/desk;x=1",
  "/desk.md",
  "/desk.html",
  "/desk/index.html",
  "/desk%",
  "/desk/%ff",
  "/%64esk/%ff",
];

describe("without a login", () => {
  test.each(spellings)("%s is refused", async (path) => {
    const answer = await world.get(at(path));
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("This page is for the author");
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(answer.headers.get("X-Robots-Tag")).toBe("noindex");
    expect(answer.headers.get("Location")).toBeNull();
    expect(answer.operations).toEqual({ kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 });
  });

  test.each(["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"])(
    "%s is refused as well",
    async (method) => {
      for (const path of ["/desk", "/desk/", "/desk/calendar", "/DESK/calendar", "//desk"]) {
        const answer = await world.get(at(path), { method });
        expect([path, answer.status, answer.headers.get("Cache-Control")]).toEqual([path, 403, "no-store"]);
        expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
      }
    },
  );

  test("whatever else it asks for: Markdown, a known tag, another name for the host", async () => {
    const more = [
      { Accept: "text/markdown" },
      { "If-None-Match": "*" },
      { "X-Forwarded-Host": "localhost", "X-Original-URL": "/", "X-Rewrite-URL": "/" },
      { "Cf-Access-Authenticated-User-Email": "author@library.example" },
      { "MF-Access-Blob": '{"app_aud":"local","jwt_claims":{"email":"a@b.example"}}' },
      { Authorization: "Basic YWRtaW46YWRtaW4=" },
    ];
    for (const headers of more) {
      const answer = await world.get("/desk/calendar", { headers });
      expect([headers, answer.status]).toEqual([headers, 403]);
    }
  });
});

describe("paths that are not the desk's ask nobody to log in", () => {
  test.each([
    "/",
    "/tea/",
    "/tea/cooling",
    "/desks",
    "/desktop",
    "/desk-lamp",
    "/tea/desk",
    "/about",
    "/assets/desk.css",
  ])("%s", (path) => {
    expect(isOfDesk(at(path))).toBe(false);
  });
});

describe("the desk is at the library's own address only", () => {
  test.each([
    "https://ml-blog.reader.workers.dev",
    "https://1234abcd-ml-blog.reader.workers.dev",
    "https://library.example.evil.example",
    "https://library.example:8443",
    "https://localhost",
    "http://127.0.0.1:8787",
  ])("%s has none, even for a token that holds", async (host) => {
    const answer = await world.get(`${host}/desk/calendar`, { headers: withToken() });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect((await world.get(at("/desk/calendar"), { headers: withToken() })).body).toContain("Signed in as");
  });
});

test("what the author saw stays with the author: nothing of it is remembered for the next who asks", async () => {
  for (const path of ["/desk/calendar", "/desk/no-such-page", "/desk/"]) {
    const first = await world.get(path, { headers: withToken() });
    expect(first.headers.get("ETag")).toBeNull();
    const next = await world.get(path);
    expect([path, next.status]).toEqual([path, 403]);
    const tagged = await world.get(path, { headers: { "If-None-Match": '"x"' } });
    expect([path, tagged.status]).toEqual([path, 403]);
  }
});

describe("settings that are not there, or not whole, open nothing", () => {
  const team = { ACCESS_TEAM: "tea-house" };
  const here = { ORIGIN: "http://localhost:8787" };
  test.each<[string, Record<string, string>, words: string]>([
    ["nothing is set", {}, "set ACCESS_TEAM and ACCESS_AUD"],
    ["the team alone", team, "ACCESS_AUD is not set"],
    ["the audience alone", { ACCESS_AUD: "a".repeat(64) }, "ACCESS_TEAM is not set"],
    ["an empty team", { ...accessSettings, ACCESS_TEAM: "" }, "ACCESS_TEAM must be just the team name"],
    ["an empty audience", { ...team, ACCESS_AUD: "" }, "ACCESS_AUD must be the application's audience tag"],
    ["a team that leads elsewhere", { ...accessSettings, ACCESS_TEAM: "evil.example/x" }, "ACCESS_TEAM must be"],
    ["an audience cut short", { ...team, ACCESS_AUD: "a".repeat(63) }, "ACCESS_AUD must be"],
    ["the local setting, in production", { DESK_OPEN: "local" }, "set ACCESS_TEAM and ACCESS_AUD"],
    ["half of Access, and the local setting", { ...team, ...here, DESK_OPEN: "local" }, "ACCESS_AUD is not set"],
    ["another word for the local setting", { ...here, DESK_OPEN: "yes" }, "set ACCESS_TEAM and ACCESS_AUD"],
  ])("%s", (_, settings, words) => {
    const state = deskAccess({ ORIGIN: "https://library.example", ...settings });
    expect(state).toMatchObject({ kind: "closed", reason: expect.stringContaining(words) });
  });

  test("closed is a page that is not there, whoever asks, wherever, and whatever wrangler says", async () => {
    const settings = { DESK_OPEN: "local" };
    const identity = { email: "author@localhost" };
    await using closed = await openWorld(undefined, { settings, outbound: access.outbound, identity });
    for (const host of ["https://library.example", "http://localhost:8787", "http://127.0.0.1:8787"]) {
      for (const headers of [{}, withToken()]) {
        const answer = await closed.get(`${host}/desk/calendar`, { headers });
        expect([host, answer.status, answer.headers.get("Cache-Control")]).toEqual([host, 404, "no-store"]);
      }
    }
  });
});

describe("on the author's own machine", () => {
  const settings = { ORIGIN: "http://localhost:8787", DESK_OPEN: "local" };
  test("wrangler says who it is, and only on this machine", async () => {
    await using local = await openWorld(undefined, { settings, identity: { email: "author@localhost" } });
    for (const host of ["http://localhost:8787", "http://127.0.0.1:8787", "http://[::1]:8787"]) {
      const page = await local.get(`${host}/desk/no-such-page`);
      expect([host, page.status, page.body.includes("author@localhost")]).toEqual([host, 404, true]);
    }
    // A foreign domain that resolves to this machine; Cloudflare's edge; another machine in the local network.
    for (const host of ["http://evil.example:8787", "https://library.example", "http://192.168.1.20:8787"]) {
      expect([host, (await local.get(`${host}/desk/calendar`)).status]).toEqual([host, 404]);
    }
    const throughTheEdge = { "CF-Ray": "8f0e1d2c3b4a5968-FRA" };
    expect((await local.get("http://localhost:8787/desk/calendar", { headers: throughTheEdge })).status).toBe(404);
  });

  test("without the identity of wrangler.toml it is closed", async () => {
    await using local = await openWorld(undefined, { settings });
    expect((await local.get("http://localhost:8787/desk/calendar")).status).toBe(404);
  });
});
