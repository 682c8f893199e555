CREATE TABLE `canaries` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`value` blob NOT NULL,
	`note` text NOT NULL,
	`excluded` integer NOT NULL,
	`retiredAt` integer,
	CONSTRAINT "canaries_kind" CHECK("kind" in ('msisdn', 'national_id', 'passport', 'alien_id', 'refugee_id', 'military_id'))
);
--> statement-breakpoint
CREATE INDEX `canaries_by_age` ON `canaries` (`createdAt`,`id`);--> statement-breakpoint
CREATE TABLE `canaryAlarms` (
	`id` text PRIMARY KEY NOT NULL,
	`operator` text NOT NULL,
	`canary` text NOT NULL,
	`how` text NOT NULL,
	`purpose` text,
	`at` integer NOT NULL,
	CONSTRAINT "canaryAlarms_how" CHECK("how" in ('tokenised', 'checked')),
	CONSTRAINT "canaryAlarms_purpose" CHECK("canaryAlarms"."purpose" is null or "purpose" in ('registration', 'login', 'deposit', 'bet', 'marketing', 'payout'))
);
--> statement-breakpoint
CREATE INDEX `canaryAlarms_by_time` ON `canaryAlarms` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `canaryAlarms_of_operator` ON `canaryAlarms` (`operator`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `tokenQuarantines` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`operator` text NOT NULL,
	`state` text NOT NULL,
	`rule` text NOT NULL,
	`reason` text NOT NULL,
	`evidence` text NOT NULL,
	`since` integer NOT NULL,
	`statement` text,
	`appealedAt` integer,
	`decision` text,
	`decidedAt` integer,
	`decidedBy` text,
	CONSTRAINT "tokenQuarantines_state" CHECK("state" in ('open', 'appealed', 'upheld', 'lifted')),
	CONSTRAINT "tokenQuarantines_rule" CHECK("rule" in ('sequential-identifiers', 'runs-of-numbers', 'positive-rate', 'canary', 'quota-exhausted', 'by-hand')),
	CONSTRAINT "tokenQuarantines_appealed" CHECK(("tokenQuarantines"."statement" is null) = ("tokenQuarantines"."appealedAt" is null)),
	CONSTRAINT "tokenQuarantines_decided" CHECK(("tokenQuarantines"."decidedAt" is null) = ("tokenQuarantines"."state" in ('open', 'appealed')))
);
--> statement-breakpoint
CREATE INDEX `tokenQuarantines_by_time` ON `tokenQuarantines` (`since`,`id`);--> statement-breakpoint
CREATE INDEX `tokenQuarantines_by_state` ON `tokenQuarantines` (`state`,`since`,`id`);