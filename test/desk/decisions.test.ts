/**
 * Checks decisions at the desk: each page states in numbers what will happen, does the same as the command, and accepts
 * only its own forms.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dismiss, goOn, skip, stop } from "../../src/cli/editions/dialogue.ts";
import { planContinue, planSkip } from "../../src/cli/editions/plans.ts";
import { readDetail } from "../../src/cli/editions/read-detail.ts";
import { openDatabase } from "../../src/db/database.ts";
import { describeDecision } from "../../src/editions/actions/decision-effects.ts";
import { readEditionStatus } from "../../src/editions/actions/edition-status.ts";
import { href } from "../../src/routes.ts";
import { en } from "../../src/ui/words/en.ts";
import { conflict, edition, lost, openNewsletterWorld } from "../cli/editions/author.ts";
import { minutes } from "../newsletter/run-context.ts";
import { type Desk, openDesk, tokenIn, wordsOf } from "./author.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const commands = { stop, continue: goOn, skip } as const;
const tables = ["editions", "batches", "deliveries", "notices"];

/** An edition in progress: some emails sent, some uncertain, some not yet sent. */
const inTrouble = async () => {
  const post = await openNewsletterWorld(desk.world, 350, 200);
  await post.execute([
    "UPDATE subscribers SET paused_until = '2026-02-05T00:00:00.000Z' WHERE id = 's00349'",
    `UPDATE subscribers SET books = '["coffee"]' WHERE id = 's00348'`,
  ]);
  post.resend.troubles.push(lost);
  await post.run(minutes(0));
  return post;
};
type Post = Awaited<ReturnType<typeof inTrouble>>;

const rowsOf = ({ execute }: Pick<Post, "execute">) =>
  execute(tables.map((table) => `SELECT * FROM ${table} ORDER BY 1, 2`));
async function keep({ execute }: Pick<Post, "execute">) {
  await execute(
    tables.flatMap((table) => [
      `DROP TABLE IF EXISTS kept_${table}`,
      `CREATE TABLE kept_${table} AS SELECT * FROM ${table}`,
    ]),
  );
  return () =>
    execute(tables.flatMap((table) => [`DELETE FROM ${table}`, `INSERT INTO ${table} SELECT * FROM kept_${table}`]));
}

describe("a decision means what the command means", () => {
  test.each<[string, ("stop" | "continue" | "skip")[]]>([
    ["stop", ["stop"]],
    ["stop and continue", ["stop", "continue"]],
    ["stop and skip", ["stop", "skip"]],
    ["skip while it is sent", ["skip"]],
    ["stop twice", ["stop", "stop"]],
    ["continue what is not stopped", ["continue"]],
    ["skip, then continue", ["skip", "continue"]],
  ])(
    "%s: the same rows afterwards",
    async (_, decisions) => {
      const post = await inTrouble();
      const back = await keep(post);
      for (const [index, decision] of decisions.entries()) {
        await commands[decision](post.authorAt(minutes(index + 1)), edition);
      }
      const byCommand = await rowsOf(post);
      await back();
      for (const [index, decision] of decisions.entries()) {
        const options = { now: minutes(index + 1) };
        const form = await desk.see(href.deskEditions(edition), options);
        expect(form.status).toBe(200);
        // A token from any of the author's pages is valid; a decision that is not possible has no form.
        const token =
          tokenIn((await desk.see(href.deskAction(edition, "skip"), { now: minutes(0) })).body) || lastToken;
        lastToken = token;
        await desk.post(href.deskAction(edition, decision), { token }, options);
      }
      expect(await rowsOf(post)).toEqual(byCommand);
    },
    60_000,
  );
  let lastToken = "";

  test("after a conflict, and the notice about it", async () => {
    const post = await openNewsletterWorld(desk.world, 250);
    post.resend.troubles.push(conflict);
    await post.run(minutes(0));
    const back = await keep(post);
    const author = post.authorAt(minutes(1));
    await dismiss(author, `stopped ${edition}`);
    await goOn(author, edition);
    await dismiss(author, `uncertain ${edition}`);
    const byCommand = await rowsOf(post);
    expect(await post.openNotices()).toEqual([]);
    await back();
    const options = { now: minutes(1) };
    const token = tokenIn((await desk.see(href.deskAction(edition, "continue"), options)).body);
    await desk.post(href.deskNotices(), { token, id: `stopped ${edition}` }, options);
    expect(await post.openNotices()).toEqual([`stopped ${edition}`, `uncertain ${edition}`]);
    expect((await desk.post(href.deskAction(edition, "continue"), { token }, options)).status).toBe(303);
    await desk.post(href.deskNotices(), { token, id: `uncertain ${edition}` }, options);
    expect(await rowsOf(post)).toEqual(byCommand);
  }, 60_000);

  test("says the same numbers in the same words, sent, stopped and with copies in doubt", async () => {
    const post = await inTrouble();
    const db = openDatabase(await desk.world.database());
    const compare = async (at: string) => {
      const [here, there] = [
        await readEditionStatus(db, edition, Date.parse(at)),
        await readDetail(post.execute, edition, at, 0),
      ];
      if (!here || !there) throw new Error("There is no mailing.");
      const moment = { target: "local", now: at } as const;
      for (const [ours, theirs] of [
        [describeDecision("continue", here, en.desk), planContinue(there.edition, there.newsletter, moment)],
        [describeDecision("skip", here, en.desk), planSkip(there.edition, moment)],
      ] as const) {
        expect(ours.kind).toBe(theirs.kind);
        if (ours.kind === "to do" && theirs.kind === "to do") expect(ours.effects).toEqual(theirs.asks?.effects);
      }
      return here;
    };
    expect(await compare(minutes(1))).toMatchObject({ state: "sending", tried: 100 });
    await stop(post.authorAt(minutes(1)), edition);
    expect(await compare(minutes(2))).toMatchObject({ state: "stopped", untried: 100 });
    await goOn(post.authorAt(minutes(25 * 60)), edition);
    await post.run(minutes(25 * 60 + 5));
    expect((await compare(minutes(25 * 60 + 6))).deliveries).toContainEqual(
      expect.objectContaining({ state: "uncertain" }),
    );
  }, 60_000);
});

test("a story: the author looks, is asked, ends the mailing, and sees that it is ended", async () => {
  await inTrouble();
  const options = { now: minutes(1) };
  const page = await desk.see(href.deskEditions(edition), options);
  expect(wordsOf(page.body)).toContain("Cooling: When to Drink");
  expect(wordsOf(page.body)).toMatch(/Recipients 3\d\d/);
  expect(wordsOf(page.body)).toMatch(/Waiting not processed yet \(\d+\); sending \(100\)/);
  expect(page.body).toContain(`href="${href.deskAction(edition, "skip")}"`);
  const question = await desk.see(href.deskAction(edition, "skip"), options);
  expect(wordsOf(question.body)).toContain(
    "100 subscribers may have it, because their batch was sent or is being sent: marked uncertain",
  );
  expect(wordsOf(question.body)).toContain("This cannot be undone.");
  const answer = await desk.send(href.deskAction(edition, "skip"), href.deskAction(edition, "skip"), {}, options);
  expect([answer.status, answer.headers.get("Location")]).toEqual([303, `${href.deskEditions(edition)}?after=skip`]);
  const after = await desk.see(answer.headers.get("Location") ?? "", options);
  expect(wordsOf(after.body)).toContain("The edition has been ended. The table shows who received it.");
  expect(wordsOf(after.body)).toContain("Ended by you");
  expect(after.body).not.toContain(href.deskAction(edition, "continue"));
  const again = await desk.see(href.deskAction(edition, "continue"), options);
  expect(wordsOf(again.body)).toContain("You ended this edition. There is nothing to do.");
  // The status message appears only if it is true.
  expect((await desk.see(`${href.deskEditions(edition)}?after=stop`, options)).body).not.toContain(
    "The edition is paused.",
  );
}, 60_000);

test("who answers a question that is out of date changes nothing, and is told how things stand", async () => {
  const post = await inTrouble();
  const options = { now: minutes(1) };
  const token = tokenIn((await desk.see(href.deskAction(edition, "stop"), options)).body);
  await skip(post.authorAt(minutes(1)), edition);
  const before = await rowsOf(post);
  const answer = await desk.post(href.deskAction(edition, "stop"), { token }, options);
  expect(answer.status).toBe(409);
  expect(wordsOf(answer.body)).toContain("Nothing was changed: this edition was changed elsewhere");
  expect(await rowsOf(post)).toEqual(before);
}, 60_000);

describe("a form that is not the desk's own", () => {
  const action = href.deskAction(edition, "skip");
  const options = { now: minutes(1) };
  let post: Post;
  let token = "";
  beforeAll(async () => {
    post = await inTrouble();
    token = tokenIn((await desk.see(action, options)).body);
  }, 60_000);

  const refused = async (answer: { status: number; headers: Headers }) => {
    expect(answer.status).toBe(403);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(await post.state()).toEqual({ state: "sending", why: null });
  };

  test.each<[string, Record<string, string>]>([
    ["another site", { Origin: "https://evil.example" }],
    ["a site below the same domain", { Origin: "https://evil.library.example" }],
    ["the same host without TLS", { Origin: "http://library.example" }],
    ["a sandboxed page", { Origin: "null" }],
    ["another site, by what the browser says of it", { Origin: "", "Sec-Fetch-Site": "cross-site" }],
    ["a neighbour, by what the browser says of it", { Origin: "", "Sec-Fetch-Site": "same-site" }],
    ["nobody knows where", { Origin: "" }],
  ])("from %s changes nothing, even with the token", async (_, { Origin, ...rest }) => {
    const body = new URLSearchParams({ token }).toString();
    const headers = { "Content-Type": "application/x-www-form-urlencoded", ...rest, ...(Origin && { Origin }) };
    await refused(await desk.see(action, { ...options, method: "POST", body, headers }));
  });

  test.each<[string, () => Promise<Record<string, string>>]>([
    ["without a token", async () => ({})],
    ["with an empty one", async () => ({ token: "" })],
    ["with one that was altered", async () => ({ token: token.replace("desk-form", "desk-fork") })],
    [
      "with the token of somebody else",
      async () => ({ token: tokenIn((await desk.see(action, { ...options, as: "guest@library.example" })).body) }),
    ],
    [
      "with one of yesterday",
      async () => ({ token: tokenIn((await desk.see(action, { now: "2026-02-01T08:00:00Z" })).body) }),
    ],
  ])("%s changes nothing, and asks anew", async (_, fields) => {
    const answer = await desk.post(action, await fields(), options);
    await refused(answer);
    expect(wordsOf(answer.body)).toContain("Nothing was changed");
  });

  test.each(["PUT", "PATCH", "DELETE"])("%s changes nothing", async (method) => {
    const body = new URLSearchParams({ token }).toString();
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Origin: desk.world.origin };
    await refused(await desk.see(action, { ...options, method, body, headers }));
  });

  test("JSON and plain text change nothing", async () => {
    for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x"]) {
      await refused(await desk.post(action, { token }, { ...options, headers: { "Content-Type": type } }));
    }
  });

  test("reading changes nothing", async () => {
    await desk.see(action, options);
    await desk.see(action, { ...options, method: "HEAD" });
    await desk.see(`${action}?token=${encodeURIComponent(token)}`, options);
    expect(await post.state()).toEqual({ state: "sending", why: null });
  });

  test("a page that the browser calls of the same origin is believed without an Origin", async () => {
    const body = new URLSearchParams({ token }).toString();
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
    expect((await desk.see(action, { ...options, method: "POST", body, headers })).status).toBe(303);
  });
});

test("an answer to “Was this clear?” is put aside, once", async () => {
  await inTrouble();
  const database = await desk.world.database();
  await database
    .prepare(
      "INSERT INTO feedback (id, page, at, clear, words) VALUES ('f1', 'tea/cooling', '2026-02-02T08:00:00.000Z', 0, 'Why the minus?')",
    )
    .run();
  const page = await desk.see(href.deskFeedback(), { now: minutes(1) });
  expect(page.body).toContain("Why the minus?");
  const token = tokenIn(page.body);
  const settled = () => database.prepare("SELECT settled_at FROM feedback").first("settled_at");
  expect((await desk.post(href.deskFeedback(), { id: "f1" }, { now: minutes(1) })).status).toBe(403);
  expect(await settled()).toBeNull();
  for (const minute of [1, 2]) {
    const answer = await desk.post(href.deskFeedback(), { token, id: "f1" }, { now: minutes(minute) });
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, href.deskFeedback()]);
  }
  expect(await settled()).toBe(minutes(1));
  // Redirects to the page with the button if it is part of the desk, otherwise to the default.
  for (const [from, to] of [
    [`${desk.world.origin}/desk/feedback?open=yes&clear=no`, "/desk/feedback?open=yes&clear=no"],
    [`${desk.world.origin}/desk/reading/tea/cooling`, "/desk/reading/tea/cooling"],
    [`${desk.world.origin}//evil.example/desk/`, href.deskFeedback()],
    [`${desk.world.origin}/newsletter/`, href.deskFeedback()],
    ["https://evil.example/desk/feedback", href.deskFeedback()],
    ["nowhere", href.deskFeedback()],
  ] as const) {
    const options = { now: minutes(2), headers: { Referer: from } };
    const answer = await desk.post(href.deskFeedback(), { token, id: "f1" }, options);
    expect([from, answer.headers.get("Location")]).toEqual([from, to]);
  }
}, 60_000);

test("an edition that is not there is a page that is not there", async () => {
  for (const path of [
    href.deskEditions("each_tea_nothing"),
    href.deskAction("each_tea_nothing", "skip"),
    href.deskAction(edition, "erase"),
  ]) {
    const answer = await desk.see(path);
    expect([path, answer.status, answer.body.includes("Back to the desk")]).toEqual([path, 404, true]);
  }
});
