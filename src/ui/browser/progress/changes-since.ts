/** Compares the blocks of a text with those that its reader knows, by their hashes. */

export interface Changes {
  /** Indices of blocks that are new or were edited, in ascending order. */
  readonly edited: readonly number[];
  /** Indices of blocks before which something was removed; the number of blocks for the end of the text. */
  readonly cuts: readonly number[];
  /** How many blocks were removed; an edited one was not. */
  readonly gone: number;
}

/** Undefined if nothing has changed. A block that was only moved counts as removed there and new here. */
export function changesSince(known: readonly string[], now: readonly string[]): Changes | undefined {
  const edited: number[] = [];
  const cuts: number[] = [];
  let gone = 0;
  let [before, at] = [-1, -1];
  // Between two blocks that stayed, as many were edited as there are on both sides.
  for (const [knownIndex, index] of [...commonBlocks(known, now), [known.length, now.length] as const]) {
    const [left, come] = [knownIndex - before - 1, index - at - 1];
    for (let each = at + 1; each < index; each += 1) edited.push(each);
    if (left > come) {
      gone += left - come;
      cuts.push(index);
    }
    [before, at] = [knownIndex, index];
  }
  return edited.length + gone > 0 ? { edited, cuts, gone } : undefined;
}

/** The longest common subsequence, as pairs of indices. A text has some hundred blocks, so a table of all pairs is small. */
function commonBlocks(known: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  const width = now.length + 1;
  // At (i, j): how many are common to what begins at known[i] and now[j].
  const lengths = new Uint16Array((known.length + 1) * width);
  const lengthAt = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = known.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        known[i] === now[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < known.length && j < now.length; ) {
    if (known[i] === now[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
