/** Defines the paths of a release, relative to the project. */

export const releaseFolder = ".release";
export const manifestName = "manifest.json";
export const manifestPath = `${releaseFolder}/${manifestName}`;
