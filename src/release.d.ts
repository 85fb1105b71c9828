/** Declares the manifest that the build writes; `parseManifest` gives it its type. */
declare module "*/.release/manifest.json" {
  const release: unknown;
  export default release;
}
