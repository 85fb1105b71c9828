/** Rehearses a fork that upgrades the engine, with the commands from the README of the commands. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../world.ts";

const readme = readFileSync(join(repository, "src/cli/commands/README.md"), "utf8");
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block.trim().split("\n"));

test("content/ stays as the author has it, and everything else is the newer engine's", () => {
  const home = mkdtempSync(join(tmpdir(), "library-upgrade-"));
  const folder = (name: string) => ({
    write(files: Readonly<Record<string, string | undefined>>) {
      for (const [path, text] of Object.entries(files)) {
        const file = join(home, name, path);
        mkdirSync(dirname(file), { recursive: true });
        if (text === undefined) rmSync(file);
        else writeFileSync(file, text);
      }
    },
    git: (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
        cwd: join(home, name),
        encoding: "utf8",
        stdio: "pipe",
      }),
  });
  try {
    const engine = folder("engine");
    engine.write({
      "content/book/theirs.md": "1",
      "content/book/both.md": "1",
      "content/book/gone.md": "1",
      "src/app.ts": "1",
    });
    engine.git("init", "-q", "-b", "main");
    engine.git("add", "-A");
    engine.git("commit", "-qm", "one");
    execFileSync("git", ["clone", "-q", join(home, "engine"), join(home, "fork")]);
    const fork = folder("fork");
    fork.write({ "content/book/both.md": "mine", "content/book/gone.md": undefined, "content/own/mine.md": "mine" });
    fork.git("add", "-A");
    fork.git("commit", "-qm", "my library");
    engine.write({
      "content/book/both.md": "2",
      "content/book/gone.md": "2",
      "content/book/new.md": "2",
      "src/app.ts": "2",
    });
    engine.git("add", "-A");
    engine.git("commit", "-qm", "two");

    const [once = [], everyTime = []] = blocks;
    expect(everyTime).toHaveLength(5);
    for (const command of [...once, ...everyTime]) {
      const args = (command.match(/"[^"]*"|\S+/g) ?? []).slice(1).map((word) => word.replaceAll('"', ""));
      try {
        fork.git(...args.map((word) => (word === "ADDRESS-OF-THE-ENGINE" ? join(home, "engine") : word)));
      } catch (error) {
        // A merge reports a conflict when both sides changed a file; the next command resolves it.
        if (args[0] !== "merge") throw error;
      }
    }
    const read = (path: string) =>
      existsSync(join(home, "fork", path)) ? readFileSync(join(home, "fork", path), "utf8") : "none";
    expect(
      ["src/app.ts", "content/book/both.md", "content/own/mine.md", "content/book/gone.md", "content/book/new.md"].map(
        read,
      ),
    ).toEqual(["2", "mine", "mine", "none", "none"]);
    expect(fork.git("status", "--porcelain")).toBe("");
    expect(fork.git("merge", "upstream/main")).toContain("Already up to date");
  } finally {
    rmSync(home, { recursive: true });
  }
});
