/** Sentences with links or emphasis in them, so that a translator sees them whole and may change the order. */

/** Puts an element around words of a sentence. */
export type Mark<Piece> = (words: string) => Piece;

/** A sentence in order: its text, and what marks made of the words in between. They are the children of an element as they are. */
export type Parts<Piece> = (string | Piece)[];
