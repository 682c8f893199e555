import { describe, expect, it } from "vitest";
import { answerJwk, contentDigest, readSignatureRequest, signatureBase, signatureParameters } from "../../src/check/signature.ts";
import { fromBase64Url, toBase64, utf8 } from "../../src/kernel/bytes.ts";
import { importPublicKey, importSigningKey } from "../../src/kernel/ed25519.ts";

const KEY_ID = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
const ALL = '("@status" "content-digest" "content-digest";req "@method";req "@path";req)';
const LEAST = '("@status" "content-digest" "content-digest";req)';

describe("RFC 9421", () => {
  /** Appendix B.1.4 and B.2.6. */
  const seed = fromBase64Url("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU");
  const publicKey = fromBase64Url("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs");
  const values = {
    '"date"': "Tue, 20 Apr 2021 02:07:55 GMT",
    '"@method"': "POST",
    '"@path"': "/foo",
    '"@authority"': "example.com",
    '"content-type"': "application/json",
    '"content-length"': "18",
  };
  const components = Object.keys(values);
  const parameters = `(${components.join(" ")});created=1618884473;keyid="test-key-ed25519"`;
  const signature = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";

  it("signs its example of Ed25519 as it says", async () => {
    const base = utf8(signatureBase(components, values, parameters));
    const signed = new Uint8Array(await crypto.subtle.sign("Ed25519", await importSigningKey(seed), base as BufferSource));
    expect(toBase64(signed)).toBe(signature);
    expect(await crypto.subtle.verify("Ed25519", await importPublicKey(publicKey), signed, base as BufferSource)).toBe(true);
  });

  it("has no base without a value for each component", () => {
    expect(() => signatureBase(['"@query"'], values, "")).toThrow(RangeError);
  });
});

it("names a key by its thumbprint, as RFC 8037's example", () => {
  expect(answerJwk(fromBase64Url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))).toEqual({
    kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", kid: KEY_ID, use: "sig",
  });
});

it("writes a digest as RFC 9530's example", async () => {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8('{"hello": "world"}\n') as BufferSource));
  expect(contentDigest(hash)).toBe("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
});

describe("a request for a signature", () => {
  const read = (field: string) => readSignatureRequest(field, KEY_ID);

  it.each([
    [`sig=${LEAST}`, 3],
    [`sig=${ALL};created`, 5],
    [`a*=${ALL};created=?1;alg="ed25519";keyid="${KEY_ID}";tag="nser-answer"`, 5],
  ])("%s is honoured", (field, count) => {
    const read = readSignatureRequest(field, KEY_ID);
    expect(read.ok && read.request.components.length).toBe(count);
  });

  it("is answered with exactly the components, in their order, and with all parameters", () => {
    const asked = read('s1=("content-digest";req "@status" "content-digest");nonce="a+/=b"');
    expect(asked.ok && signatureParameters(asked.request, 1_800_000_000, KEY_ID)).toBe(
      `("content-digest";req "@status" "content-digest");created=1800000000;keyid="${KEY_ID}";alg="ed25519";tag="nser-answer";nonce="a+/=b"`,
    );
  });

  it.each([
    "", "sig", "sig=1", 'sig=("@status"', `sig=${ALL}, other=${ALL}`, "sig=()",
    'sig=("@status")', 'sig=("@status" "content-digest")', 'sig=("content-digest" "content-digest";req)',
    'sig=("@status" "content-digest" "content-digest";req "x-other")', 'sig=("@status" "content-digest" "content-digest";req "@method")',
    'sig=("@status" "@status" "content-digest" "content-digest";req)', 'sig=("@status" "content-digest";sf "content-digest";req)',
    'sig=("@status";req "content-digest" "content-digest";req)', 'sig=("@status" "content-digest" "content-digest";req=?0)',
    `sig=${ALL};alg="hmac-sha256"`, `sig=${ALL};alg="ecdsa-p256-sha256"`, `sig=${ALL};alg=ed25519`, `sig=${ALL};keyid="other"`, `sig=${ALL};keyid`,
    `sig=${ALL};tag="other"`, `sig=${ALL};created=1`, `sig=${ALL};created=?0`, `sig=${ALL};expires`, `sig=${ALL};expires=1900000000`, `sig=${ALL};nonce`,
    `sig=${ALL};nonce=""`, `sig=${ALL};nonce="a b"`, `sig=${ALL};nonce="${"x".repeat(129)}"`, `sig=${ALL};other`, `sig=${ALL};constructor`,
  ])("%s is refused", (field) => {
    expect(read(field)).toMatchObject({ ok: false, problem: "signature-unsupported", detail: expect.any(String) });
  });
});
