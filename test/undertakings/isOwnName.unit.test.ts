import { expect, test } from 'vitest';
import { isOwnName } from '@counter-hub/shared/undertakings/isOwnName.ts';

test.each<[string, string, boolean]>([
	['陈静', '陈静', true],
	[' 陈静　', '陈静', true],
	['ＪＯＨＮ smith', 'John  Smith', true],
	['买买提·艾力', '买买提·艾力', true],
	['陈', '陈静', false],
	['陈静静', '陈静', false],
	['陈 静', '陈静', false],
	['', '陈静', false],
])('S4.3 %j typed by %j: %s', (typed, name, isOwn) => {
	expect(isOwnName(typed, name)).toBe(isOwn);
});
