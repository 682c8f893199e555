/**
 * The indexes that answer some query without a look at their table, by database. SQLite's own plans say so: the tests of
 * the queries hold this list against them.
 */
export const COVERING: Record<string, readonly string[]> = {
  office: [
    "auditEntries_of_actor_and_action", "auditFlags_once_an_entry", "ceremonies_by_expiry", "complianceReports_once_an_edition", "devices_of_user", "exclusionChanges_by_time", "exclusionChanges_of_exclusion", "exclusions_by_promised_end",
    "exclusions_of_person", "oauthCodes_by_expiry", "operatorApplications_of_company", "operatorChanges_of_operator", "operatorKeys_of_operator", "operators_by_name", "passkeys_of_user", "recoveryCodes_of_user", "roleAssignments_of_user",
    "tokenLookups_of_officer", "totps_of_user",
  ],
  register: ["audit_of_a_resource", "epochs_to_retire", "exclusions_that_wake", "identifiers_by_pseudonym", "identifiers_that_drop", "one_entry_a_row", "phones_of_a_person"],
  person: ["checks_by_hour", "one_entry_a_row"],
  usage: ["counts_by_minute"],
  feed: ["customers_by_pseudonym", "customers_by_time", "events_by_at"],
  "audit-log": ["recent_by_id"],
};
