/** Hashes with SHA-256 (FIPS 180-4) for content-addressed names. */

/** 32 bytes. Text is hashed as UTF-8. */
export async function sha256(data: string | ArrayBuffer | Uint8Array): Promise<Uint8Array> {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as ArrayBuffer | Uint8Array<ArrayBuffer>));
}

/** Lower case, two digits per byte. */
export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
