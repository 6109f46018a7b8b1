import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const stillErrors = {
	unknownStill: { code: 'STILL-4601', status: 404, title: 'There is no such still' },
	notAPicture: {
		code: 'STILL-4602',
		status: 422,
		title: 'The bytes are no picture of the size that was said, or of a kind that is not taken',
	},
	pictureTooLarge: { code: 'STILL-4603', status: 422, title: 'The picture has more pixels than are taken' },
	tooManyStills: { code: 'STILL-4604', status: 409, title: 'The case has as many stills as it can hold' },
	nobodyToAsk: { code: 'STILL-4605', status: 409, title: 'The other side is not in the call' },
	alreadyStruck: { code: 'STILL-4606', status: 409, title: 'The still was struck out before' },
	unknownMaterial: { code: 'STILL-4607', status: 422, title: 'The item has no such material' },
} as const satisfies ErrorEntries;
