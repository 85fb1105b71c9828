/**
 * `npm run figure -- NAME [FOLDER]`: saves every state of a figure that one interaction leads to as images, for a phone
 * and a desktop, light and dark. Nothing is compiled, so it takes a few seconds.
 */
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { CommandError } from "../src/cli/command-error.ts";
import { runCommand } from "../src/cli/command-line.ts";
import { renderControls, setLabel } from "../src/figures/controls.ts";
import { exploreStates } from "../src/figures/interactive.ts";
import { advise } from "../src/publish/source/suggest.ts";
import { figureStyles } from "./figure-styles.ts";
import { openBrowser } from "./journeys/browser.ts";
import { modulesOf } from "./library-modules.ts";

await runCommand(
  new Command("npm run figure --")
    .description(
      "Draws every state of a figure that one interaction leads to, on a phone and a desktop, light and dark",
    )
    .argument("<name>", "The figure, the name of its file in content/<book>/figures/")
    .argument("[folder]", "Where the images go (default: the temporary folder)")
    .action((name, folder) => draw(name, folder ?? join(tmpdir(), "figures"))),
);

async function draw(name: string, folder: string): Promise<void> {
  const { gallery } = await modulesOf(process.cwd());
  const found = gallery.get(name);
  if (!found) throw new CommandError(`There is no figure \`${name}\`. ${advise(name, [...gallery.keys()], "figures")}`);
  const { interactive } = found;
  const states = interactive
    ? exploreStates(interactive).map(({ after, parameters }) => ({
        after,
        html: `<div class="interactive" data-live>${interactive.draw(parameters)}${renderControls({ ...interactive, initial: parameters })}</div>`,
        said: interactive.describe(parameters),
      }))
    : [{ after: "its one state", html: found.draw(), said: "" }];

  const figures = states.map(
    ({ after, html, said }) => `<figure>${html}<figcaption><b>${setLabel(after)}</b> ${said}</figcaption></figure>`,
  );

  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  for (const [device, width, columns] of [
    ["phone", 350, 4],
    // Large images of many states exceed the browser's memory.
    ["desk", 608, 2],
  ] as const) {
    const shown = device === "desk" ? figures.slice(0, 6) : figures;
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ viewport: { width: columns * (width + 40), height: 600 }, colorScheme });
      await page.setContent(
        `<!doctype html><html data-cloth="indigo"><style>${figureStyles}
      main { display: grid; grid-template-columns: repeat(${columns}, ${width}px); gap: 40px; padding: 20px; box-sizing: content-box }</style>
      <main class="body">${shown.join("")}</main></html>`,
      );
      await page.evaluate("document.fonts.ready");
      const path = join(folder, `${name}-${device}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      console.log(path);
      await page.close();
    }
  }
  await browser.close();
}
