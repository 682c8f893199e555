CREATE TABLE `keyAllowances` (
	`keyId` text PRIMARY KEY NOT NULL,
	`perSecond` real NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tokenGenerations` (
	`operator` text NOT NULL,
	`p` text NOT NULL,
	`epoch` integer NOT NULL,
	`least` integer NOT NULL,
	PRIMARY KEY(`operator`, `p`)
);
--> statement-breakpoint
ALTER TABLE `operatorKeys` ADD `scopes` text DEFAULT '["checks","scrubs","tokens"]' NOT NULL;--> statement-breakpoint
ALTER TABLE `operatorKeys` ADD `expiresAt` integer;--> statement-breakpoint
ALTER TABLE `operatorKeys` ADD `networks` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `operatorKeys` ADD `perSecond` integer DEFAULT 100 NOT NULL;--> statement-breakpoint
ALTER TABLE `operatorKeys` ADD `perDay` integer DEFAULT 100000 NOT NULL;--> statement-breakpoint
CREATE INDEX `epochs_to_retire` ON `operatorEpochs` (`until`) WHERE "operatorEpochs"."state" = 'grace';--> statement-breakpoint
UPDATE `changes` SET `body` = json_set(body, '$.key.scopes', json('["checks","scrubs","tokens"]'), '$.key.expiresAt', json('null'),
	'$.key.networks', json('[]'), '$.key.perSecond', 100, '$.key.perDay', 100000) WHERE `type` = 'key';
