/** Defines the sections of results.md: the options for measuring each, and how a new one replaces its predecessor. */

export interface Order {
  /** Small numbers, only to check that it works. */
  readonly isQuick: boolean;
  /** For serving: a single kind of answer. */
  readonly answer: string | undefined;
  readonly tell: (line: string) => void;
}

/** Replaces the sections with the same title, and appends new ones. A section starts with `## `. */
export function withSections(text: string, sections: readonly string[]): string {
  const [head = "", ...present] = text.trim().split(/\n+(?=## )/);
  const titleOf = (section: string) => section.split("\n", 1)[0];
  const merged = new Map(present.map((section) => [titleOf(section), section.trim()]));
  for (const section of sections) merged.set(titleOf(section), section.trim());
  return `${[head.trim(), ...merged.values()].join("\n\n")}\n`;
}
