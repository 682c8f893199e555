import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

/** Everything the seed's inventory names as a model, a base, a choice, a manager or a function. */
const ENTITIES = `
  TimeStampedModel UUIDModel SoftDeleteModel AuditModel VersionedModel EncryptedModel GeoLocationModel BaseModel
  StatusChoices RiskLevelChoices PriorityChoices LanguageChoices CurrencyChoices CountryChoices UserRoleChoices
  ExclusionPeriodChoices VerificationStatusChoices AssessmentTypeChoices ActiveManager DeletedManager BaseModelManager
  generate_reference_number calculate_checksum mask_pii hash_pii
  User UserProfile UserDevice LoginHistory IdentityVerification UserSession UserActivityLog
  SelfExclusionRecord OperatorExclusionMapping ExclusionAuditLog ExclusionExtensionRequest ExclusionStatistics
  BSTToken BSTMapping BSTCrossReference BSTAuditLog BSTStatistics
  AssessmentSession AssessmentQuestion AssessmentResponse RiskScore BehavioralProfile ScreeningSchedule
  Operator OperatorLicense APIKey IntegrationConfig ComplianceReport OperatorAuditLog
  Transaction Invoice LedgerEntry Reconciliation MPesaIntegration
  Notification NotificationTemplate EmailLog SMSLog PushNotificationLog NotificationPreference NotificationBatch
  DailyStatistics OperatorStatistics Report
  AuditLog ComplianceCheck DataRetentionPolicy IncidentReport RegulatoryReport
  SystemMetric HealthCheck Alert APIRequestLog
  OAuthApplication RefreshToken PasswordResetToken TwoFactorAuth
  DashboardWidget
`.trim().split(/\s+/);

interface Row {
  subject: string;
  cells: string[];
}

/** The rows of every table in docs/seed.md: what the seed says, then where, writer, reader, test. */
const rows: Row[] = readFileSync(join(ROOT, "docs/seed.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("|") && !/^\| ?(Seed |---)/.test(line))
  .map((line) => {
    const [subject, ...cells] = line.slice(1, -1).split("|").map((cell) => cell.trim());
    return { subject: subject!, cells };
  });

const pathsIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, path]) => path!);

/** A row is settled by four cells that name files, or by saying `changed: why` or `open: in which area`. */
function faultOf({ cells }: Row): string | null {
  const [first = "", ...rest] = cells;
  if (/^(changed|open): \S/.test(first)) return rest.every((cell) => cell === "") ? null : "says more than why";
  if (cells.length !== 4) return `has ${cells.length} cells`;
  const empty = cells.findIndex((cell) => pathsIn(cell).length === 0);
  return empty < 0 ? null : `names no file in cell ${empty + 1}`;
}

describe("docs/seed.md", () => {
  test("has a row for every entity of the seed", () => {
    const named = new Set(rows.flatMap(({ subject }) => pathsIn(subject)));
    expect(ENTITIES.filter((entity) => !named.has(entity))).toEqual([]);
  });

  test("has no incomplete row", () => {
    expect(rows.length).toBeGreaterThan(ENTITIES.length);
    expect(rows.filter((row) => faultOf(row)).map((row) => `${row.subject}: ${faultOf(row)}`)).toEqual([]);
  });

  test("names no file that is missing", () => {
    const named = rows.flatMap(({ cells }) => cells.flatMap(pathsIn));
    expect(named.length).toBeGreaterThan(0);
    expect([...new Set(named)].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
