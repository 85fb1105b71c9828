/** Reports a failure that the author can fix: printed without a stack. */
export class CommandError extends Error {}
