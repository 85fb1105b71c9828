/** T5: a gap is moved; with more and shorter gaps, an input covers fewer tokens and its target is longer. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (taken: string, read: number, written: string, full: [number, number, number]) =>
  `${taken} The encoder reads ${read} tokens, the decoder writes ${written}. For a full input, ${full[0]} tokens become ${full[1]} to read and ${full[2]} to write.`;

export const journey: FigureJourney = {
  path: "/transformers/t5",
  says: said("3 of 21 words are taken out in 1 span.", 20, "5: 1 ate the mouse", [568, 512, 114]),

  async keyboard({ focus, press, says }) {
    await focus("slider", "Span 1");
    await press("ArrowRight", 5);
    await says(said("3 of 21 words are taken out in 1 span.", 20, "5: 1 was hungry and", [568, 512, 114]));
    await press("End");
    await says(said("3 of 21 words are taken out in 1 span.", 20, "5: 1 until the evening", [568, 512, 114]));
    await focus("radio", "3");
    await press("ArrowRight");
    await says(said("3 of 21 words are taken out in 1 span.", 20, "5: 1 the warm kitchen", [591, 512, 99]));
    await focus("button", "Draw other spans");
    await press("Enter");
    await says(said("3 of 21 words are taken out in 1 span.", 20, "5: 1 it was hungry", [591, 512, 99]));
  },

  async pointer({ click, drag, says }) {
    // From the corner of "ate" to that of "and", one line below.
    await drag("span-1", 18, 30);
    await says(said("3 of 21 words are taken out in 1 span.", 20, "5: 1 and then it", [568, 512, 114]));
    await click("radio", "1");
    await says(said("3 of 21 words are taken out in 3 spans.", 22, "7: 1 ate 2 it 3 floor", [511, 512, 155]));
    // As far as the previous gap allows.
    await drag("span-2", -300, 0);
    await says(said("3 of 21 words are taken out in 3 spans.", 22, "7: 1 ate 2 mouse 3 floor", [511, 512, 155]));
  },
};
