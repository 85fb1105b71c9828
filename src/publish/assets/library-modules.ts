/** Finds and loads the code of a library: figures, numbers and covers in the folders of its books, by file name. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { sha256 } from "../object-store.ts";
import { compareText, type Problem, ProblemList } from "../source/problem.ts";
import type { SourceFile } from "../source/source-file.ts";
import { advise } from "../source/suggest.ts";
import { coverPath, readCovers } from "./book-covers.ts";
import { bundleModules, type ContentModule, loadModules } from "./content-modules.ts";
import { type Gallery, readGallery } from "./gallery.ts";
import { type Numbers, readNumbers, textOf } from "./numbers.ts";

export interface LibraryModules {
  readonly gallery: Gallery;
  /** By the path of the text: `content/transformers/rope.md`. */
  readonly numbers: ReadonlyMap<string, Numbers>;
  /** As SVG, by the slug of the book. */
  readonly covers: ReadonlyMap<string, string>;
  /** Absolute paths of the modules and of everything that they import. */
  readonly files: readonly string[];
}

/** Reads the modules for every build, but reloads them only if their code has changed. */
export class ModuleReader {
  readonly #root: string;
  #last: { readonly key: string; readonly modules: LibraryModules; readonly problems: readonly Problem[] } | undefined;

  constructor(root: string) {
    this.#root = resolve(root);
  }

  /** `books`: slugs of all book folders. `undefined` if a module cannot be compiled; the reason is in `problems`. */
  async read(books: readonly string[], problems: ProblemList): Promise<LibraryModules | undefined> {
    const paths = books.flatMap((book) => modulesOf(this.#root, book));
    checkNumbers(this.#root, paths.filter(isIn("numbers")), problems);
    const bundle = await bundleModules(this.#root, paths, problems);
    if (!bundle) return undefined;
    const key = [...books, ...bundle.keys, bundle.script].join("\n");
    if (this.#last?.key !== key) {
      const own = new ProblemList();
      const modules = await loadModules(bundle, own);
      const some = (folder: string): ContentModule[] => modules.filter(({ path }) => isIn(folder)(path));
      this.#last = {
        key,
        modules: {
          gallery: readGallery(this.#root, some("figures"), own),
          numbers: readNumbers(some("numbers")),
          covers: readCovers(books, modules, own),
          files: bundle.files,
        },
        problems: own.sorted(),
      };
    }
    problems.addAll(this.#last.problems);
    return this.#last.modules;
  }
}

/** Cache key: changes whenever the numbers or figures of the text could change. */
export function modulesKey({ gallery, numbers }: LibraryModules, { path, text }: SourceFile): string {
  const figures = [...text.matchAll(/\bfigure:([\w-]+)/g)].map(([, name = ""]) => gallery.get(name)?.key);
  // An unknown name is a problem that lists the known names, so the key then covers all of them.
  const isComplete = figures.every((key) => key !== undefined);
  return sha256([numbers.get(path)?.key, ...figures, ...(isComplete ? [] : gallery.keys())].join(" "));
}

/** Figures, numbers and the cover. Models are loaded as imports of these. */
function modulesOf(root: string, book: string): string[] {
  const listed = ["figures", "numbers"].flatMap((folder) => {
    const path = `content/${book}/${folder}`;
    const names = existsSync(join(root, path)) ? readdirSync(join(root, path)) : [];
    return names.filter((name) => /^[^.].*\.ts$/.test(name)).map((name) => `${path}/${name}`);
  });
  const cover = coverPath(book);
  return [...listed, ...(existsSync(join(root, cover)) ? [cover] : [])].sort(compareText);
}

const isIn = (folder: string) => (path: string) => path.split("/")[2] === folder;

/** Numbers without a text are never shown: the text was renamed, or the file name is misspelt. */
function checkNumbers(root: string, paths: readonly string[], problems: ProblemList): void {
  for (const path of paths) {
    const text = textOf(path);
    if (existsSync(join(root, text))) continue;
    const folder = text.slice(0, text.lastIndexOf("/"));
    const texts = readdirSync(join(root, folder)).filter((name) => /^[^.].*\.md$/.test(name));
    problems.addForFile(
      path,
      `These numbers belong to no page: there is no ${text}.`,
      `Name the file after the page that shows them. ${advise(
        basename(path, ".ts"),
        texts.map((name) => basename(name, ".md")),
        "pages",
      )}`,
    );
  }
}
