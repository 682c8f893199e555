CREATE TABLE `keyAnswers` (
	`keyId` text NOT NULL,
	`day` integer NOT NULL,
	`purpose` text NOT NULL,
	`clear` integer NOT NULL,
	`found` integer NOT NULL,
	PRIMARY KEY(`keyId`, `day`, `purpose`)
);
--> statement-breakpoint
CREATE INDEX `keyAnswers_by_day` ON `keyAnswers` (`day`);