/** Prevents line breaks between a formula and the punctuation after it. */

/** Images and text on one line. Alt text may still wrap when images are turned off: it can be wider than a phone. */
export const onOneLine = (html: string, names = ""): string =>
  `<span${names && ` class="${names}"`} style="white-space:nowrap">${html.replace(/(<img [^>]*) style="/g, '$1 style="white-space:normal;')}</span>`;
