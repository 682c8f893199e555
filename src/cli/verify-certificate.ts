/**
 * `npm run verify:certificate -- <file> --key <verifier key>`: verifies the certificate of a conformance run without asking anybody. The key is the one
 * the register published (`GET /v1/conformance/key`), kept from then. Fails on any doubt.
 */
import { readFileSync } from "node:fs";
import { CertificateError, verifyCertificate } from "../client/conformance/index.ts";
import { commandLine } from "./command-line.ts";

const { values: { key }, positionals: [file] } = commandLine(import.meta.url, { allowPositionals: true, options: { key: { type: "string" } } });

try {
  if (!file || !key) throw new Error("say which file, and with which key: npm run verify:certificate -- certificate.txt --key <verifier key>");
  const { operator, run, kit, scenarios, hash, ended, testChecks } = await verifyCertificate(readFileSync(file, "utf8"), key);
  console.log(`Signed: operator ${operator} passed all ${scenarios} scenarios of kit ${kit} (${hash}) by ${ended.toISOString()}, run ${run}.`);
  console.log(testChecks === null ? "That it asked the edge meanwhile is not proven." : `Its test keys asked the edge at least ${testChecks} times meanwhile.`);
} catch (error) {
  console.error(`${error instanceof CertificateError ? "DOUBT      " : "It could not be found out:"} ${(error as Error).message}`);
  process.exitCode = error instanceof CertificateError ? 1 : 2;
}
