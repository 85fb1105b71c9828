/** What a line must not end inside of: a formula and the comma behind it. */

/** Pictures and words on one line. Where pictures are off, their own words may break: they can be longer than a phone's line. */
export const onOneLine = (html: string, names = ""): string =>
  `<span${names && ` class="${names}"`} style="white-space:nowrap">${html.replace(/(<img [^>]*) style="/g, '$1 style="white-space:normal;')}</span>`;
