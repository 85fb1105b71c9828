/** Finds the identities of texts in what a browser has stored: only valid ones may become a part of a selector. */

export const isIdentity = (text: string): boolean => /^[a-z\d]+(-[a-z\d]+)*\/[a-z\d]+(-[a-z\d]+)*$/.test(text);

/** Those that are keys of the value, whatever it is. */
export const identitiesIn = (value: unknown): string[] => Object.keys(Object(value)).filter(isIdentity);
