DROP INDEX `exclusions_of_person`;--> statement-breakpoint
CREATE INDEX `exclusions_of_person` ON `exclusions` (`personId`,`startedAt`,`id`);--> statement-breakpoint
DROP INDEX `roleAssignments_of_operator`;--> statement-breakpoint
CREATE INDEX `roleAssignments_of_operator` ON `roleAssignments` (`operator`,`id`);--> statement-breakpoint
CREATE INDEX `operators_of_state` ON `operators` (`state`,`name`,`id`);