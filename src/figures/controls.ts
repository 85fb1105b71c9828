/** Renders the form below an interactive figure at publish time. It is hidden until the figure is hydrated. */

import { element, setNotation } from "./drawing.ts";
import type { Choice, Control, InteractiveFigure, Slider } from "./interactive.ts";

/** Each element's `name` is the index of its control, by which the script finds the control. */
export const renderControls = ({ controls, initial }: InteractiveFigure): string =>
  controls.length === 0
    ? ""
    : element(
        "form",
        { class: "controls", autocomplete: "off" },
        ...controls.map((control, index) => renderControl(control, String(index), initial)),
      );

function renderControl(control: Control, name: string, initial: object): string {
  switch (control.kind) {
    case "slider":
      return renderSlider(control, name, initial);
    case "choice":
      return renderChoice(control, name, initial);
    case "toggle":
      return element(
        "label",
        { class: "control toggle" },
        element("input", { type: "checkbox", name, checked: control.get(initial) ? "" : undefined }),
        element("span", {}, setLabel(control.label)),
      );
    case "button":
      return element("button", { class: "control", type: "button", name }, setLabel(control.label));
  }
}

function renderSlider({ label, min, max, step, get, print = String }: Slider<object>, name: string, initial: object) {
  const value = get(initial);
  // The output is outside the label: otherwise the accessible name would change, and be read out, with every move.
  return element(
    "div",
    { class: "control slider" },
    element(
      "label",
      {},
      element("span", {}, setLabel(label)),
      element("input", {
        type: "range",
        name,
        min,
        max,
        step,
        value,
        "aria-valuetext": print(value).replaceAll("$", ""),
      }),
    ),
    element("output", {}, setLabel(print(value))),
  );
}

function renderChoice({ label, options, get }: Choice<object>, name: string, initial: object): string {
  const chosen = get(initial);
  return element(
    "fieldset",
    { class: "control choice" },
    element("legend", {}, setLabel(label)),
    ...options.map((option, index) =>
      element(
        "label",
        {},
        element("input", { type: "radio", name, value: index, checked: index === chosen ? "" : undefined }),
        element("span", {}, setLabel(option)),
      ),
    ),
  );
}

/** Renders a label: text with maths between dollar signs. */
export const setLabel = (label: string): string =>
  label
    .split("$")
    .map((part, index) =>
      index % 2 === 1
        ? element("span", { class: "formula" }, setNotation(part, "html"))
        : part.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"),
    )
    .join("");
