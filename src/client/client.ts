import { readToken } from "../bst/text.ts";
import { type Check, type Decided, isObject, ProblemError, type Purpose, readResult, type Result, type Tokens, undecided, wire } from "./answers.ts";
import { type Connection, connectionOf, type ConnectionOptions, persist, post } from "./http.ts";
import { type ScrubbedLine, scrubParts } from "./scrub.ts";
import { ACCEPT_SIGNATURE, digestOf, type Jwks, type SignedAnswer, verifyAnswer } from "./verify.ts";

export type ClientOptions = ConnectionOptions & Required<Pick<ConnectionOptions, "key">> & {
  /** The register's published keys: with them checks and batches are asked for signed, and believed only when they are. */
  keys?: () => Promise<Jwks>;
};

/**
 * Asks the register about customers. What is not a decision of the register comes back as `indeterminate`, or is thrown
 * when the request itself is wrong (ProblemError): nothing else is ever `clear`.
 */
export class RegisterClient {
  readonly #connection: Connection;
  readonly #keys: ClientOptions["keys"];

  constructor({ keys, ...connection }: ClientOptions) {
    this.#connection = connectionOf(connection);
    this.#keys = keys;
  }

  /** One customer, by one token or by several of the customer's. A mistyped token is refused before it is sent. */
  async check(tokens: Tokens, purpose: Purpose): Promise<Result> {
    for (const [at, token] of [tokens].flat().entries()) if (!readToken(token)) throw mistyped(typeof tokens === "string" ? "/token" : `/tokens/${at}`);
    const answer = await persist(this.#connection, () => this.#ask("/v1/checks", wire({ tokens, purpose })));
    return "decision" in answer ? answer : proven(readResult(answer.body), answer.proof);
  }

  /** Up to 1,000 customers, answered in order. `purpose` is that of the checks that name none. */
  async batch(checks: readonly Check[], purpose?: Purpose): Promise<Result[]> {
    const answer = await persist(this.#connection, () => this.#ask("/v1/checks/batch", { purpose, checks: checks.map(wire) }));
    if ("decision" in answer) return checks.map(() => answer);
    const { answers, answerId, maxStalenessMs } = isObject(answer.body) ? answer.body : {};
    if (!Array.isArray(answers) || answers.length !== checks.length) return checks.map(() => undecided("the answer is not whole"));
    return answers.map((item, at) => proven(readResult(item, { answerId: `${String(answerId)}.${at}`, maxStalenessMs }), answer.proof));
  }

  /** Any number of customers, answered in order as the answers come. */
  scrub(checks: Iterable<Check>, purpose?: Purpose): AsyncGenerator<ScrubbedLine> {
    return scrubParts(this.#connection, checks, purpose);
  }

  async #ask(path: string, question: object): Promise<{ body: unknown; proof?: SignedAnswer }> {
    const requestBody = JSON.stringify(question);
    const signing = this.#keys && { "accept-signature": ACCEPT_SIGNATURE, "content-digest": await digestOf(requestBody) };
    const headers = { "content-type": "application/json", ...signing };
    const response = await post(this.#connection, path, requestBody, headers, AbortSignal.timeout(this.#connection.timeoutMs));
    const answerBody = await response.text();
    const body: unknown = JSON.parse(answerBody);
    if (!this.#keys) return { body };
    const [signatureInput, signature] = ["signature-input", "signature"].map((name) => response.headers.get(name) ?? "");
    const proof = { method: "POST", path, requestBody, status: response.status, answerBody, signatureInput: signatureInput!, signature: signature! };
    await verifyAnswer(proof, await this.#keys());
    return { body, proof };
  }
}

const mistyped = (pointer: string): ProblemError =>
  new ProblemError({
    type: "/problems/token-invalid",
    title: "The token cannot be read",
    status: 422,
    errors: [{ pointer, detail: "mistyped: its checksum does not hold" }],
  });

const proven = (result: Result, proof: SignedAnswer | undefined): Result =>
  result.decision !== "indeterminate" && proof ? ({ ...result, proof } satisfies Decided) : result;
