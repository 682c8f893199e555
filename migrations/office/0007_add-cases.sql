CREATE TABLE `caseDecisions` (
	`id` text PRIMARY KEY NOT NULL,
	`caseId` text NOT NULL,
	`act` text NOT NULL,
	`until` integer,
	`reason` text NOT NULL,
	`secondReason` text,
	`proposedBy` text NOT NULL,
	`secondedBy` text,
	`decidedAt` integer NOT NULL,
	`carriedOutAt` integer,
	`refusal` text,
	FOREIGN KEY (`caseId`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "caseDecisions_act" CHECK("act" in ('measure', 'grant', 'refuse', 'refuse-as-false', 'keep', 'overturn')),
	CONSTRAINT "caseDecisions_two" CHECK("caseDecisions"."secondedBy" is null or "caseDecisions"."secondedBy" <> "caseDecisions"."proposedBy"),
	CONSTRAINT "caseDecisions_outcome" CHECK("caseDecisions"."carriedOutAt" is null or "caseDecisions"."refusal" is null)
);
--> statement-breakpoint
CREATE INDEX `caseDecisions_of_case` ON `caseDecisions` (`caseId`,`id`);--> statement-breakpoint
CREATE TABLE `caseEvidence` (
	`id` text PRIMARY KEY NOT NULL,
	`caseId` text NOT NULL,
	`partyId` text,
	`digest` text NOT NULL,
	`bytes` integer NOT NULL,
	`type` text NOT NULL,
	`addedAt` integer NOT NULL,
	`addedBy` text NOT NULL,
	`name` blob,
	FOREIGN KEY (`caseId`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`partyId`) REFERENCES `caseParties`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "caseEvidence_type" CHECK("type" in ('application/pdf', 'image/jpeg', 'image/png')),
	CONSTRAINT "caseEvidence_size" CHECK("caseEvidence"."bytes" between 1 and 5242880)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `caseEvidence_once_a_case` ON `caseEvidence` (`caseId`,`digest`);--> statement-breakpoint
CREATE TABLE `caseParties` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`caseId` text NOT NULL,
	`reference` text NOT NULL,
	`role` text NOT NULL,
	`phoneKey` text,
	`grounds` text NOT NULL,
	`foundFalseAt` integer,
	`withdrawnAt` integer,
	`box` blob,
	FOREIGN KEY (`caseId`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "caseParties_role" CHECK("role" in ('requester', 'subject'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `caseParties_by_reference` ON `caseParties` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `caseParties_one_voice` ON `caseParties` (`caseId`,`role`,`phoneKey`) WHERE "caseParties"."phoneKey" is not null;--> statement-breakpoint
CREATE INDEX `caseParties_of_case` ON `caseParties` (`caseId`,`createdAt`,`role`);--> statement-breakpoint
CREATE INDEX `caseParties_of_phone` ON `caseParties` (`phoneKey`,`createdAt`) WHERE "caseParties"."phoneKey" is not null;--> statement-breakpoint
CREATE TABLE `caseStatements` (
	`id` text PRIMARY KEY NOT NULL,
	`caseId` text NOT NULL,
	`partyId` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`box` blob,
	FOREIGN KEY (`caseId`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`partyId`) REFERENCES `caseParties`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "caseStatements_kind" CHECK("kind" in ('request', 'answer', 'appeal', 'objection'))
);
--> statement-breakpoint
CREATE INDEX `caseStatements_of_case` ON `caseStatements` (`caseId`,`id`);--> statement-breakpoint
CREATE TABLE `caseSteps` (
	`caseId` text NOT NULL,
	`number` integer NOT NULL,
	`event` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`act` text,
	`reason` text,
	PRIMARY KEY(`caseId`, `number`),
	FOREIGN KEY (`caseId`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "caseSteps_event" CHECK("event" in ('filed', 'joined', 'left', 'evidence-added', 'notified', 'answered', 'proposed', 'sent-back', 'measure-taken', 'decided', 'settled', 'appealed', 'appeal-decided', 'objected', 'time-passed', 'withdrawn')),
	CONSTRAINT "caseSteps_act" CHECK("act" in ('measure', 'grant', 'refuse', 'refuse-as-false', 'keep', 'overturn'))
);
--> statement-breakpoint
CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`reference` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`subjectKey` text,
	`personId` text,
	`exclusionReference` text,
	`grounds` text NOT NULL,
	`voices` integer NOT NULL,
	`askedUntil` integer,
	`operator` text,
	`happenedOn` text,
	`checks` text NOT NULL,
	`verdict` text,
	`dueAt` integer NOT NULL,
	`hearingUntil` integer,
	`notice` text,
	`measureUntil` integer,
	`imposedAs` text,
	`proposedAct` text,
	`proposedReason` text,
	`proposedBy` text,
	`proposedAt` integer,
	`proposedUntil` integer,
	`decision` text,
	`decidedAt` integer,
	`appealUntil` integer,
	`closedAt` integer,
	`erasedAt` integer,
	`dataKey` blob,
	`keyId` text,
	CONSTRAINT "cases_kind" CHECK("kind" in ('not-me', 'disputed-document', 'family', 'operator', 'court', 'review', 'longer', 'complaint')),
	CONSTRAINT "cases_state" CHECK("state" in ('open', 'hearing', 'decided', 'appealed', 'closed', 'withdrawn')),
	CONSTRAINT "cases_verdict" CHECK("verdict" in ('verified', 'mismatch', 'unavailable')),
	CONSTRAINT "cases_proposedAct" CHECK("proposedAct" in ('measure', 'grant', 'refuse', 'refuse-as-false', 'keep', 'overturn')),
	CONSTRAINT "cases_decision" CHECK("decision" in ('grant', 'refuse', 'refuse-as-false')),
	CONSTRAINT "cases_voices" CHECK("cases"."voices" >= 0),
	CONSTRAINT "cases_proposal_whole" CHECK(("cases"."proposedAct" is null) = ("cases"."proposedBy" is null) and ("cases"."proposedAct" is null) = ("cases"."proposedReason" is null) and ("cases"."proposedAct" is null) = ("cases"."proposedAt" is null)),
	CONSTRAINT "cases_decided" CHECK(("cases"."decision" is null) = ("cases"."decidedAt" is null) and ("cases"."decision" is not null or "cases"."state" not in ('decided', 'appealed', 'closed'))),
	CONSTRAINT "cases_closed" CHECK(("cases"."closedAt" is not null) = ("cases"."state" in ('closed', 'withdrawn'))),
	CONSTRAINT "cases_erased" CHECK(("cases"."erasedAt" is null) = ("cases"."dataKey" is not null) and ("cases"."dataKey" is null) = ("cases"."keyId" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_by_reference` ON `cases` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_one_about_somebody` ON `cases` (`kind`,`subjectKey`) WHERE "cases"."state" in ('open', 'hearing') and "cases"."kind" <> 'complaint';--> statement-breakpoint
CREATE INDEX `cases_of_exclusion` ON `cases` (`exclusionReference`,`id`) WHERE "cases"."exclusionReference" is not null;--> statement-breakpoint
CREATE INDEX `cases_not_over_by_urgency` ON `cases` (`dueAt`,`id`) WHERE "cases"."closedAt" is null;--> statement-breakpoint
CREATE INDEX `cases_of_state_and_kind` ON `cases` (`state`,`kind`,`dueAt`,`id`);--> statement-breakpoint
CREATE INDEX `cases_of_state` ON `cases` (`state`,`dueAt`,`id`);--> statement-breakpoint
CREATE INDEX `cases_proposed` ON `cases` (`dueAt`,`id`) WHERE "cases"."proposedBy" is not null;--> statement-breakpoint
CREATE INDEX `cases_to_close` ON `cases` (`appealUntil`) WHERE "cases"."appealUntil" is not null and "cases"."closedAt" is null;--> statement-breakpoint
CREATE INDEX `cases_to_erase` ON `cases` (`closedAt`) WHERE "cases"."closedAt" is not null and "cases"."erasedAt" is null;--> statement-breakpoint
CREATE INDEX `cases_by_key` ON `cases` (`keyId`) WHERE "cases"."keyId" is not null;