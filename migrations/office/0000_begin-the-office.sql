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
