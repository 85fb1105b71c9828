/** Tests decisions that are interrupted, late, or concurrent with a cron run or another decision. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { announce, type Dialogue, goOn, skip, stop } from "../../../src/cli/editions/dialogue.ts";
import { printStatement } from "../../../src/cli/sql-text.ts";
import { editionStatements } from "../../../src/editions/actions/edition-actions.ts";
import { minutes } from "../../newsletter/run-context.ts";
import { openWorld, type World } from "../../world.ts";
import { conflict, edition, later, lost, openNewsletterWorld } from "./author.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test.each([1, 2, 3, 4, 5, 6, 7])(
  "an answer that was cut short after statement %i can be given again, whatever cron did in between",
  async (told) => {
    const post = await openNewsletterWorld(world, 350, 200);
    post.resend.troubles.push(lost);
    await post.run(minutes(0));
    await post.execute(
      editionStatements
        .skip(edition, Date.parse(minutes(1)))
        .slice(0, told)
        .map(printStatement),
    );
    for (const minute of [5, 10]) await post.run(minutes(minute));
    expect(await skip(post.authorAt(minutes(11)), edition)).toMatchObject({ ok: true });
    for (const minute of [15, 20]) await post.run(minutes(minute));
    expect([await post.state(), post.copies.length]).toEqual([{ state: "done", why: "skipped" }, 100]);
    await post.expectOrder();
  },
  60_000,
);

test("answers given while crons run end in order, whoever comes first", async () => {
  for (const answer of [skip, stop]) {
    const post = await openNewsletterWorld(world, 450, 200);
    post.resend.troubles.push(later);
    await post.run(minutes(0));
    for (const minute of [2, 4, 6, 8]) {
      const author = post.authorAt(minutes(minute));
      await Promise.all([
        post.run(minutes(minute)),
        answer(author, edition),
        post.run(minutes(minute)),
        answer(author, edition),
      ]);
      if (answer === stop) await Promise.all([goOn(author, edition), post.run(minutes(minute + 1))]);
    }
    await goOn(post.authorAt(minutes(9)), edition);
    for (const minute of [15, 20, 25]) await post.run(minutes(minute));
    await post.expectOrder();
    if (answer === stop) expect(await post.states()).toEqual({ accepted: 450 });
  }
}, 60_000);

test("while the author thinks about a question, somebody else answers it", async () => {
  const post = await openNewsletterWorld(world, 3);
  post.resend.troubles.push(later);
  await post.run(minutes(0));
  const author = post.authorAt(minutes(1));
  const meanwhile = (act: () => Promise<unknown>): Dialogue => ({
    ...author,
    confirm: async () => {
      await act();
      return "yes";
    },
  });
  const reply = {
    text: "Something else changed it in the meantime, so nothing was done.\n`npm run newsletter` shows the current state.",
    ok: false,
  };
  await stop(author, edition);
  expect(
    await goOn(
      meanwhile(() => skip(author, edition)),
      edition,
    ),
  ).toEqual(reply);
  expect(await post.state()).toEqual({ state: "done", why: "skipped" });
  expect(
    await announce(
      meanwhile(() => announce(author, "tea/leaves")),
      "tea/leaves",
    ),
  ).toEqual(reply);
  for (const minute of [5, 10]) await post.run(minutes(minute));
  expect(post.copies.map(({ subject }) => subject)).toEqual(["tea/leaves", "tea/leaves", "tea/leaves"]);
}, 60_000);

test("whoever says no, or cannot be asked, has changed nothing", async () => {
  const post = await openNewsletterWorld(world, 3);
  post.resend.troubles.push(conflict);
  await post.run(minutes(0));
  for (const [output, words] of [
    ["no", "Nothing was changed."],
    ["unasked", "Nothing was changed: there is no terminal to confirm in. To proceed, add\n`--yes`."],
  ] as const) {
    const author: Dialogue = { ...post.authorAt(minutes(1)), confirm: async () => output };
    expect(await goOn(author, edition)).toEqual({ text: words, ok: false });
    expect(await skip(author, edition)).toEqual({ text: words, ok: false });
    expect(await announce(author, "tea/leaves")).toEqual({ text: words, ok: false });
  }
  expect(await post.state()).toEqual({ state: "stopped", why: "conflict" });
  expect(await post.openNotices()).toEqual([`stopped ${edition}`, `uncertain ${edition}`]);
}, 60_000);
