/**
 * The objects' queries that are asked at every turn or whose tables grow: how each is asked, and the indexes its plan must
 * use, in alphabetical order. The last column says why a plan may sort, or go through what it asks of: there is little of it.
 */
import { keepUploaded, leavesBetween, recentPlaces, spansAround, spanToForget } from "../../src/audit/log/store.ts";
import { oldestWaiting, untoldRows, waitingRows } from "../../src/audit/store.ts";
import { countsBetween, countsToEnter, factsOf, forgetBefore, heardOf, minuteToEnter, setEntered, spentOn } from "../../src/domains/analytics/store.ts";
import { codeOf } from "../../src/domains/authentication/store.ts";
import { lend, settle } from "../../src/domains/exclusions/deliveries/store.ts";
import { entriesOf } from "../../src/domains/exclusions/history/store.ts";
import { changesAfter, compact, directoryBefore, timeOf } from "../../src/domains/exclusions/log/store.ts";
import * as kept from "../../src/domains/exclusions/roots/kept/store.ts";
import * as roots from "../../src/domains/exclusions/roots/store.ts";
import * as exclusions from "../../src/domains/exclusions/store.ts";
import { crossReferenceAt, crossReferencesPage, salvagedPage } from "../../src/domains/exclusions/who/pages/store.ts";
import * as who from "../../src/domains/exclusions/who/store.ts";
import * as endpoints from "../../src/domains/operators/feed/endpoints/store.ts";
import * as acknowledgements from "../../src/domains/operators/acknowledgements/store.ts";
import * as feed from "../../src/domains/operators/feed/store.ts";
import { dueNotices } from "../../src/domains/notifications/store.ts";
import { newestPairKey, operatorsAfter, pairKeyUses } from "../../src/domains/operators/pair-keys/store.ts";
import * as operators from "../../src/domains/operators/store.ts";
import { epochSteps, tokenSteps } from "../../src/domains/operators/token-acts/store.ts";
import { latestActivity } from "../../src/domains/users/activity/store.ts";
import { latestReads } from "../../src/domains/users/identities/store.ts";
import * as users from "../../src/domains/users/store.ts";
import * as guard from "../../src/domains/tokens/guard/store.ts";
import * as canaries from "../../src/domains/tokens/register/store.ts";
import { eraseMeaning } from "../../src/objects/audit.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { anyEntered, forgetEntries, oldestEntries, tablesEntered } from "../../src/objects/recovery/journal.ts";
import * as replication from "../../src/replication/store.ts";
import * as witness from "../../src/witness/store.ts";

type Query = readonly [database: string, ask: (database: ObjectDatabase) => unknown, uses: readonly string[], despite?: string];

const p = new Uint8Array(16).fill(7);
/** A partial index that holds nothing else: the walk ends at its limit of one. */
const FIRST = "the index's first entry";
/** A partial index that holds what the log has yet to be told: the walk ends where its limit does. */
const WAITING = "the index's first entries";
const MET = [{ p, day: 1, until: 2 }];
const place = { rootEpoch: 0, shardBits: 8, index: 7 } as const;

export const QUERIES: readonly Query[] = [
  ["audit-log", (database) => recentPlaces(database, ["1"]), ["recent_by_id"]],
  ["audit-log", (database) => leavesBetween(database, 1, 5), ["tail.primaryKey"]],
  ["audit-log", (database) => keepUploaded(database, { size: 0n, levels: [] }), ["tail.primaryKey"]],
  ["audit-log", (database) => spanToForget(database), [], "the one row of what is uploaded"],
  ["audit-log", (database) => spansAround(database, ["1"]), [], "one row for 65,536 entries"],
  ["register", (database) => oldestWaiting(database), ["audit_waiting"], WAITING],
  ["register", (database) => waitingRows(database, 5), ["audit_waiting"], WAITING],
  ["person", (database) => waitingRows(database, 5), ["audit_waiting"], WAITING],
  ["usage", (database) => waitingRows(database, 5), ["audit_waiting"], WAITING],
  ["person", (database) => untoldRows(database, 5), []],
  ["register", (database) => exclusions.holderOf(database, p), ["phoneHolders.primaryKey"]],
  ["register", (database) => exclusions.holdingOf(database, p), ["phoneHolders.primaryKey"]],
  ["register", (database) => exclusions.ownExclusion(database, "1"), ["one_own_exclusion_in_force"]],
  ["register", (database) => exclusions.exclusionById(database, "1"), ["exclusions.primaryKey"]],
  ["register", (database) => exclusions.exclusionsOfPerson(database, "1"), ["exclusions_of_a_person"]],
  ["register", (database) => exclusions.identifiersOfPerson(database, "1"), ["exclusionIdentifiers.primaryKey", "exclusions_of_a_person"]],
  ["register", (database) => exclusions.isReferenceTaken(database, "NSER-1"), ["exclusions_reference_unique"]],
  ["register", (database) => exclusions.identifiersOf(database, "1"), ["exclusionIdentifiers.primaryKey"], "a person's few"],
  ["register", (database) => exclusions.othersWith(database, p, "1"), ["exclusions.primaryKey", "identifiers_by_pseudonym"], "one identifier's few"],
  ["register", (database) => exclusions.provenHolders(database, p), ["exclusions.primaryKey", "identifiers_by_pseudonym"], "one identifier's few"],
  ["register", (database) => exclusions.exclusionsToWake(database, 1, 5), ["exclusions_that_wake"]],
  ["register", (database) => exclusions.exclusionByReference(database, "r"), ["exclusions_reference_unique"]],
  ["register", (database) => exclusions.exclusionOfCase(database, "c"), ["one_exclusion_a_case"]],
  ["register", (database) => exclusions.knownByRegistry(database, p), ["exclusions.primaryKey", "identifiers_by_pseudonym"], "one identifier's few"],
  ["register", (database) => exclusions.statementsInForce(database, p), ["exclusions.primaryKey", "identifiers_by_pseudonym"]],
  ["register", (database) => exclusions.referencesStating(database, p, 5), ["exclusions.primaryKey", "identifiers_by_pseudonym"], "one identifier's few"],
  ["register", (database) => exclusions.nextWake(database), ["exclusions_that_wake"]],
  ["register", (database) => exclusions.identifiersToDrop(database, 1, 5), ["exclusions.primaryKey", "identifiers_that_drop"]],
  ["register", (database) => exclusions.nextDropOff(database), ["identifiers_that_drop"], FIRST],
  ["register", (database) => exclusions.coveredAfter(database, null, 5), ["covered.primaryKey"]],
  ["register", (database) => exclusions.coveredAfter(database, p, 5), ["covered.primaryKey"]],
  ["register", (database) => exclusions.cover(database, p, 0), ["covered.primaryKey"]],
  ["register", (database) => roots.pairOf(database, p), ["advanced.primaryKey"]],
  ["register", (database) => roots.pairOfNext(database, p), ["advanced_by_next"]],
  ["register", (database) => roots.insertPair(database, { p, next: p }), ["advanced.primaryKey", "advanced_by_next"]],
  ["register", (database) => roots.pairsAfter(database, p, 5), ["advanced.primaryKey"]],
  ["register", (database) => roots.nextsOf(database, p, p), ["advanced.primaryKey", "covered.primaryKey"]],
  ["register", (database) => roots.coveredByNext(database, 1, p, 5), ["advanced_by_next", "covered.primaryKey"]],
  ["register", (database) => kept.isKept(database, p), ["covered.primaryKey", "crossReferences.primaryKey", "identifiers_by_pseudonym", "phoneHolders.primaryKey"]],
  ["register", (database) => kept.keptAfter(database, p, 0, 5), ["canaries.primaryKey", "covered.primaryKey", "crossReferences.primaryKey", "identifiers_by_pseudonym", "operatorEpochs.primaryKey", "phoneHolders.primaryKey", "salvaged.primaryKey", "tokenActs_by_pseudonym"]],
  ["register", (database) => kept.unpaired(database, roots.newestRotation(database), 5), ["advanced.primaryKey", "operatorEpochs.primaryKey", "tokenActs_by_time"]],
  ["register", (database) => kept.rekey(database, { p, next: p }, 1), ["canaries.primaryKey", "covered.primaryKey", "crossReferences.primaryKey", "identifiers_by_pseudonym", "phoneHolders.primaryKey", "salvaged.primaryKey", "tokenActs_by_pseudonym"]],
  ["register", (database) => changesAfter(database, 5), ["changes.primaryKey"]],
  ["register", (database) => timeOf(database, 5), ["changes.primaryKey"]],
  ["register", (database) => compact(database, 5), ["changes.primaryKey"]],
  ["register", (database) => directoryBefore(database, 5), ["changes.primaryKey"]],
  ["register", (database) => lend(database, 5, 1), [], "what waits to be delivered"],
  ["register", (database) => settle(database, ["1"]), ["deliveries_id_unique"]],
  ["register", (database) => operators.newestKeys(database, "o", 5), ["operatorKeys_of_operator"]],
  ["register", (database) => operators.keyByHash(database, "h"), ["operatorKeys_hash_unique"]],
  ["register", (database) => operators.currentEpoch(database, "1"), ["operatorEpochs.primaryKey"]],
  ["register", (database) => operators.epochsToRetire(database, 1), ["epochs_to_retire"]],
  ["register", (database) => operators.nextRetirement(database), ["epochs_to_retire"], FIRST],
  ["register", (database) => operators.generationOf(database, "1", "p"), ["tokenGenerations.primaryKey"]],
  ["register", (database) => operators.generationsOf(database, "1"), ["tokenGenerations.primaryKey"]],
  ["register", (database) => operators.countGenerations(database, "1"), ["operatorEpochs.primaryKey", "tokenGenerations.primaryKey"]],
  ["register", (database) => tokenSteps(database, "1", [p, p]), ["tokenActs.primaryKey"], "one token's few"],
  ["register", (database) => epochSteps(database, "1"), ["audit_of_a_resource"]],
  ["register", (database) => newestPairKey(database), []],
  ["register", (database) => operatorsAfter(database, "1", 5), ["operators.primaryKey"]],
  ["register", (database) => pairKeyUses(database), [], "an operator's few, and few operators"],
  ["register", (database) => exclusions.deletePerson(database, "1"), ["exclusions_of_a_person", "holdingConsents.primaryKey", "phones_of_a_person", "tokenHoldings.primaryKey"], "once a person, and a person without exclusions is asked of nothing"],
  ["register", (database) => who.coveredAmong(database, MET), ["covered.primaryKey"]],
  ["register", (database) => who.noteHoldings(database, "1", "issued", MET), ["exclusions.primaryKey", "holdingConsents.primaryKey", "identifiers_by_pseudonym"]],
  ["register", (database) => who.holdingsOf(database, "1"), ["tokenHoldings.primaryKey"], "a person's few"],
  ["register", (database) => who.statementsOf(database, p), ["exclusions.primaryKey", "identifiers_by_pseudonym"], "one identifier's few"],
  ["register", (database) => who.kindOf(database, p), ["identifiers_by_pseudonym"]],
  ["register", (database) => who.retirementsOf(database, p), ["operators.primaryKey", "tokenGenerations.primaryKey"], "the operators, a few hundred"],
  ["register", (database) => crossReferencesPage(database, { sort: "-at", after: [1, 1], limit: 5 }), ["crossReferences_by_time"]],
  ["register", (database) => crossReferencesPage(database, { sort: "at", after: null, limit: 5 }), ["crossReferences_by_time"]],
  ["register", (database) => salvagedPage(database, { sort: "-salvagedAt", after: [1, 1], limit: 5 }), [], "what a restoration found, which is little"],
  ["register", (database) => crossReferenceAt(database, 1), ["crossReferences.primaryKey"]],
  ["register", (database) => eraseMeaning(database, ["r"]), ["audit_of_a_resource"]],
  ["register", (database) => entriesOf(database, "r"), ["audit_of_a_resource"]],
  ["register", (database) => anyEntered(database, 5), ["journal.primaryKey"]],
  ["register", (database) => oldestEntries(database, 5), []],
  ["register", (database) => tablesEntered(database, 5), ["one_entry_a_row"], "what waits to be shipped"],
  ["register", (database) => forgetEntries(database, 5), ["journal.primaryKey"]],
  ["replica", (database) => replication.readPosition(database), ["position.primaryKey"]],
  ["replica", (database) => replication.rowsKept(database, 5), ["log.primaryKey"]],
  ["replica", (database) => replication.isMember(database, 0, p), ["members.primaryKey"]],
  ["replica", (database) => replication.membersAt(database, place), ["members.primaryKey"]],
  ["replica", (database) => replication.estimateMembers(database, 0), ["members.primaryKey"]],
  ["replica", (database) => replication.rootEpochs(database), ["directory.primaryKey", "members.primaryKey"]],
  ["replica", (database) => replication.dropObsolete(database), ["directory.primaryKey", "members.primaryKey"]],
  ["replica", (database) => replication.lastSetChange(database), [], "the directory's rows since the set last changed"],
  ["person", (database) => users.markAccepted(database, "1", 1), ["accepted.primaryKey"]],
  ["person", (database) => users.storedIdentifiers(database), [], "a person's few"],
  ["person", (database) => users.checksSince(database, 1, 5), ["checks_by_hour"]],
  ["person", (database) => users.oldestCheck(database), ["checks_by_hour"]],
  ["person", (database) => users.deleteChecksBefore(database, 1), ["checks_by_hour"]],
  ["person", (database) => tablesEntered(database, 5), ["one_entry_a_row"], "what waits to be shipped"],
  ["person", (database) => latestReads(database, 5), ["identityReads_by_time"]],
  ["person", (database) => latestActivity(database, 5), []],
  ["person", (database) => dueNotices(database, 1), [], "a person's few"],
  ["challenge", (database) => codeOf(database, "1"), ["codes.primaryKey"]],
  ["register", (database) => operators.declaredBy(database, "1"), ["operators.primaryKey"]],
  ["register", (database) => canaries.canaryIds(database, [p, p]), ["canaries.primaryKey"]],
  ["register", (database) => canaries.excludedOfAll(database), ["covered.primaryKey"], "it counts them all, once an hour and isolate"],
  ["register", (database) => canaries.isStated(database, p), ["identifiers_by_pseudonym"]],
  ["register", (database) => canaries.rowOf(database, "1"), ["canaries_by_id"]],
  ["usage", (database) => guard.dayAt(database, 1), ["tokenDays.primaryKey"]],
  ["usage", (database) => guard.spentBy(database, "direct", 1), ["tokenSpent.primaryKey"]],
  ["usage", (database) => guard.exhaustedSince(database, 1), ["exhaustedDays.primaryKey"]],
  ["usage", (database) => guard.countsIn(database, 1, 2), ["tokenCounts.primaryKey"]],
  ["usage", (database) => guard.forgetCounts(database, 1), ["exhaustedDays.primaryKey", "tokenCounts.primaryKey"]],
  ["usage", (database) => guard.quarantineInForce(database), [], "an operator's few"],
  ["usage", (database) => guard.quarantineById(database, "1"), ["quarantines.primaryKey"]],
  ["usage", (database) => guard.untoldQuarantines(database), [], "an operator's few"],
  ["usage", (database) => guard.meetings(database, 5), []],
  ["usage", (database) => heardOf(database, "1"), ["gaps.primaryKey", "isolates.primaryKey"]],
  ["usage", (database) => factsOf(database, 1, 2), ["dropped.primaryKey", "gaps_by_age", "hours.primaryKey", "staleChecks.primaryKey"]],
  ["usage", (database) => countsBetween(database, 1, 2, 5), ["counts_by_minute"]],
  ["usage", (database) => minuteToEnter(database), ["counts_to_enter"], "the index's first entry"],
  ["usage", (database) => countsToEnter(database, 1, 5), ["counts_to_enter"]],
  ["usage", (database) => setEntered(database, [{ row: 1 }], "e"), ["counts.primaryKey"]],
  ["usage", (database) => spentOn(database, 1, "1"), ["spent.primaryKey"]],
  ["usage", (database) => forgetBefore(database, 1, 5), ["counts_by_minute", "dropped.primaryKey", "gaps_by_age", "hours.primaryKey", "isolates_by_age", "keyAnswers_by_day", "spent.primaryKey", "staleChecks.primaryKey"]],
  ["feed", (database) => waitingRows(database, 5), ["audit_waiting"], WAITING],
  ["feed", (database) => feed.eventsAfter(database, 1, 5), ["events.primaryKey"]],
  ["feed", (database) => feed.eventsBetween(database, 1, 2), ["events_by_at"]],
  ["feed", (database) => feed.eventsOf(database, p), ["events_by_p"]],
  ["feed", (database) => feed.lastBefore(database, 1, 5), ["events_by_at"]],
  ["feed", (database) => feed.pulledUpTo(database), []],
  ["feed", (database) => feed.pulledAt(database, 1), ["pulls.primaryKey"]],
  ["feed", (database) => feed.lastDigest(database), ["digests.primaryKey"]],
  ["feed", (database) => endpoints.dueEndpoints(database, 1), ["endpoints_by_next"]],
  ["feed", (database) => endpoints.nextDue(database), ["endpoints_by_next"]],
  ["feed", (database) => endpoints.deliveriesOf(database, "1", 5, 5), ["deliveries_by_endpoint"]],
  ["feed", (database) => endpoints.forgetDeliveries(database, 1), ["deliveries_by_at"]],
  ["feed", (database) => acknowledgements.customersOf(database, [p]), ["customers_by_pseudonym"]],
  ["feed", (database) => acknowledgements.saidOf(database, 1), ["acknowledgements.primaryKey"]],
  ["feed", (database) => acknowledgements.owingBetween(database, "account_closed", 1, 2), ["acknowledgements.primaryKey", "customers_owing", "events_by_p"]],
  ["feed", (database) => acknowledgements.saidBetween(database, 1, 2), ["acknowledgements.primaryKey", "customers_by_time"]],
  ["feed", (database) => acknowledgements.forgetCustomers(database, 1, p), ["acknowledgements.primaryKey", "customers_by_pseudonym"]],
  ["feed", (database) => endpoints.firstReceipt(database, "1", 1), ["deliveries_by_last"], "from a number on, until the first"],
  ["witness", (database) => witness.lastCosigned(database), [], "one row"],
  ["witness", (database) => witness.storedForks(database), [], "a hundred at most"],
];

/** Tables of one row, or of a few. */
export const SMALL = ["head", "due", "chain", "outgoing", "publication"];
