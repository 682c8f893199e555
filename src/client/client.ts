import { readToken } from "../bst/text.ts";
import {
  type Check, is, isObject, type Payout, payoutOf, type PlayPurpose, ProblemError, type Purpose, readResult, type Result, type Tokens, undecided, wire,
} from "./answers.ts";
import { type Connection, connectionOf, type ConnectionOptions, persist, post } from "./http.ts";
import { type ScrubbedLine, scrubParts } from "./scrub.ts";
import { type Identifier, issuedTokens, type Token } from "./tokens.ts";
import { ACCEPT_SIGNATURE, digestOf, type Jwks, type SignedAnswer, verifyAnswer } from "./verify.ts";

export type ClientOptions = ConnectionOptions & Required<Pick<ConnectionOptions, "key">> & {
  /** The register's published keys: with them checks and batches are asked for signed, and believed only when they are. */
  keys?: () => Promise<Jwks>;
  /** Hears what `mayPlay` and `payout` do not throw: a key that does not hold is nobody's exclusion, and has to be noticed. */
  report?: (error: unknown) => void;
};

/**
 * Asks the register about customers. What is not a decision of the register comes back undecided, or is thrown when the
 * request itself is wrong (ProblemError): nothing else is ever `clear`.
 */
export class RegisterClient {
  readonly #connection: Connection;
  readonly #keys: ClientOptions["keys"];
  readonly #report: (error: unknown) => void;

  constructor({ keys, report = () => undefined, ...connection }: ClientOptions) {
    this.#connection = connectionOf(connection);
    this.#keys = keys;
    this.#report = report;
  }

  /**
   * Whether this customer may go on: true of `clear` alone, and always of a payout. Never throws. `again` makes the customer's
   * tokens where none are kept (null), or, once, where one is retired; without it such a customer may not.
   */
  async mayPlay(tokens: Tokens | null, purpose: Purpose, again?: () => Promise<Tokens>): Promise<boolean> {
    const pays = purpose === "payout";
    try {
      const kept = tokens ?? (await (again ?? unkept)());
      if (pays) return (await this.payout(kept)).mustPay;
      return (await this.#askedAgain(kept, purpose, again)).mayPlay;
    } catch (error) {
      this.#report(error);
      return pays;
    }
  }

  /** One customer, by one token or by several of the customer's. A mistyped token is refused before it is sent. */
  async check(tokens: Tokens, purpose: PlayPurpose): Promise<Result> {
    return this.#check(tokens, purpose);
  }

  /** What is known of who is to be paid. The money goes out whatever that is: nothing is thrown, and whatever fails is undecided. */
  async payout(tokens: Tokens): Promise<Payout> {
    try {
      return payoutOf(await this.#check(tokens, "payout"));
    } catch (error) {
      this.#report(error);
      return payoutOf(undecided(String(error), error instanceof ProblemError ? error.problem : undefined));
    }
  }

  /** Up to 1,000 customers, answered in order. `purpose` is that of the checks that name none. */
  async batch(checks: readonly Check[], purpose?: Purpose): Promise<Result[]> {
    const results = await this.#batch(checks, purpose);
    return results.map((result, at) => ((checks[at]!.purpose ?? purpose) === "payout" ? payoutOf(result) : result));
  }

  /** Any number of customers, answered in order as the answers come. */
  scrub(checks: Iterable<Check>, purpose?: Purpose): AsyncGenerator<ScrubbedLine> {
    return scrubParts(this.#connection, checks, purpose);
  }

  /**
   * Tokens for up to 1,000 identifiers as customers wrote them, in their order: it is the register that reads them. Throws
   * ProblemError for what it refuses, which names each by its place; Error when it does not answer. Asking again is safe.
   */
  tokenize(identifiers: readonly Identifier[]): Promise<Token[]> {
    return issuedTokens(this.#connection, identifiers);
  }

  async #askedAgain(tokens: Tokens, purpose: PlayPurpose, again: (() => Promise<Tokens>) | undefined): Promise<Result> {
    try {
      return await this.#check(tokens, purpose);
    } catch (error) {
      if (!again || !(error instanceof ProblemError) || !is(error.problem, "token-retired")) throw error;
      return this.#check(await again(), purpose);
    }
  }

  async #check(tokens: Tokens, purpose: Purpose): Promise<Result> {
    for (const [at, token] of [tokens].flat().entries()) if (!readToken(token)) throw mistyped(typeof tokens === "string" ? "/token" : `/tokens/${at}`);
    const answer = await persist(this.#connection, (withinMs) => this.#ask("/v1/checks", wire({ tokens, purpose }), withinMs));
    return "why" in answer ? answer : proven(readResult(answer.body), answer.proof);
  }

  async #batch(checks: readonly Check[], purpose: Purpose | undefined): Promise<Result[]> {
    const answer = await persist(this.#connection, (withinMs) => this.#ask("/v1/checks/batch", { purpose, checks: checks.map(wire) }, withinMs));
    if ("why" in answer) return checks.map(() => answer);
    const { answers, answerId, maxStalenessMs } = isObject(answer.body) ? answer.body : {};
    if (!Array.isArray(answers) || answers.length !== checks.length) return checks.map(() => undecided("the answer is not whole"));
    return answers.map((item, at) => proven(readResult(item, { answerId: `${String(answerId)}.${at}`, maxStalenessMs }), answer.proof));
  }

  async #ask(path: string, question: object, withinMs: number): Promise<{ body: unknown; proof?: SignedAnswer }> {
    const requestBody = JSON.stringify(question);
    const signing = this.#keys && { "accept-signature": ACCEPT_SIGNATURE, "content-digest": await digestOf(requestBody) };
    const headers = { "content-type": "application/json", ...signing };
    const response = await post(this.#connection, path, requestBody, headers, AbortSignal.timeout(withinMs));
    const answerBody = await response.text();
    const body: unknown = JSON.parse(answerBody);
    if (!this.#keys) return { body };
    const [signatureInput, signature] = ["signature-input", "signature"].map((name) => response.headers.get(name) ?? "");
    const proof = { method: "POST", path, requestBody, status: response.status, answerBody, signatureInput: signatureInput!, signature: signature! };
    await verifyAnswer(proof, await this.#keys());
    return { body, proof };
  }
}

const unkept = (): Promise<Tokens> => Promise.reject(new Error("no tokens of this customer are kept"));

const mistyped = (pointer: string): ProblemError =>
  new ProblemError({
    type: "/problems/token-invalid",
    title: "The token cannot be read",
    status: 422,
    errors: [{ pointer, detail: "mistyped: its checksum does not hold" }],
  });

const proven = (result: Result, proof: SignedAnswer | undefined): Result => ("decision" in result && proof ? { ...result, proof } : result);
