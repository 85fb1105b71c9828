/** Types sentences that contain links or emphasis, so a translator has the whole sentence and can change its order. */

/** Wraps words of a sentence in an element. */
export type Mark<Piece> = (words: string) => Piece;

/** A sentence in order: text, and the elements in between. It can be an element's children as it is. */
export type Parts<Piece> = (string | Piece)[];
