/** Rehearses `npm run doctor` and `npm run sweep` with the real wrangler and a fake Cloudflare API. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { openCloudflare } from "../fakes/cloudflare-api.ts";
import { allMigrations, copyProject } from "./project.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

test("the deployed library: the doctor names what is wrong and how to mend it; sweeping says first what, and deletes only that", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  const run = (command: string, ...args: string[]) => project.script(command, args, cloudflare);
  cloudflare.databases.create("ml-blog");
  cloudflare.databases.write("ml-blog", allMigrations());
  cloudflare.createWorker("ml-blog");

  cloudflare.putSecrets("RESEND_API_KEY", "TOKEN_KEYS");
  const sick = await run("doctor", "--remote");
  expect(sick.code).toBe(1);
  const lines = sick.said.split("\n").map((line) => line.replace(/ +/g, " ").trimEnd());
  expect(lines).toEqual(
    expect.arrayContaining([
      "ok Login by CLOUDFLARE_API_TOKEN",
      "ok Secrets RESEND_API_KEY, TOKEN_KEYS",
      "error Newsletter incomplete: MAIL_FROM is not set",
      "ok Object store 0 objects",
      "warning Cron runs no run recorded yet",
      "- DNS no sending domain: MAIL_FROM is not set",
      "2 errors, 1 warning.",
    ]),
  );
  expect(sick.said).toMatch(/ok +Database +all \d+ migrations applied/);
  expect(sick.said).toContain('error    URL               ORIGIN is "http://localhost:8787", which is only');

  expect((await run("sweep", "--remote")).said.replace(/\s+/g, " ")).toContain("No release has been recorded yet");
  const shelf = cloudflare.namespaces.values("ml-blog-shelf");
  const put = (key: string, value: string) => shelf.set(key, Buffer.from(value));
  put(`release/${hash("r")}`, JSON.stringify({ since: "2026-01-01T00:00:00.000Z", objects: [hash("page")] }));
  put("release/current", hash("r"));
  for (const text of ["page", "old", "older"]) put(`object/${hash(text)}`, text);
  put(`mail/pictures/${hash("pack")}`, "pack");
  const all = [...shelf.keys()];

  const dry = await run("sweep", "--remote");
  expect([dry.code, dry.said]).toEqual([
    0,
    expect.stringContaining("Unused, the oldest since 2026-01-01:\n  2 keys, 0.0 KB"),
  ]);
  expect(dry.said).toContain("Nothing was deleted. To delete them, add `--yes`.");
  expect([...shelf.keys()]).toEqual(all);

  cloudflare.namespaces.refused.add(`object/${hash("old")}`);
  expect((await run("sweep", "--remote", "--yes")).said).toContain("KV did not accept");
  cloudflare.namespaces.refused.clear();
  const swept = await run("sweep", "--remote", "--yes");
  expect([swept.code, swept.said.trim().split("\n").at(-1)]).toEqual([0, "Deleted 1 key."]);
  expect([...shelf.keys()]).toEqual(
    all.filter((key) => key !== `object/${hash("old")}` && key !== `object/${hash("older")}`),
  );
  expect((await run("doctor", "--remot")).said).toContain("Did you mean `--remote`?");
  expect(cloudflare.unknown).toEqual([]);
}, 480_000);
