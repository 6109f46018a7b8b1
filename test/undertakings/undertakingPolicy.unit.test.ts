import { expect, test } from 'vitest';
import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import { undertakingPolicy } from '@counter-hub/shared/undertakings/policy.ts';

const PERSON = { staffId: 'person', cities: ['310117'] } as const;

test.each<[string, Pick<Actor, 'staffId' | 'role' | 'cities'>, boolean[]]>([
	['the clerk himself', { staffId: 'person', role: 'clerk', cities: ['310117'] }, [true, false, true]],
	['another approver', { staffId: 'other', role: 'approver', cities: ['310117'] }, [true, false, false]],
	[
		'a supervisor of the city',
		{ staffId: 's', role: 'supervisor', cities: ['310117'] },
		[false, false, true],
	],
	[
		'an administrator of the city',
		{ staffId: 'a', role: 'administrator', cities: ['310117'] },
		[false, false, true],
	],
	[
		'an administrator of another',
		{ staffId: 'a', role: 'administrator', cities: ['330100'] },
		[false, false, false],
	],
	[
		'an administrator of all cities',
		{ staffId: 'a', role: 'administrator', cities: CITIES.map(({ code }) => code) },
		[false, true, true],
	],
])('X2 %s: sign, publish, read who has signed', (_who, post, expected) => {
	const actor: Actor = { ...post, counterId: null, mustChangePassword: false };
	expect([
		undertakingPolicy.signUndertaking(actor),
		undertakingPolicy.publishUndertaking(actor),
		undertakingPolicy.readSignatures(actor, PERSON),
	]).toEqual(expected);
});
