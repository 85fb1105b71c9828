/** Who comes to the desk: the author, with a token of Cloudflare Access that holds, and nobody else. */
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
/** Inside; a page of the desk says who is logged in. */
const isInside = ({ body }: Answer): boolean => body.includes("Logged in as author@library.example");
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

describe("a token that does not hold", () => {
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const claims = (changed: object): string => access.token(present, { claims: changed });
  const seconds = Date.parse(present) / 1000;
  const unsigned = (header: object): string => {
    const [, body = ""] = claims({}).split(".");
    return `${encode(header)}.${body}`;
  };
  /** Signed with HMAC, the public key as its secret: what a careless verifier takes for good. */
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
    expect(answer.body).toContain("Only the author comes in here");
    isKeptNowhere(answer);
  });
});

describe("nobody is let in while the certificates cannot be had", () => {
  test.each(["down", "unreachable", "garbled"] as const)("%s", async (weather) => {
    access.weather = weather;
    const answer = await knock(access.token(present), page, { cold: true });
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "30"]);
    expect(answer.body).toContain("Cloudflare Access did not say");
    isKeptNowhere(answer);
    access.weather = "fair";
    expect(isInside(await knock(access.token(present)))).toBe(true);
  });
});
