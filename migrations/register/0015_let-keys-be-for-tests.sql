ALTER TABLE `operatorKeys` ADD `mode` text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE `operatorKeys` ADD `name` text;--> statement-breakpoint
CREATE INDEX `operatorKeys_of_operator` ON `operatorKeys` (`operator`,`issuedAt`,`id`);