/** Finds every figure of the library: `content/<book>/figures/<name>.ts` is `figure:<name>` in Markdown. */
import { basename, join } from "node:path";
import { renderControls } from "../../figures/controls.ts";
import { drawing } from "../../figures/drawing.ts";
import { exploreStates, type InteractiveFigure } from "../../figures/interactive.ts";
import { hasForbidden } from "../../library/forbidden-characters.ts";
import type { ProblemList } from "../source/problem.ts";
import { type ContentModule, reasonOf } from "./content-modules.ts";

export interface GalleryFigure {
  readonly name: string;
  /** Absolute path of the file. */
  readonly file: string;
  /** Cache key: changes whenever the drawing could change. */
  readonly key: string;
  /** The initial state, as `<svg>`. */
  readonly draw: () => string;
  /** Undefined for a static figure. */
  readonly interactive: InteractiveFigure | undefined;
  /** The initial state and every state one interaction away: drawing and controls, as HTML. */
  readonly states: () => readonly string[];
}

export type Gallery = ReadonlyMap<string, GalleryFigure>;

/**
 * All figures by name. A figure with a problem is included but draws nothing, so that texts that show it get no further
 * problem.
 */
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

const nothing: Drawn = { draw: () => drawing(400, 300, ""), interactive: undefined, states: () => [] };

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

/** A complete `<svg>`, with the attributes that feeds, emails and stylesheets rely on. */
const wholeDrawing = /^<svg (?=[^>]*viewBox=")[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*>.*<\/svg>/s;

/**
 * Draws every state once, so that a figure that throws is reported for its own file, not for the texts that show it.
 */
function canDraw({ path }: ContentModule, { draw, interactive, states }: Drawn, problems: ProblemList): boolean {
  try {
    interactive?.describe(interactive.initial);
    const drawn = [draw(), ...states()];
    const isDrawn = drawn.every((svg) => wholeDrawing.test(svg));
    if (!isDrawn) {
      problems.addForFile(
        path,
        "This figure does not draw a whole `<svg>`.",
        "Let `drawing()` of `#figures/drawing.ts` put it together.",
      );
    }
    const hasControl = drawn.some(hasForbidden);
    if (hasControl) {
      problems.addForFile(
        path,
        "This figure draws a control character, with which an SVG file cannot be read.",
        "Remove it from the figure's text.",
      );
    }
    return isDrawn && !hasControl;
  } catch (error) {
    const message = `This figure throws an error when it is drawn: ${reasonOf(error)}`;
    problems.addForFile(path, message, "Correct it; `npm run figure` draws every state of a figure.");
    return false;
  }
}
