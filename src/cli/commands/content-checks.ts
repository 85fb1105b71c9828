/** Describes the content checks for the help of `npm run check`. */

export const contentChecks = `Reports every problem in content/ with file, line, column and a fix. Writes nothing.

Errors block publishing (exit code 1): files that are not UTF-8, control characters, damaged images, invalid front matter or dates, TeX that cannot be typeset, links to missing chapters, headings, labels and notes, images without alt text, duplicate labels, ids and keys, works that are missing from references.yaml, .bib or .json, or incomplete, a reading time above 6 minutes, declared changes dated before publication, in the future or twice, computed numbers that do not match, and a published chapter that disappeared (in Git's history of the last 30 days) while a similar one appeared, if neither \`id\` nor \`redirect_from\` says whether they are the same.

Warnings (exit code 0): front matter in which YAML reads text as a comment or as an escape, a reading time above 5 minutes, symbols missing from the notation, an equation too wide for a phone, an email too long for Gmail, duplicate headings, dates before the book, before a chapter in \`needs\`, or years away, and a published chapter whose wording has changed since the previous release without a declared change.

For each page with formulas, the check prints the share of symbols that its notation explains.`;
