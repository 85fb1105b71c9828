/** `npx wrangler deploy`, the real one, to a Cloudflare on this machine: what it sends, and what a failure leaves. */
import { expect, test } from "vitest";
import { openRehearsal } from "./rehearsal.ts";
import { visit } from "./visit.ts";

const chapter = "content/tea/cooling.md";
const before = "You pour, and wait. How long?";
const after = "You pour, and wait. For how long?";

test("a dry run asks nothing of Cloudflare, and needs no login", async () => {
  await using rehearsal = await openRehearsal();
  const dry = await rehearsal.wrangler("deploy", "--dry-run");
  expect(dry.stdout).toContain("--dry-run: exiting now.");
  expect(dry.code).toBe(0);
  expect(rehearsal.cloudflare.requests).toEqual([]);
  expect(rehearsal.released().length).toBeGreaterThan(10);
});

test("the first deploy publishes everything, the next one only what is new", async () => {
  await using rehearsal = await openRehearsal();
  const { cloudflare } = rehearsal;

  const first = await rehearsal.wrangler("deploy");
  expect(first.stderr).toBe("");
  expect(first.code).toBe(0);
  const files = rehearsal.released();
  expect(cloudflare.assets.uploads.toSorted()).toEqual(files.toSorted());
  expect([...(cloudflare.site?.assets.keys() ?? [])].toSorted()).toEqual(files.toSorted());
  expect(cloudflare.site?.assetHeaders).toContain("Cache-Control: public, max-age=31536000, immutable");
  expect(cloudflare.namespaces.titles).toEqual(["ml-blog-shelf"]);
  expect(cloudflare.databases.names).toEqual(["ml-blog"]);
  expect(cloudflare.schedules).toEqual(["*/5 * * * *"]);
  const style = files.find((path) => path.endsWith(".css")) ?? "";
  const object = files.find((path) => path.startsWith("/objects/")) ?? "";
  const [page, sheet, hidden] = await visit(cloudflare.site, "/tea/cooling", style, object);
  expect(page?.status).toBe(200);
  expect(page?.body).toContain(before);
  expect(sheet?.status).toBe(200);
  expect(hidden?.status).toBe(404);

  cloudflare.assets.uploads.length = 0;
  const second = await rehearsal.wrangler("deploy");
  expect(second.code).toBe(0);
  expect(cloudflare.assets.uploads).toEqual([]);
  expect(cloudflare.namespaces.titles).toEqual(["ml-blog-shelf"]);
  expect(cloudflare.databases.names).toEqual(["ml-blog"]);

  rehearsal.edit(chapter, before, after);
  const third = await rehearsal.wrangler("deploy");
  expect(third.code).toBe(0);
  const fresh = rehearsal.released().filter((path) => !files.includes(path));
  expect(cloudflare.assets.uploads.toSorted()).toEqual(fresh.toSorted());
  // The chapter, and the feeds that quote it.
  expect(fresh.map((path) => path.split("/")[1])).toEqual(["objects", "objects", "objects"]);
  const [changed] = await visit(cloudflare.site, "/tea/cooling");
  expect(changed?.body).toContain(after);
});

test.each([
  ["script upload", "fails to arrive"],
  ["activation", "arrives but cannot be opened to readers"],
] as const)("when the %s fails, the old site stays whole (the new one %s)", async (step) => {
  await using rehearsal = await openRehearsal();
  const { cloudflare } = rehearsal;
  await rehearsal.wrangler("deploy");
  const old = cloudflare.site;

  rehearsal.edit(chapter, before, after);
  cloudflare.fail(step);
  const broken = await rehearsal.wrangler("deploy");
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain("An unknown error has occurred.");
  expect(cloudflare.site).toBe(old);
  const pages = ["/", "/tea", "/tea/leaves", "/tea/cooling", "/feed.xml"];
  const answers = await visit(cloudflare.site, ...pages);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(answers[3]?.body).toContain(before);

  cloudflare.fail(undefined);
  expect((await rehearsal.wrangler("deploy")).code).toBe(0);
  const [page] = await visit(cloudflare.site, "/tea/cooling");
  expect(page?.body).toContain(after);
});

test("broken content stops the deploy before Cloudflare hears of it", async () => {
  await using rehearsal = await openRehearsal();
  rehearsal.edit(chapter, "\\frac{dT}{dt}", "\\frc{dT}{dt}");
  const stopped = await rehearsal.wrangler("deploy");
  expect(stopped.code).toBe(1);
  expect(stopped.stdout + stopped.stderr).toContain("content/tea/cooling.md:28:2");
  expect(stopped.stdout + stopped.stderr).toContain("Nothing was published.");
  expect(rehearsal.cloudflare.requests).toEqual([]);
});
