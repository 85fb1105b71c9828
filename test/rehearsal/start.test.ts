/**
 * Rehearses `npm start`: mistakes appear over the page, its files are private to this user, and its key is never visible
 * to others.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { freePort, openBrowser, openPage } from "../journeys/browser.ts";
import { dot } from "../publish/release-folder.ts";
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

test("mistakes in content/ appear over the open page, whatever the file, and never end it", async () => {
  using project = copyProject();
  const port = await freePort();
  const child = await start(project, port);
  const ended = new Promise((resolve) => child.once("close", resolve));
  const browser = await openBrowser();
  try {
    const { page } = await openPage(browser, `http://localhost:${port}/tea/leaves`);
    const alert = page.getByRole("alert");
    const content = join(project.root, "content/tea");

    project.edit("content/tea/leaves.md", "## Oxidation", "## Oxidation\n\nSee [nothing](nowhere).");
    await alert.getByText("There is no chapter nowhere.").waitFor();
    expect(await alert.locator("mark").textContent()).toBe("[nothing](nowhere)");
    project.edit("content/tea/leaves.md", "See [nothing](nowhere).", "See [the book](tea).");
    await alert.waitFor({ state: "detached" });
    await page.getByRole("link", { name: "the book" }).waitFor();

    // An image that is being copied: half of it, then all of it.
    const image = dot(1);
    writeFileSync(join(content, "cup.png"), image.subarray(0, 40));
    project.edit("content/tea/leaves.md", "See [the book](tea).", '![A cup.](cup.png "A cup.")');
    await alert.getByText("The image cup.png is damaged or incomplete.").waitFor();
    writeFileSync(join(content, "cup.png"), image);
    await alert.waitFor({ state: "detached" });
    await page.getByRole("img", { name: "A cup." }).waitFor({ state: "attached" });

    // Emacs makes such a link; saving goes on while it is there.
    symlinkSync("somebody@host.1234:567", join(content, ".#leaves.md"));
    project.edit("content/tea/leaves.md", "## Oxidation", "## Oxidation while locked");
    await page.getByRole("heading", { name: "Oxidation while locked", exact: true }).waitFor();
    expect(child.exitCode).toBe(null);
  } finally {
    await browser.close();
    child.kill("SIGTERM");
    await ended;
  }
}, 300_000);

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
