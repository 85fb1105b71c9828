/** Loads the figures, numbers and covers of a library without compiling its chapters. */
import { type LibraryModules, ModuleReader } from "../src/publish/assets/library-modules.ts";
import { formatProblems, ProblemList } from "../src/publish/source/problem.ts";
import { foldersOf, readContent } from "../src/publish/source/read-content.ts";

/** From the content/ in `folder`. Throws the author's error messages if a module is invalid. */
export async function modulesOf(folder: string): Promise<LibraryModules> {
  const problems = new ProblemList();
  const outline = await readContent(folder, problems);
  const modules = outline && (await new ModuleReader(folder).read(foldersOf(outline), problems));
  const found = problems.sorted();
  if (!modules || found.length > 0) throw new Error(formatProblems(found, (text) => text));
  return modules;
}
