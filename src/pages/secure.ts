import type { secureHeaders } from "hono/secure-headers";

/**
 * What every answer carries that a browser may show: TLS from now on, no other type than it says, in no frame, and out of
 * the reach of other sites' windows and pages. What only browsers of long ago read is left out: each header travels.
 */
export const SECURE = {
  strictTransportSecurity: "max-age=63072000; includeSubDomains",
  xFrameOptions: "DENY",
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} satisfies Parameters<typeof secureHeaders>[0];
