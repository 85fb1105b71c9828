/** Tests the private folder for temporary files with email addresses: unreadable to others, and always removed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { inPrivateFolder } from "../../src/cli/private-folder.ts";
import { repository } from "../world.ts";

test("nobody else can look into it, and it is gone when the work is over, or fails", async () => {
  const seen: string[] = [];
  const work = async (folder: string) => {
    seen.push(folder);
    writeFileSync(join(folder, "list.sql"), "ann@example.com");
    return statSync(folder).mode & 0o077;
  };
  expect(await inPrivateFolder("list", work)).toBe(0);
  const failing = inPrivateFolder("list", async (folder) => {
    await work(folder);
    throw new Error("cut off");
  });
  await expect(failing).rejects.toThrow("cut off");
  expect(seen.map((folder) => existsSync(folder))).toEqual([false, false]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s leaves nothing lying", async (signal, code) => {
  const module = pathToFileURL(join(repository, "src/cli/private-folder.ts")).href;
  const script = `import { inPrivateFolder } from ${JSON.stringify(module)};
    await inPrivateFolder("list", (folder) => { console.log(folder); return new Promise((end) => setTimeout(end, 60_000)); });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [folder] = await once(child.stdout.setEncoding("utf8"), "data");
  expect(existsSync(String(folder).trim())).toBe(true);
  child.kill(signal);
  expect(await once(child, "exit")).toEqual([code, null]);
  expect(existsSync(String(folder).trim())).toBe(false);
});
