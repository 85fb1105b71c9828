/** The sections of results.md: what each is asked to measure, and how one takes the place of its predecessor. */

export interface Order {
  /** Small numbers, to see that it works. */
  readonly isQuick: boolean;
  /** Of serving: one kind of answer alone. */
  readonly answer: string | undefined;
  readonly tell: (line: string) => void;
}

/** The text with those sections, each in the place of the one with its title, or at the end. A section begins with `## `. */
export function withSections(text: string, sections: readonly string[]): string {
  const [head = "", ...present] = text.trim().split(/\n+(?=## )/);
  const titleOf = (section: string) => section.split("\n", 1)[0];
  const merged = new Map(present.map((section) => [titleOf(section), section.trim()]));
  for (const section of sections) merged.set(titleOf(section), section.trim());
  return `${[head.trim(), ...merged.values()].join("\n\n")}\n`;
}
