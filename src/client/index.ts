export { RegisterClient, type ClientOptions } from "./client.ts";
export { ProblemError, type Check, type Decided, type Problem, type Purpose, type Result, type Tokens, type Undecided } from "./answers.ts";
export { publishedKeys } from "./keys.ts";
export type { ScrubbedLine } from "./scrub.ts";
export { ACCEPT_SIGNATURE, type Jwks, SignatureError, type SignedAnswer, verifyAnswer } from "./verify.ts";
