import { describe, expect, it } from 'vitest';
import { followOn } from '../../web/src/features/timeline/followOn.ts';

const seqs = (...numbers: number[]) => numbers.map((seq) => ({ seq }));

describe('the live view of a timeline converges by sequence number', () => {
	it('takes what follows its head, whatever the order and however often it comes', () => {
		expect(followOn(3, seqs(5, 4, 4, 3, 6))).toEqual(seqs(4, 5, 6));
	});
	it('takes nothing beyond a gap', () => {
		expect(followOn(3, seqs(5, 6))).toEqual([]);
		expect(followOn(3, seqs(4, 6))).toEqual(seqs(4));
	});
});
