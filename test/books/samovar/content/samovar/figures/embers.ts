/** Shows the water in a samovar and the minutes until it boils, with Russian labels (interactive). */
import { drawing, label, rectangle } from "#figures/drawing.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";

interface State {
  readonly litres: number;
}

const minutesFor = (litres: number): number => litres * 4;

export const figure: InteractiveFigure<State> = {
  initial: { litres: 5 },
  draw: ({ litres }) =>
    drawing(
      300,
      200,
      rectangle(60, 180 - litres * 20, 80, litres * 20),
      label(170, 170 - litres * 20, `${minutesFor(litres)} минут`),
    ),
  describe: ({ litres }) => `Литров ${litres}, минут до кипения ${minutesFor(litres)}.`,
  controls: [
    {
      kind: "slider",
      label: "Литры воды",
      min: 1,
      max: 7,
      step: 1,
      get: ({ litres }) => litres,
      set: (_, litres) => ({ litres }),
    },
  ],
};
