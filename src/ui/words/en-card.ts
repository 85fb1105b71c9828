/** Wording of the card that previews what a link leads to, in English. Only its script has it. */
export const card = {
  /** Label of the card; `link` is the text of the link, such as `(1)` or `[3]`. */
  preview: (link: string) => `Preview of ${link}`,
  /** After a tap on the link, leads to where it leads. */
  goTo: (link: string) => `Go to ${link}`,
  /** About a chapter. */
  read: "You have read this",
};
