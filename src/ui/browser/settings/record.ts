/** The reading settings that a reader can choose, and what the browser keeps of them. */

/** Every setting with its options, in their order. Sizes are in percent of the browser's own. */
export const options = {
  size: ["90", "100", "115", "130", "150"],
  length: ["short", "normal", "long"],
  face: ["serif", "sans"],
  spacing: ["tight", "normal", "loose"],
  motion: ["system", "none"],
} as const;

type Options = typeof options;
export type Setting = keyof Options;

/** What pages are designed for. It is not stored. */
export const usual: { readonly [Name in Setting]: Options[Name][number] } = {
  size: "100",
  length: "normal",
  face: "serif",
  spacing: "normal",
  motion: "system",
};

/** Only what differs from the usual. */
export type Settings = { readonly [Name in Setting]?: Options[Name][number] };

const settingNames = Object.keys(options) as readonly Setting[];

/** Keeps what is valid of any value. */
export function parseSettings(value: unknown): Settings {
  const stored: Readonly<Record<string, unknown>> = Object(value);
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const option = options[name].find((each) => each === stored[name]);
      return option === undefined || option === usual[name] ? [] : [[name, option]];
    }),
  );
}

export const withSetting = (settings: Settings, name: Setting, option: string): Settings =>
  parseSettings({ ...settings, [name]: option });
