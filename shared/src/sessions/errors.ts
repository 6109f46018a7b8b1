import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const sessionErrors = {
	unknownSession: { code: 'CALL-5001', status: 404, title: 'There is no such session' },
	alreadyAnswered: { code: 'CALL-5002', status: 409, title: 'Somebody else has answered this call' },
	sessionOver: { code: 'CALL-5003', status: 409, title: 'This session has ended' },
	notInThisState: { code: 'CALL-5004', status: 409, title: 'The session does not allow this now' },
	alreadyInSession: { code: 'CALL-5005', status: 409, title: 'You are in another session' },
	caseInSession: { code: 'CALL-5006', status: 409, title: 'This case has a session already' },
	inAnotherPage: { code: 'CALL-5007', status: 409, title: 'This call is open in another page' },
	notARungParty: { code: 'CALL-5009', status: 403, title: 'This call does not ring at your counter' },
} as const satisfies ErrorEntries;
