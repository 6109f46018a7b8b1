import { expect, test } from 'vitest';
import { guide } from '@counter-hub/shared/guides/guides.ts';
import { ANNEX_A } from '@counter-hub/hub-server/features/catalogue/annexA.ts';
import { assembleGuide } from '@counter-hub/hub-server/features/guides/assembleGuide.ts';
import { EDITIONS, editionOf, type Edition } from '@counter-hub/hub-server/features/guides/editions.ts';
import { texts2026 } from '@counter-hub/hub-server/features/guides/texts/texts2026.ts';

const place = {
	city: '330100',
	counters: [
		{ name: '杭州专窗', centreName: '杭州市政务服务中心', address: '某路 1 号', phone: '0571-00000000' },
	],
} as const;
const edition: Edition = { version: '2026.1', validFrom: '2026-01-01', texts: texts2026 };

test.each(ANNEX_A.map((item) => [item.no, item.name, item] as const))(
	'S4.4a item %i %s has a guide in which nothing is empty',
	(no, _name, item) => {
		const made = guide.parse(assembleGuide(item, place, edition));
		for (const { id, entries } of made.sections) {
			expect(entries.length, id).toBeGreaterThan(0);
			for (const { term, text } of entries) expect(text, `${id} ${term ?? ''}`).not.toBe('');
		}
		const of = (id: string) => made.sections.find((section) => section.id === id)?.entries ?? [];
		expect(of('materials')).toHaveLength(item.materials.length);
		expect(of('conditional').map(({ term }) => term)).toEqual(
			item.materials.filter(({ conditional }) => conditional).map(({ name }) => name),
		);
		expect(
			of('limit')
				.map(({ text }) => text)
				.join()
				.includes('待核标准原文'),
		).toBe(!item.limit.verified);
		expect(of('mistakes').length).toBeGreaterThanOrEqual(no === 8 ? 1 : 7);
		expect(of('decides').some(({ term }) => term === '杭州专窗')).toBe(!item.guidanceOnly);
	},
);

test('S4.4a the edition in force goes by the day; an earlier one is found by its name', () => {
	const editions = [edition, { ...edition, version: '2027.1', validFrom: '2027-03-01' }];
	expect(editionOf(editions, '2027-02-28')?.version).toBe('2026.1');
	expect(editionOf(editions, '2027-03-01')?.version).toBe('2027.1');
	expect(editionOf(editions, '2027-03-01', '2026.1')?.version).toBe('2026.1');
	expect(editionOf(editions, '2025-12-31')).toBeUndefined();
	expect(editionOf(editions, '2027-03-01', '2030.1')).toBeUndefined();
	const days = EDITIONS.map(({ validFrom }) => validFrom);
	expect(days.toSorted()).toEqual(days);
});
