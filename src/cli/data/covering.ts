/** The indexes that answer a query without a look at their table, by database; SQLite's own plans say so in the tests of the queries. */
export const COVERING: Record<string, readonly string[]> = { office: ["roleAssignments_of_user"] };
