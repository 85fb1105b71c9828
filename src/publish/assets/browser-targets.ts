/**
 * Declares the oldest browsers that pages support; test/house/features.test.ts checks every feature against them.
 * `light-dark()` and nesting need Chrome 123 and Safari 17.5, `:has()` Firefox 121.
 */
export const browserTargets = { chrome: [123, 0], firefox: [121, 0], safari: [17, 5] } as const;
