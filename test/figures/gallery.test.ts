/** Checks the rules for every figure: complete drawings, handles that exist, a small script. */
import { brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { withoutTargets } from "../../src/figures/handles.ts";
import { exploreStates } from "../../src/figures/interactive.ts";
import { bundleFigures } from "../../src/publish/assets/bundle-figures.ts";
import { modulesOf } from "../library-modules.ts";
import { bookFolder, repository } from "../world.ts";

/** Figures of the library in content/ and of tea, because a library may have none. */
const gallery = new Map(
  (await Promise.all([bookFolder("tea"), repository].map(modulesOf))).flatMap((modules) => [...modules.gallery]),
);
const figures = [...gallery.values()];
const interactive = figures.flatMap((figure) =>
  figure.interactive ? [{ ...figure, figure: figure.interactive }] : [],
);

/** With Brotli, including everything the figure shares with others. */
const maxScriptBytes = 12 * 1024;

test.each(figures)("$name is one drawing without holes, the same every time", ({ draw }) => {
  const drawing = draw();
  expect(drawing).toMatch(/^<svg viewBox="0 0 400 \d+(\.\d+)?" class="drawing" [^>]*>.*<\/svg>$/s);
  expect(drawing).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(draw()).toBe(drawing);
});

describe.each(interactive)("$name", ({ figure }) => {
  const states = exploreStates(figure);
  const size = (drawing: string) => /viewBox="([^"]+)"/.exec(drawing)?.[1];

  test("draws, describes and can be taken hold of in every state that one touch leads to", () => {
    expect(states.length).toBeGreaterThan(2);
    for (const { after, parameters } of states) {
      const drawing = figure.draw(parameters);
      expect([after, drawing]).not.toEqual([after, expect.stringMatching(/NaN|Infinity|undefined|null/)]);
      // A different size would shift the page.
      expect([after, size(drawing)]).toEqual([after, size(figure.draw(figure.initial))]);
      expect([after, figure.describe(parameters)]).toEqual([after, expect.stringMatching(/^[\p{Lu}\d].*\d.*\.$/su)]);
      const drawn = [...drawing.matchAll(/data-handle="([^"]+)"/g)].map(([, name = ""]) => name);
      const named = (figure.handles?.(parameters) ?? []).map(({ name }) => name);
      expect([after, drawn.sort()]).toEqual([after, [...new Set(named)].sort()]);
    }
  });

  test("every touch changes something", () => {
    const initial = figure.draw(figure.initial);
    const [, ...changed] = states;
    // Choosing the selected option, or the end at which a slider starts, may change nothing.
    const idle = changed.filter(({ parameters }) => figure.draw(parameters) === initial);
    expect(idle.length).toBeLessThan(changed.length / 2);
  });

  test("its handles are large enough for a finger on a phone, where a unit is seven eighths of a pixel", () => {
    const reaches = states.flatMap(({ parameters }) =>
      [...figure.draw(parameters).matchAll(/ r="([^"]+)" class="reach"/g)].map(([, r]) => Number(r)),
    );
    expect(reaches.filter((reach) => 2 * reach * (7 / 8) < 24)).toEqual([]);
  });

  test("its page has its marks, but no rings or targets before it is interactive", () => {
    const drawing = figure.draw(figure.initial);
    const shapes = (svg: string) => svg.match(/<(?:circle|rect|line|path|polygon|text)\b/g)?.length ?? 0;
    const targets = drawing.match(/class="reach"/g)?.length ?? 0;
    expect(withoutTargets(drawing)).not.toContain('class="reach"');
    expect(shapes(withoutTargets(drawing))).toBe(shapes(drawing) - 2 * targets);
  });

  test("its handles stay inside the drawing when they are dragged out of it", () => {
    const [, , width = 0, height = 0] = (size(figure.draw(figure.initial)) ?? "").split(" ").map(Number);
    for (const handle of figure.handles?.(figure.initial) ?? []) {
      if (!("move" in handle)) continue;
      for (const [x, y] of [
        [-900, -900],
        [width + 900, height + 900],
      ] as const) {
        const drawing = figure.draw(handle.move(x, y));
        for (const [, cx, cy] of drawing.matchAll(/<circle cx="([^"]+)" cy="([^"]+)" r="[^"]+" class="reach"/g)) {
          expect([Number(cx) >= 0, Number(cx) <= width, Number(cy) >= 0, Number(cy) <= height]).not.toContain(false);
        }
      }
    }
  });
});

test("the script of a figure is at most 12 KB", async () => {
  const scripts = await bundleFigures(interactive);
  const sizes = scripts.map(({ name, script }) => [name, brotliCompressSync(script).byteLength] as const);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.filter(([, size]) => size === 0 || size > maxScriptBytes)).toEqual([]);
});
