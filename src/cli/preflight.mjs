// Says in one line that this Node is too old. Old JavaScript on purpose: it must run where nothing else here does.
import { readFileSync } from "fs";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const numbers = (version) => version.replace(/^[^0-9]*/, "").split(".").map(Number);
const [neededMajor, neededMinor] = numbers(manifest.engines.node);
const [major, minor] = numbers(process.version);

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  console.error(
    `NSER needs Node ${neededMajor}.${neededMinor} or newer and this is ${process.version}: ` +
      "install Node 24 (or 22.18+); on Linux x64 and arm64 `npm ci` with npm 11 or newer brings one along.",
  );
  process.exit(1);
}
