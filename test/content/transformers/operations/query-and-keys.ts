/** Self-attention: the query reads the keys that match it; long keys without scaling saturate the softmax. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/transformers/self-attention",
  says: "The query reads cat 0.2483, ate 0.2483, mouse 0.5035; its output is (0.7517, 1.5035).",

  async keyboard({ focus, press, says }) {
    await focus("radio", "cat");
    await press("ArrowRight");
    await says("The query reads cat 0.1978, ate 0.4011, mouse 0.4011; its output is (0.5989, 1.6044).");
    await press("ArrowRight");
    await says("The query reads cat 0.1400, ate 0.2840, mouse 0.5760; its output is (0.7160, 1.7199).");
    await focus("radio", "64");
    await press("Space");
    await says("The query reads cat 0.1400, ate 0.2840, mouse 0.5760; its output is (0.7160, 1.7199).");
    await focus("checkbox", "Divide by √dk");
    await press("Space");
    await says("The query reads cat 0.0000, ate 0.0035, mouse 0.9965; its output is (0.9965, 2.0000).");
  },

  async pointer({ click, drag, says }) {
    // Moves the key of mouse, (1, 1), to that of cat, (1, 0): all three match equally.
    await drag("key-3", 0, 40);
    await says("The query reads cat 0.3333, ate 0.3333, mouse 0.3333; its output is (0.6667, 1.3333).");
    await click("radio", "mouse");
    await says("The query reads cat 0.2483, ate 0.5035, mouse 0.2483; its output is (0.4965, 1.5035).");
  },
};
