/** Tests signed links: only exactly the token that was issued is accepted. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Claim,
  parseUnsubscribeToken,
  purposes,
  signToken,
  unsubscribeToken,
  verifyToken,
} from "../../src/subscribers/tokens.ts";

const old = { id: "k1", secret: "o".repeat(40) };
const fresh = { id: "k2", secret: "n".repeat(40) };
const claim: Claim = { purpose: "confirm", subscriber: "s-1", detail: "r-1", expires: 2_000_000 };
const now = 1_000_000;

test("a token says what was signed, until it expires", async () => {
  const token = await signToken(claim, [old]);
  expect(await verifyToken(token, "confirm", [old], now)).toEqual(claim);
  expect(await verifyToken(token, "confirm", [old], 1_999_999)).toEqual(claim);
  expect(await verifyToken(token, "confirm", [old], 2_000_000)).toBeUndefined();
});

test("it holds for its own purpose only", async () => {
  const token = await signToken(claim, [old]);
  for (const purpose of purposes.filter((each) => each !== "confirm")) {
    expect(await verifyToken(token, purpose, [old], now)).toBeUndefined();
    expect(await verifyToken(token.replace("confirm", purpose), purpose, [old], now)).toBeUndefined();
  }
});

test("after a change of keys old links hold as long as the old key is kept", async () => {
  const token = await signToken(claim, [old]);
  expect(await verifyToken(token, "confirm", [fresh, old], now)).toEqual(claim);
  expect(await verifyToken(token, "confirm", [fresh], now)).toBeUndefined();
  expect(await verifyToken(token, "confirm", [{ ...fresh, id: "k1" }], now)).toBeUndefined();
});

test("one letter changed anywhere, and it says nothing", async () => {
  const token = await signToken(claim, [old]);
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(..."abzAZ019-_.$&"), async (at, letter) => {
      const forged = token.slice(0, at) + letter + token.slice(at + 1);
      const said = await verifyToken(forged, "confirm", [old], now);
      expect(said === undefined || forged === token).toBe(true);
    }),
  );
});

test("a token has one spelling: its last letter, which has two bits too many, cannot be another", async () => {
  const token = await signToken(claim, [old]);
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const held = [];
  for (const letter of letters) {
    if (await verifyToken(token.slice(0, -1) + letter, "confirm", [old], now)) held.push(letter);
  }
  expect(held).toEqual([token.at(-1)]);
});

test("a leave token is read back, and nothing else is one", () => {
  const key = "0123456789abcdef".repeat(2);
  expect(parseUnsubscribeToken(unsubscribeToken("s-1", key))).toEqual({ subscriber: "s-1", unsubscribeKey: key });
  for (const wrong of ["", "s-1", `s-1.${key}0`, `s-1.${key.slice(1)}`, `S.${key}`, `s-1.${key}\n`]) {
    expect(parseUnsubscribeToken(wrong)).toBeUndefined();
  }
});
