/** Rehearses `npm start`: its files are private to this user, and its key is never visible to others. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { freePort } from "../journeys/browser.ts";
import { copyProject, type Project } from "./project.ts";

/** Starts it, and waits for the library's URL. */
async function start(project: Project, port: number): Promise<ChildProcess> {
  const child = spawn("node", ["src/cli/commands/start.ts"], {
    cwd: project.root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PORT: String(port), HOME: join(project.root, "home") },
  });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data) => {
        said.push(String(data));
        if (said.join("").includes("  Library:  ")) resolve();
      });
    }
    child.on("exit", (code) => reject(new Error(`It ended with ${code}:\n${said.join("")}`)));
  });
  return child;
}

/** Command lines of all processes, readable by every user. */
const commandLines = (): string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .flatMap((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        // The process has just ended.
        return [];
      }
    });

test.runIf(existsSync("/proc/self/cmdline"))(
  "the key is in no command line, .wrangler/ is closed to others, and .dev.vars still counts",
  async () => {
    using project = copyProject();
    const state = join(project.root, ".wrangler");
    // As created by an earlier version, or by wrangler itself.
    mkdirSync(state, { mode: 0o755 });
    writeFileSync(join(project.root, ".dev.vars"), "COUNT_MAIL_CLICKS=yes\nTOKEN_KEYS=short\n");
    const port = await freePort();
    const child = await start(project, port);
    const ended = new Promise((resolve) => child.once("close", resolve));
    try {
      const [, secret = ""] = readFileSync(join(state, "token-key"), "utf8").split(":");
      expect(secret).toMatch(/^[0-9a-f]{48}$/);
      const lines = commandLines();
      expect(lines.some((line) => line.includes("wrangler") && line.includes(`--port ${port}`))).toBe(true);
      expect(lines.filter((line) => line.includes(secret))).toEqual([]);

      const folders = [".", "state", "state/v3"].map((name) => join(state, name));
      for (const path of [...folders, join(state, "token-key"), join(state, "token-key.env")]) {
        expect([path, statSync(path).mode & 0o077]).toEqual([path, 0]);
      }
      for (const name of readdirSync(state)) {
        expect([name, statSync(join(state, name)).mode & 0o077]).toEqual([name, 0]);
      }

      // Chapters ask for feedback, which needs the key for signing; the author's own settings still apply.
      const chapter = await (await fetch(`http://localhost:${port}/tea/leaves`)).text();
      expect(chapter).toContain("Was this clear?");
      expect(await (await fetch(`http://localhost:${port}/about/counting`)).text()).toContain("from=newsletter");
    } finally {
      child.kill("SIGTERM");
      await ended;
    }
  },
  300_000,
);
