import { describe, expect, it } from "vitest";
import { OriginSettings, readSettings } from "../../../workers/origin/environment.ts";

const KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";

const complete = {
  PAIR_KEYS: JSON.stringify({ 1: KEY }),
  BOX_KEYS: JSON.stringify({ 1: KEY }),
  RECOVERY_KEYS: JSON.stringify({ 1: KEY }),
  GRANT_KEY: KEY,
  CODE_PEPPER: KEY,
  PASSWORD_PEPPER: KEY,
  OAUTH_SIGNING_KEYS: JSON.stringify({ 1: KEY }),
  CONFORMANCE_KEY: JSON.stringify({ 1: KEY }),
  PUBLIC_URL: "https://register.invalid",
  LOOKUP_KEY: KEY,
  BOOTSTRAP_SECRET: "x".repeat(32),
  RESTORE_TOKEN: "y".repeat(32),
  OFFICE_DATABASE_URL: "https://office.invalid",
  OFFICE_DATABASE_TOKEN: "token",
  KEY_MAX_PER_SECOND: "100",
  KEY_MAX_PER_DAY: "100000",
  TOKEN_QUOTAS: JSON.stringify(Object.fromEntries(["direct", "blind", "trade"].map((door) => [door, { floor: 1, share: 0.1, initial: 2 }]))),
  AFRICASTALKING_URL: "https://sms.invalid/",
  AFRICASTALKING_USERNAME: "nser",
  AFRICASTALKING_API_KEY: "key",
  AFRICASTALKING_SENDER: "",
  CALLBACK_SECRETS: `${"z".repeat(32)} ${"w".repeat(40)}`,
  CALLBACK_NETWORKS: "",
  REGIONS: "weur:1",
  HELP_LINES: "[]",
  CASE_HEARING_DAYS: "14",
  CASE_APPEAL_DAYS: "30",
  CASE_ERASE_DAYS: "365",
  HOLIDAYS: "",
  IDENTITY_REGISTRY_URL: "",
  IDENTITY_REGISTRY_KEY: "key",
};

describe("the configuration of origin", () => {
  it("is read as a whole", () => {
    expect(readSettings(OriginSettings, complete)).toMatchObject({ AFRICASTALKING_URL: "https://sms.invalid" });
  });

  it.each([["https://range.test/", "https://range.test"], ["", ""], [undefined, ""]])("asks %j for breached passwords: %j", (PWNED_PASSWORDS_URL, asked) => {
    expect(readSettings(OriginSettings, { ...complete, PWNED_PASSWORDS_URL })).toMatchObject({ PWNED_PASSWORDS_URL: asked });
  });

  it("asks no address that is none for breached passwords", () => {
    expect(() => readSettings(OriginSettings, { ...complete, PWNED_PASSWORDS_URL: "range.test" })).toThrow("PWNED_PASSWORDS_URL");
  });

  it("knows several callbacks' secrets and networks, and takes none that is short, missing or unreadable", () => {
    const networks = { ...complete, CALLBACK_NETWORKS: "192.0.2.0/24 2001:db8::/32" };
    expect(readSettings(OriginSettings, networks).CALLBACK_NETWORKS).toHaveLength(2);
    expect(readSettings(OriginSettings, networks).CALLBACK_SECRETS).toHaveLength(2);
    for (const CALLBACK_SECRETS of ["", " ", "short", `${"z".repeat(32)} short`, `${"z".repeat(32)}/`]) {
      expect(() => readSettings(OriginSettings, { ...complete, CALLBACK_SECRETS })).toThrow("CALLBACK_SECRETS");
    }
    for (const CALLBACK_NETWORKS of ["192.0.2.1", "192.0.2.1/24", "any"]) {
      expect(() => readSettings(OriginSettings, { ...complete, CALLBACK_NETWORKS })).toThrow("CALLBACK_NETWORKS");
    }
  });

  it("names every setting at fault at once, and quotes no secret", () => {
    const secret = "c2VjcmV0";
    const faulty = { ...complete, PAIR_KEYS: secret, BOX_KEYS: "{}", GRANT_KEY: secret, CODE_PEPPER: undefined, BOOTSTRAP_SECRET: secret };
    const faults = ["PAIR_KEYS", "BOX_KEYS", "GRANT_KEY", "CODE_PEPPER", "BOOTSTRAP_SECRET"];
    expect(() => readSettings(OriginSettings, faulty)).toThrow(new RegExp(faults.join(".*")));
    expect(() => readSettings(OriginSettings, faulty)).not.toThrow(secret);
    for (const name of Object.keys(complete)) {
      expect(() => readSettings(OriginSettings, { ...complete, [name]: undefined })).toThrow(name);
    }
  });
});
