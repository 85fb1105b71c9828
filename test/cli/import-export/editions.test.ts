/** Tests how imports interact with editions: imported subscribers get only what is published afterwards, once. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { importList } from "../../../src/cli/import-export/import-list.ts";
import { before, minutes, openSendContext } from "../../newsletter/run-context.ts";
import { openWorld, type World } from "../../world.ts";
import { key } from "./author.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test("an import before, during and after a mailing brings none of it; the next chapter comes to everybody, once", async () => {
  const post = await openSendContext(world, { mailsPerRun: 100 });
  const takeIn = (name: string, at: string) =>
    importList(
      {
        target: "local",
        execute: post.execute,
        write: async (statements) => void (await post.execute(statements)),
        keyRing: { keys: [key], from: "the test" },
        now: Date.parse(at),
        tell: () => undefined,
        confirm: async () => "yes",
        progress: () => ({ update: () => undefined, end: () => undefined }),
      },
      {
        path: `${name}.csv`,
        bytes: Buffer.from(
          `email,subscribed_to_emails,created_at\n${name}1@example.com,true,2020-01-01T00:00:00Z\n${name}2@example.com,true,2020-01-01T00:00:00Z\n`,
        ),
        options: {},
      },
    );
  await post.join(250, before);
  await post.run(before);
  // “cooling” has just been published, and no cron run has recorded it yet.
  await takeIn("early", minutes(1));
  await post.run(minutes(2));
  expect(post.copies.length).toBe(100);
  await takeIn("during", minutes(3));
  for (const minute of [5, 10, 15]) await post.run(minutes(minute));
  await takeIn("late", minutes(16));
  for (const minute of [20, 25, 60]) await post.run(minutes(minute));
  expect(post.copies.length).toBe(250);
  expect(post.addresses().filter((address) => address?.endsWith("@example.com"))).toEqual([]);
  expect(await post.execute(["SELECT kind FROM letters"])).toEqual([[]]);

  const next = "2030-06-01T12:05:00.000Z";
  await post.run(next);
  for (const minute of [10, 15, 20]) await post.run(next.replace(":05:", `:${minute}:`));
  const theirs = post.copies.filter(({ to }) => to[0]?.endsWith("@example.com"));
  expect(theirs.map(({ to, subject }) => `${to[0]} ${subject}`).sort()).toEqual(
    ["during", "early", "late"].flatMap((name) => [1, 2].map((n) => `${name}${n}@example.com tea/cold-brew`)),
  );
  expect(post.copies.length).toBe(250 + 256);
}, 120_000);
