import { contentDigest, readSignatureRequest, signatureBase, signatureParameters } from "../../src/check/signature.ts";
import { SECOND } from "../../src/kernel/clock.ts";
import { toBase64 } from "../../src/kernel/bytes.ts";
import { refusalResponse } from "./answers.ts";
import type { Call, Route } from "./call.ts";
import { readBytes, tooLarge } from "./read.ts";

const UNFIT = "sha-256 of the body's bytes, and no other algorithm, is what the signature covers";

/**
 * Answers as the route does, decision or problem, and signs the answer as Accept-Signature asks (RFC 9421 §5). What
 * cannot be signed so is refused with a problem that has no signature.
 */
export async function signedAnswer(field: string, call: Call, { maxBody, answer }: Route): Promise<Response> {
  const { request, isolate } = call;
  const signer = await isolate.answerKeys.signer();
  const asked = readSignatureRequest(field, signer.keyId);
  if (!asked.ok) return refusalResponse(asked);
  const body = await readBytes(request, maxBody);
  if (!body) return refusalResponse(tooLarge(maxBody));
  const requestDigest = await digestOf(body);
  if (request.headers.get("content-digest") !== requestDigest) {
    return refusalResponse({ ok: false, problem: "content-digest-invalid", detail: UNFIT });
  }
  const { method, url, headers } = request;
  const response = await answer({ ...call, request: new Request(url, { method, headers, body }) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const values = {
    '"@status"': String(response.status),
    '"content-digest"': await digestOf(bytes),
    '"content-digest";req': requestDigest,
    '"@method";req': method,
    '"@path";req': new URL(url).pathname,
  };
  const { label, components } = asked.request;
  const parameters = signatureParameters(asked.request, Math.floor(isolate.clock() / SECOND), signer.keyId);
  const signature = toBase64(await signer.sign(signatureBase(components, values, parameters)));
  const signed = new Response(bytes, response);
  // Else a proxy might compress the answer, and the digest would be of other bytes (RFC 9530 §2).
  signed.headers.set("cache-control", "no-store, no-transform");
  signed.headers.set("content-digest", values['"content-digest"']);
  signed.headers.set("signature-input", `${label}=${parameters}`);
  signed.headers.set("signature", `${label}=:${signature}:`);
  return signed;
}

const digestOf = async (bytes: Uint8Array): Promise<string> =>
  contentDigest(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
