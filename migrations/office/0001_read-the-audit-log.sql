DROP INDEX `accessTokens_of_user`;--> statement-breakpoint
DROP INDEX `roleAssignments_by_role`;--> statement-breakpoint
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
	CONSTRAINT "auditEntries_actorKind" CHECK("actorKind" in ('user', 'operator', 'citizen', 'bootstrap', 'system'))
);
--> statement-breakpoint
INSERT INTO `__new_auditEntries`("position", "id", "at", "action", "resource", "actorKind", "actorId", "network", "agent", "country", "county", "commandId", "payload") SELECT "position", "id", "at", "action", "resource", "actorKind", "actorId", "network", "agent", "country", "county", "commandId", "payload" FROM `auditEntries`;--> statement-breakpoint
DROP TABLE `auditEntries`;--> statement-breakpoint
ALTER TABLE `__new_auditEntries` RENAME TO `auditEntries`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `auditEntries_by_time` ON `auditEntries` (`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_of_resource` ON `auditEntries` (`resource`,`at`);--> statement-breakpoint
CREATE INDEX `auditEntries_of_actor` ON `auditEntries` (`actorKind`,`actorId`,`at`);--> statement-breakpoint
CREATE TABLE `__new_guard` (
	`changed` integer PRIMARY KEY NOT NULL,
	CONSTRAINT "guard_one_row_changed" CHECK("__new_guard"."changed" = 1)
);
--> statement-breakpoint
INSERT INTO `__new_guard`("changed") SELECT "changed" FROM `guard`;--> statement-breakpoint
DROP TABLE `guard`;--> statement-breakpoint
ALTER TABLE `__new_guard` RENAME TO `guard`;