CREATE TABLE `canaries` (
	`p` blob PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`excluded` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `canaries_by_id` ON `canaries` (`id`);--> statement-breakpoint
ALTER TABLE `operators` ADD `declaredCustomers` integer DEFAULT 0 NOT NULL;