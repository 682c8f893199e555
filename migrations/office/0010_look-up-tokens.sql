CREATE TABLE `lookedAtCrossReferences` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lookedAtCrossReferences_by_name` ON `lookedAtCrossReferences` (`name`);--> statement-breakpoint
CREATE TABLE `tokenLookups` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`operator` text NOT NULL,
	`tokenKey` text,
	`reason` text NOT NULL,
	`decidedAt` integer,
	`decidedBy` text,
	`decisionReason` text,
	`until` integer NOT NULL,
	`readAt` integer,
	CONSTRAINT "tokenLookups_state" CHECK("state" in ('pending', 'approved', 'refused', 'read', 'expired')),
	CONSTRAINT "tokenLookups_two" CHECK("tokenLookups"."decidedBy" is null or "tokenLookups"."decidedBy" <> "tokenLookups"."createdBy"),
	CONSTRAINT "tokenLookups_decided" CHECK(("tokenLookups"."decidedAt" is null) = ("tokenLookups"."decidedBy" is null) and ("tokenLookups"."decidedBy" is not null or "tokenLookups"."state" in ('pending', 'expired'))),
	CONSTRAINT "tokenLookups_read" CHECK(("tokenLookups"."readAt" is not null) = ("tokenLookups"."state" = 'read')),
	CONSTRAINT "tokenLookups_over" CHECK(("tokenLookups"."tokenKey" is not null) = ("tokenLookups"."state" in ('pending', 'approved')))
);
--> statement-breakpoint
CREATE INDEX `tokenLookups_by_time` ON `tokenLookups` (`createdAt`,`id`);--> statement-breakpoint
CREATE INDEX `tokenLookups_of_state` ON `tokenLookups` (`state`,`createdAt`,`id`);--> statement-breakpoint
CREATE INDEX `tokenLookups_of_officer` ON `tokenLookups` (`createdBy`,`createdAt`);--> statement-breakpoint
CREATE INDEX `tokenLookups_to_expire` ON `tokenLookups` (`until`) WHERE "tokenLookups"."tokenKey" is not null;--> statement-breakpoint
CREATE INDEX `devices_of_browser` ON `devices` (`hash`) WHERE "devices"."hash" is not null;