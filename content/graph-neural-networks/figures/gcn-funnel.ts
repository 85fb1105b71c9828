/** Draws the derivation of the GCN as a funnel of four formulas, from a spectral filter to one sparse product. */

import { arrow, drawing, formula, group, label, polygon } from "#figures/drawing.ts";

/** From the widest to the narrowest; `change` is the step to the next. */
const stages = [
  {
    notation: "U g_θ(Λ) U^⊤x",
    needs: "one number per eigenvalue, every eigenvector",
    change: "a polynomial instead of any filter",
  },
  {
    notation: "θ_0x + θ_1T_1(M)x + … + θ_KT_K(M)x",
    needs: "K + 1 numbers, K products, K hops",
    change: "degree 1, the largest eigenvalue set to 2",
  },
  {
    notation: "θ_0x − θ_1D^{−1/2}AD^{−1/2}x",
    needs: "two numbers, one product, one hop",
    change: "share one number",
  },
  { notation: "θ(I + D^{−1/2}AD^{−1/2})x", needs: "one number, one product, one hop", change: "" },
] as const;

const top = 6;
const band = 56;
const gap = 36;
const bottom = top + stages.length * band + (stages.length - 1) * gap;
const [widest, narrowest] = [388, 200] as const;

export const figure = (): string => drawing(400, bottom + 6, ...stages.map(drawStage));

function drawStage({ notation, needs, change }: (typeof stages)[number], index: number): string {
  const y = top + index * (band + gap);
  const isLast = index === stages.length - 1;
  return group(
    {},
    polygon([...edge(y), ...edge(y + band).reverse()], {
      class: isLast ? "fill-node-pale stroke-node" : "shade rule",
    }),
    formula(200, y + 25, notation, { class: "middle" }),
    label(200, y + 45, needs, { class: "middle small soft" }),
    isLast ? "" : arrow(134, y + band + 3, 134, y + band + gap - 3, { class: "stroke-node" }),
    label(147, y + band + gap / 2 + 4, change, { class: "small" }),
  );
}

/** Both ends of a horizontal cut through the funnel. */
function edge(y: number): (readonly [x: number, y: number])[] {
  const half = (widest - ((widest - narrowest) * (y - top)) / (bottom - top)) / 2;
  return [
    [200 - half, y],
    [200 + half, y],
  ];
}
