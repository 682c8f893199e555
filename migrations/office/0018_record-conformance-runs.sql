CREATE TABLE `conformanceResults` (
	`run` text NOT NULL,
	`place` integer NOT NULL,
	`scenario` text NOT NULL,
	`came` text,
	`passed` integer,
	`at` integer,
	PRIMARY KEY(`run`, `place`),
	FOREIGN KEY (`run`) REFERENCES `conformanceRuns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `conformanceRuns` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`operator` text NOT NULL,
	`address` text NOT NULL,
	`secret` blob,
	`state` text NOT NULL,
	`kit` text NOT NULL,
	`hash` text NOT NULL,
	`endsBy` integer NOT NULL,
	`endedAt` integer,
	`checksBefore` integer,
	`testChecks` integer,
	`certificate` text,
	CONSTRAINT "conformanceRuns_state" CHECK("state" in ('running', 'passed', 'failed')),
	CONSTRAINT "conformanceRuns_certified" CHECK((certificate is not null) = (state = 'passed')),
	CONSTRAINT "conformanceRuns_secret" CHECK((secret is not null) = (state = 'running'))
);
--> statement-breakpoint
CREATE INDEX `conformanceRuns_of_operator` ON `conformanceRuns` (`operator`,`createdAt`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `conformanceRuns_running` ON `conformanceRuns` (`operator`) WHERE state = 'running';