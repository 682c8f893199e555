/**
 * A Durable Object namespace as its callers see it: only the methods of the object's published interface.
 * The platform's own generic types recurse too deeply on drizzle's, and show far more than a caller may use.
 */
export interface ObjectNamespace<Api> {
  getByName(name: string, options?: { locationHint?: string }): Api;
}
