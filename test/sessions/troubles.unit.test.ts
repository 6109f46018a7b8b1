import { expect, it } from 'vitest';
import { lasting, troublesOf, type Troubles } from '../../web/src/features/sessions/troubles.ts';

const well = { streams: [], local: [], stalled: [], quality: null };

it('F7 F23 names each picture that stands still or comes slowly, of either side', () => {
	const papers = { id: 'papers', stalled: true, strained: true };
	const face = { id: 'face', stalled: false, strained: false };
	const screen = { source: 'screen', budget: 800_000 } as const;
	const document = { source: 'document', budget: null } as const;
	expect(
		troublesOf({ ...well, streams: [papers, face], local: [screen, document], stalled: ['document'] }),
	).toEqual(['still papers', 'slow papers', 'still own-document', 'slow own-screen']);
});

it.each([
	[0, []],
	[1, ['weak']],
	[2, ['weak']],
	[3, []],
	[4, []],
] as const)('calls a line of level %i by its name; what is not measured is not weak', (level, found) => {
	expect(troublesOf({ ...well, quality: { level } })).toEqual(found);
});

it('F7 counts from the beginning of each trouble, and anew when it comes back', () => {
	const none: Troubles = new Map();
	const still = lasting(none, ['still papers'], 1_000);
	const both = lasting(still, ['slow papers', 'still papers'], 4_000);
	expect(both.get('still papers')).toBe(1_000);
	expect(both.get('slow papers')).toBe(4_000);
	const over = lasting(both, ['slow papers'], 5_000);
	expect(over.has('still papers')).toBe(false);
	expect(lasting(over, ['slow papers', 'still papers'], 9_000).get('still papers')).toBe(9_000);
});

it('tells nothing new while nothing changes', () => {
	const weak = lasting(new Map(), ['weak'], 1_000);
	expect(lasting(weak, ['weak'], 2_000)).toBe(weak);
});
