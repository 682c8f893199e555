import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { receiptIn, packReceipt } from "../../src/audit/pocket.ts";
import { formatReceipt, type Opening, verifyReceipt } from "../../src/audit/receipt.ts";
import { fromUtf8, toBase64, utf8 } from "../../src/kernel/bytes.ts";
import { canonicalJson, type Json } from "../../src/kernel/canonical-json.ts";
import { type Policy, parsePolicy } from "../../src/tlog/policy.ts";
import { parseProof } from "../../src/tlog/tlog-proof.ts";
import { OPENING, receiptOf } from "../support/receipts.ts";
import { COSIGNED_AT, LOG_NAME, SmallLog, STRANGE, UNWITNESSED, WITNESSED } from "../support/small-log.ts";

function policyOf(text: string): Policy {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.refusal);
  return parsed.policy;
}

const POLICY = policyOf(WITNESSED);
const RECEIPT = await receiptOf();
const refusalOf = async (text: string, policy = POLICY) => {
  const verified = await verifyReceipt(text, policy);
  return verified.ok ? null : verified.refusal;
};

/** The receipt with what its opening says changed, and written as canonically as before. */
function saying(change: (said: Record<string, Json>) => Json): string {
  const extra = /^extra (.*)$/m.exec(RECEIPT)![1]!;
  const said = JSON.parse(Buffer.from(extra, "base64").toString()) as Record<string, Json>;
  return RECEIPT.replace(extra, toBase64(utf8(canonicalJson(change(said)))));
}

describe("a receipt", () => {
  it("proves what was done, when, and who vouches for it", async () => {
    const verified = await verifyReceipt(RECEIPT, POLICY);
    expect(verified).toMatchObject({ ok: true, index: 5n, opening: OPENING, checkpoint: { origin: LOG_NAME, size: 12n } });
    expect(verified.ok && verified.cosigners.map(({ key, time }) => [key.name, time])).toEqual([["witness.example/w", COSIGNED_AT]]);
  });

  it("is a tlog-proof@v1 that carries one salt, and nothing more", () => {
    const parsed = parseProof(RECEIPT);
    expect(parsed.ok && JSON.parse(fromUtf8(parsed.proof.extra!))).toEqual({
      action: OPENING.action, at: "2027-01-15T08:00:00.000Z", id: OPENING.id, record: OPENING.record, salt: Buffer.from(OPENING.salt).toString("base64url"), source: "register",
    });
  });

  it("opens no other leaf than its own", async () => {
    const other: Opening = { ...OPENING, id: "01890a5d-ac96-774b-bcce-b302099a8060", salt: new Uint8Array(32).fill(9) };
    const log = new SmallLog(3);
    const both = [OPENING, other].map(({ source, ...opening }) => [opening, log.append(source, { ...opening, commitment: "A".repeat(43) })] as const);
    for (const [, index] of both) expect(await refusalOf(formatReceipt((await log.prove(index))!, OPENING))).toBe("not-included");
  });

  it("is made of a proof only", () => expect(() => formatReceipt("no proof", OPENING)).toThrow(RangeError));
});

describe("what is wrong with a receipt is said:", () => {
  const record = (change: object) => saying((said) => ({ ...said, record: { ...(said.record as object), ...change } }));
  const line = (number: number, text: string) => RECEIPT.split("\n").map((old, at) => (at === number ? text : old)).join("\n");
  it.each([
    ["no proof at all", "", "not-a-proof"],
    ["another file", "hello\n", "not-a-proof"],
    ["no opening", RECEIPT.replace(/^extra .*\n/m, ""), "opening-missing"],
    ["an opening that is no JSON", RECEIPT.replace(/^extra .*$/m, `extra ${toBase64(utf8("{"))}`), "opening-malformed"],
    ["an opening in another order", RECEIPT.replace(/^extra .*$/m, `extra ${toBase64(utf8(JSON.stringify({ source: "register" })))}`), "opening-malformed"],
    ["a member more", saying((said) => ({ ...said, also: 1 })), "opening-malformed"],
    ["a member more in the record", record({ name: "Wanjiku" }), "opening-malformed"],
    ["a record that is none", saying((said) => ({ ...said, record: "text" })), "opening-malformed"],
    ["a resource that is no text", record({ resource: 7 }), "opening-malformed"],
    ["an outcome nobody knows", record({ outcome: "great" }), "opening-malformed"],
    ["a source nobody knows", saying((said) => ({ ...said, source: "stranger" })), "opening-malformed"],
    ["a salt too short", saying((said) => ({ ...said, salt: "AAAA" })), "opening-malformed"],
    ["another time", saying((said) => ({ ...said, at: "2027-01-15T08:00:00.001Z" })), "not-included"],
    ["another action", saying((said) => ({ ...said, action: "exclusion.ended" })), "not-included"],
    ["another source", saying((said) => ({ ...said, source: "office" })), "not-included"],
    ["another salt", saying((said) => ({ ...said, salt: "A".repeat(43) })), "not-included"],
    ["another end", record({ payload: { endsAt: null } }), "not-included"],
    ["another place", line(2, "index 4"), "not-included"],
    ["a place beyond the tree", line(2, "index 12"), "not-included"],
    ["another path", line(3, "A".repeat(43) + "="), "not-included"],
    ["a path cut short", RECEIPT.replace(/^(index .*\n).*\n/m, "$1"), "not-included"],
    ["a path that is none", line(3, "nonsense"), "hash-malformed"],
    ["no checkpoint", RECEIPT.split("\n\n")[0]!, "checkpoint-missing"],
    ["another size", RECEIPT.replace("\n12\n", "\n13\n"), "signature-wrong"],
    ["another log's name", RECEIPT.replace(`\n${LOG_NAME}\n`, "\nelsewhere.example/log\n"), "log-unknown"],
    ["no signature", RECEIPT.replace(/\n\n\u2014 [^]*/, "\n"), "no-signatures"],
    ["no signature of the log", RECEIPT.replace(/\n\u2014 register.*/, ""), "not-signed-by-log"],
    ["no cosignature", RECEIPT.replace(/\u2014 witness.*\n/, ""), "quorum-missing"],
    ["a mail's line ends", RECEIPT.replaceAll("\n", "\r\n"), "not-a-proof"],
  ])("%s", async (_, text, refusal) => expect(await refusalOf(text)).toBe(refusal));

  it.each([["the keys of another log", STRANGE, "no-known-key"], ["no witness asked for", UNWITNESSED, null]])("%s", async (_, policy, refusal) => {
    expect(await refusalOf(RECEIPT, policyOf(policy))).toBe(refusal);
  });

  it("a checkpoint that no witness saw yet", async () => {
    const young = await receiptOf(OPENING, { unwitnessed: true });
    expect([await refusalOf(young), await refusalOf(young, policyOf(UNWITNESSED))]).toEqual(["quorum-missing", null]);
  });
});

describe("each bit", () => {
  it("counts: with any one flipped, nothing is proven", async () => {
    const bytes = utf8(RECEIPT);
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
      const flipped = bytes.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(await refusalOf(Buffer.from(flipped).toString("utf8"))).not.toBeNull();
    }), { numRuns: 1_500 });
  });
});

describe("the pocket form", () => {
  it("is found again in whatever was pasted, and nothing else is", async () => {
    const packed = await packReceipt(RECEIPT);
    const mailed = `Dear friend,\r\n\r\n${RECEIPT.replaceAll("\n", "\r\n")}\r\n--\r\nSent from my phone\r\n`;
    for (const pasted of [RECEIPT, RECEIPT.trim(), `\n${RECEIPT}\nwith words behind`, mailed, packed, `https://register.example/verify#${packed}`, ` ${packed}\n`]) {
      expect(await receiptIn(pasted)).toBe(RECEIPT);
    }
    for (const pasted of ["", "hello", "A".repeat(300), packed.slice(0, -20), `${"x".repeat(20)}${packed}`]) expect(await receiptIn(pasted)).toBeNull();
  });

  it("is smaller than the file, and is not unpacked beyond what a receipt can have", async () => {
    expect((await packReceipt(RECEIPT)).length).toBeLessThan(RECEIPT.length);
    const bomb = new Response(new Blob(["0".repeat(1_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw")));
    expect(await receiptIn(Buffer.from(await bomb.arrayBuffer()).toString("base64url"))).toBeNull();
  });
});
