/** Wording of the reading settings, in English. Only their script has it. */
export const settings = {
  title: "Reading settings",
  /** Names of the settings, and of their options in the order of browser/settings/record.ts. */
  names: {
    size: "Type size",
    length: "Line length",
    face: "Typeface",
    spacing: "Line spacing",
    theme: "Theme",
    motion: "Motion",
  },
  options: {
    size: ["Small", "Normal", "Large", "Larger", "Largest"],
    length: ["Short", "Normal", "Long"],
    face: ["Serif", "Sans serif"],
    spacing: ["Tight", "Normal", "Loose"],
    theme: ["Auto", "Light", "Dark"],
    motion: ["Auto", "Off"],
  },
  /** The letter that shows each type size. */
  letter: "A",
  reset: "Reset",
  close: "Close",
  notStored: "Your browser could not store this. It applies to this page only.",
};
