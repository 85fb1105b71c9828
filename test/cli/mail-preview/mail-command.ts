/** Runs `npm run mail` in a separate library. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { withoutProgress } from "../../publish/release-folder.ts";
import { repository } from "../../world.ts";

const command = join(repository, "src/cli/commands/mail.ts");
const bare = {
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  RESEND_API_KEY: undefined,
  RESEND_URL: undefined,
  MAIL_FROM: undefined,
  ORIGIN: undefined,
};

export type Environment = Readonly<Record<string, string>>;

export function startMail(home: string, args: readonly string[], environment: Environment = {}): ChildProcess {
  return spawn("node", [command, ...args], { cwd: home, env: { ...process.env, ...bare, ...environment } });
}

/** Waits until it has ended. */
export async function runMail(home: string, args: readonly string[], environment: Environment = {}) {
  const child = startMail(home, args, environment);
  let output = "";
  const hear = (text: string) => {
    output += text;
  };
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", hear);
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, output: withoutProgress(output).trim() };
}
