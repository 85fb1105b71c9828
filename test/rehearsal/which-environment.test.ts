/** Rehearses the choice of environment, account and login: the same as wrangler's, with the same files, shell and options. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { decideEnvironment } from "../../src/cli/wrangler/environment.ts";
import { repository } from "../world.ts";

const top = "11111111-1111-4111-8111-111111111111";
const staging = "22222222-2222-4222-8222-222222222222";
const settings = `name = "tea"
[[d1_databases]]
binding = "DB"
database_id = "${top}"
[env.staging]
[[env.staging.d1_databases]]
binding = "DB"
database_id = "${staging}"
`;
const databases = new Map([
  [top, "top level"],
  [staging, "staging"],
]);

interface Case {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly shell?: Readonly<Record<string, string>>;
  readonly asked?: string;
  /** Environment, account, token. */
  readonly expected: readonly [string, string, string];
}

const shell = { CLOUDFLARE_ACCOUNT_ID: "shell-account", CLOUDFLARE_API_TOKEN: "shell-token" };
const file = "CLOUDFLARE_ACCOUNT_ID=file-account\nCLOUDFLARE_API_TOKEN=file-token\n";

const cases: readonly Case[] = [
  { name: "nothing names one", shell, expected: ["top level", "shell-account", "shell-token"] },
  {
    name: ".env names everything",
    files: { ".env": `export CLOUDFLARE_ENV='staging' # for now\n${file}` },
    expected: ["staging", "file-account", "file-token"],
  },
  {
    name: "the shell counts more than a file, each variable by itself",
    files: { ".env": `CLOUDFLARE_ENV=staging\n${file}` },
    shell: { CLOUDFLARE_ACCOUNT_ID: "shell-account" },
    expected: ["staging", "shell-account", "file-token"],
  },
  {
    name: "an empty variable of the shell counts as none",
    files: { ".env": "CLOUDFLARE_ENV=staging\n" },
    shell: { ...shell, CLOUDFLARE_ENV: "" },
    expected: ["staging", "shell-account", "shell-token"],
  },
  {
    name: ".env.local counts more than .env, and may use what the shell has",
    files: { ".env": `CLOUDFLARE_ENV=staging\n${file}`, ".env.local": "CLOUDFLARE_API_TOKEN=local-$OWNER\n" },
    shell: { OWNER: "jane" },
    expected: ["staging", "file-account", "local-jane"],
  },
  {
    name: "--env counts more than .env, and has files of its own",
    files: {
      ".env": `CLOUDFLARE_ENV=production\n${file}`,
      ".env.staging": "CLOUDFLARE_API_TOKEN=staging-token\nCLOUDFLARE_ACCOUNT_ID=staging-account\n",
      ".env.staging.local": "CLOUDFLARE_API_TOKEN=own-token\n",
    },
    asked: "staging",
    expected: ["staging", "staging-account", "own-token"],
  },
  {
    name: "CLOUDFLARE_ENV alone does not open the files of the environment",
    files: { ".env": `CLOUDFLARE_ENV=staging\n${file}`, ".env.staging": "CLOUDFLARE_API_TOKEN=staging-token\n" },
    expected: ["staging", "file-account", "file-token"],
  },
  {
    name: 'the top level by --env ""',
    files: { ".env": "CLOUDFLARE_ENV=staging\n" },
    shell,
    asked: "",
    expected: ["top level", "shell-account", "shell-token"],
  },
];

/** Records which database is requested, in which account and with which login. */
const seen = new Map<string, readonly string[]>();
const server = createServer((request, response) => {
  const [, run = "", account = "", database = ""] =
    /^\/(\w+)\/accounts\/([^/]+)\/d1\/database\/([^/]+)/.exec(request.url ?? "") ?? [];
  const token = (request.headers.authorization ?? "").replace("Bearer ", "");
  if (database) seen.set(run, [databases.get(database) ?? database, account, token]);
  response.writeHead(400, { "content-type": "application/json" });
  response.end(JSON.stringify({ success: false, errors: [{ code: 7500, message: "enough" }], messages: [] }));
});
beforeAll(() => new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening)));
afterAll(() => new Promise((closed) => server.close(closed)));
afterEach(() => vi.unstubAllEnvs());

function askWrangler(root: string, run: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const { port } = server.address() as AddressInfo;
  const program = join(repository, "node_modules/wrangler/bin/wrangler.js");
  const command = [program, "d1", "execute", "DB", "--remote", "--json", "--command=SELECT 1", ...args];
  const child = spawn(process.execPath, command, {
    cwd: root,
    stdio: "ignore",
    env: {
      ...env,
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/${run}`,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_WRITE_LOGS: "false",
      HOME: root,
      XDG_CONFIG_HOME: root,
    },
  });
  return new Promise((resolve) => child.on("close", () => resolve(seen.get(run))));
}

test.each(cases)("$name", async ({ name, files = {}, shell: variables = {}, asked, expected }) => {
  const root = mkdtempSync(join(tmpdir(), "library-environment-"));
  for (const [path, text] of Object.entries({ "wrangler.toml": settings, ...files })) {
    writeFileSync(join(root, path), text);
  }
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  const run = name.replace(/\W/g, "");
  const theirs = await askWrangler(root, run, asked === undefined ? [] : [`--env=${asked}`], process.env);
  const decided = decideEnvironment(root, asked);
  const ours = await askWrangler(root, `${run}Ours`, decided.args, decided.variables);
  rmSync(root, { recursive: true });
  expect(theirs).toEqual(expected);
  expect(ours).toEqual(expected);
  const { CLOUDFLARE_ACCOUNT_ID: account, CLOUDFLARE_API_TOKEN: token } = decided.variables;
  expect([decided.name ?? "top level", account, token]).toEqual(expected);
});
