/** Rehearses `npm run newsletter` with the real wrangler, on the local database and on a fake Cloudflare's. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { type CloudflareFake, openCloudflare } from "../fakes/cloudflare-api.ts";
import { allMigrations, copyProject, type Project } from "./project.ts";

/** An edition with two recipients, stopped by the engine before it was sent to them. */
const stopped = `
  INSERT INTO newsletter (id, began_at) VALUES (1, '2026-01-01T00:00:00.000Z');
  INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at) VALUES
    ('s1', 'Ann@example.org', 'ann@example.org', 'confirmed', 'k', '', '2026-01-02T00:00:00.000Z'),
    ('s2', 'bo@example.org', 'bo@example.org', 'confirmed', 'k', '', '2026-01-02T00:00:00.000Z');
  INSERT INTO publications (chapter_id, published_at, recorded_at, announced_at, edition_id)
    VALUES ('tea/cooling', '', '', '2026-02-02T08:30:00.000Z', 'each_tea_cooling');
  INSERT INTO editions (id, audience, chapters, state, opened_at, mails, stopped_at, stop_reason)
    VALUES ('each_tea_cooling', 'each', '["tea/cooling"]', 'stopped', '2026-02-02T08:30:00.000Z', '[]', '2026-02-02T09:30:00.000Z', 'restored');
  INSERT INTO notices (id, title, body, at)
    VALUES ('stopped each_tea_cooling', 'A mailing waits for your word', '', '2026-02-02T09:30:00.000Z');`;

const newsletter = (project: Project, cloudflare: Pick<CloudflareFake, "environment">, ...args: string[]) =>
  project.script("newsletter", args, cloudflare);

test("on this machine: it says what is missing, lists, does nothing unasked, and does what it is told, in one transaction", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  const say = async (...args: string[]) => {
    const { code, said } = await newsletter(project, cloudflare, ...args);
    return [code, said.trim()];
  };
  expect(await say()).toEqual([1, "The local database has not been created yet: run `npm start` once."]);

  await project.prepareDatabase(cloudflare, { sql: stopped });
  const [code, list] = await say();
  expect([code, String(list).split("\n").slice(0, 8)]).toEqual([
    0,
    [
      "The newsletter on this machine",
      "",
      "Needs attention",
      "  each_tea_cooling                                  stopped 2026-02-02 09:30 UTC",
      "    The database was rolled back. Some recipients may already have this edition,",
      "    with no record of it.",
      "    2 queued.",
      "    continue    npm run newsletter -- continue each_tea_cooling",
    ],
  ]);
  const question = [
    "If you continue each_tea_cooling:",
    "  The database was rolled back. Some recipients may already have this edition,",
    "  with no record of it.",
    "  2 subscribers  will get it: not processed yet, and no delivery on record; some",
    "                 may have received it before the database was rolled back",
    "",
  ];
  expect(await say("continue", "each_tea_cooling")).toEqual([
    1,
    [...question, "Nothing was changed: there is no terminal to confirm in. To proceed, add\n`--yes`."].join("\n"),
  ]);
  expect(await say("--yes", "continue", "each_tea_cooling")).toEqual([
    0,
    [
      ...question,
      "each_tea_cooling continues with the next cron run.",
      "`npm run newsletter -- show each_tea_cooling` shows its progress.",
    ].join("\n"),
  ]);
  expect(await say("skip", "each_tea_cooling", "--yes")).toEqual([0, expect.stringContaining("has been ended.")]);
  const [, page] = await say("show", "each_tea_cooling");
  expect(page).toContain("Recipients\n  2  not sent: you ended the edition");

  const half = "UPDATE editions SET state = 'sending'; INSERT INTO nowhere VALUES (1)";
  const broken = await project.wrangler(["d1", "execute", "DB", "--local", `--command=${half}`], cloudflare);
  expect(broken.said).toContain("no such table: nowhere");
  expect(await say("skip", "each_tea_cooling", "--yes")).toEqual([0, expect.stringContaining("was ended by you")]);
  expect(cloudflare.requests).toEqual([]);
}, 240_000);

test("for the deployed library: it asks Cloudflare, and says in plain words what is in the way", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  const first = async (...args: string[]) => {
    const { code, said } = await newsletter(project, cloudflare, ...args, "--remote");
    const [names = "", message] = said.trim().split("\n\n");
    const title = cloudflare.site === undefined ? "not found" : "ml-blog-shelf";
    expect(names.replace("\n", " ")).toBe(
      `Environment: top level of wrangler.toml. Worker ml-blog, database ml-blog, KV namespace ${title}.`,
    );
    return [code, message];
  };
  expect(await first("list")).toEqual([
    1,
    "The database does not exist in this account: `npm run deploy` creates it.\n`npx wrangler whoami` shows the account.",
  ]);
  cloudflare.databases.create("ml-blog");
  expect(await first("list")).toEqual([
    1,
    "The database exists, but its migrations are not applied: run `npm run deploy`.",
  ]);
  cloudflare.databases.write("ml-blog", allMigrations());
  expect(await first()).toEqual([0, "The newsletter of the deployed library"]);

  cloudflare.databases.write("ml-blog", stopped);
  const { code, said } = await newsletter(project, cloudflare, "--remote", "continue", "each_tea_cooling", "--yes");
  expect([code, said.trim().split("\n").at(-1)]).toEqual([
    0,
    "`npm run newsletter -- show each_tea_cooling --remote` shows its progress.",
  ]);
  expect(cloudflare.databases.rows("ml-blog", "SELECT state, stop_reason FROM editions")).toMatchObject([
    { state: "sending", stop_reason: null },
  ]);
  expect(cloudflare.databases.rows("ml-blog", "SELECT id FROM notices WHERE resolved_at IS NULL")).toEqual([]);
  expect(await first("show", "each_tea_coling")).toEqual([
    1,
    "There is no edition `each_tea_coling` in the deployed library. Did you mean\n`each_tea_cooling`?",
  ]);
  expect(cloudflare.unknown).toEqual([]);
}, 240_000);

test("without a login, and without a network, it says so", async () => {
  using project = copyProject();
  const port = await closedPort();
  const address = { CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4` };
  const nobody = await newsletter(project, { environment: address }, "--remote");
  expect([nobody.code, nobody.said.trim()]).toEqual([
    1,
    "Wrangler is not logged in to Cloudflare. Log in with `npx wrangler login`, or\nset CLOUDFLARE_API_TOKEN.",
  ]);
  const login = { CLOUDFLARE_ACCOUNT_ID: "0123456789abcdef0123456789abcdef", CLOUDFLARE_API_TOKEN: "a-token" };
  const alone = await newsletter(project, { environment: { ...address, ...login } }, "--remote");
  expect([alone.code, alone.said.trim()]).toEqual([
    1,
    `Cloudflare cannot be reached. Check the network connection of this machine.\n\nfetch failed: connect ECONNREFUSED 127.0.0.1:${port} (ECONNREFUSED)`,
  ]);
}, 120_000);

test("--help names every command; what is mistyped is not taken for something else", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  const help = await newsletter(project, cloudflare, "--help");
  expect([help.code, help.said.trim().split("\n").slice(-21)]).toEqual([
    0,
    [
      "Commands:",
      "  setup [options]                      Sets up Resend and the Worker's secrets;",
      "                                       safe to repeat",
      "  list [options]                       Lists editions: needing attention,",
      "                                       sending, and complete (default)",
      "  show [options] <edition>             Shows one edition: recipients by state",
      "                                       and reason, and what happens next",
      "  continue [options] <edition>         Continues a stopped edition, for everyone",
      "                                       with no delivery on record",
      "  skip [options] <edition>             Ends an edition: subscribers who have not",
      "                                       got it yet will not get it",
      "  stop [options] <edition>             Pauses an edition immediately, until you",
      "                                       continue or skip it",
      "  announce [options] <chapter>         Emails a chapter that would not be sent",
      "                                       automatically",
      "  identify [options] <place> <answer>  Says whether a chapter that appeared has",
      "                                       moved or is new",
      "  resume [options]                     After a restore: resumes sending",
      "  dismiss [options] <notice> [detail]  Dismisses a notice",
      "",
      "For the options of one command: npm run newsletter -- COMMAND --help",
    ],
  ]);
  for (const [args, words] of [
    [["contine", "each_tea_cooling"], "Unknown command `contine`. Did you mean `continue`?"],
    [["stop", "each_tea_cooling", "--remot"], "Unknown option `--remot`. Did you mean `--remote`?"],
    [["list", "--limit", "many"], "--limit must be a whole number, not `many`."],
  ] as const) {
    const { code, said } = await newsletter(project, cloudflare, ...args);
    expect([code, said.trim()]).toEqual([1, words]);
  }
}, 120_000);

/** A local port without a listener. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
