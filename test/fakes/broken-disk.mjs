/**
 * Simulates a full or read-only disk, for a command started with `--import` of this file. On paths that match
 * BROKEN_PATH, a full disk fails writes after their first half; any other BROKEN_CODE makes every access fail.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { BROKEN_PATH = "^$", BROKEN_CODE = "ENOSPC" } = process.env;
const pattern = new RegExp(BROKEN_PATH);
const opened = new Map();

function fail(syscall, path) {
  const error = new Error(`${BROKEN_CODE}: no luck with this disk, ${syscall}`);
  throw Object.assign(error, { code: BROKEN_CODE, errno: -28, syscall, ...(path !== undefined && { path }) });
}

const { mkdirSync, openSync, writeFileSync, accessSync } = fs;
const isFull = BROKEN_CODE === "ENOSPC" || BROKEN_CODE === "EDQUOT";
const half = (data) => data.slice(0, Math.floor(data.length / 2));

fs.openSync = (path, flags, ...rest) => {
  if (!isFull && pattern.test(String(path))) fail("open", String(path));
  const file = openSync(path, flags, ...rest);
  opened.set(file, String(path));
  return file;
};
fs.writeFileSync = (target, data, ...rest) => {
  const path = typeof target === "number" ? (opened.get(target) ?? "") : String(target);
  if (!pattern.test(path)) return writeFileSync(target, data, ...rest);
  if (!isFull) fail("open", path);
  writeFileSync(target, half(data), ...rest);
  // As in Node, the error of a write does not name the file.
  fail("write");
};
fs.mkdirSync = (path, ...rest) => {
  if (!isFull && pattern.test(String(path))) fail("mkdir", String(path));
  return mkdirSync(path, ...rest);
};
fs.accessSync = (path, ...rest) => {
  if (!isFull && pattern.test(String(path))) fail("access", String(path));
  return accessSync(path, ...rest);
};
syncBuiltinESMExports();
