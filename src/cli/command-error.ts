/** Something that the author can put right; said without a stack. */
export class Refusal extends Error {}
