/** Renders images of an email: those that keep their size, and those that shrink with their line. */

export interface Picture {
  readonly source: string;
  /** Escaped. */
  readonly alt: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly style?: string;
  /** Class that stays in the email. */
  readonly name?: string;
  readonly attributes?: string;
}

/** A wider image overflows a phone's column, or that of a list in a box, unless it may shrink. */
export const maxRigid = 250;

/**
 * An `<img>` that fills its line up to its own width. Only one that never has to shrink has a height attribute: AOL and
 * Yahoo drop `height: auto`, and the attribute would distort the image on a phone. The ratio gives a blocked image its
 * height.
 */
export function shrinkingImage({ source, alt, width, height, style = "", name, attributes = "" }: Picture): string {
  const rigid = width > maxRigid ? "" : ` height="${height}"`;
  const styles = `max-width:${width}px;${style ? `${style};` : ""}aspect-ratio:auto ${width} / ${height}`;
  return `<img src="${source}" alt="${alt}"${attributes} width="${width}"${rigid} class="wide${name ? ` ${name}` : ""}" style="${styles}">`;
}

/** An `<img>` that keeps its size. Litehtml ignores the attributes, Outlook for Windows the style. */
export const rigidImage = ({ source, alt, width, height, style = "", attributes = "" }: Picture): string =>
  `<img src="${source}" alt="${alt}"${attributes} width="${width}" height="${height}" style="width:${width}px;height:${height}px;${style}">`;

/**
 * A shrinking image in a box of at most its width. Thunderbird sets `max-width: 100%` on every image and so enlarges one
 * of 100 % to the column. A width in pixels would widen a table on a phone. WebKit gives a blocked image the ratio 1,
 * whatever its style says, but obeys a greatest height. The line height is that of alt text.
 */
export const wideImage = (picture: Picture): string =>
  `<span style="display:inline-block;width:100%;max-width:${picture.width}px;line-height:20px">${shrinkingImage({
    ...picture,
    style: `max-height:${picture.height}px`,
  })}</span>`;
