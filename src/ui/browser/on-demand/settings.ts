/**
 * The reading settings: a panel over the page, which shows each change at once. It writes the style rules of what was
 * chosen and stores them, so that every page has them before its first paint (../settings/stored-rules.ts).
 */
import { settingsWords } from "../../words/settings-words.ts";
import { options, parseSettings, type Setting, type Settings, usual, withSetting } from "../settings/record.ts";
import { rulesFor } from "../settings/rules.ts";
import { settingsKey } from "../settings/stored-rules.ts";
import { readStored, writeStored } from "../stored.ts";
import { announceStored, whenStoredAgain } from "../stored-again.ts";
import { chooseTheme, shownTheme, themes } from "../theme.ts";

const words = settingsWords(document.documentElement.lang);
const script = new URL(import.meta.url).pathname;

/** Of this page: the browser may not store them. */
let settings = parseSettings(readStored(settingsKey));
/** For settings that are not stored. */
const ownSheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, ownSheet];

const isUsual = () => Object.keys(settings).length === 0;

/** Stores the settings and shows them. False if the browser could not store them. */
function apply(chosen: Settings): boolean {
  settings = chosen;
  const rules = rulesFor(settings);
  const isStored = writeStored(settingsKey, isUsual() ? undefined : { ...settings, rules, script });
  ownSheet.replaceSync(isStored ? "" : rules);
  // Otherwise the earlier ones would be in force as well.
  if (isStored || writeStored(settingsKey, undefined)) announceStored();
  return isStored || isUsual();
}

/** Writes the rules of what is stored. */
export function renew(): void {
  apply(parseSettings(readStored(settingsKey)));
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...content: readonly (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

function button(className: string, label: string, act: () => void): HTMLButtonElement {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

type RowName = Setting | "theme";

/** A group of radio buttons, of which one is chosen. */
function row(name: RowName, values: readonly string[]): HTMLElement {
  const labels = values.map((value, index) => {
    const input = element("input", "");
    Object.assign(input, { type: "radio", name: `settings.${name}`, value });
    const option = words.options[name][index] ?? value;
    if (name === "size") input.ariaLabel = option;
    return element("label", "", input, element("span", "", name === "size" ? words.letter : option));
  });
  const label = element("span", "settings-name", words.names[name]);
  label.id = `settings.${name}`;
  const group = element("div", "settings-options", ...labels);
  group.role = "radiogroup";
  group.setAttribute("aria-labelledby", label.id);
  group.addEventListener("change", ({ target }) => choose(name, (target as HTMLInputElement).value));
  return element("div", `settings-row settings-${name}`, label, group);
}

const status = element("p", "settings-status");
status.role = "status";
const reset = button("button button-quiet", words.reset, () => {
  chooseTheme("system");
  tell(apply({}));
  fill();
});
const close = button("button", words.close, () => panel.close());
const heading = element("h2", "settings-title", words.title);
heading.id = "settings.title";
const form = element("form", "settings-form");
form.append(
  ...(["size", "face", "length", "spacing"] as const).map((name) => row(name, options[name])),
  row("theme", themes),
  row("motion", options.motion),
);
const panel = element(
  "dialog",
  "settings-panel",
  heading,
  form,
  status,
  element("p", "settings-actions", reset, " ", close),
);
panel.setAttribute("aria-labelledby", heading.id);

function tell(isStored: boolean): void {
  status.textContent = isStored ? "" : words.notStored;
}

function choose(name: RowName, value: string): void {
  if (name === "theme") chooseTheme(themes.find((theme) => theme === value) ?? "system");
  else tell(apply(withSetting(settings, name, value)));
  fill();
}

/** Shows what is chosen. */
function fill(): void {
  const chosen = { ...usual, ...settings, theme: shownTheme() };
  for (const input of form.querySelectorAll("input"))
    input.checked = input.value === chosen[input.name.replace("settings.", "") as RowName];
  // Not disabled, which would take the focus from it.
  reset.ariaDisabled = String(isUsual() && chosen.theme === "system");
}

// Another tab, or the page that clears everything, has chosen.
whenStoredAgain(() => {
  settings = parseSettings(readStored(settingsKey) ?? (ownSheet.cssRules.length > 0 ? settings : undefined));
  fill();
});
new MutationObserver(fill).observe(document.documentElement, { attributeFilter: ["data-theme"] });

// Outside of the panel is its backdrop.
panel.addEventListener("click", ({ target }) => {
  if (target === panel) panel.close();
});

/** `opener` gets the focus back, or the menu that it is in, if that has closed. */
export function open(opener: HTMLElement): void {
  if (panel.open) return;
  fill();
  panel.showModal();
  form.querySelector<HTMLElement>(":checked")?.focus();
  panel.onclose = () => {
    const menu = opener.closest("details")?.querySelector("summary");
    if (opener.checkVisibility()) opener.focus();
    else menu?.focus();
  };
}

document.body.append(panel);
