import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCheckpoint } from "../../src/tlog/open-checkpoint.ts";
import { isSatisfied, parsePolicy, type Policy } from "../../src/tlog/policy.ts";
import { logSigner } from "../../src/tlog/sign.ts";
import { COSIGNATURE, formatVerifierKey, NOTE, verifierKey } from "../../src/tlog/verifier-key.ts";
import { checkpointText, log, ORIGIN, rootAt, seedOf, signed, witnesses } from "./log.ts";

const LOG = `log ${formatVerifierKey(log.key)}`;
const vkeys = witnesses.map(({ key }) => formatVerifierKey(key));
const [W1, W2, W3] = vkeys.map((vkey, at) => `witness w${at + 1} ${vkey}`);

const policyOf = (...lines: (string | undefined)[]): Policy => {
  const parsed = parsePolicy(`${lines.join("\n")}\n`);
  if (!parsed.ok) throw new Error(`${parsed.refusal} in line ${parsed.line}`);
  return parsed.policy;
};

describe("a policy", () => {
  it("holds logs, witnesses and the quorum, whatever stands around them", () => {
    const policy = policyOf("# the register", "", ` \t${LOG}\thttps://${ORIGIN}/ `, `${W1} https://one.example/`, "  # a comment", W2, "group g all w1 w2", "quorum g");
    expect(policy).toEqual({
      logs: [{ key: log.key, url: `https://${ORIGIN}/` }],
      witnesses: [{ name: "w1", key: witnesses[0]!.key, url: "https://one.example/" }, { name: "w2", key: witnesses[1]!.key, url: null }],
      quorum: { threshold: 2, members: witnesses.slice(0, 2).map(({ key }) => ({ witness: key })) },
    });
  });

  it.each<[string, string[], number[][], number[][]]>([
    ["nobody", ["quorum none"], [[], [1]], []],
    ["one witness", ["quorum w2"], [[2], [1, 2, 3]], [[], [1, 3]]],
    ["any of them", ["group g any w1 w2 w3", "quorum g"], [[1], [3], [1, 2]], [[]]],
    ["all of them", ["group g all w1 w2 w3", "quorum g"], [[1, 2, 3]], [[], [1, 2]]],
    ["two of them", ["group g 2 w1 w2 w3", "quorum g"], [[1, 2], [1, 3], [1, 2, 3]], [[], [3]]],
    ["one witness and any of two", ["group x any w1 w2", "group g all x w3", "quorum g"], [[1, 3], [2, 3], [1, 2, 3]], [[3], [1, 2]]],
    ["a group that counts once", ["group x all w1 w2", "group g 2 x w3", "quorum g"], [[1, 2, 3]], [[1, 2], [1, 3]]],
  ])("that asks for %s is satisfied by no fewer", (_, lines, enough, tooFew) => {
    const { quorum, witnesses: known } = policyOf(LOG, W1, W2, W3, ...lines);
    const satisfied = (numbers: number[]) => isSatisfied(quorum, new Set(numbers.map((n) => known[n - 1]!.key)));
    expect(enough.map(satisfied)).toEqual(enough.map(() => true));
    expect(tooFew.map(satisfied)).toEqual(tooFew.map(() => false));
  });

  it.each<[string, string[], string, number]>([
    ["no quorum", [LOG], "quorum-missing", 2],
    ["two quorums", ["quorum none", "quorum none"], "quorum-twice", 2],
    ["a quorum of nobody known", ["quorum w1"], "name-unknown", 1],
    ["a quorum before its group", [W1!, "quorum g", "group g any w1"], "name-unknown", 2],
    ["a quorum of two", [W1!, W2!, "quorum w1 w2"], "fields-wrong", 3],
    ["a bare quorum", ["quorum"], "fields-wrong", 1],
    ["an unknown line", ["quorum none", "trust me"], "line-unknown", 2],
    ["a keyword in capitals", ["Quorum none"], "line-unknown", 1],
    ["a bare log", ["log"], "fields-wrong", 1],
    ["a log with too much", [`${LOG} https://a.example/ more`], "fields-wrong", 1],
    ["a log's key that is none", ["log nser"], "key-malformed", 1],
    ["a witness's key for a log", [`log ${vkeys[0]}`], "key-malformed", 1],
    ["the same log twice", [LOG, LOG], "key-twice", 2],
    ["a log's key by another name", [LOG, `log ${formatVerifierKey(verifierKey("other", NOTE, log.key.publicKey))}`], "key-twice", 2],
    ["a witness without a name", [`witness ${vkeys[0]}`], "fields-wrong", 1],
    ["a log's key for a witness", [`witness w ${formatVerifierKey(log.key)}`], "key-malformed", 1],
    ["a witness's key by another name", [W1!, `witness w ${formatVerifierKey(verifierKey("other", COSIGNATURE, witnesses[0]!.key.publicKey))}`], "key-twice", 2],
    ["a witness's name again", [W1!, `witness w1 ${vkeys[1]}`], "name-taken", 2],
    ["a witness named none", [`witness none ${vkeys[0]}`], "name-taken", 1],
    ["a group with a witness's name", [W1!, "group w1 any w1"], "name-taken", 2],
    ["a group without members", [W1!, "group g any"], "fields-wrong", 2],
    ["a group of nobody", ["group g any none"], "name-unknown", 1],
    ["a group of itself", [W1!, "group g any w1 g"], "name-unknown", 2],
    ["a witness twice in a group", [W1!, "group g 2 w1 w1"], "member-twice", 2],
    ["a witness in two groups", [W1!, W2!, "group g any w1 w2", "group h any w1"], "member-twice", 4],
    ...["0", "3", "-1", "01", "1.5", "some", "2x", "ALL"].map((k): [string, string[], string, number] => [
      `${k} of a group of two`, [W1!, W2!, `group g ${k} w1 w2`], "threshold-wrong", 3,
    ]),
    ["a carriage return", [`${LOG}\r`], "control-character", 1],
    ["a control character in a comment", ["quorum none", "# \u007f"], "control-character", 2],
    ["a no-break space for a blank", ["quorum\u00a0none"], "line-unknown", 1],
  ])("with %s is refused, and where", (_, lines, refusal, line) => {
    expect(parsePolicy(`${lines.join("\n")}\n`)).toEqual({ ok: false, refusal, line });
  });

  it("reads any text or refuses it", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(LOG, W1!, W2!, "group", "any", "all", "2", "w1", "w2", "quorum", "none", "\n", " ", "#", "\u0000")), (parts) => {
      expect(parsePolicy(parts.join(" "))).toHaveProperty("ok");
    }));
  });
});

describe("a checkpoint under a policy", () => {
  const policy = policyOf(LOG, W1, W2, W3, "group g 2 w1 w2 w3", "quorum g");
  const [w1, w2, w3] = witnesses;
  const reason = async (note: string, under = policy) => {
    const opened = await openCheckpoint(note, under);
    return opened.ok ? "none" : opened.refusal;
  };

  it("is believed when its log signed it and enough cosigned, and says who", async () => {
    const opened = await openCheckpoint(await signed(checkpointText(7), [w3!, w1!]), policy);
    expect(opened).toMatchObject({
      ok: true,
      checkpoint: { origin: ORIGIN, size: 7n, root: rootAt(7) },
      cosigners: [{ key: w3!.key, time: 1000n }, { key: w1!.key, time: 1001n }],
    });
  });

  it("is not believed otherwise", async () => {
    const other = await logSigner("other.example/log", seedOf(9));
    const stranger = await logSigner(ORIGIN, seedOf(9));
    const two = policyOf(LOG, `log ${formatVerifierKey(other.key)}`, W1, "quorum none");
    expect(await reason(await signed(checkpointText(7), [w1!]))).toBe("quorum-missing");
    expect(await reason(await signed(checkpointText(7), [w1!, w1!]))).toBe("quorum-missing");
    expect(await reason(await signed(checkpointText(7, { origin: "other.example/log" }), [w1!, w2!]))).toBe("log-unknown");
    expect(await reason(await signed(checkpointText(7, { origin: "other.example/log" }), [w1!, w2!]), two)).toBe("not-signed-by-log");
    expect(await reason(await signed(checkpointText(7), [w1!, w2!], other), two)).toBe("not-signed-by-log");
    expect(await reason(await signed(checkpointText(7), [w1!, w2!], stranger))).toBe("not-signed-by-log");
    expect(await reason(await signed(checkpointText(7), [], stranger))).toBe("no-known-key");
    expect(await reason((await signed(checkpointText(7), [w1!, w2!])).replace("\n7\n", "\n8\n"))).toBe("signature-wrong");
    expect(await reason(await signed("a text\n"))).toBe("size-malformed");
    expect(await reason("")).toBe("no-signatures");
  });
});
