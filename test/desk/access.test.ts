/** Checks who can open the desk: only the author, with a valid token of Cloudflare Access. */
import { createHmac, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { type Answer, openWorld, present, type World } from "../world.ts";
import { AccessTeam, accessSettings, encode } from "./author-login.ts";

const access = new AccessTeam();
let world: World;
beforeAll(async () => {
  world = await openWorld(undefined, { settings: accessSettings, outbound: access.outbound });
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  access.weather = "fair";
});

const page = href.deskCalendar();
/** A page of the desk names the signed-in user. */
const isInside = ({ body }: Answer): boolean => body.includes("Signed in as author@library.example");
const knock = (token?: string, path = page, more: Parameters<World["get"]>[1] = {}): Promise<Answer> =>
  world.get(path, { ...more, headers: { ...more.headers, ...(token && { "Cf-Access-Jwt-Assertion": token }) } });

const isKeptNowhere = ({ headers }: Answer): void => {
  expect(headers.get("Cache-Control")).toBe("no-store");
  expect(headers.get("X-Robots-Tag")).toBe("noindex");
  expect(headers.get("Referrer-Policy")).toBe("same-origin");
  expect(headers.get("ETag")).toBeNull();
};

describe("a token that holds", () => {
  test("opens the desk, in the header or in the cookie, and a page says who is logged in", async () => {
    const token = access.token(present);
    expect(isInside(await knock(token))).toBe(true);
    const byCookie = await knock(undefined, page, { headers: { Cookie: `CF_Authorization=${token}` } });
    expect(isInside(byCookie)).toBe(true);
    const missing = await knock(token, "/desk/no-such-page");
    expect([missing.status, isInside(missing)]).toEqual([404, true]);
    isKeptNowhere(missing);
  });

  test("is believed by the keys of the team, which are asked for once in an hour", async () => {
    access.asked = 0;
    const token = access.token(present);
    await knock(token, page, { cold: true });
    await knock(token);
    await knock(token);
    expect(access.asked).toBe(1);
    await knock(access.token("2026-03-01T13:00:01Z"), page, { now: "2026-03-01T13:00:01Z" });
    expect(access.asked).toBe(2);
  });
});

describe("strangers who invent tokens", () => {
  const seconds = Date.parse(present) / 1000;
  const minuteLater = (minutes: number): string => new Date(Date.parse(present) + minutes * 60_000).toISOString();

  test("cause one fetch of the certificates a minute, however many keys they name, and however many at once", async () => {
    access.asked = 0;
    const unknown = (name: number | string) => access.token(present, { header: { kid: `key-${name}` } });
    for (let index = 0; index < 10; index += 1) {
      expect((await knock(unknown(index), page, { cold: index === 0 })).status).toBe(403);
    }
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => knock(unknown(`again-${index}`))));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 403));
    expect(access.asked).toBe(1);
    expect((await knock(unknown("late"), page, { now: minuteLater(1) })).status).toBe(403);
    expect((await knock(unknown("later"), page, { now: minuteLater(1.5) })).status).toBe(403);
    expect(access.asked).toBe(2);
  });

  test("that come together on a cold isolate wait for one fetch, and the author with them", async () => {
    access.asked = 0;
    await world.get("/robots.txt", { cold: true });
    const token = access.token(present);
    const answers = await Promise.all(Array.from({ length: 6 }, () => knock(token)));
    expect(answers.map(isInside)).toEqual(Array.from({ length: 6 }, () => true));
    expect(access.asked).toBe(1);
  });

  test("get no fetch at all for a token that is wrong without any key", async () => {
    access.asked = 0;
    await world.get("/robots.txt", { cold: true });
    for (const claims of [{ aud: ["b".repeat(64)] }, { iss: "https://elsewhere.example" }, { exp: seconds - 60 }]) {
      expect((await knock(access.token(present, { claims, header: { kid: "unknown" } }))).status).toBe(403);
    }
    expect(access.asked).toBe(0);
  });

  const json = (text: string): string => Buffer.from(text).toString("base64url");
  const [head = "", body = "", signature = ""] = access.token(present).split(".");
  const deep = `${"[".repeat(2_000)}${"]".repeat(2_000)}`;
  test.each<[string, string]>([
    ["a header that is null", `${json("null")}.${body}.${signature}`],
    ["a payload that is null", `${head}.${json("null")}.${signature}`],
    ["both null", `${json("null")}.${json("null")}.`],
    ["a list for a header", `${json("[]")}.${body}.${signature}`],
    ["a number for a header", `${json("7")}.${body}.${signature}`],
    ["a string for a payload", `${head}.${json('"author"')}.${signature}`],
    ["a list for a payload", `${head}.${json("[1]")}.${signature}`],
    ...["__proto__", "constructor", "toString", "hasOwnProperty", ""].map((kid): [string, string] => [
      `a key called ${JSON.stringify(kid)}`,
      access.token(present, { header: { kid } }),
    ]),
    ...[null, 7, {}, [], ["first"], true].map((kid): [string, string] => [
      `a key called ${JSON.stringify(kid)}, which is no text`,
      access.token(present, { header: { kid } }),
    ]),
    ["a header with __proto__", `${json('{"__proto__":{"alg":"RS256","kid":"first"}}')}.${body}.${signature}`],
    ["an audience that is null", access.token(present, { claims: { aud: null } })],
    ["an audience of lists", access.token(present, { claims: { aud: [["a".repeat(64)]] } })],
    ["an audience that is an object", access.token(present, { claims: { aud: { 0: "a".repeat(64) } } })],
    ["deep JSON", `${head}.${json(deep)}.${signature}`],
    ["deeper JSON", `${json(deep)}.${body}.${signature}`],
    ["a huge token", `${head}.${json(`{"a":"${"x".repeat(60_000)}"}`)}.${signature}`],
    ["a huge signature", `${head}.${body}.${"A".repeat(60_000)}`],
    ["no UTF-8", `${Buffer.from([0xff, 0xfe]).toString("base64url")}.${body}.${signature}`],
    ["no base64", "%%%.***.???"],
    ["a signature of other letters", `${head}.${body}.${signature.slice(0, -4)}!!!!`],
    ["thousands of dots", ".".repeat(8_000)],
    ["one part too many", `${head}.${body}.${signature}.${signature}`],
  ])("get a 403 for %s", async (_, token) => {
    for (const headers of [{ "Cf-Access-Jwt-Assertion": token }, { Cookie: `CF_Authorization=${token}` }]) {
      const answer = await world.get(page, { headers });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain("This page is for the author");
      isKeptNowhere(answer);
    }
  });
});

describe("a token that does not hold", () => {
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const claims = (changed: object): string => access.token(present, { claims: changed });
  const seconds = Date.parse(present) / 1000;
  const unsigned = (header: object): string => {
    const [, body = ""] = claims({}).split(".");
    return `${encode(header)}.${body}`;
  };
  /** Signed by HMAC with the public key as its secret, which a careless verifier accepts (algorithm confusion). */
  const hmac = (): string => {
    const text = unsigned({ alg: "HS256", kid: "first", typ: "JWT" });
    const secret = access.publicKey.export({ type: "spki", format: "pem" });
    return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  };
  const altered = (): string => {
    const [head, , signature] = claims({}).split(".");
    const [, body] = claims({ email: "somebody@else.example" }).split(".");
    return `${head}.${body}.${signature}`;
  };

  test.each<[string, () => string | undefined]>([
    ["none at all", () => undefined],
    ["an empty one", () => ""],
    ["some text", () => "author"],
    ["three dots", () => "..."],
    ["of another key", () => access.token(present, { key: stranger })],
    [
      "of another key that does not name itself",
      () => access.token(present, { key: stranger, header: { kid: undefined } }),
    ],
    ["of a key that the team does not have", () => access.token(present, { header: { kid: "second" } })],
    ["altered after it was signed", altered],
    ["with no algorithm", () => `${unsigned({ alg: "none" })}.`],
    ["with HMAC and the public key", hmac],
    ["that says another algorithm", () => access.token(present, { header: { alg: "RS512" } })],
    ["that wants something understood", () => access.token(present, { header: { crit: ["b64"], b64: false } })],
    ["for another application", () => claims({ aud: ["b".repeat(64)] })],
    ["for no application", () => claims({ aud: undefined })],
    ["of another team", () => claims({ iss: "https://coffee-house.cloudflareaccess.com" })],
    ["of no team", () => claims({ iss: undefined })],
    ["that is over", () => claims({ exp: seconds - 60 })],
    ["without an end", () => claims({ exp: undefined })],
    ["whose end is a word", () => claims({ exp: "never" })],
    ["of tomorrow", () => claims({ nbf: seconds + 86_400 })],
  ])("%s", async (_, token) => {
    const answer = await knock(token());
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("This page is for the author");
    isKeptNowhere(answer);
  });
});

describe("nobody is let in while the certificates cannot be had", () => {
  test.each(["down", "unreachable", "garbled"] as const)("%s", async (weather) => {
    access.weather = weather;
    const answer = await knock(access.token(present), page, { cold: true });
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "60"]);
    expect(answer.body).toContain("Cloudflare Access could not be reached");
    isKeptNowhere(answer);
    access.weather = "fair";
    access.asked = 0;
    expect((await knock(access.token(present))).status).toBe(503);
    expect(access.asked).toBe(0);
    const now = "2026-03-01T12:01:00Z";
    expect(isInside(await knock(access.token(present), page, { now }))).toBe(true);
  });
});
