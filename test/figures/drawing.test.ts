/** Checks labels in figures, with their superscripts and subscripts. */
import { expect, test } from "vitest";
import { formula } from "../../src/figures/drawing.ts";

/** Height of each part of a formula above its baseline, in ems of the line; scripts are set at 0.7 of its size. */
function heightsOf(notation: string): readonly { readonly isScript: boolean; readonly height: number }[] {
  const parts = [...formula(0, 0, notation).matchAll(/<tspan((?: dy="[^"]*"| class="script")*)>/g)];
  let height = 0;
  return parts.map(([, attributes = ""]) => {
    const isScript = attributes.includes("script");
    const move = Number(/dy="([^"]*)em"/.exec(attributes)?.[1] ?? 0);
    height -= move * (isScript ? 0.7 : 1);
    return { isScript, height };
  });
}

test.each(["θ_0x − θ_1D^{−1/2}AD^{−1/2}x", "x_i^2 + y", "(A^2)_{14} = 1"])(
  "in %s the line comes back to where it was after every script",
  (notation) => {
    const heights = heightsOf(notation);
    const scripts = heights.filter(({ isScript }) => isScript);
    expect(scripts.length).toBe(notation.match(/[_^]/g)?.length);
    for (const { height } of scripts) expect(Math.abs(height)).toBeGreaterThan(0.15);
    for (const { isScript, height } of heights) if (!isScript) expect(height).toBeCloseTo(0, 2);
  },
);

test("the name of a function stands upright, as in TeX; letters that stand for something lean", () => {
  const drawn = formula(0, 0, "m = max(x, y)");
  expect(drawn).toContain('<tspan class="upright">max</tspan>');
  for (const letter of ["m", "x", "y"]) expect(drawn).not.toContain(`<tspan class="upright">${letter}</tspan>`);
});
