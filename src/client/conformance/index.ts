export { type AdapterOptions, conformanceAdapter, type MayPlay } from "./adapter.ts";
export { type Certificate, CertificateError, certificateText, verifyCertificate } from "./certificate.ts";
export { conformanceCommand } from "./command.ts";
export { type Adapter, type Outcome, runScenarios, shuffled } from "./run.ts";
export { type Identifiers, KIT_VERSION, type Scenario, SCENARIOS, scenariosHash, SIGNED_SCENARIOS, type SignedScenario } from "./scenarios.ts";
export { headersOf } from "./signed.ts";
