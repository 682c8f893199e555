import { spawnSync } from "node:child_process";
import { QUIET } from "../deployables.ts";

/** Runs wrangler with these words; `loud` shows what it says instead of answering it. */
export type Run = (words: readonly string[], loud?: "loud") => { status: number; stdout: string };

export const wrangler: Run = (words, loud) => {
  const { status, stdout } = spawnSync("wrangler", words, { encoding: "utf8", stdio: ["ignore", loud ? "inherit" : "pipe", "inherit"], env: { ...process.env, ...QUIET } });
  return { status: status ?? 1, stdout: stdout ?? "" };
};
