import type { OpenAPIHono } from "@hono/zod-openapi";
import { type UsageRouteParts, usageRoutes } from "../domains/analytics/routes.ts";
import { type CallbackRouteParts, callbackRoutes } from "../domains/exclusions/callbacks/routes.ts";
import { type CaseRouteParts, caseRoutes } from "../domains/exclusions/cases/routes.ts";
import { type ExclusionRouteParts, exclusionRoutes } from "../domains/exclusions/office/routes.ts";
import { type LinkRouteParts, linkRoutes } from "../domains/exclusions/links/routes.ts";
import { type ProjectionRouteParts, projectionRoutes } from "../domains/exclusions/projection/routes.ts";
import { type StatisticsRouteParts, statisticsRoutes } from "../domains/exclusions/statistics/routes.ts";
import { type RootRouteParts, rootRoutes } from "../domains/exclusions/roots/routes.ts";
import { type RecoveryRouteParts, recoveryRoutes } from "../domains/exclusions/recovery/routes.ts";
import { type LogRouteParts, logRoutes } from "../domains/compliance/log/routes.ts";
import { type ReportRouteParts, reportRoutes } from "../domains/compliance/reports/routes.ts";
import { type ViolationRouteParts, violationRoutes } from "../domains/compliance/violations/routes.ts";
import { type AuditRouteParts, auditRoutes } from "../domains/compliance/routes.ts";
import { accessRoutes, type AccessRouteParts } from "../domains/authentication/access/routes.ts";
import { type ActivationRouteParts, activationRoutes } from "../domains/authentication/passwords/routes.ts";
import { type ClientRouteParts, clientRoutes } from "../domains/authentication/oauth/clients/routes.ts";
import { type OAuthRouteParts, oauthRoutes } from "../domains/authentication/oauth/routes.ts";
import { type RoleRouteParts, roleRoutes } from "../domains/authentication/roles/routes.ts";
import { type SessionRouteParts, sessionRoutes } from "../domains/authentication/sessions/routes.ts";
import { type AcknowledgementRouteParts, acknowledgementRoutes } from "../domains/operators/acknowledgements/routes.ts";
import { type PropagationRouteParts, propagationRoutes } from "../domains/operators/propagation/routes.ts";
import { type WebhookRouteParts, webhookRoutes } from "../domains/operators/feed/endpoints/routes.ts";
import { type FeedRouteParts, feedRoutes } from "../domains/operators/feed/routes.ts";
import { type ApplicationRouteParts, applicationRoutes } from "../domains/operators/applications/routes.ts";
import { type HistoryRouteParts, historyRoutes } from "../domains/operators/history/routes.ts";
import { type LicenceRouteParts, licenceRoutes } from "../domains/operators/licensing/routes.ts";
import { type ConformanceRouteParts, conformanceRoutes } from "../domains/operators/conformance/routes.ts";
import { type ListedOperatorRouteParts, listedOperatorRoutes } from "../domains/operators/office/routes.ts";
import { type OperatorRouteParts, operatorRoutes } from "../domains/operators/routes.ts";
import { type PairKeyRouteParts, pairKeyRoutes } from "../domains/operators/pair-keys/routes.ts";
import { referenceRoutes } from "../domains/reference/routes.ts";
import { type CanaryRouteParts, canaryRoutes } from "../domains/tokens/canaries/routes.ts";
import { type QuarantineRouteParts, quarantineRoutes } from "../domains/tokens/quarantines/routes.ts";
import { type BlindRouteParts, blindRoutes } from "../domains/tokens/blind/routes.ts";
import { type TokenRouteParts, tokenRoutes } from "../domains/tokens/routes.ts";
import { tokenLifeRoutes } from "../domains/tokens/life/routes.ts";
import { type StaffTokenParts, staffTokenRoutes } from "../domains/tokens/staff/routes.ts";
import { type TokenStatisticsRouteParts, tokenStatisticsRoutes } from "../domains/tokens/statistics/routes.ts";
import { type LookupRouteParts, lookupRoutes } from "../domains/tokens/lookups/routes.ts";
import { type UserRouteParts, userRoutes } from "../domains/users/accounts/routes.ts";
import { type PeopleRouteParts, peopleRoutes } from "../domains/users/people/routes.ts";
import { type ClaimRouteParts, claimRoutes } from "../domains/users/claims/routes.ts";
import { type VaultRecoveryRouteParts, vaultRecoveryRoutes } from "../domains/users/recovery/routes.ts";
import { type RightsRouteParts, rightsRoutes } from "../domains/users/rights/routes.ts";
import { type MemberRouteParts, memberRoutes } from "../domains/users/invitations/routes.ts";
import { type IdentityRouteParts, identityRoutes } from "../domains/users/identities/routes.ts";
import { type RewrapRouteParts, rewrapRoutes } from "../domains/users/rewrapping/routes.ts";
import { type StaffRouteParts, staffRoutes } from "../domains/users/staff/routes.ts";
import { EDGE_ROUTES } from "./edge-document.ts";
import { type ApiEnv, type ApiShell, createApi } from "./kit.ts";
import { problemPages } from "./problem-pages.ts";
import type { Document } from "./reference/document.ts";
import { referencePages } from "./reference/routes.tsx";

const INFO = {
  openapi: "3.1.0",
  info: {
    title: "NSER: the National Self-Exclusion Register of Kenya",
    version: "1",
    description: "An answer that is not 2xx is an application/problem+json; its type leads to what can be done. To OAuth's clients it is an error as RFC 6749 has it.",
  },
};

/** Every route of the public API, and the one document that describes them, the edge's included. */
export function composeApi(
  shell: ApiShell,
  parts:
    & AccessRouteParts & UserRouteParts & PeopleRouteParts & RoleRouteParts & StaffRouteParts & AuditRouteParts & LogRouteParts & OperatorRouteParts & ListedOperatorRouteParts & TokenRouteParts & BlindRouteParts & StaffTokenParts & PairKeyRouteParts
    & FeedRouteParts & AcknowledgementRouteParts & PropagationRouteParts & WebhookRouteParts & ReportRouteParts & ViolationRouteParts
    & ApplicationRouteParts & LicenceRouteParts & MemberRouteParts & HistoryRouteParts & QuarantineRouteParts & CanaryRouteParts & TokenStatisticsRouteParts
    & UsageRouteParts & RecoveryRouteParts & RootRouteParts & IdentityRouteParts & RewrapRouteParts & ExclusionRouteParts & ProjectionRouteParts & StatisticsRouteParts
    & LinkRouteParts & LookupRouteParts & RightsRouteParts & ClaimRouteParts & CaseRouteParts & VaultRecoveryRouteParts & ActivationRouteParts & SessionRouteParts & ClientRouteParts & OAuthRouteParts & CallbackRouteParts & ConformanceRouteParts,
): OpenAPIHono<ApiEnv> {
  const api = createApi(shell);
  const registry = api.openAPIRegistry;
  registry.registerComponent("securitySchemes", "operatorKey", { type: "http", scheme: "bearer" });
  for (const scheme of ["accessToken", "bootstrapSecret", "restoreToken"]) registry.registerComponent("securitySchemes", scheme, { type: "http", scheme: "bearer" });
  registry.registerComponent("securitySchemes", "oauthClient", { type: "http", scheme: "basic" });
  for (const route of EDGE_ROUTES) registry.registerPath(route);
  const routes = [
    accessRoutes(parts),
    sessionRoutes(parts),
    userRoutes(parts),
    peopleRoutes(parts),
    activationRoutes(parts),
    roleRoutes(parts),
    staffRoutes(parts),
    clientRoutes(parts),
    oauthRoutes(parts),
    identityRoutes(parts),
    rewrapRoutes(parts),
    rightsRoutes(parts),
    claimRoutes(parts),
    caseRoutes(parts),
    auditRoutes(parts),
    logRoutes(parts),
    reportRoutes(parts),
    violationRoutes(parts),
    tokenRoutes(parts),
    tokenLifeRoutes(parts),
    staffTokenRoutes(parts),
    pairKeyRoutes(parts),
    quarantineRoutes(parts),
    canaryRoutes(parts),
    tokenStatisticsRoutes(parts),
    lookupRoutes(parts),
    blindRoutes(parts),
    operatorRoutes(parts),
    feedRoutes(parts),
    acknowledgementRoutes(parts),
    propagationRoutes(parts),
    webhookRoutes(parts),
    listedOperatorRoutes(parts),
    applicationRoutes(parts),
    licenceRoutes(parts),
    memberRoutes(parts),
    historyRoutes(parts),
    conformanceRoutes(parts),
    exclusionRoutes(parts),
    linkRoutes(parts),
    projectionRoutes(parts),
    statisticsRoutes(parts),
    usageRoutes(parts),
    recoveryRoutes(parts),
    rootRoutes(parts),
    vaultRecoveryRoutes(parts),
    callbackRoutes(parts),
    referenceRoutes(),
    problemPages(),
    referencePages(() => api.getOpenAPI31Document(INFO) as unknown as Document),
  ];
  for (const some of routes) api.route("/", some);
  return api.doc31("/openapi.json", INFO);
}
