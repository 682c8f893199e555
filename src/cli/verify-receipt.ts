/**
 * `npm run verify:receipt -- <file>… --key <verifier key>` or `--policy <file>`: verifies receipts offline; `--help` says more.
 * `npm run verify:receipt -- --build`: makes anew the script of the page /verify, and .build/verify-receipt.mjs, this command in one file that needs Node alone.
 */
import { verifyCommand } from "./verifier/command.ts";

const args = process.argv.slice(2);
if (args[0] === "--build") await (await import("./verifier/build.ts")).buildVerifiers();
else process.exitCode = await verifyCommand(args);
