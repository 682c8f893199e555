import type { Pseudonym } from "../../../src/bst/kinds.ts";
import * as allowances from "../../../src/domains/operators/allowances.ts";
import * as directory from "../../../src/domains/operators/directory.ts";
import * as epochs from "../../../src/domains/operators/epochs.ts";
import * as pairKeys from "../../../src/domains/operators/pair-keys/rotate.ts";
import * as keyRotation from "../../../src/domains/operators/rotate-key.ts";
import type { OperatorDirectoryApi } from "../../../src/domains/operators/rpc.ts";
import * as tokenActs from "../../../src/domains/operators/token-acts/act.ts";
import { random } from "../../../src/objects/shell.ts";
import type { Asked, Doorway } from "./door.ts";

/** Operators: their keys, and what their tokens are sealed in. */
export const Operators = <Base extends Doorway>(base: Base) =>
  class extends base implements OperatorDirectoryApi {
    async enrolOperator(command: Asked<"enrolOperator">) {
      return this.acts.carryOut((database, now) => directory.enrolOperator(database, command, now, random));
    }

    async issueKey(command: Asked<"issueKey">) {
      return this.acts.carryOut((database, now) => directory.issueKey(database, command, now, random));
    }

    async revokeKey(command: Asked<"revokeKey">) {
      return this.acts.carryOut((database, now) => directory.revokeKey(database, command, now, random));
    }

    async keysOf(operator: string) {
      return keyRotation.keysOf(this.keeping.database, operator);
    }

    async findKey(operator: string, keyId: string) {
      return keyRotation.findKey(this.keeping.database, operator, keyId);
    }

    async rotateKey(command: Asked<"rotateKey">) {
      return this.acts.carryOut((database, now) => keyRotation.rotateKey(database, command, now, random));
    }

    async declareCustomers(command: Asked<"declareCustomers">) {
      return this.acts.carryOut((database, now) => directory.declareCustomers(database, command, now, random));
    }

    async keyHolder(hash: string) {
      return directory.keyHolder(this.keeping.database, hash, this.now());
    }

    async operatorNames(ids: readonly string[]) {
      return directory.operatorNames(this.keeping.database, ids);
    }

    async rotateEpoch(command: Asked<"rotateEpoch">) {
      return this.acts.carryOut((database, now) => epochs.rotateEpoch(database, command, this.settings.grace, now, random));
    }

    async epochsOf(operator: string) {
      return epochs.epochsOf(this.keeping.database, operator);
    }

    async rotatePairKey(command: Asked<"rotatePairKey">) {
      return this.acts.carryOut((database, now) => pairKeys.rotatePairKey(database, command, this.settings.grace, now, random));
    }

    async pairKeys() {
      return pairKeys.pairKeys(this.keeping.database);
    }

    async tokensOf(operator: string) {
      return tokenActs.tokensOf(this.keeping.database, operator);
    }

    async actOnToken(command: Asked<"actOnToken">) {
      return this.acts.carryOut((database, now) => tokenActs.actOnToken(database, command, now, random));
    }

    async tokenHistory(operator: string, p: Pseudonym, epoch?: number) {
      return tokenActs.tokenHistory(this.keeping.database, this.keeping.advance, operator, p, epoch);
    }

    async quotasOf(keyIds: readonly string[]) {
      return allowances.quotasOf(this.keeping.database, keyIds);
    }

    async setAllowance(allowance: Asked<"setAllowance">) {
      return this.acts.carryOut((database, now) => allowances.setAllowance(database, allowance, now, random));
    }
  };
