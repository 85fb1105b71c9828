/** Words the page "Your reading" in English: what the Worker renders, and what its script adds. */

export const yourReading = {
  title: "Your reading",
  description: "What you have read, as your own browser keeps it: export, import or clear it.",
  lead: "What you have read and where you stopped is stored in this browser only. Nothing is sent, and there is no account.",
  needsScript: "This page needs JavaScript, because only your browser has what it shows.",
};

/** The reader's own day. */
const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });
const day = (time: number) => format.format(time);

const count = (amount: number, one: string, other: string) => `${amount} ${amount === 1 ? one : other}`;

export const yourReadingScript = {
  begun: "Begun",
  read: "Read",
  /** Times in milliseconds since 1970. */
  lastOpen: (time: number) => `last open on ${day(time)}`,
  readOn: (time: number) => `read on ${day(time)}`,
  nothing: "Nothing yet. A chapter appears here after a few seconds of reading.",
  forbidden:
    "Your browser does not let this site store anything, so nothing is kept. You can allow it in the settings for cookies and site data.",
  keep: "Keep or move your data",
  export: "Export",
  import: "Import",
  clear: "Clear",
  /** Before it is cleared. */
  confirm: (texts: number) =>
    `This removes what this browser keeps about ${count(texts, "chapter", "chapters")}, and everything else that Export would save. It cannot be undone.`,
  remove: "Remove everything",
  cancel: "Cancel",
  cleared: "Everything was removed.",
  notCleared:
    "Your browser did not allow the data to be removed. You can remove it in the settings for cookies and site data.",
  imported: (added: number) =>
    added === 0
      ? "Everything in this file was already here."
      : `Imported. ${count(added, "chapter is", "chapters are")} new here.`,
  notJson: "This file cannot be read as JSON, so nothing was imported. Choose a file that was exported here.",
  notOurs: "This file was not exported from this page, so nothing was imported. Choose a file that was exported here.",
  tooLarge: "This file is larger than any export, so nothing was imported. Choose a file that was exported here.",
  full: "Your browser could not store the file’s data, so nothing was changed. Its storage may be full.",
};
