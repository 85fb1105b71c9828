/** What `npm run check` says about content/, for its help. */

export const contentChecks = `Says what is wrong with content/, with file, line, column and a way out. Writes nothing.

Errors, after which nothing is published (exit code 1): front matter and dates that cannot be read, TeX that cannot be typeset, links to chapters, headings, labels and notes that are not there, pictures without alternative text, labels, ids and keys that are given twice, works that are not in references.yaml, a reading time above 6 minutes, worked numbers that do not come out, a published chapter that is gone (by Git's history of the last 30 days) while a similar one has appeared, if neither \`id\` nor \`redirect_from\` says whether they are the same.

Warnings (exit code 0): a reading time above 5 minutes, letters that no notation explains, an equation too wide for a phone, a mail too long for Gmail, two headings alike, a chapter dated before its book, before what it needs, or years away.`;
