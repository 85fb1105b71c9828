/** Declares media types and the security policy of images. */

export const mediaTypes = {
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  avif: "image/avif",
  gif: "image/gif",
} as const;

/** An image opened by itself can run and load nothing; only its inline styles apply. */
export const mediaPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
