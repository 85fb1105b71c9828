/** Tests where a set-up reads its key and settings, and what it rejects before it calls Resend. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, test, vi } from "vitest";
import { askForKey, keyVariable, takeKeyFromEnvironment } from "../../../src/cli/setup/full-access-key.ts";
import { storeTokenKeys } from "../../../src/cli/setup/own-token-keys.ts";
import { readSetupSettings } from "../../../src/cli/setup/setup-settings.ts";
import { vars } from "./author.ts";

const piped = (text: string) => Readable.from([text]) as unknown as NodeJS.ReadStream;

test("from the environment it is taken away: programs started later do not inherit it", () => {
  vi.stubEnv(keyVariable, " re_from_env ");
  expect(takeKeyFromEnvironment()).toBe("re_from_env");
  expect(process.env[keyVariable]).toBeUndefined();
  vi.unstubAllEnvs();
  expect(takeKeyFromEnvironment({})).toBeUndefined();
});

test("from standard input it is the first line; anything else is rejected, without repeating it", async () => {
  expect(await askForKey(piped("re_piped_key\r\nmore\n"))).toBe("re_piped_key");
  await expect(askForKey(piped("sk_live_secret\n"))).rejects.toThrow(
    "Standard input is not a Resend API key, which starts with `re_`. Create one at https://resend.com/api-keys, with full access.",
  );
  await expect(askForKey(piped(`re_${"x".repeat(9000)}`))).rejects.toThrow("Standard input is not a Resend API key");
  await expect(askForKey(piped(""))).rejects.toThrow(
    "A Resend key with full access is needed, but there is no terminal to ask in. Create one at https://resend.com/api-keys, and pass it on standard input or in RESEND_FULL_ACCESS_KEY.",
  );
});

test("settings: what is needed, by one rule with the Worker", () => {
  const read = (changed: object) => readSetupSettings({ name: "ml-blog", vars: { ...vars, ...changed } });
  expect(read({ MAIL_FROM: "Smith, Jane <l@Letters.example.org>" })).toMatchObject({
    domain: "letters.example.org",
    webhookUrl: "https://library.example.org/newsletter/webhooks/resend",
    resendUrl: "https://api.resend.com",
  });
  for (const [changed, message] of [
    [
      { ORIGIN: "http://localhost:8787" },
      'ORIGIN is "http://localhost:8787", which is only reachable from this machine. Set ORIGIN in wrangler.toml to the public URL of the library, run `npm run deploy`, then run this command again.',
    ],
    [
      { MAIL_FROM: undefined },
      'MAIL_FROM is not set. Set it in [vars] of wrangler.toml, with a subdomain of your own domain: MAIL_FROM = "Library <letters@letters.example.org>".',
    ],
    [
      { MAIL_FROM: '"Smith, Jane <l@example.org>' },
      'MAIL_FROM has a quotation mark that is not closed, or around part of the name; write it as "Smith, Jane" <l@example.org>.',
    ],
    [
      { MAIL_FROM: "letters@localhost" },
      'MAIL_FROM is at localhost, which cannot send email. Use a subdomain of your own domain: MAIL_FROM = "Library <letters@letters.example.org>".',
    ],
  ] as const) {
    expect(() => read(changed)).toThrow(message);
  }
});

test("the copy of TOKEN_KEYS is added to what .dev.vars has, or takes an empty one's place, for this user alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "dev-vars-"));
  const path = join(folder, ".dev.vars");
  const after = (text: string | undefined) => {
    rmSync(path, { force: true });
    if (text !== undefined) writeFileSync(path, text, { mode: 0o644 });
    storeTokenKeys(folder, ".dev.vars", "k1:$&abc");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    return readFileSync(path, "utf8");
  };
  expect(after(undefined)).toBe("TOKEN_KEYS=k1:$&abc\n");
  expect(after("A=1")).toBe("A=1\nTOKEN_KEYS=k1:$&abc\n");
  expect(after("A=1\nTOKEN_KEYS=\nB=2\n")).toBe("A=1\nTOKEN_KEYS=k1:$&abc\nB=2\n");
  rmSync(folder, { recursive: true });
});
