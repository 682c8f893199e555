/** Whether a text gives away keys: long runs of what keys are written in, or enough of one to recognise it. */
const RUN = /[\w-]{16,}/g;
const RECOGNISED = 12;

/** Every piece by which the keys in a secret's text could be recognised. */
const piecesOf = (secret: string): string[] =>
  (secret.match(RUN) ?? []).flatMap((run) => Array.from({ length: run.length - RECOGNISED + 1 }, (_, at) => run.slice(at, at + RECOGNISED)));

/** Looks for any of these secrets in what was said. */
export function quotesAny(secrets: readonly string[]): (said: string) => boolean {
  const pieces = new Set(secrets.flatMap(piecesOf));
  return (said) => (said.match(RUN) ?? []).some((run) => piecesOf(run).some((piece) => pieces.has(piece)));
}
