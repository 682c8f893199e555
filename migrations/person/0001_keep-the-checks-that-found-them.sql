CREATE TABLE `checks` (
	`answerId` text PRIMARY KEY NOT NULL,
	`operator` text NOT NULL,
	`purpose` text NOT NULL,
	`hour` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `checks_by_hour` ON `checks` (`hour`);