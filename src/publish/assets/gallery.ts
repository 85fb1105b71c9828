/** Every figure of the library, found by its file: `src/figures/gallery/<book>/<name>.ts` is `figure:<name>` in Markdown. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderControls } from "../../figures/controls.ts";
import { exploreStates, type InteractiveFigure } from "../../figures/interactive.ts";
import { compareText } from "../source/problem.ts";

export interface GalleryFigure {
  readonly name: string;
  readonly file: string;
  /** The initial state, as `<svg>`. */
  readonly draw: () => string;
  /** Absent of a figure that has one state only. */
  readonly interactive: InteractiveFigure | undefined;
  /** Every state that one touch leads to, the initial one among them: drawing and controls, as HTML. */
  readonly states: () => readonly string[];
}

export type Gallery = ReadonlyMap<string, GalleryFigure>;

const folder = join(import.meta.dirname, "../../figures/gallery");

/** All figures, by name. Throws on a file that is no figure: a mistake in the code, not in a text. */
export const gallery: Gallery = await readGallery();

async function readGallery(): Promise<Gallery> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort(compareText);
  const figures = await Promise.all(files.map((file) => readFigure(join(folder, file))));
  const byName = new Map(figures.map((figure) => [figure.name, figure]));
  if (byName.size < figures.length) throw new Error("Two figures in src/figures/gallery have the same name.");
  return byName;
}

async function readFigure(file: string): Promise<GalleryFigure> {
  const name = basename(file, ".ts");
  const { figure }: { figure?: unknown } = await import(pathToFileURL(file).href);
  if (typeof figure === "function") {
    const draw = () => String(figure());
    return { name, file, draw, interactive: undefined, states: () => [draw()] };
  }
  if (!isInteractive(figure)) {
    throw new Error(`${file} does not export \`figure\` (a drawing function or an InteractiveFigure).`);
  }
  return {
    name,
    file,
    interactive: figure,
    draw: () => figure.draw(figure.initial),
    states: () =>
      exploreStates(figure).map(
        ({ parameters }) => figure.draw(parameters) + renderControls({ ...figure, initial: parameters }),
      ),
  };
}

/** Declared as a function, so that it is there when the gallery is read. */
function isInteractive(value: unknown): value is InteractiveFigure {
  return typeof value === "object" && value !== null && "initial" in value && "draw" in value && "describe" in value;
}
