/** The client as an operator's page holds it, and what of Node it would need. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { type Bundle, CLIENTS, NODE_ONLY } from "./bundle-rules.ts";

/** A free name of Node's is marked wherever code says it; a module of Node's is not found at all. */
export const MARKS: Record<string, string> = Object.fromEntries(["Buffer", "process", "global", "require", "setImmediate", "__dirname", "__filename"].flatMap((name) => [
  [name, NODE_ONLY + name], [`globalThis.${name}`, NODE_ONLY + name],
]));

/** One script, which leaves what the entry exports in `globalName`. `entry` is a path from the project's root. */
export async function clientScript(entry: string, globalName: string, define: Record<string, string> = {}) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry], bundle: true, write: false, minify: true, metafile: true, outdir: "/", define, logLevel: "silent",
    format: "iife", globalName, platform: "browser", target: "es2022",
  });
  const shipped = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const sources = shipped.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  return { code: outputFiles[0]!.text, bytes: outputFiles[0]!.contents.length, sources };
}

export const bundleClient = async (name: (typeof CLIENTS)[number]): Promise<Bundle> => ({ name, ...(await clientScript(`src/${name}.ts`, "client", MARKS)) });

const ROOT = resolve(import.meta.dirname, "../..");
const PACKED = ["package.json", "README.md", "bin.mjs"];

/** The client as it is published, built anew in this folder; the packed file's path. */
export function packClient(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync("tsc", ["--project", join(ROOT, "src/client"), "--noEmit", "false", "--outDir", join(resolve(folder), "dist")], { stdio: "inherit" });
  for (const name of PACKED) cpSync(join(ROOT, "src/client", name), join(folder, name));
  const packed = execFileSync("npm", ["pack", "--offline", "--json"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return join(folder, (JSON.parse(packed) as { filename: string }[])[0]!.filename);
}
