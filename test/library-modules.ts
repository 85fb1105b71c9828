/** The figures, numbers and covers of a library, without its texts being compiled. */
import { type LibraryModules, ModuleReader } from "../src/publish/assets/library-modules.ts";
import { formatProblems, ProblemList } from "../src/publish/source/problem.ts";
import { foldersOf, readContent } from "../src/publish/source/read-content.ts";

/** Of the content/ in `folder`. Throws what the author would read if something is wrong with them. */
export async function modulesOf(folder: string): Promise<LibraryModules> {
  const problems = new ProblemList();
  const outline = readContent(folder, problems);
  const modules = outline && (await new ModuleReader(folder).read(foldersOf(outline), problems));
  const found = problems.sorted();
  if (!modules || found.length > 0) throw new Error(formatProblems(found, (text) => text));
  return modules;
}
