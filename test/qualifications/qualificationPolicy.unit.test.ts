import { expect, test } from 'vitest';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import { qualificationPolicy } from '@counter-hub/shared/qualifications/policy.ts';

const PERSON = { staffId: 'person', cities: ['310117'] } as const;
const STRUCK = { struck: { reason: '别人的证书' } };
const VALID = { struck: null };

test.each<[string, Pick<Actor, 'staffId' | 'role' | 'cities'>, boolean[]]>([
	[
		'the person himself',
		{ staffId: 'person', role: 'clerk', cities: ['310117'] },
		[false, true, true, false, false],
	],
	[
		'a colleague',
		{ staffId: 'other', role: 'clerk', cities: ['310117'] },
		[false, false, false, false, false],
	],
	[
		'an administrator of the city',
		{ staffId: 'a', role: 'administrator', cities: ['310117'] },
		[true, true, true, true, false],
	],
	[
		'an administrator of another',
		{ staffId: 'a', role: 'administrator', cities: ['330100'] },
		[false, false, false, false, false],
	],
	[
		'a supervisor of the city',
		{ staffId: 's', role: 'supervisor', cities: ['310117', '330100'] },
		[false, true, true, true, true],
	],
	[
		'a supervisor of another',
		{ staffId: 's', role: 'supervisor', cities: ['330100'] },
		[false, false, false, false, false],
	],
])('X2 %s: record, read, open a proof, open a struck one, read who opened', (_who, post, expected) => {
	const actor: Actor = { ...post, counterId: null, mustChangePassword: false };
	expect([
		qualificationPolicy.recordQualification(actor, PERSON),
		qualificationPolicy.readQualifications(actor, PERSON),
		qualificationPolicy.openProof(actor, PERSON, VALID),
		qualificationPolicy.openProof(actor, PERSON, STRUCK),
		qualificationPolicy.readProofAudit(actor, PERSON),
	]).toEqual(expected);
});
