import { nameOf } from "../../../bst/lineage.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { once } from "../../../objects/commands.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import { drop, DROP_TASK } from "../drop.ts";
import type { MeasuresApi } from "../measures-rpc.ts";
import { ownOf } from "../roots/own.ts";
import { nextDropOff, statementsInForce } from "../store.ts";
import { decidedBy, identified } from "./command.ts";
import { isOneOfficer, isOnlyTyped } from "./rules.ts";

type AnnulDocument = Parameters<MeasuresApi["annulDocument"]>[0];
type Annulled = Awaited<ReturnType<MeasuresApi["annulDocument"]>>;

/**
 * Takes a document out of every exclusion it was only typed into. Who typed it is told nothing, and their receipt goes on
 * showing it until its provisional time is over: it looks as any other that nothing confirmed. Typed into the same exclusion
 * again it stays out, as whatever dropped off does.
 */
export function annulDocument(database: ObjectDatabase, command: AnnulDocument, now: Instant, random: Random): Annulled {
  const { commandId, caseReference, officers, p } = command;
  return database.transaction((transaction) =>
    once(transaction, identified("annul-document", commandId, { caseReference, officers, p: nameOf(p) }), now, (): Annulled => {
      if (isOneOfficer(officers)) return { ok: false, refusal: "one-officer" };
      const typed = statementsInForce(transaction, ownOf(transaction, p)).filter(isOnlyTyped);
      for (const statement of typed) drop(transaction, statement, decidedBy(command), now, random);
      setDue(transaction, DROP_TASK, nextDropOff(transaction));
      return { ok: true, exclusions: typed.length };
    }),
  );
}
