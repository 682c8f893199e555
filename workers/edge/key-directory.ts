import type { Call } from "./call.ts";

/** How long a verifier may go on without looking again; a new key is published longer than this before it signs. */
const CACHED_S = 3_600;

/** The keys answers are verified under, as a JWK Set (RFC 7517 §5). */
export const keyDirectory = ({ isolate }: Call): Response =>
  Response.json(
    { keys: isolate.answerKeys.published() },
    { headers: { "content-type": "application/http-message-signatures-directory+json", "cache-control": `public, max-age=${CACHED_S}` } },
  );
