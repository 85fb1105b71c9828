/**
 * Renders a figure for its page: the initial drawing and, if it is interactive, everything that its script hydrates.
 */
import { renderControls } from "../../figures/controls.ts";
import { withoutTargets } from "../../figures/handles.ts";
import type { GalleryFigure } from "../assets/gallery.ts";
import { escapeHtml } from "../markdown/raw-html.ts";

/** The drawing with its alt text. Controls are rendered at publish time, so that hydration causes no layout shift. */
export function renderPageFigure(figure: GalleryFigure, alt: string): string {
  const drawing = figure.draw();
  // The stylesheet sets the width of the column; without it the drawing has its own size, not that of the window.
  const [, width = "400", height = "300"] = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(drawing) ?? [];
  const size = `width="${width}" height="${height}"`;
  const svg = drawing
    .replace(/^<svg /, `<svg role="img" aria-label="${escapeHtml(alt)}" ${size} `)
    // A file of its own needs it, HTML does not.
    .replace(' xmlns="http://www.w3.org/2000/svg"', "");
  const { interactive } = figure;
  if (!interactive) return svg;
  const description = escapeHtml(interactive.describe(interactive.initial));
  const form = renderControls(interactive);
  return `<div class="interactive" data-figure="${figure.name}">${withoutTargets(svg)}<p class="live-region" aria-live="polite">${description}</p>${form}</div>`;
}

/** HTML with every character that the figure can show, to subset the fonts. */
export const lettersOf = (figure: GalleryFigure): readonly string[] =>
  figure.interactive
    ? [
        ...figure.states(),
        '<svg><text class="label">0123456789−.,+</text><text class="formula"><tspan class="upright">0123456789−.,+=()</tspan></text></svg>',
      ]
    : [];
