/** The numbers of each text, computed: what `src/figures/examples/<book>/<slug>.ts` exports is `{{name}}` in its Markdown. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compareText } from "../source/problem.ts";

export interface Numbers {
  /** Where they are computed, as problems name it. */
  readonly file: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const folder = join(import.meta.dirname, "../../figures/examples");

/** By the path of the text: `content/transformers/rope.md`. */
export const examples: ReadonlyMap<string, Numbers> = await readExamples();

async function readExamples(): Promise<ReadonlyMap<string, Numbers>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts"))
    .sort(compareText);
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)).href)));
  return new Map(
    files.map((file, index) => [
      `content/${file.replace(/\.ts$/, ".md")}`,
      { file: `src/figures/examples/${file}`, values: { ...modules[index] } },
    ]),
  );
}
