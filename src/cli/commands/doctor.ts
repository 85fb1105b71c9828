/** `npm run doctor`: checks the setup, one line per finding, with a fix for each problem. */
import { Command } from "@commander-js/extra-typings";
import { count } from "../../publish/source/problem.ts";
import { readMigrations } from "../backup/restore.ts";
import { runCommand } from "../command-line.ts";
import { checkDatabase } from "../doctor/database.ts";
import { checkDns, mailDomain, systemLookup } from "../doctor/dns.ts";
import { type Finding, ok, type State, unseen } from "../doctor/finding.ts";
import { checkLogin, checkOtherWorkers, checkShelf, checkSite, readSecrets } from "../doctor/remote.ts";
import { checkResendByKey } from "../doctor/resend.ts";
import { checkConfig, checkDesk, checkIndexNow, checkNewsletter, checkNode } from "../doctor/settings.ts";
import { environmentOption, remoteOption } from "../options.ts";
import { originProblem } from "../origin-problem.ts";
import { takeKeyFromEnvironment } from "../setup/full-access-key.ts";
import { paintFor, wrapped } from "../terminal.ts";
import { readConfig } from "../wrangler/config.ts";
import { executeOn } from "../wrangler/d1-execute.ts";
import { readDevVars } from "../wrangler/dev-vars.ts";
import { useEnvironment, withEnvironment } from "../wrangler/environment.ts";
import { describeEnvironment, readTarget } from "../wrangler/target.ts";

const root = process.cwd();
const paint = paintFor(process.stdout);
const words = { ok: "ok", warning: "warning", wrong: "error", open: "-" } as const satisfies Record<State, string>;
const colours = { ok: "green", warning: "yellow", wrong: "red", open: "dim" } as const satisfies Record<State, string>;
/** Aligns continuation lines with the messages. */
const indent = " ".repeat(27);
const found: Finding[] = [];

const command = new Command("npm run doctor --")
  .description("Checks settings, database, cron trigger and DNS records")
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action(async (args) => {
    // Before `useEnvironment` copies the variables that wrangler inherits.
    const key = takeKeyFromEnvironment();
    useEnvironment(args.env);
    if (args.remote) await lookAtDeployed(key);
    else await lookAtThisMachine();
    const of = (state: State) => found.filter((finding) => finding.state === state).length;
    console.log(`\n${count(of("wrong"), "error")}, ${count(of("warning"), "warning")}.`);
    if (of("wrong") > 0) process.exitCode = 1;
  });

async function lookAtThisMachine(): Promise<void> {
  const config = readConfig();
  show(checkNode(process.version), ok("Environment", describeEnvironment()), ...checkConfig(config, "local"));
  const local = readDevVars(root).values;
  const secrets = Object.keys(local).filter((name) => local[name]);
  show(...(await checkNewsletter(config.vars, secrets, local)), checkDesk(config.vars), ...checkIndexNow(config.vars));
  show(await checkShelf("local"));
  show(...(await checkDatabase(executeOn("local"), "local", names(), Date.now())));
  await showDns(config.vars.MAIL_FROM, false);
}

/** `key`: a Resend key with full access, if set. */
async function lookAtDeployed(key: string | undefined): Promise<void> {
  const config = readConfig();
  show(ok("Environment", describeEnvironment()), checkNode(process.version));
  const login = await checkLogin();
  show(login);
  if (login.state !== "wrong") {
    const { database, namespace } = await readTarget("remote");
    show(ok("Database", database), namespace ? ok("KV namespace", namespace) : unseen("KV namespace", "not found"));
  }
  show(...checkConfig(config, "remote"));
  if (login.state !== "wrong") {
    const { names: secrets, finding } = await readSecrets();
    show(finding, ...(await checkNewsletter(config.vars, secrets)));
    show(...(await checkResendByKey(key, config, secrets)), checkDesk(config.vars), ...checkIndexNow(config.vars));
    show(await checkOtherWorkers(config));
    show(await checkShelf("remote"));
    show(...(await checkDatabase(executeOn("remote"), "remote", names(), Date.now())));
  }
  const origin = String(config.vars.ORIGIN);
  if (originProblem(origin) === undefined) show(await checkSite(origin));
  await showDns(config.vars.MAIL_FROM, true);
}

async function showDns(from: unknown, looks: boolean): Promise<void> {
  const domain = mailDomain(from);
  if (domain === undefined) return show(unseen("DNS", "no sending domain: MAIL_FROM is not set"));
  show(...(await checkDns(domain, looks ? systemLookup() : undefined)));
}

const names = (): string[] => readMigrations(root).map(({ name }) => name);

/** Prints findings immediately: some checks take seconds. */
function show(...findings: readonly Finding[]): void {
  found.push(...findings);
  for (const { state, what, message, wayOut } of findings) {
    const lines = wrapped(message, indent).trimStart();
    console.log(`${paint(words[state].padEnd(8), colours[state])} ${what.padEnd(17)} ${lines}`);
    if (wayOut !== undefined) console.log(wrapped(`-> ${withEnvironment(wayOut)}`, indent));
  }
}

await runCommand(command);
