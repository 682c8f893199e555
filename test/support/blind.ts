/** Blind issuance over doubles, with the tokenizer's own mathematics. */
import { publicKeyOf } from "../../src/bst/blind.ts";
import type { IdentityKeys } from "../../src/bst/pseudonym.ts";
import type { BlindOptions } from "../../src/client/blind.ts";
import type { Door, IssueGuard } from "../../src/domains/tokens/guard-rpc.ts";
import type { TokenizerApi } from "../../src/domains/tokens/rpc.ts";
import { fromHex, toBase64Url } from "../../src/kernel/bytes.ts";
import { random } from "../../src/objects/shell.ts";
import { evaluateBlinded, lineages } from "../../workers/tokenizer/blind.ts";
import { evaluate, type EvaluationPorts } from "../../workers/tokenizer/evaluate.ts";
import { RFC9497_VOPRF } from "../bst/vectors.ts";
import { enrolled, testApi } from "./api.ts";

export const IDENTITY_KEYS: IdentityKeys = { oprfKey: fromHex(RFC9497_VOPRF.secretKey), rootKeys: [new Uint8Array(32).fill(1)] };

/** RFC 9496 §A.3: encodings of nothing, each for another reason; the identity's own first. */
export const NO_ELEMENTS: readonly (readonly [string, string])[] = [
  ["the identity", "00".repeat(32)],
  ["a field element that is not reduced", `ed${"ff".repeat(30)}7f`],
  ["one beyond 255 bits", "ff".repeat(32)],
  ["a negative field element", `01${"00".repeat(31)}`],
  ["one off the curve", "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371"],
  ["one whose product is negative", "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e"],
  ["minus one", `ec${"ff".repeat(30)}7f`],
];

/** The tokenizer as it is, without a limit. */
export function blindTokenizer(keys = IDENTITY_KEYS): Pick<TokenizerApi, "evaluate" | "publicKey" | "evaluateBlinded" | "lineages"> {
  const ports: EvaluationPorts = { keys, limiter: { limit: async () => ({ success: true }) }, alarm: () => {} };
  return {
    evaluate: (identifiers) => evaluate(identifiers, ports),
    publicKey: async () => publicKeyOf(keys),
    evaluateBlinded: (elements) => evaluateBlinded(elements, ports, random),
    lineages: (outputs) => lineages(outputs, ports),
  };
}

/** A guard that lets everybody pass, or refuses so, and notes who passed by which door. */
export function notingGuard(refusal: Awaited<ReturnType<IssueGuard["admit"]>> = { ok: true }) {
  const noted: { admitted: [Door, number][]; met: [Door, string[]][] } = { admitted: [], met: [] };
  const guard: IssueGuard = {
    admit: async (_, { door, count }) => (noted.admitted.push([door, count]), refusal),
    met: async (_, { door, known }) => void noted.met.push([door, known.map(({ kind }) => kind)]),
  };
  return { guard, noted };
}

/** The API with the tokenizer's mathematics, an operator of it, and how their client reaches it; `sent` is what it was asked. */
export async function blindApi(parts: NonNullable<Parameters<typeof testApi>[0]>["parts"] = {}, tokenizer = blindTokenizer()) {
  const { guard, noted } = notingGuard();
  const over = await testApi({ tokenizer, parts: { blindTokenizer: tokenizer, guard, ...parts } });
  const operator = await enrolled(over.call);
  const sent: { path: string; body: string }[] = [];
  const fetch: BlindOptions["fetch"] = async (url, init) => {
    const path = String(url).replace("https://register.test", "");
    sent.push({ path, body: String(init?.body ?? "") });
    return over.api.request(path, init);
  };
  const options: BlindOptions = {
    url: "https://register.test", key: operator.key.key, publicKey: toBase64Url(publicKeyOf(IDENTITY_KEYS)), fetch: fetch!, wait: async () => {},
  };
  return { ...over, ...operator, options, sent, noted };
}
