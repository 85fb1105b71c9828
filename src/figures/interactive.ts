/** Defines interactive figures: a drawing function, and what a reader can change of its parameters. */

/**
 * Drawn at publish time from `initial`, then hydrated in the browser with the same functions. Everything is pure and
 * independent of the DOM.
 */
export interface InteractiveFigure<Parameters extends object = object> {
  /** The state shown in feeds, emails and print, and at first on the page: the chapter's worked example. */
  readonly initial: Parameters;
  /** The whole `<svg>`. Handles are drawn with `handle()` of handles.ts. */
  draw(parameters: Parameters): string;
  /** What the drawing shows now, as one sentence with numbers: announced to screen readers after each change. */
  describe(parameters: Parameters): string;
  /** Form elements below the drawing, in order. */
  readonly controls: readonly Control<Parameters>[];
  /** Handles inside the drawing, in tab order, with the names passed to `handle()`. */
  handles?(parameters: Parameters): readonly Handle<Parameters>[];
}

/** `label` may contain maths between dollar signs: `Position $m$`, `Width $d_k$`. */
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
  /** The value shown beside the slider, with its unit. Default: the number itself. */
  print?(value: number): string;
}

export interface Choice<Parameters extends object> {
  readonly kind: "choice";
  readonly label: string;
  readonly options: readonly string[];
  /** Index of the chosen option; −1 if there is none. */
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

/** A handle that is dragged with the pointer, or moved with the arrow keys, Page Up and Down, Home and End. */
export interface Grip<Parameters extends object> {
  readonly name: string;
  /** Accessible name: "Key of mouse". */
  readonly label: string;
  /** Position in words: "2 to the right, 1 up". */
  readonly value: string;
  /** ARIA values of the slider role: the number that changes most, and its bounds. */
  readonly range: { readonly now: number; readonly min: number; readonly max: number };
  /** Moves the handle to a point in user units. Must keep it inside the drawing. */
  move(x: number, y: number): Parameters;
  /**
   * Moves the handle in steps of a sensible size: `right` and `up` are ±1 for an arrow key, ±5 for Page Up and Down,
   * ±1000 for Home and End. Must keep it inside the drawing.
   */
  step(right: number, up: number): Parameters;
}

/** A handle that is pressed: by click, tap, Enter or Space. */
export interface Tap<Parameters extends object> {
  readonly name: string;
  /** Accessible name: what the handle is and does. Must contain its visible text: "Start at node 4, which has 1". */
  readonly label: string;
  /** State of a toggle; absent for a plain button. */
  readonly pressed?: boolean;
  press(): Parameters;
}

export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/**
 * The initial state, and every state one interaction away: both ends of each slider, each option, each button, each
 * handle pressed or moved. Fonts must cover these states; tests and `npm run figure` draw them.
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
