CREATE TABLE `auditCursors` (
	`job` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `auditFlags` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`entryId` text NOT NULL,
	`rule` text NOT NULL,
	`figures` text NOT NULL,
	`evidence` text NOT NULL,
	`seenAt` integer,
	`seenBy` text,
	`note` text,
	FOREIGN KEY (`entryId`) REFERENCES `auditEntries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "auditFlags_rule" CHECK("rule" in ('identities-in-bulk', 'read-outside-hours', 'read-without-case', 'own-record-read', 'searches-without-result', 'self-approval', 'refusals-in-a-row', 'exports-in-bulk', 'two-countries', 'short-lived-key', 'short-lived-role')),
	CONSTRAINT "auditFlags_seen" CHECK(("auditFlags"."seenAt" is null) = ("auditFlags"."seenBy" is null) and ("auditFlags"."seenAt" is null) = ("auditFlags"."note" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `auditFlags_once_an_entry` ON `auditFlags` (`entryId`,`rule`);--> statement-breakpoint
ALTER TABLE `auditEntries` ADD `actionType` text GENERATED ALWAYS AS (substr("action", 1, instr("action", '.') - 1)) VIRTUAL NOT NULL;--> statement-breakpoint
ALTER TABLE `auditEntries` ADD `flagged` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `auditEntries_of_actor_and_action` ON `auditEntries` (`actorKind`,`actorId`,`action`,`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_of_action` ON `auditEntries` (`action`,`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_of_type` ON `auditEntries` (`actionType`,`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_of_source` ON `auditEntries` (`source`,`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_not_done` ON `auditEntries` (`outcome`,`at`) WHERE "auditEntries"."outcome" <> 'done';--> statement-breakpoint
CREATE INDEX `auditEntries_flagged` ON `auditEntries` (`flagged`,`at`) WHERE "auditEntries"."flagged" = 1;--> statement-breakpoint
CREATE INDEX `cases_of_person` ON `cases` (`personId`) WHERE "cases"."personId" is not null;