/** Wording of marks in lists of chapters, in English: the only one that scripts need before the first paint. */
export const marks = {
  /** Read out after the title of a chapter that was read, for which the page shows a tick. */
  read: "read",
};
