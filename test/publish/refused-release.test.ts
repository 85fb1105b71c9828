/** Checks that a library with mistakes is rejected: all of them are reported, and the release stays unchanged. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeRelease } from "../../src/publish/release.ts";
import { bookFolder, repository } from "../world.ts";
import { build, compilerFor, copyOf, edit, filesOf, withoutProgress } from "./release-folder.ts";

describe("a library with mistakes", () => {
  test("the command ends with 1, says so, and the release stays byte for byte what it was", () => {
    const home = copyOf();
    expect(build(home).status).toBe(0);
    const before = filesOf(home);
    edit(home, "content/tea/leaves.md", (text) => `${text}\nSee [nothing](nowhere).\n`);
    edit(home, "content/tea/cooling.md", (text) =>
      text.replace("Blowing", "$\\blow$").replace("You pour", "You, changed, pour"),
    );
    const { status, stdout, stderr } = build(home);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(withoutProgress(stderr)).toBe(
      [
        "content/tea/cooling.md:47:19  error  This TeX cannot be typeset: Undefined control sequence: \\blow.",
        "  47 | :::misconception[$\\blow$ cools the tea because breath is cold.]",
        "     |                   ^^^^^",
        "  -> KaTeX does not know `\\blow`; for an upright name write `\\operatorname{blow}`.",
        "",
        "content/tea/leaves.md:23:5  error  There is no chapter `nowhere`.",
        "  23 | See [nothing](nowhere).",
        "     |     ^^^^^^^^^^^^^^^^^^",
        "  -> The chapters: `tea`, `leaves`, `cooling`, `cold-brew`, `milk`, `gongfu`.",
        "",
        "2 errors.",
        "",
        "Nothing was published.",
        "",
      ].join("\n"),
    );
    const after = filesOf(home);
    expect(after["manifest.json"]).toBe(before["manifest.json"]);
    for (const name of Object.keys(before)) expect(after[name]).toBe(before[name]);
  });

  test("without a release yet, there is none afterwards", () => {
    const home = copyOf(join(bookFolder("wrong"), "several-files"));
    expect(build(home).status).toBe(1);
    expect(existsSync(join(home, ".release/manifest.json"))).toBe(false);
  });

  test("`npm run check:content` says the same, and writes nothing at all", () => {
    const home = copyOf(join(bookFolder("wrong"), "several-files"));
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
    const check = spawnSync(process.execPath, [join(repository, "src/cli/commands/check.ts")], {
      cwd: home,
      env,
      encoding: "utf8",
    });
    expect(check.status).toBe(1);
    expect(withoutProgress(check.stderr)).toBe(
      readFileSync(join(bookFolder("wrong"), "several-files/expected.txt"), "utf8"),
    );
    expect(readdirSync(home)).toEqual(["content"]);
  });

  test("mended, it compiles from the same process", async () => {
    const home = copyOf();
    const compiler = compilerFor(home);
    const good = readFileSync(join(home, "content/tea/leaves.md"), "utf8");
    await writeRelease(home, compiler);
    const before = filesOf(home);
    writeFileSync(join(home, "content/tea/leaves.md"), `${good}\n$\\bad$\n`);
    expect((await writeRelease(home, compiler)).kind).toBe("refused");
    writeFileSync(join(home, "content/tea/leaves.md"), good);
    expect((await writeRelease(home, compiler)).kind).toBe("compiled");
    expect(filesOf(home)).toEqual(before);
  });
});
