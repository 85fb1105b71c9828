/** Checks files in content/ that are no texts: of editors and of macOS, folders, broken links, files in other encodings. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import { decodeSource } from "../../src/publish/source/decode-source.ts";
import { copyOf } from "./release-folder.ts";

/** `file:line:column  message  ->  fix` of each problem of the tea library, with files added. */
async function problemsWith(add: (content: string) => void): Promise<string[]> {
  const home = copyOf();
  add(join(home, "content"));
  const result = await new LibraryCompiler(home, discardingStore).compile();
  const found = result.kind === "refused" ? result.problems : result.warnings;
  return found.map(({ file, line, column, message, fix }) => `${file}:${line}:${column}  ${message}  ->  ${fix}`);
}

describe("files that are no texts", () => {
  test("names that begin with a dot are those of editors and of macOS: nothing is wrong", async () => {
    const problems = await problemsWith((content) => {
      // Emacs makes such a link while a buffer has unsaved changes.
      symlinkSync("somebody@host.1234:567", join(content, "tea/.#leaves.md"));
      symlinkSync("somebody@host.1234:567", join(content, "tea/.#book.md"));
      symlinkSync("somebody@host.1234:567", join(content, ".#library.md"));
      symlinkSync("somebody@host.1234:567", join(content, "tea/figures/.#steam.ts"));
      writeFileSync(join(content, "tea/._leaves.md"), Buffer.from([0, 5, 22, 7]));
      writeFileSync(join(content, "tea/.leaves.md.swp"), "b0VIM");
      writeFileSync(join(content, "tea/#leaves.md#"), "---");
      writeFileSync(join(content, "tea/leaves.md~"), "---");
      mkdirSync(join(content, ".idea"));
    });
    expect(problems).toEqual([]);
  });

  test("a folder, and a link that leads nowhere, are problems with their names", async () => {
    const problems = await problemsWith((content) => {
      mkdirSync(join(content, "tea/drafts.md"));
      symlinkSync("gone.md", join(content, "tea/linked.md"));
    });
    expect(problems).toEqual([
      "content/tea/drafts.md:1:1  This is a folder, but its name is that of a text.  ->  Rename it, or move it out of content/.",
      "content/tea/linked.md:1:1  This is a link to a file that does not exist.  ->  Delete the link, or restore the file.",
    ]);
  });

  test.skipIf(process.getuid?.() === 0)("a file of another user is a problem with its name", async () => {
    const problems = await problemsWith((content) => chmodSync(join(content, "tea/leaves.md"), 0));
    expect(problems).toEqual([
      "content/tea/leaves.md:1:1  This file cannot be read.  ->  Give your user permission to read it.",
    ]);
  });
});

describe("encodings", () => {
  test.each([
    ["UTF-8 with a byte order mark", Buffer.from("\uFEFFTé"), { encoding: "UTF-8", text: "Té" }],
    ["UTF-16 with a mark", Buffer.from("\uFEFFTé", "utf16le"), { encoding: "UTF-16", text: "Té", firstInvalid: 0 }],
    ["UTF-16 without", Buffer.from("Té", "utf16le"), { encoding: "UTF-16", text: "Té", firstInvalid: 0 }],
    [
      "big-endian UTF-16",
      Buffer.from("\uFEFFTé", "utf16le").swap16(),
      { encoding: "UTF-16", text: "Té", firstInvalid: 0 },
    ],
    [
      "both encodings in one file",
      Buffer.concat([Buffer.from("茶 é "), Buffer.from([0x80, 0xe9]), Buffer.from(" 🍵")]),
      { encoding: "unknown", text: "茶 é €é 🍵", firstInvalid: 4 },
    ],
    [
      "a sequence cut short",
      Buffer.from("a茶").subarray(0, 3),
      { encoding: "unknown", text: "aè\u0152", firstInvalid: 1 },
    ],
  ])("%s", (_, bytes, decoded) => {
    expect(decodeSource(bytes)).toEqual(decoded);
  });
});
