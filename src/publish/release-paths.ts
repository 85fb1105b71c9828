/** Defines the paths of a release, relative to the project. */

export const releaseFolder = ".release";
export const manifestName = "manifest.json";
/** Written by `npm run deploy`: see source/previous-release.ts. */
export const deployedTextsName = "deployed-texts.json";
export const deployedTextsPath = `${releaseFolder}/${deployedTextsName}`;
export const manifestPath = `${releaseFolder}/${manifestName}`;
