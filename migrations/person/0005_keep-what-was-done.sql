CREATE TABLE `audit` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`action` text NOT NULL,
	`resource` text NOT NULL,
	`channel` text NOT NULL,
	`at` integer NOT NULL,
	`commandId` text,
	`payload` text NOT NULL,
	`actor` text
);
