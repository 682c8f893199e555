CREATE INDEX `roleAssignments_by_role` ON `roleAssignments` (`role`,`userId`);--> statement-breakpoint
CREATE INDEX `users_by_time` ON `users` (("deletedAt" is not null),`createdAt`,`id`);--> statement-breakpoint
CREATE INDEX `users_of_state` ON `users` (`state`,("deletedAt" is not null),`createdAt`,`id`);