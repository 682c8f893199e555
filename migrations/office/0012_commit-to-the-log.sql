PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_auditEntries` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`resource` text NOT NULL,
	`actorKind` text NOT NULL,
	`actorId` text NOT NULL,
	`network` text,
	`agent` text,
	`country` text,
	`county` text,
	`commandId` text,
	`payload` text NOT NULL,
	`source` text DEFAULT 'office' NOT NULL,
	`channel` text,
	`outcome` text DEFAULT 'done' NOT NULL,
	`requestId` text,
	`reason` text,
	`salt` blob,
	`leaf` integer,
	CONSTRAINT "auditEntries_actorKind" CHECK("actorKind" in ('user', 'operator', 'citizen', 'bootstrap', 'system')),
	CONSTRAINT "auditEntries_source" CHECK("source" in ('register', 'office', 'usage', 'vault')),
	CONSTRAINT "auditEntries_outcome" CHECK("outcome" in ('done', 'refused', 'failed'))
);
--> statement-breakpoint
INSERT INTO `__new_auditEntries`("position", "id", "at", "action", "resource", "actorKind", "actorId", "network", "agent", "country", "county", "commandId", "payload", "salt") SELECT "position", "id", "at", "action", "resource", "actorKind", "actorId", "network", "agent", "country", "county", "commandId", "payload", randomblob(32) FROM `auditEntries`;--> statement-breakpoint
DROP TABLE `auditEntries`;--> statement-breakpoint
ALTER TABLE `__new_auditEntries` RENAME TO `auditEntries`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `auditEntries_by_time` ON `auditEntries` (`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_of_resource` ON `auditEntries` (`resource`,`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_of_actor` ON `auditEntries` (`actorKind`,`actorId`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `auditEntries_by_id` ON `auditEntries` (`id`);--> statement-breakpoint
CREATE INDEX `auditEntries_waiting` ON `auditEntries` (`source`,`position`) WHERE "auditEntries"."leaf" is null;
