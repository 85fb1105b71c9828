/** Words the rating of an answer in English, for scripts. */
export const rating = {
  /** Label of the buttons. */
  question: "How well did you know it?",
  /** By the rating that is stored. */
  names: { 1: "Again", 2: "Hard", 3: "Good", 4: "Easy" },
  saved: (isTomorrow: boolean) =>
    `Saved in this browser. The question comes back ${isTomorrow ? "tomorrow" : "in a few days"}.`,
  /** Link to the page where questions come back. */
  recall: "See what is due",
  notSaved: "Your browser could not save this rating, because its storage is full or blocked.",
};
