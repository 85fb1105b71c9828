/** Pictures as they are served. */

export const mediaTypes = {
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  avif: "image/avif",
  gif: "image/gif",
} as const;

/** A picture opened by itself can do nothing; its own style is its only freedom. */
export const mediaPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
