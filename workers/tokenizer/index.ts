import { env, WorkerEntrypoint } from "cloudflare:workers";
import type { CanonicalIdentifier, Pseudonym } from "../../src/bst/kinds.ts";
import { parseIdentityKeys } from "../../src/bst/pseudonym.ts";
import { publicKeyOf } from "../../src/bst/blind.ts";
import type { Evaluated, TokenizerApi } from "../../src/domains/tokens/rpc.ts";
import { evaluateBlinded, lineages } from "./blind.ts";
import { advance, evaluate, type EvaluationPorts } from "./evaluate.ts";

interface Env {
  EVALUATIONS: RateLimit;
  OPRF_KEY: string;
  ROOT_KEYS: string;
}

/** Parsed when the isolate starts, so that a Worker with wrong keys never serves. */
const ports: EvaluationPorts = {
  keys: parseIdentityKeys(env as Env),
  limiter: (env as Env).EVALUATIONS,
  alarm: ({ identifiers }) => console.error(alarmLine(identifiers)),
};

/** One JSON line with the names of the Elastic Common Schema; it says how many were asked for, never which. */
const alarmLine = (identifiers: number): string =>
  JSON.stringify({
    "@timestamp": new Date().toISOString(),
    "ecs.version": "8.11.0",
    "log.level": "error",
    "event.kind": "alert",
    "service.name": "nser-tokenizer",
    "message": "evaluation limit exceeded",
    "nser.identifiers": identifiers,
  });

/** The tokenizer as origin and register call it. */
export class Tokenizer extends WorkerEntrypoint<Env> implements TokenizerApi {
  evaluate(identifiers: readonly CanonicalIdentifier[]): Promise<Evaluated[]> {
    return evaluate(identifiers, ports);
  }

  advance(rootEpoch: number, ps: readonly Pseudonym[]): ReturnType<TokenizerApi["advance"]> {
    return advance(rootEpoch, ps, ports);
  }

  async publicKey(): Promise<Uint8Array> {
    return publicKeyOf(ports.keys);
  }

  evaluateBlinded(elements: readonly Uint8Array[]): ReturnType<TokenizerApi["evaluateBlinded"]> {
    return evaluateBlinded(elements, ports, (length) => crypto.getRandomValues(new Uint8Array(length)));
  }

  lineages(outputs: readonly Uint8Array[]): ReturnType<TokenizerApi["lineages"]> {
    return lineages(outputs, ports);
  }
}

/** A module Worker must answer fetch; no route leads here. */
export default { fetch: () => new Response(null, { status: 404 }) };
