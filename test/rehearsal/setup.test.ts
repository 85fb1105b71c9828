/**
 * Rehearses `npm run newsletter -- setup` with the real wrangler and Resend's package, against fake Cloudflare and
 * Resend servers.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCloudflare } from "../fakes/cloudflare-api.ts";
import { openResend } from "../fakes/resend.ts";
import { ownFiles } from "./own-files.ts";
import { allMigrations, copyProject } from "./project.ts";

const key = "re_full_access";

test("the newsletter of a deployed library is set up by one command, whose key stays nowhere", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  await using resend = await openResend();
  const run = async (words: string, { input, environment = {} }: { input?: string; environment?: object } = {}) => {
    const asked = { environment: { ...cloudflare.environment, ...environment } };
    const [name = "", ...args] = words.split(" ");
    const { code, said } = await project.script(name, args, asked, input);
    return { code, said, flat: said.replace(/\s+/g, " ").trim() };
  };
  const setUp = "newsletter setup --remote";

  expect((await run("newsletter setup")).flat).toBe(
    "`npm start` needs no setup: its emails stay in a local inbox. For the deployed library, add `--remote`.",
  );
  expect((await run(setUp)).flat).toContain(
    'ORIGIN is "http://localhost:8787", which is only reachable from this machine.',
  );
  // A host without DNS, for a library that is not online yet.
  project.edit(
    "wrangler.toml",
    'ORIGIN = "http://localhost:8787"',
    `ORIGIN = "https://library.invalid"\nMAIL_FROM = "Smith, Jane <hello@letters.library.invalid>"\nRESEND_URL = "${resend.url}"`,
  );
  cloudflare.databases.create("ml-blog");
  expect((await run(setUp, { input: key })).flat).toContain(
    "The Worker is not deployed yet, so secrets cannot be stored. Run `npm run deploy`, then run this command again.",
  );
  cloudflare.databases.write("ml-blog", allMigrations());
  cloudflare.createWorker("ml-blog");
  expect((await run(setUp)).flat).toContain(
    "A Resend key with full access is needed, but there is no terminal to ask in.",
  );
  expect(resend.account.requests).toEqual([]);

  const dryProcesses = watchWrangler();
  const dry = await run(setUp, { environment: { RESEND_FULL_ACCESS_KEY: key } });
  expect([dry.code, dry.flat]).toEqual([
    1,
    expect.stringContaining("Nothing was changed: there is no terminal to confirm in. To proceed, add `--yes`."),
  ]);
  expect(dry.said).toMatch(/^Environment: top level of wrangler\.toml\. Worker ml-blog, database ml-blog/);
  expect([resend.account.writes, [...cloudflare.secrets]]).toEqual([[], []]);
  expect(dryProcesses.stop().filter((text) => text.includes(key))).toEqual([]);

  cloudflare.fail("secret");
  const broken = await run(`${setUp} --yes --region eu-west-1`, { input: `${key}\n` });
  expect([broken.code, broken.flat]).toEqual([
    1,
    expect.stringContaining("failed RESEND_WEBHOOK_SECRET Cloudflare did not store RESEND_WEBHOOK_SECRET."),
  ]);
  cloudflare.fail(undefined);

  const processes = watchWrangler();
  const done = await run(`${setUp} --yes`, { input: `${key}\n` });
  const secrets = Object.fromEntries(cloudflare.secrets);
  expect(done.code).toBe(0);
  expect(resend.account.domains).toMatchObject([{ name: "letters.library.invalid", region: "eu-west-1" }]);
  expect(resend.account.webhooks).toMatchObject([{ endpoint: "https://library.invalid/newsletter/webhooks/resend" }]);
  expect(secrets).toEqual({
    RESEND_WEBHOOK_SECRET: resend.account.webhooks[0]?.secret,
    RESEND_API_KEY: resend.account.keys.find(({ permission }) => permission === "sending_access")?.token,
    TOKEN_KEYS: expect.stringMatching(/^k1:[0-9a-f]{64}$/),
  });
  expect(done.said).toMatch(/pending +TXT +resend\._domainkey\.letters +p=MIGf/);
  expect(done.flat).toContain("Set POSTAL_ADDRESS and AUTHOR_EMAIL in [vars] of wrangler.toml");
  // No secret was visible in another process or printed, and the key is in no file.
  const seen = processes.stop();
  if (existsSync("/proc")) expect(seen.join()).toContain("wrangler.js secret put TOKEN_KEYS");
  expect(seen.filter((text) => [key, ...Object.values(secrets)].some((value) => text.includes(value)))).toEqual([]);
  expect([key, ...Object.values(secrets)].filter((value) => done.said.includes(value))).toEqual([]);
  expect(filesWith(project.root, key)).toEqual([]);
  expect(readFileSync(join(project.root, ".dev.vars"), "utf8")).toBe(`TOKEN_KEYS=${secrets.TOKEN_KEYS}\n`);
  expect(statSync(join(project.root, ".dev.vars")).mode & 0o777).toBe(0o600);

  resend.account.recordsInPlace.add("letters.library.invalid");
  const again = await run(`${setUp} --wait`, { input: key });
  expect([again.code, again.flat]).toEqual([
    0,
    expect.stringContaining("Emails can be sent from letters.library.invalid."),
  ]);
  expect(Object.fromEntries(cloudflare.secrets)).toEqual(secrets);

  const look = await run("doctor --remote", { environment: { RESEND_FULL_ACCESS_KEY: key } });
  for (const line of [
    'ok Newsletter open, from "Smith, Jane" <hello@letters.library.invalid>',
    "ok Resend: domain letters.library.invalid is verified",
    "ok Resend: webhook enabled, with all 8 events",
    "- Webhook secret not compared: https://library.invalid/newsletter/webhooks/resend does not answer",
    "ok Resend: quota 100/3000, matches MAIL_QUOTA",
  ]) {
    expect(look.flat).toContain(line);
  }
  expect(cloudflare.unknown).toEqual([]);
}, 480_000);

/** Arguments and environment of every wrangler process, sampled several times during the second it takes to start. */
function watchWrangler(): { stop(): string[] } {
  const seen = new Set<string>();
  const look = () => {
    for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        const started = readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
        if (started.includes("wrangler.js ")) seen.add(started + readFileSync(`/proc/${id}/environ`, "utf8"));
      } catch {
        // The process has just ended.
      }
    }
  };
  const timer = setInterval(() => existsSync("/proc") && look(), 100);
  return {
    stop() {
      clearInterval(timer);
      return [...seen];
    },
  };
}

/** Files below a folder that contain a text, without installed packages. */
const filesWith = (root: string, text: string): string[] =>
  ownFiles(root).filter((path) => readFileSync(path).includes(text));
