import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build, type BuildOptions } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../../..");
const SCRIPT = join(ROOT, "src/domains/exclusions/pages/verify-script.ts");
const COMMAND = join(ROOT, ".build/verify-receipt.mjs");

/** Writes what is built: the page's script, which is kept beside the page so that nothing needs to be built to serve it, and the command in one file. */
export async function buildVerifiers(): Promise<void> {
  await mkdir(join(ROOT, ".build"), { recursive: true });
  await writeFile(SCRIPT, await pageModule());
  await writeFile(COMMAND, await commandFile());
  for (const file of [SCRIPT, COMMAND]) console.log(file);
}

/** The module that holds the page's script. */
export async function pageModule(): Promise<string> {
  const script = await bundled({ entryPoints: ["src/cli/verifier/page.ts"], format: "iife", platform: "browser", target: "es2022", minify: true });
  if (/<\/script|<!--/i.test(script)) throw new Error("the script would end its own element");
  return `/** Made by \`npm run verify:receipt -- --build\` of src/cli/verifier/page.ts; a test knows when it is of another release. */\nexport const VERIFY_SCRIPT = ${JSON.stringify(script.trim())};\n`;
}

export function commandFile(): Promise<string> {
  const contents = 'import { verifyCommand } from "./command.ts";\nprocess.exitCode = await verifyCommand(process.argv.slice(2));\n';
  const banner = { js: "#!/usr/bin/env node" };
  return bundled({ stdin: { contents, resolveDir: import.meta.dirname }, format: "esm", platform: "node", target: "node22", banner });
}

async function bundled(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...options, absWorkingDir: ROOT, bundle: true, write: false, charset: "utf8", legalComments: "none", logLevel: "error" });
  return outputFiles![0]!.text;
}
