import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** Signing in, and what a person may do. */
export const authErrors = {
	wrongCredentials: { code: 'AUTH-2001', status: 401, title: 'Name or password is wrong' },
	lockedOut: {
		code: 'AUTH-2002',
		status: 423,
		title: 'Too many wrong passwords; the next attempt must wait',
	},
	notSignedIn: { code: 'AUTH-2003', status: 401, title: 'Not signed in, or the sign-in has expired' },
	signInRevoked: { code: 'AUTH-2004', status: 401, title: 'This sign-in was ended' },
	accountDisabled: { code: 'AUTH-2005', status: 403, title: 'This account is disabled' },
	passwordChangeRequired: { code: 'AUTH-2006', status: 403, title: 'Choose a password of your own first' },
	weakPassword: { code: 'AUTH-2007', status: 422, title: 'This password is too weak' },
	notAllowed: { code: 'AUTH-2008', status: 403, title: 'Your role does not allow this' },
} as const satisfies ErrorEntries;
