/** A picture that gives way where its line is narrower. */

/** An `<img>` that fills its line up to its own width. It names no height: one program would keep it and squeeze the picture. */
export const wideImage = (source: string, alt: string, width: number, style = "", kind = "", attributes = ""): string =>
  `<img src="${source}" alt="${alt}"${attributes} width="${width}" class="wide${kind ? ` ${kind}` : ""}" style="max-width:${width}px${style ? `;${style}` : ""}">`;
