CREATE TABLE `operatorApplications` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`reference` text NOT NULL,
	`state` text NOT NULL,
	`name` text NOT NULL,
	`tradingName` text,
	`registrationNumber` text NOT NULL,
	`website` text,
	`address` text NOT NULL,
	`licenceType` text NOT NULL,
	`kinds` text NOT NULL,
	`declaredCustomers` integer NOT NULL,
	`recommendation` text,
	`recommendedBy` text,
	`recommendedReason` text,
	`proposedUntil` integer,
	`proposedConditions` text,
	`decidedAt` integer,
	`decidedBy` text,
	`decisionReason` text,
	`operator` text,
	`contact` blob,
	`keyId` text,
	CONSTRAINT "operatorApplications_state" CHECK("state" in ('received', 'in-review', 'approved', 'refused', 'withdrawn')),
	CONSTRAINT "operatorApplications_licenceType" CHECK("licenceType" in ('online_betting', 'land_based_casino', 'lottery', 'sports_betting', 'online_casino')),
	CONSTRAINT "operatorApplications_recommendation" CHECK("recommendation" in ('approve', 'refuse')),
	CONSTRAINT "operatorApplications_recommended" CHECK(("operatorApplications"."recommendation" is null) = ("operatorApplications"."recommendedBy" is null) and ("operatorApplications"."recommendation" is null) = ("operatorApplications"."recommendedReason" is null)),
	CONSTRAINT "operatorApplications_terms" CHECK(("operatorApplications"."recommendation" is not null and "operatorApplications"."recommendation" = 'approve') = ("operatorApplications"."proposedUntil" is not null) and ("operatorApplications"."proposedUntil" is null) = ("operatorApplications"."proposedConditions" is null)),
	CONSTRAINT "operatorApplications_two" CHECK("operatorApplications"."state" not in ('approved', 'refused') or ("operatorApplications"."recommendedBy" is not null and "operatorApplications"."recommendedBy" <> "operatorApplications"."decidedBy")),
	CONSTRAINT "operatorApplications_decided" CHECK(("operatorApplications"."decidedAt" is null) = ("operatorApplications"."state" in ('received', 'in-review')) and ("operatorApplications"."decidedAt" is null) = ("operatorApplications"."decidedBy" is null)),
	CONSTRAINT "operatorApplications_enrolled" CHECK("operatorApplications"."operator" is null or "operatorApplications"."state" = 'approved'),
	CONSTRAINT "operatorApplications_contact" CHECK(("operatorApplications"."contact" is null) = ("operatorApplications"."keyId" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `operatorApplications_by_reference` ON `operatorApplications` (`reference`);--> statement-breakpoint
CREATE INDEX `operatorApplications_by_time` ON `operatorApplications` (`createdAt`,`id`);--> statement-breakpoint
CREATE INDEX `operatorApplications_of_state` ON `operatorApplications` (`state`,`createdAt`,`id`);--> statement-breakpoint
CREATE INDEX `operatorApplications_of_company` ON `operatorApplications` (`registrationNumber`);--> statement-breakpoint
CREATE INDEX `operatorApplications_to_enrol` ON `operatorApplications` (`state`,`decidedAt`) WHERE "operatorApplications"."operator" is null;--> statement-breakpoint
CREATE INDEX `operatorApplications_to_erase` ON `operatorApplications` (`decidedAt`) WHERE "operatorApplications"."decidedAt" is not null and "operatorApplications"."contact" is not null;--> statement-breakpoint
CREATE INDEX `operatorApplications_by_key` ON `operatorApplications` (`keyId`) WHERE "operatorApplications"."keyId" is not null;--> statement-breakpoint
CREATE TABLE `licenceSteps` (
	`licenceId` text NOT NULL,
	`number` integer NOT NULL,
	`event` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	`expiresAt` integer NOT NULL,
	PRIMARY KEY(`licenceId`, `number`),
	FOREIGN KEY (`licenceId`) REFERENCES `licences`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "licenceSteps_event" CHECK("event" in ('issued', 'renewed', 'amended', 'suspended', 'reinstated', 'revoked'))
);
--> statement-breakpoint
CREATE TABLE `licenceWarnings` (
	`licenceId` text NOT NULL,
	`expiresAt` integer NOT NULL,
	`days` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`licenceId`, `expiresAt`, `days`),
	FOREIGN KEY (`licenceId`) REFERENCES `licences`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `licences` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`number` text NOT NULL,
	`operator` text NOT NULL,
	`operatorApplicationId` text,
	`type` text NOT NULL,
	`conditions` text NOT NULL,
	`requiredKinds` text NOT NULL,
	`issuedAt` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`state` text NOT NULL,
	`supersededAt` integer,
	FOREIGN KEY (`operatorApplicationId`) REFERENCES `operatorApplications`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "licences_type" CHECK("type" in ('online_betting', 'land_based_casino', 'lottery', 'sports_betting', 'online_casino')),
	CONSTRAINT "licences_state" CHECK("state" in ('in-force', 'suspended', 'revoked')),
	CONSTRAINT "licences_span" CHECK("licences"."expiresAt" > "licences"."issuedAt"),
	CONSTRAINT "licences_superseded" CHECK("licences"."supersededAt" is null or "licences"."state" = 'revoked')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `licences_by_number` ON `licences` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `licences_one_an_operator` ON `licences` (`operator`) WHERE "licences"."supersededAt" is null;--> statement-breakpoint
CREATE INDEX `licences_of_operator` ON `licences` (`operator`,`issuedAt`);--> statement-breakpoint
CREATE INDEX `licences_by_end` ON `licences` (`expiresAt`,`id`) WHERE "licences"."supersededAt" is null;--> statement-breakpoint
CREATE INDEX `licences_of_state_by_end` ON `licences` (`state`,`expiresAt`,`id`) WHERE "licences"."supersededAt" is null;--> statement-breakpoint
CREATE TABLE `operatorInvitations` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`operator` text NOT NULL,
	`role` text NOT NULL,
	`state` text NOT NULL,
	`expiresAt` integer NOT NULL,
	`phoneKey` text,
	`userId` text,
	`contact` blob,
	`keyId` text,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "operatorInvitations_role" CHECK("role" in ('operator_admin', 'operator_user', 'api_user')),
	CONSTRAINT "operatorInvitations_state" CHECK("state" in ('open', 'accepted', 'withdrawn', 'lapsed')),
	CONSTRAINT "operatorInvitations_open" CHECK(("operatorInvitations"."state" = 'open') = ("operatorInvitations"."contact" is not null) and ("operatorInvitations"."contact" is null) = ("operatorInvitations"."keyId" is null) and ("operatorInvitations"."contact" is null) = ("operatorInvitations"."phoneKey" is null)),
	CONSTRAINT "operatorInvitations_accepted" CHECK(("operatorInvitations"."state" = 'accepted') = ("operatorInvitations"."userId" is not null))
);
--> statement-breakpoint
CREATE INDEX `operatorInvitations_of_operator` ON `operatorInvitations` (`operator`,`createdAt`,`id`);--> statement-breakpoint
CREATE INDEX `operatorInvitations_of_phone` ON `operatorInvitations` (`phoneKey`) WHERE "operatorInvitations"."phoneKey" is not null;--> statement-breakpoint
CREATE INDEX `operatorInvitations_to_lapse` ON `operatorInvitations` (`expiresAt`) WHERE "operatorInvitations"."state" = 'open';--> statement-breakpoint
CREATE INDEX `operatorInvitations_by_key` ON `operatorInvitations` (`keyId`) WHERE "operatorInvitations"."keyId" is not null;--> statement-breakpoint
ALTER TABLE `operators` ADD `licensedUntil` integer;--> statement-breakpoint
CREATE INDEX `operatorChanges_by_time` ON `operatorChanges` (`operator`,`at`,`id`);