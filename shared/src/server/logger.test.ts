import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** What a process of its own writes to its log. */
function logged(fields: object): string {
	const module = new URL('logger.ts', import.meta.url).href;
	const script = `const { createLogger } = await import(${JSON.stringify(module)});
		createLogger('info').info(${JSON.stringify(fields)}, 'told');`;
	const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
	expect(stderr).toContain('"msg":"told"');
	return stderr;
}

it('T-11 an applicant’s name, ID number and telephone number do not reach the log, nor do secrets', () => {
	const person = { name: '何清', citizenId: '310117190001010012', phone: '13800000000' };
	const lines = [
		logged({ ...person }),
		logged({ found: { citizenId: person.citizenId, phone: person.phone } }),
		logged({ person }),
		logged({ body: { person, password: 'open sesame' } }),
		logged({ token: 'open sesame', request: { headers: { authorization: 'open sesame' } } }),
	];
	for (const line of lines) expect(line).not.toMatch(/何清|310117190001010012|13800000000|open sesame/);
});
