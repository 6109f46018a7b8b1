import { expect, test } from 'vitest';
import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import type { Diagnosis } from '@counter-hub/shared/links/matrix.ts';
import { diagnosisWords } from '../../web/src/features/links/diagnosisWords.ts';
import { diagnosisKey, isAbout } from '../../web/src/features/links/evidence.ts';

const ways = CITIES.flatMap(({ code: from }) =>
	CITIES.filter(({ code }) => code !== from).map(({ code: to }) => ({ from, to })),
);
const JINHUA = '330700';
const HANGZHOU = '330100';

test.each<[Diagnosis['kind'], Diagnosis['cities'], number, string]>([
	['everything', [], 72, '所有连线都不通'],
	['node', [JINHUA], 16, '金华的媒体节点离线'],
	['city', [JINHUA], 16, '金华收发都不通'],
	['sends', [JINHUA], 8, '金华发往各市的都不通'],
	['receives', [JINHUA], 8, '各市发往金华的都不通'],
	['path', [HANGZHOU, JINHUA], 2, '杭州与金华之间不通'],
])('L4 the evidence of “%s” %j is %i directions', (kind, cities, count, title) => {
	expect(ways.filter((way) => isAbout({ kind, cities }, way))).toHaveLength(count);
	expect(diagnosisWords({ kind, cities }).title).toContain(title);
	expect(diagnosisWords({ kind, cities }).remedy.length).toBeGreaterThan(10);
});

test('L4 the same trouble in a later reading is the same', () => {
	expect(diagnosisKey({ kind: 'path', cities: [HANGZHOU, JINHUA] })).toBe(
		diagnosisKey({ kind: 'path', cities: [HANGZHOU, JINHUA] }),
	);
	expect(diagnosisKey({ kind: 'sends', cities: [JINHUA] })).not.toBe(
		diagnosisKey({ kind: 'receives', cities: [JINHUA] }),
	);
});
