import { readCopy } from "../../exclusions/office/index.ts";
import { ownRole } from "../../authentication/capabilities.ts";
import type { EnterParts } from "../../users/people/index.ts";
import { type ListedOperatorRow, operatorsByIds } from "../office/store.ts";
import { enterFor, operatorsOf } from "./enter.ts";
import { OPERATOR_ROOMS, type OperatorRoom, type OperatorSeen } from "./model.ts";
import type { OperatorDeskRpc } from "./rpc.ts";

const ROOMS = Object.keys(OPERATOR_ROOMS) as OperatorRoom[];

export async function home(parts: EnterParts, unread: unknown): ReturnType<OperatorDeskRpc["home"]> {
  const entered = await enterFor(parts, unread, "operators:read");
  if (!entered.ok) return entered;
  const { operator, by: { principal } } = entered;
  const { rows: [rows], asOf } = await readCopy(parts.office, (database) => [operatorsByIds(database, operatorsOf(principal, "operators:read"))]);
  const row = rows.find(({ id }) => id === operator);
  if (!row) return { ok: false, refusal: "not-found" };
  const others = rows.filter(({ id }) => id !== operator).map(({ id, name }) => ({ id, name }));
  return { ok: true, operator: seenOf(row), others, rooms: ROOMS.filter((room) => ownRole(principal, OPERATOR_ROOMS[room], operator)), asOf };
}

const seenOf = ({ id, name, state, requiredKinds, declaredCustomers, enrolledAt }: ListedOperatorRow): OperatorSeen =>
  ({ id, name, state, requiredKinds, declaredCustomers, enrolledAt });
