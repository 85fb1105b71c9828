/** Every figure of the library, found by its file: `content/<book>/figures/<name>.ts` is `figure:<name>` in Markdown. */
import { basename, join } from "node:path";
import { renderControls } from "../../figures/controls.ts";
import { exploreStates, type InteractiveFigure } from "../../figures/interactive.ts";
import type { ProblemList } from "../source/problem.ts";
import { type ContentModule, reasonOf } from "./content-modules.ts";

export interface GalleryFigure {
  readonly name: string;
  /** Its file, from the root of the disk. */
  readonly file: string;
  /** Changes whenever the figure could become another. */
  readonly key: string;
  /** The initial state, as `<svg>`. */
  readonly draw: () => string;
  /** Absent of a figure that has one state only. */
  readonly interactive: InteractiveFigure | undefined;
  /** Every state that one touch leads to, the initial one among them: drawing and controls, as HTML. */
  readonly states: () => readonly string[];
}

export type Gallery = ReadonlyMap<string, GalleryFigure>;

/** All figures, by name. One that has a problem is among them, so that no text is blamed for it, and draws nothing. */
export function readGallery(root: string, modules: readonly ContentModule[], problems: ProblemList): Gallery {
  const gallery = new Map<string, GalleryFigure>();
  const paths = new Map<string, string>();
  for (const module of modules) {
    const name = basename(module.path, ".ts");
    const other = paths.get(name);
    if (other !== undefined) {
      problems.addForFile(
        module.path,
        `There are two figures called \`${name}\`: this one and ${other}.`,
        "Rename one of the two files: the name of a figure is unique in the library.",
      );
      continue;
    }
    paths.set(name, module.path);
    const about = { name, file: join(root, module.path), key: module.key };
    const figure = readFigure(module, problems);
    gallery.set(name, { ...about, ...(figure && canDraw(module, figure, problems) ? figure : nothing) });
  }
  return gallery;
}

type Drawn = Pick<GalleryFigure, "draw" | "interactive" | "states">;

const nothing: Drawn = { draw: () => '<svg viewBox="0 0 400 300"></svg>', interactive: undefined, states: () => [] };

function readFigure({ path, exports }: ContentModule, problems: ProblemList): Drawn | undefined {
  if (exports === undefined) return undefined;
  const { figure } = exports;
  if (typeof figure === "function") {
    const draw = () => String(figure());
    return { draw, interactive: undefined, states: () => [draw()] };
  }
  if (!isInteractive(figure)) {
    problems.addForFile(
      path,
      "This file exports no figure.",
      "Export `figure`: a function that returns an `<svg>`, or an `InteractiveFigure`; src/figures/README.md has an example.",
    );
    return undefined;
  }
  return {
    interactive: figure,
    draw: () => figure.draw(figure.initial),
    states: () =>
      exploreStates(figure).map(
        ({ parameters }) => figure.draw(parameters) + renderControls({ ...figure, initial: parameters }),
      ),
  };
}

function isInteractive(value: unknown): value is InteractiveFigure {
  return typeof value === "object" && value !== null && "initial" in value && "draw" in value && "describe" in value;
}

/** Draws every state once, so that a figure that throws is a problem of its file, whatever text shows it. */
function canDraw({ path }: ContentModule, { draw, interactive, states }: Drawn, problems: ProblemList): boolean {
  const fix = "`npm run figure` draws all states of a figure.";
  try {
    interactive?.describe(interactive.initial);
    const isDrawn = [draw(), ...states()].every((drawing) => drawing.startsWith("<svg "));
    if (!isDrawn) problems.addForFile(path, "This figure draws something else than an `<svg>`.", fix);
    return isDrawn;
  } catch (error) {
    problems.addForFile(path, `This figure throws an error when it is drawn: ${reasonOf(error)}`, fix);
    return false;
  }
}
