ALTER TABLE `operatorKeys` ADD `mode` text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE `operatorKeys` ADD `name` text;