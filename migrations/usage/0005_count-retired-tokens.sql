CREATE TABLE `staleChecks` (
	`hour` integer PRIMARY KEY NOT NULL,
	`asked` integer NOT NULL,
	`retired` integer NOT NULL
);
