UPDATE `directory` SET `body` = json_set(body, '$.scopes', json('["checks","scrubs","tokens"]'), '$.expiresAt', json('null'),
	'$.networks', json('[]'), '$.perSecond', 100, '$.perDay', 100000) WHERE `kind` = 'keys';--> statement-breakpoint
UPDATE `log` SET `body` = json_set(body, '$.scopes', json('["checks","scrubs","tokens"]'), '$.expiresAt', json('null'),
	'$.networks', json('[]'), '$.perSecond', 100, '$.perDay', 100000) WHERE `type` = 'key';
