/** The size of the images that are shown beside links to a page, in pixels: one that large networks show in full. */
export const shareImageSize = { width: 1200, height: 630 } as const;
