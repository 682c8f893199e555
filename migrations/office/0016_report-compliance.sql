CREATE TABLE `complianceReports` (
	`id` text PRIMARY KEY NOT NULL,
	`operator` text NOT NULL,
	`month` text NOT NULL,
	`edition` integer NOT NULL,
	`computedAt` integer NOT NULL,
	`computedBy` text NOT NULL,
	`reason` text,
	`tenths` integer,
	`part` real NOT NULL,
	`leastPart` real NOT NULL,
	`findings` text NOT NULL,
	CONSTRAINT "complianceReports_reason" CHECK(("complianceReports"."reason" is null) = ("complianceReports"."edition" = 1))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `complianceReports_once_an_edition` ON `complianceReports` (`operator`,`month`,`edition`);--> statement-breakpoint
CREATE INDEX `complianceReports_by_time` ON `complianceReports` (`computedAt`,`id`);--> statement-breakpoint
CREATE INDEX `complianceReports_of_operator` ON `complianceReports` (`operator`,`computedAt`,`id`);--> statement-breakpoint
CREATE INDEX `complianceReports_of_month` ON `complianceReports` (`month`,`computedAt`,`id`);--> statement-breakpoint
CREATE TABLE `complianceRuns` (
	`id` text PRIMARY KEY NOT NULL,
	`month` text NOT NULL,
	`startedAt` integer NOT NULL,
	`finishedAt` integer,
	`reached` text,
	`processed` integer NOT NULL,
	`failed` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `complianceRuns_of_month` ON `complianceRuns` (`month`,`id`);--> statement-breakpoint
CREATE TABLE `violations` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`operator` text NOT NULL,
	`state` text NOT NULL,
	`rule` text NOT NULL,
	`subject` text,
	`figures` text NOT NULL,
	`grounds` text,
	`accuser` text,
	`notifiedAt` integer,
	`respondUntil` integer,
	`response` text,
	`respondedAt` integer,
	`respondedBy` text,
	`decision` text,
	`decidedAt` integer,
	`decidedBy` text,
	`remedy` text,
	`remediedAt` integer,
	`remediedBy` text,
	`closing` text,
	`closedAt` integer,
	`closedBy` text,
	CONSTRAINT "violations_state" CHECK("state" in ('proposed', 'notified', 'responded', 'upheld', 'dismissed', 'remedied', 'closed')),
	CONSTRAINT "violations_rule" CHECK("rule" in ('canary-accepted', 'events-not-received', 'acknowledgements-overdue', 'by-hand')),
	CONSTRAINT "violations_grounds" CHECK(("violations"."grounds" is null) = ("violations"."subject" is not null)),
	CONSTRAINT "violations_notified" CHECK(("violations"."notifiedAt" is null) = ("violations"."state" = 'proposed') and ("violations"."notifiedAt" is null) = ("violations"."respondUntil" is null)),
	CONSTRAINT "violations_responded" CHECK(("violations"."response" is null) = ("violations"."respondedAt" is null)),
	CONSTRAINT "violations_decided" CHECK(("violations"."decision" is null) = ("violations"."state" in ('proposed', 'notified', 'responded')) and ("violations"."decision" is null) = ("violations"."decidedAt" is null)),
	CONSTRAINT "violations_heard" CHECK("violations"."decidedAt" is null or "violations"."respondedAt" is not null or "violations"."decidedAt" > "violations"."respondUntil"),
	CONSTRAINT "violations_two_officers" CHECK("violations"."decidedBy" is null or "violations"."decidedBy" <> "violations"."accuser"),
	CONSTRAINT "violations_remedied" CHECK(("violations"."remedy" is null) = ("violations"."remediedAt" is null)),
	CONSTRAINT "violations_closed" CHECK(("violations"."closedAt" is null) = ("violations"."state" <> 'closed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `violations_once_a_subject` ON `violations` (`subject`) WHERE "violations"."subject" is not null;--> statement-breakpoint
CREATE INDEX `violations_by_time` ON `violations` (`createdAt`,`id`);--> statement-breakpoint
CREATE INDEX `violations_of_state` ON `violations` (`state`,`createdAt`,`id`);--> statement-breakpoint
CREATE INDEX `violations_of_operator` ON `violations` (`operator`,`createdAt`,`id`);