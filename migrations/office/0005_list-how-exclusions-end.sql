PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_exclusions` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`personId` text NOT NULL,
	`state` text NOT NULL,
	`origin` text NOT NULL,
	`caseReference` text,
	`policy` text NOT NULL,
	`policyVersion` integer NOT NULL,
	`endMode` text NOT NULL,
	`channel` text NOT NULL,
	`county` text,
	`startedAt` integer NOT NULL,
	`endsAt` integer,
	`reviewAt` integer,
	`reviewGrantedAt` integer,
	`endableFrom` integer,
	`measureUntil` integer,
	`annulsAt` integer,
	`renewals` integer NOT NULL,
	`endedAt` integer,
	`identifiers` text NOT NULL,
	`generation` integer NOT NULL,
	CONSTRAINT "exclusions_state" CHECK("state" in ('active', 'ending', 'provisional', 'annulling', 'ended', 'annulled', 'dismissed')),
	CONSTRAINT "exclusions_endMode" CHECK("endMode" in ('automatic', 'confirmed'))
);
--> statement-breakpoint
INSERT INTO `__new_exclusions`("id", "reference", "personId", "state", "origin", "caseReference", "policy", "policyVersion", "endMode", "channel", "county", "startedAt", "endsAt", "reviewAt", "reviewGrantedAt", "endableFrom", "measureUntil", "annulsAt", "renewals", "endedAt", "identifiers", "generation") SELECT "id", "reference", "personId", "state", 'self', NULL, "policy", "policyVersion", "endMode", "channel", NULL, "startedAt", "endsAt", "reviewAt", NULL, NULL, NULL, NULL, 0, "endedAt", "identifiers", "generation" FROM `exclusions`;--> statement-breakpoint
DROP TABLE `exclusions`;--> statement-breakpoint
ALTER TABLE `__new_exclusions` RENAME TO `exclusions`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `exclusions_by_reference` ON `exclusions` (`reference`);--> statement-breakpoint
CREATE INDEX `exclusions_of_person` ON `exclusions` (`personId`,`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_by_start` ON `exclusions` (`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_of_state_and_policy` ON `exclusions` (`state`,`policy`,`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_of_state` ON `exclusions` (`state`,`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_of_policy` ON `exclusions` (`policy`,`startedAt`,`id`);--> statement-breakpoint
UPDATE `projections` SET `logId` = NULL, `position` = 0, `version` = `version` + 1;