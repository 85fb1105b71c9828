/**
 * GPT: words are sampled, the text at the lowest temperature repeats itself, a nucleus keeps as many words as it needs,
 * and a score teaches a different word.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (last: string, how: string, probabilities: string, text: string) =>
  `After ${last}, at temperature ${how}: ${probabilities}. The text: ${text}.`;

const afterAte = "mouse 0.6652, cat 0.2447, ate 0.0900";
const afterMouse = "mouse 0.0900, cat 0.2447, ate 0.6652";

export const journey: FigureJourney = {
  path: "/transformers/gpt",
  says: said("ate", "1.0 and keeping all", afterAte, "cat ate"),

  async keyboard({ focus, press, says }) {
    await focus("button", "Next word");
    await press("Enter");
    await says(said("mouse", "1.0 and keeping all", afterMouse, "cat ate mouse"));
    await press("Space");
    await says(said("ate", "1.0 and keeping all", afterAte, "cat ate mouse ate"));
    await focus("slider", "Temperature T");
    await press("Home");
    await focus("button", "Write 12");
    await press("Enter");
    await says(
      said(
        "ate",
        "0.1 and keeping all",
        "mouse 1.0000, cat 0.0000, ate 0.0000",
        "cat ate mouse ate mouse ate mouse ate mouse ate mouse ate mouse ate mouse ate",
      ),
    );
    await focus("button", "Start again");
    await press("Enter");
    await focus("slider", "Score of cat after ate");
    await press("PageUp", 2);
    await says(said("ate", "0.1 and keeping all", "mouse 0.5000, cat 0.5000, ate 0.0000", "cat ate"));
  },

  async pointer({ click, drag, slide, says }) {
    await click("radio", "nucleus 0.9");
    await says(said("ate", "1.0 and keeping nucleus 0.9", "mouse 0.7311, cat 0.2689, ate 0.0000", "cat ate"));
    await slide("Temperature T", 1);
    await says(said("ate", "3.0 and keeping nucleus 0.9", "mouse 0.4484, cat 0.3213, ate 0.2302", "cat ate"));
    await click("radio", "top 2");
    await says(said("ate", "3.0 and keeping top 2", "mouse 0.5826, cat 0.4174, ate 0.0000", "cat ate"));
    await click("radio", "all");
    // From 0 to 3: half of a track of 102 units.
    await drag("score-ate", 51, 0);
    await says(said("ate", "3.0 and keeping all", "mouse 0.3213, cat 0.2302, ate 0.4484", "cat ate"));
  },
};
