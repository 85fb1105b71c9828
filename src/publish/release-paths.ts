/** Where a release lies, below the project. */

export const releaseFolder = ".release";
export const manifestName = "manifest.json";
export const manifestPath = `${releaseFolder}/${manifestName}`;
