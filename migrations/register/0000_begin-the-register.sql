CREATE TABLE `deliveries` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`personId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`topic` text NOT NULL,
	`commandId` text,
	`box` blob,
	`notice` text,
	`lentUntil` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_id_unique` ON `deliveries` (`id`);--> statement-breakpoint
CREATE TABLE `changes` (
	`seq` integer PRIMARY KEY NOT NULL,
	`t` integer NOT NULL,
	`type` text NOT NULL,
	`rootEpoch` integer,
	`p` blob,
	`body` text
);
--> statement-breakpoint
CREATE TABLE `head` (
	`id` integer PRIMARY KEY NOT NULL,
	`logId` text NOT NULL,
	`seq` integer NOT NULL,
	`t` integer NOT NULL,
	`fence` integer NOT NULL,
	`announced` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `covered` (
	`p` blob PRIMARY KEY NOT NULL,
	`exclusions` integer NOT NULL,
	`rootEpoch` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `crossReferences` (
	`p` blob NOT NULL,
	`personId` text NOT NULL,
	`otherPersonId` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`p`, `personId`, `otherPersonId`)
);
--> statement-breakpoint
CREATE TABLE `exclusionIdentifiers` (
	`exclusionId` text NOT NULL,
	`p` blob NOT NULL,
	`kind` text NOT NULL,
	`evidence` text NOT NULL,
	`standing` text NOT NULL,
	`provisionalUntil` integer,
	`addedAt` integer NOT NULL,
	PRIMARY KEY(`exclusionId`, `p`)
);
--> statement-breakpoint
CREATE INDEX `identifiers_by_pseudonym` ON `exclusionIdentifiers` (`p`);--> statement-breakpoint
CREATE INDEX `identifiers_that_drop` ON `exclusionIdentifiers` (`provisionalUntil`) WHERE "exclusionIdentifiers"."standing" = 'provisional';--> statement-breakpoint
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
	`endedAt` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exclusions_reference_unique` ON `exclusions` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_active_exclusion_a_person` ON `exclusions` (`personId`) WHERE "exclusions"."state" = 'active';--> statement-breakpoint
CREATE INDEX `exclusions_of_a_person` ON `exclusions` (`personId`,`startedAt`);--> statement-breakpoint
CREATE INDEX `exclusions_that_end` ON `exclusions` (`endsAt`) WHERE "exclusions"."state" = 'active' and "exclusions"."endMode" = 'automatic';--> statement-breakpoint
CREATE TABLE `extensions` (
	`exclusionId` text NOT NULL,
	`commandId` text NOT NULL,
	`at` integer NOT NULL,
	`policy` text NOT NULL,
	`policyVersion` integer NOT NULL,
	`endMode` text NOT NULL,
	`endsAt` integer,
	PRIMARY KEY(`exclusionId`, `commandId`)
);
--> statement-breakpoint
CREATE TABLE `phoneHolders` (
	`p` blob PRIMARY KEY NOT NULL,
	`personId` text NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `operatorEpochs` (
	`operator` text NOT NULL,
	`epoch` integer NOT NULL,
	`pairKeyId` text NOT NULL,
	`rootEpoch` integer NOT NULL,
	`state` text NOT NULL,
	`until` integer,
	PRIMARY KEY(`operator`, `epoch`)
);
--> statement-breakpoint
CREATE TABLE `operatorKeys` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`operator` text NOT NULL,
	`state` text NOT NULL,
	`sealedReply` blob NOT NULL,
	`issuedAt` integer NOT NULL,
	`revokedAt` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `operatorKeys_hash_unique` ON `operatorKeys` (`hash`);--> statement-breakpoint
CREATE TABLE `operators` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`requiredKinds` text NOT NULL,
	`enrolledAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`action` text NOT NULL,
	`resource` text NOT NULL,
	`channel` text NOT NULL,
	`at` integer NOT NULL,
	`commandId` text,
	`payload` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `commands` (
	`id` text PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`result` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `due` (
	`task` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
