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

/** 360 px minus the email's padding and the edge of a box. */
export const phoneWidth = 300;

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
 * whatever its style says, but obeys a greatest height.
 */
export function wideImage(picture: Picture): string {
  const { width, height, alt } = picture;
  const style = `max-height:${Math.max(height, altHeight(alt, width))}px`;
  const box = `display:inline-block;width:100%;max-width:${width}px;line-height:${altLine}px`;
  return `<span style="${box}">${shrinkingImage({ ...picture, style })}</span>`;
}

/** Of a figure's alt text, which is larger than a formula's: the line, a letter, and the symbol that browsers set before it. */
const altLine = 20;
const altLetter = 7.5;
const altSymbol = 20;

/** The height that alt text needs on a phone: Chromium cuts off what exceeds the greatest height. */
const altHeight = (alt: string, width: number): number =>
  altLine * Math.ceil((alt.length * altLetter + altSymbol) / Math.min(width, phoneWidth));
