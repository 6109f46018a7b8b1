import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const guideErrors = {
	unknownGuide: { code: 'GUIDE-4801', status: 404, title: 'There is no such edition of this guide' },
	unknownGuideSection: { code: 'GUIDE-4802', status: 404, title: 'The guide has no such section' },
} as const satisfies ErrorEntries;
