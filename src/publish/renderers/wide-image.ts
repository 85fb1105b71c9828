/** Renders an image that shrinks with its line. */

/**
 * An `<img>` that fills its line up to its own width. It has no height attribute: one client would keep that height and
 * distort the image.
 */
export const wideImage = (source: string, alt: string, width: number, style = "", kind = "", attributes = ""): string =>
  `<img src="${source}" alt="${alt}"${attributes} width="${width}" class="wide${kind ? ` ${kind}` : ""}" style="max-width:${width}px${style ? `;${style}` : ""}">`;
