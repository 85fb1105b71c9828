/** A figure as a page shows it: its first drawing and, where it can be touched, everything that its script will bring to life. */
import { renderControls } from "../../figures/controls.ts";
import type { GalleryFigure } from "../assets/gallery.ts";
import { escapeHtml } from "../markdown/raw-html.ts";

/** The drawing with its alternative text. The controls are there from the start, so that nothing moves when they wake. */
export function renderPageFigure(figure: GalleryFigure, alt: string): string {
  const drawing = figure.draw();
  // The stylesheet gives it the width of the column; without one it has its own size, not that of the window.
  const [, width = "400", height = "300"] = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(drawing) ?? [];
  const size = `width="${width}" height="${height}"`;
  const svg = drawing.replace(/^<svg /, `<svg role="img" aria-label="${escapeHtml(alt)}" ${size} `);
  const { interactive } = figure;
  if (!interactive) return svg;
  const description = escapeHtml(interactive.describe(interactive.initial));
  const form = renderControls(interactive);
  return `<div class="interactive" data-figure="${figure.name}">${svg}<p class="live-region" aria-live="polite">${description}</p>${form}</div>`;
}

/** HTML with every character that the figure may come to show, for the fonts. */
export const lettersOf = (figure: GalleryFigure): readonly string[] =>
  figure.interactive
    ? [
        ...figure.states(),
        '<svg><text class="label">0123456789−.,+</text><text class="formula"><tspan class="upright">0123456789−.,+=()</tspan></text></svg>',
      ]
    : [];
