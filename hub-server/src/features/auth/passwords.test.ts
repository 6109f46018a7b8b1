import { expect, it } from 'vitest';
import { newOneTimePassword } from './passwords.ts';

it('S4.1 a one-time password can be read out: no two of its characters sound or look alike', () => {
	for (let i = 0; i < 500; i++)
		expect(newOneTimePassword()).toMatch(/^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){3}$/);
});
