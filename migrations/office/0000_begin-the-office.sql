CREATE TABLE `accessTokens` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`hash` text NOT NULL,
	`label` text NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`expiresAt` integer NOT NULL,
	`revokedAt` integer,
	`revokedBy` text,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accessTokens_by_hash` ON `accessTokens` (`hash`);--> statement-breakpoint
CREATE INDEX `accessTokens_of_user` ON `accessTokens` (`userId`,`id`);--> statement-breakpoint
CREATE TABLE `bootstraps` (
	`one` integer PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bootstraps_one" CHECK("bootstraps"."one" = 1)
);
--> statement-breakpoint
CREATE TABLE `exclusionChanges` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`position` integer NOT NULL,
	`sequence` integer,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`channel` text NOT NULL,
	`payload` text NOT NULL,
	`generation` integer NOT NULL,
	FOREIGN KEY (`reference`) REFERENCES `exclusions`(`reference`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `exclusionChanges_of_exclusion` ON `exclusionChanges` (`reference`,`position`);--> statement-breakpoint
CREATE TABLE `exclusions` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`personId` text NOT NULL,
	`state` text NOT NULL,
	`policy` text NOT NULL,
	`policyVersion` integer NOT NULL,
	`endMode` text NOT NULL,
	`channel` text NOT NULL,
	`startedAt` integer NOT NULL,
	`endsAt` integer,
	`reviewAt` integer,
	`endedAt` integer,
	`identifiers` text NOT NULL,
	`generation` integer NOT NULL,
	CONSTRAINT "exclusions_state" CHECK("exclusions"."state" in ('active', 'ended')),
	CONSTRAINT "exclusions_endMode" CHECK("exclusions"."endMode" in ('automatic', 'confirmed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exclusions_by_reference` ON `exclusions` (`reference`);--> statement-breakpoint
CREATE INDEX `exclusions_of_person` ON `exclusions` (`personId`);--> statement-breakpoint
CREATE INDEX `exclusions_by_start` ON `exclusions` (`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_of_state_and_policy` ON `exclusions` (`state`,`policy`,`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_of_state` ON `exclusions` (`state`,`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_of_policy` ON `exclusions` (`policy`,`startedAt`,`id`);--> statement-breakpoint
CREATE TABLE `projections` (
	`one` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`logId` text,
	`position` integer NOT NULL,
	`generation` integer NOT NULL,
	`wholeGeneration` integer NOT NULL,
	`asOf` integer,
	`movedAt` integer,
	CONSTRAINT "projections_one" CHECK("projections"."one" = 1)
);
--> statement-breakpoint
CREATE TABLE `operatorChanges` (
	`id` text PRIMARY KEY NOT NULL,
	`operator` text NOT NULL,
	`resource` text NOT NULL,
	`position` integer NOT NULL,
	`sequence` integer,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`channel` text NOT NULL,
	`payload` text NOT NULL,
	`generation` integer NOT NULL,
	FOREIGN KEY (`operator`) REFERENCES `operators`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `operatorChanges_of_operator` ON `operatorChanges` (`operator`,`position`);--> statement-breakpoint
CREATE TABLE `operatorKeys` (
	`id` text PRIMARY KEY NOT NULL,
	`operator` text NOT NULL,
	`state` text NOT NULL,
	`scopes` text NOT NULL,
	`expiresAt` integer,
	`networks` text NOT NULL,
	`perSecond` integer NOT NULL,
	`perDay` integer NOT NULL,
	`issuedAt` integer NOT NULL,
	`revokedAt` integer,
	`generation` integer NOT NULL,
	FOREIGN KEY (`operator`) REFERENCES `operators`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "operatorKeys_state" CHECK("operatorKeys"."state" in ('active', 'revoked'))
);
--> statement-breakpoint
CREATE INDEX `operatorKeys_of_operator` ON `operatorKeys` (`operator`,`issuedAt`,`id`);--> statement-breakpoint
CREATE TABLE `operators` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`requiredKinds` text NOT NULL,
	`enrolledAt` integer NOT NULL,
	`generation` integer NOT NULL,
	CONSTRAINT "operators_state" CHECK("operators"."state" in ('active', 'suspended'))
);
--> statement-breakpoint
CREATE INDEX `operators_by_name` ON `operators` (`name`,`id`);--> statement-breakpoint
CREATE TABLE `roleAssignments` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`role` text NOT NULL,
	`operator` text NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "roleAssignments_role" CHECK("role" in ('super_admin', 'grak_admin', 'grak_officer', 'grak_auditor', 'operator_admin', 'operator_user', 'bematore_admin', 'bematore_analyst', 'citizen', 'api_user'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roleAssignments_of_user` ON `roleAssignments` (`userId`,`role`,`operator`);--> statement-breakpoint
CREATE INDEX `roleAssignments_by_role` ON `roleAssignments` (`role`,`operator`);--> statement-breakpoint
CREATE INDEX `roleAssignments_of_operator` ON `roleAssignments` (`operator`,`userId`,`role`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`deletedAt` integer,
	`deletedBy` text,
	`deletionReason` text,
	`state` text NOT NULL,
	`dataKey` blob,
	`sealedProfile` blob,
	`emailKey` text,
	CONSTRAINT "users_state" CHECK("users"."state" in ('active', 'suspended'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_by_email` ON `users` (`emailKey`) WHERE "users"."emailKey" is not null;--> statement-breakpoint
CREATE INDEX `users_by_time` ON `users` (("deletedAt" is not null),`createdAt`,`id`);--> statement-breakpoint
CREATE INDEX `users_of_state` ON `users` (`state`,("deletedAt" is not null),`createdAt`,`id`);--> statement-breakpoint
CREATE TABLE `rewraps` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`keyId` text NOT NULL,
	`next` text,
	`tally` text NOT NULL,
	`finishedAt` integer
);
--> statement-breakpoint
CREATE TABLE `dataRequests` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`reference` text NOT NULL,
	`personId` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`subject` text,
	`receivedAt` integer NOT NULL,
	`dueAt` integer NOT NULL,
	`decidedAt` integer,
	`decidedBy` text,
	`reasons` text NOT NULL,
	`completeAt` integer,
	`lookAgainAt` integer,
	CONSTRAINT "dataRequests_kind" CHECK("kind" in ('access', 'rectification', 'portability', 'erasure', 'restriction', 'objection')),
	CONSTRAINT "dataRequests_state" CHECK("state" in ('received', 'in-progress', 'answered', 'refused')),
	CONSTRAINT "dataRequests_subject" CHECK("dataRequests"."subject" is null or "subject" in ('language', 'phone', 'document', 'exclusion', 'other')),
	CONSTRAINT "dataRequests_decided" CHECK(("dataRequests"."decidedAt" is null) = ("dataRequests"."state" in ('received', 'in-progress')))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dataRequests_by_reference` ON `dataRequests` (`reference`);--> statement-breakpoint
CREATE INDEX `dataRequests_of_person` ON `dataRequests` (`personId`,`receivedAt`);--> statement-breakpoint
CREATE INDEX `dataRequests_open_by_urgency` ON `dataRequests` (`dueAt`,`id`) WHERE "dataRequests"."decidedAt" is null;--> statement-breakpoint
CREATE INDEX `dataRequests_by_state` ON `dataRequests` (`state`,`dueAt`,`id`);--> statement-breakpoint
CREATE INDEX `dataRequests_to_look_at` ON `dataRequests` (`lookAgainAt`) WHERE "dataRequests"."lookAgainAt" is not null;--> statement-breakpoint
CREATE TABLE `erasedPersons` (
	`personId` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `auditEntries` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`resource` text NOT NULL,
	`actorKind` text NOT NULL,
	`actorId` text NOT NULL,
	`network` text,
	`agent` text,
	`country` text,
	`county` text,
	`commandId` text,
	`payload` text NOT NULL,
	CONSTRAINT "auditEntries_actorKind" CHECK("actorKind" in ('user', 'operator', 'citizen', 'bootstrap', 'system'))
);
--> statement-breakpoint
CREATE INDEX `auditEntries_by_time` ON `auditEntries` (`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_of_resource` ON `auditEntries` (`resource`,`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_of_actor` ON `auditEntries` (`actorKind`,`actorId`,`at`);--> statement-breakpoint
CREATE TABLE `commands` (
	`id` text PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`result` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `events` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`topic` text NOT NULL,
	`subject` text NOT NULL,
	`payload` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `guard` (
	`changed` integer PRIMARY KEY NOT NULL,
	CONSTRAINT "guard_one_row_changed" CHECK("guard"."changed" = 1)
);
