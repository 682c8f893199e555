CREATE TABLE `propagationLapses` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`createdBy` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL,
	`version` integer NOT NULL,
	`operator` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`count` integer NOT NULL,
	`most` integer NOT NULL,
	`seenAt` integer NOT NULL,
	`caughtUpAt` integer,
	CONSTRAINT "propagationLapses_kind" CHECK("kind" in ('received', 'handled', 'session_ended', 'account_closed', 'marketing_removed', 'balance_returned')),
	CONSTRAINT "propagationLapses_state" CHECK("state" in ('open', 'caught-up'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `propagationLapses_open` ON `propagationLapses` (`operator`,`kind`) WHERE "propagationLapses"."state" = 'open';--> statement-breakpoint
CREATE INDEX `propagationLapses_of_state` ON `propagationLapses` (`state`,`since`,`id`);--> statement-breakpoint
CREATE INDEX `propagationLapses_by_since` ON `propagationLapses` (`since`,`id`);--> statement-breakpoint
CREATE INDEX `propagationLapses_of_operator` ON `propagationLapses` (`operator`,`since`,`id`);