/** Builds every Worker as a deploy would, and the client as a page would, and checks what is in it: `node src/cli/bundle.ts`, part of `npm run check`. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { type Bundle, CLIENTS, faultsOf } from "./bundle-rules.ts";
import { bundleClient } from "./client-bundle.ts";
import { type AnyDeployable, DEPLOYABLES, QUIET, WITNESS } from "./deployables.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

/** The part of esbuild's metafile that is read here; paths are relative to the configuration's folder. */
interface Metafile {
  outputs: Record<string, { bytes: number; inputs: Record<string, { bytesInOutput: number }> }>;
}

async function bundle({ name, config }: AnyDeployable): Promise<Bundle> {
  const folder = join(ROOT, ".build/bundles", name);
  const options = ["--dry-run", "--config", config, "--outdir", folder, "--metafile"];
  await run("wrangler", ["deploy", ...options], { cwd: ROOT, env: { ...process.env, ...QUIET } });
  const { outputs } = JSON.parse(await readFile(join(folder, "bundle-meta.json"), "utf8")) as Metafile;
  const base = dirname(join(ROOT, config));
  const scripts = Object.entries(outputs).filter(([path]) => path.endsWith(".js"));
  const shipped = scripts.flatMap(([, { inputs }]) => Object.entries(inputs)).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const codes = await Promise.all(scripts.map(([path]) => readFile(join(base, path), "utf8")));
  return {
    name,
    bytes: scripts.reduce((sum, [, { bytes }]) => sum + bytes, 0),
    sources: shipped.map(([path]) => relative(ROOT, join(base, path))),
    code: codes.join("\n"),
  };
}

/** Says how a bundle is; answers what is wrong with it. */
async function report(name: string, bundling: () => Promise<Bundle>): Promise<string[]> {
  try {
    const built = await bundling();
    console.log(`${built.name}: ${built.bytes} bytes from ${built.sources.length} files`);
    return faultsOf(built);
  } catch (error) {
    return [`${name} does not build: ${(error as { stderr?: string }).stderr ?? String(error)}`];
  }
}

const faults: string[] = [];
for (const deployable of [...DEPLOYABLES, WITNESS]) faults.push(...(await report(deployable.name, () => bundle(deployable))));
for (const name of CLIENTS) faults.push(...(await report(name, () => bundleClient(name))));
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
