/** The door to operators' own tokens, for who is told of persons by them. */
export { invalidToken, type OwnParts, type OwnToken, ownTokens } from "./own.ts";
