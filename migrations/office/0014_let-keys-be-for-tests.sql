PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_operatorKeys` (
	`id` text PRIMARY KEY NOT NULL,
	`operator` text NOT NULL,
	`state` text NOT NULL,
	`scopes` text NOT NULL,
	`expiresAt` integer,
	`networks` text NOT NULL,
	`perSecond` integer NOT NULL,
	`perDay` integer NOT NULL,
	`issuedAt` integer NOT NULL,
	`revokedAt` integer,
	`generation` integer NOT NULL,
	`mode` text DEFAULT 'live' NOT NULL,
	`name` text,
	FOREIGN KEY (`operator`) REFERENCES `operators`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "operatorKeys_state" CHECK("__new_operatorKeys"."state" in ('active', 'revoked')),
	CONSTRAINT "operatorKeys_mode" CHECK("__new_operatorKeys"."mode" in ('live', 'test'))
);
--> statement-breakpoint
INSERT INTO `__new_operatorKeys`("id", "operator", "state", "scopes", "expiresAt", "networks", "perSecond", "perDay", "issuedAt", "revokedAt", "generation", "mode", "name") SELECT "id", "operator", "state", "scopes", "expiresAt", "networks", "perSecond", "perDay", "issuedAt", "revokedAt", "generation", 'live', NULL FROM `operatorKeys`;--> statement-breakpoint
DROP TABLE `operatorKeys`;--> statement-breakpoint
ALTER TABLE `__new_operatorKeys` RENAME TO `operatorKeys`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `operatorKeys_of_operator` ON `operatorKeys` (`operator`,`issuedAt`,`id`);