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
CREATE INDEX `exclusions_by_start` ON `exclusions` (`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_of_state` ON `exclusions` (`state`,`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_of_policy` ON `exclusions` (`policy`,`startedAt`,`id`);--> statement-breakpoint
CREATE INDEX `exclusions_of_state_and_policy` ON `exclusions` (`state`,`policy`,`startedAt`,`id`);--> statement-breakpoint
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
CREATE INDEX `operators_by_name` ON `operators` (`name`,`id`);