/** A figure that can be touched: one drawing function, and what a reader may change of its parameters. */

/**
 * Drawn at publish time from `initial`, then taken over in the browser, which draws with the same
 * functions. Everything is pure; nothing here knows of a browser.
 */
export interface InteractiveFigure<Parameters extends object = object> {
  /** The state that the page, the feed, a mail and a printout show: the chapter's worked example. */
  readonly initial: Parameters;
  /** The whole `<svg>`. Things to take hold of are made with `handle()` of handles.ts. */
  draw(parameters: Parameters): string;
  /** What the drawing says now, as one sentence with numbers: read out after each change. */
  describe(parameters: Parameters): string;
  /** Form elements below the drawing, in this order. */
  readonly controls: readonly Control<Parameters>[];
  /** What can be taken hold of inside the drawing, by the names that `handle()` got; in tab order. */
  handles?(parameters: Parameters): readonly Handle<Parameters>[];
}

/** `label` may hold maths letters between dollar signs: `Position $m$`, `Width $d_k$`. */
export type Control<Parameters extends object = object> =
  | Slider<Parameters>
  | Choice<Parameters>
  | Toggle<Parameters>
  | Button<Parameters>;

export interface Slider<Parameters extends object> {
  readonly kind: "slider";
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  get(parameters: Parameters): number;
  set(parameters: Parameters, value: number): Parameters;
  /** The value as it is shown beside the slider, with its unit; left out, the number itself. */
  print?(value: number): string;
}

export interface Choice<Parameters extends object> {
  readonly kind: "choice";
  readonly label: string;
  /** In words, as labels are written. */
  readonly options: readonly string[];
  /** Index of the chosen option; −1 where none is. */
  get(parameters: Parameters): number;
  set(parameters: Parameters, option: number): Parameters;
}

interface Toggle<Parameters extends object> {
  readonly kind: "toggle";
  readonly label: string;
  get(parameters: Parameters): boolean;
  set(parameters: Parameters, on: boolean): Parameters;
}

interface Button<Parameters extends object> {
  readonly kind: "button";
  readonly label: string;
  press(parameters: Parameters): Parameters;
}

export type Handle<Parameters extends object = object> = Grip<Parameters> | Tap<Parameters>;

/** Something that moves: dragged by mouse or finger, moved by the arrow keys, Page Up and Down, Home and End. */
export interface Grip<Parameters extends object> {
  readonly name: string;
  /** What it is, in words: "Key of mouse". */
  readonly label: string;
  /** Where it is, in words: "2 to the right, 1 up". */
  readonly value: string;
  /** For a screen reader's slider: the number that moves most, and its bounds. */
  readonly range: { readonly now: number; readonly min: number; readonly max: number };
  /** To a place in the drawing, in its own units. Keep it inside. */
  move(x: number, y: number): Parameters;
  /** By steps of a size that makes sense: `right` and `up` are ±1 for an arrow key, ±5 for Page, ±1000 for Home and End. Keep it inside. */
  step(right: number, up: number): Parameters;
}

/** Something that is pressed: clicked, tapped, or Enter and Space. */
export interface Tap<Parameters extends object> {
  readonly name: string;
  /** What it is and does; a word or number that it shows must be in it: "Start at node 4, which has 1". */
  readonly label: string;
  /** For a thing that stays on or off; left out for one that just acts. */
  readonly pressed?: boolean;
  press(): Parameters;
}

/** The number, kept between two bounds. */
export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/**
 * The initial state, and every state that one touch leads to from there: both ends of each slider, each
 * option, each button, each handle pressed or moved. What the fonts must hold, and what tests and
 * `npm run figure` look at.
 */
export function exploreStates<Parameters extends object>(
  figure: InteractiveFigure<Parameters>,
): readonly { readonly after: string; readonly parameters: Parameters }[] {
  const { initial } = figure;
  return [
    { after: "initial", parameters: initial },
    ...figure.controls.flatMap((control) => exploreControl(control, initial)),
    ...(figure.handles?.(initial) ?? []).flatMap((handle) =>
      "press" in handle
        ? [{ after: `press ${handle.name}`, parameters: handle.press() }]
        : [
            { after: `${handle.name} right and up`, parameters: handle.step(1000, 1000) },
            { after: `${handle.name} left and down`, parameters: handle.step(-1000, -1000) },
          ],
    ),
  ];
}

function exploreControl<Parameters extends object>(control: Control<Parameters>, initial: Parameters) {
  switch (control.kind) {
    case "slider":
      return [control.min, control.max].map((value) => ({
        after: `${control.label} = ${value}`,
        parameters: control.set(initial, value),
      }));
    case "choice":
      return control.options.map((option, index) => ({
        after: `${control.label}: ${option}`,
        parameters: control.set(initial, index),
      }));
    case "toggle":
      return [{ after: control.label, parameters: control.set(initial, !control.get(initial)) }];
    case "button":
      return [{ after: control.label, parameters: control.press(initial) }];
  }
}
