import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Found, Piece } from "./stages.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/** Proves the pieces in so many processes, with the keys of the folder, and hands on what each came to. Throws when a process fails. */
export async function workThrough(pieces: readonly Piece[], workers: number, folder: string, done: (piece: Piece, found: Found) => void): Promise<void> {
  const left = pieces.values();
  const work = async (): Promise<void> => {
    const child = fork(WORKER, [folder], { serialization: "advanced" });
    try {
      for (const piece of left) done(piece, await ask(child, piece));
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, pieces.length) }, work));
}

/** What a process makes of a piece; its own words of why it failed are on its standard error. */
function ask(child: ChildProcess, piece: Piece): Promise<Found> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`${piece.stage} from ${piece.from}: the process ended`));
    child.once("exit", ended);
    child.once("message", (found) => {
      child.off("exit", ended);
      resolve(found as Found);
    });
    child.send(piece);
  });
}
