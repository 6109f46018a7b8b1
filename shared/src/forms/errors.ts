import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const formErrors = {
	unknownForm: { code: 'FORM-1201', status: 404, title: 'The item of this case has no such form' },
	unknownField: { code: 'FORM-1202', status: 422, title: 'The form has no such field, or the row is gone' },
	wrongFieldValue: { code: 'FORM-1203', status: 422, title: 'This cannot stand in a field of that kind' },
	fieldChanged: {
		code: 'FORM-1204',
		status: 409,
		title: 'The field was changed elsewhere meanwhile; read it and choose',
	},
	formEdition: { code: 'FORM-1205', status: 409, title: 'The form has another edition; load it anew' },
	formIncomplete: { code: 'FORM-1206', status: 422, title: 'Something is missing in the form, or wrong' },
	formChanged: {
		code: 'FORM-1207',
		status: 409,
		title: 'The form was changed meanwhile; look at it again before you complete it',
	},
	unknownComment: { code: 'FORM-1208', status: 404, title: 'There is no such comment on the form' },
	tooManyComments: { code: 'FORM-1209', status: 429, title: 'The form has as many comments as it can have' },
} as const satisfies ErrorEntries;
