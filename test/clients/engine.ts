/** Describes a browser engine that the journeys run in besides Chromium, and why one may be missing. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Place } from "../journeys/figure-journey.ts";
import type { ReaderPage } from "../journeys/reader-page.ts";

interface EnginePage extends AsyncDisposable {
  readonly page: ReaderPage;
  /** Errors and warnings on the console, and requests to other hosts; `undefined` if the engine reports none. */
  readonly complaints: readonly string[] | undefined;
}

export interface Engine extends AsyncDisposable {
  readonly version: string;
  /** The narrowest window that it can have, in pixels. */
  readonly narrowest: number;
  /** A page of a new reader, whose browser remembers nothing. */
  open(url: string, viewport: { readonly width: number; readonly height: number }): Promise<EnginePage>;
}

export interface StartedEngine extends Engine {
  /** Whether its browser no longer runs. */
  hasEnded(): Promise<boolean>;
}

/** Ends what it has started if the signal comes before the engine is there. */
export type StartEngine = (tooLate: AbortSignal) => Promise<StartedEngine>;

/** An engine that can be started here, or the programs that are missing. */
export type Installation = { readonly start: StartEngine } | { readonly missing: readonly string[] };

/** The first of those programs on the PATH; an absolute path is looked at directly. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) =>
    name.startsWith("/") ? [name] : folders.map((folder) => join(folder, name)),
  );
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The place in the window nearest to that: these protocols refuse to move a pointer out of it. */
export const within = (
  { width, height }: { readonly width: number; readonly height: number },
  x: number,
  y: number,
) => ({
  x: Math.min(Math.max(x, 0), width - 1),
  y: Math.min(Math.max(y, 0), height - 1),
});

/** Finds the parts of a figure by scripts in the page. Names are as close to the accessible ones as labels get. */
export function scriptedPlace(page: ReaderPage, figure: string): Place {
  const inFigure = <Result>(body: string) =>
    page.evaluate<Result>(`(() => {
      const figure = document.querySelector('[data-figure=${JSON.stringify(figure)}]');
      const nameOf = (element) =>
        (element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent).replace(/\\s+/g, " ").trim();
      const find = (role, name) => {
        const selector = { slider: "input[type=range], [role=slider]", button: "button, [role=button]", radio: "input[type=radio]", checkbox: "input[type=checkbox]" }[role];
        const found = [...figure.querySelectorAll(selector)].find((each) => nameOf(each) === name);
        if (!found) throw new Error("There is no " + role + " " + name + ".");
        return found;
      };
      const frame = () => new Promise(requestAnimationFrame);
      // A click just before may still change the drawing.
      const boxOf = async (element) => {
        element.scrollIntoView({ block: "center", behavior: "instant" });
        for (let last; ; ) {
          await frame();
          await frame();
          const { x, y, width, height } = element.getBoundingClientRect();
          if (last === [x, y, width, height].join()) return { x, y, width, height };
          last = [x, y, width, height].join();
        }
      };
      ${body}
    })()`);
  const control = (role: string, name: string) => `find(${JSON.stringify(role)}, ${JSON.stringify(name)})`;
  type Box = NonNullable<Awaited<ReturnType<Place["slider"]>>>;
  return {
    focus: (role, name) => inFigure(`${control(role, name)}.focus();`),
    async click(role, name) {
      const { x, y, width, height } = await inFigure<Box>(
        `const found = ${control(role, name)}; return boxOf(found.querySelector(".reach") ?? found);`,
      );
      await page.mouse.click(x + width / 2, y + height / 2);
    },
    slider: (name) => inFigure(`return boxOf(${control("slider", name)});`),
    handle: (name) => inFigure(`return boxOf(figure.querySelector('[data-handle=${JSON.stringify(name)}] .reach'));`),
    drawing: () =>
      inFigure(`const svg = figure.querySelector("svg");
        return { pixels: svg.getBoundingClientRect().width, units: svg.viewBox.baseVal.width };`),
    said: () => inFigure(`return figure.querySelector(".live-region").textContent;`),
  };
}
