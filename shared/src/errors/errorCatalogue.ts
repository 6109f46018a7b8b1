/**
 * Every error a client can meet, once. The key is what code throws; `code` is what people quote on the telephone
 * and what the page translates. `status` is the HTTP status of the problem document.
 * `expose: false` means that the cause stays in the log and the client learns the code only.
 */
export const ERROR_CATALOGUE = {
	// requests as such
	invalidInput: { code: 'REQ-1001', status: 422, title: 'The input does not have the expected form' },
	malformedBody: { code: 'REQ-1002', status: 400, title: 'The body is not valid JSON' },
	bodyTooLarge: { code: 'REQ-1003', status: 413, title: 'The body is larger than allowed' },
	notFound: { code: 'REQ-1004', status: 404, title: 'There is nothing at this address' },
	tooManyRequests: { code: 'REQ-1005', status: 429, title: 'Too many requests' },
	unknownEvent: { code: 'REQ-1006', status: 400, title: 'This event is not known' },
	methodNotAllowed: { code: 'REQ-1007', status: 405, title: 'This method is not allowed here' },
	queueFull: { code: 'REQ-1008', status: 503, title: 'Too much work is waiting; try again shortly' },
	commandReused: {
		code: 'REQ-1009',
		status: 409,
		title: 'This command id was already used for something else',
	},
	foreignOrigin: { code: 'REQ-1010', status: 403, title: 'Requests from this origin are not accepted' },

	// people and rights
	wrongCredentials: { code: 'AUTH-2001', status: 401, title: 'Name or password is wrong' },
	lockedOut: {
		code: 'AUTH-2002',
		status: 423,
		title: 'This account is locked for a while after repeated failures',
	},
	notSignedIn: { code: 'AUTH-2003', status: 401, title: 'Not signed in, or the sign-in has expired' },
	signInRevoked: { code: 'AUTH-2004', status: 401, title: 'This sign-in was ended' },
	accountDisabled: { code: 'AUTH-2005', status: 403, title: 'This account is disabled' },
	passwordChangeRequired: { code: 'AUTH-2006', status: 403, title: 'Choose a password of your own first' },
	weakPassword: { code: 'AUTH-2007', status: 422, title: 'This password is too weak' },
	notAllowed: { code: 'AUTH-2008', status: 403, title: 'Your role does not allow this' },

	// people and places register
	nameTaken: { code: 'ORG-3001', status: 409, title: 'This name is already in use' },
	unknownCounter: { code: 'ORG-3002', status: 422, title: 'There is no such counter' },
	unknownWindow: { code: 'ORG-3003', status: 422, title: 'There is no such window at this counter' },
	staleVersion: { code: 'ORG-3004', status: 409, title: 'Somebody else changed this meanwhile' },
	lastAdministrator: {
		code: 'ORG-3005',
		status: 409,
		title: 'The last administrator of a city can be neither disabled nor given another post',
	},
	tooManyWindows: { code: 'ORG-3006', status: 422, title: 'A counter cannot have more windows' },

	// forms and cases
	invalidUscc: { code: 'FORM-1102', status: 422, title: 'The unified social credit code is not valid' },
	invalidCitizenId: { code: 'FORM-1103', status: 422, title: 'The ID number is not valid' },
	personalNumber: {
		code: 'FORM-1105',
		status: 422,
		title: 'This text holds an ID number or a mobile number, which the timeline must not keep',
	},
	invalidPhone: { code: 'FORM-1104', status: 422, title: 'The telephone number is not valid' },
	unknownItem: { code: 'CASE-4001', status: 422, title: 'There is no such item in the catalogue' },
	unknownCase: { code: 'CASE-4002', status: 404, title: 'There is no such case' },
	sameCity: { code: 'CASE-4003', status: 422, title: 'The permit-side counter must be of another city' },
	guidanceOnly: {
		code: 'CASE-4004',
		status: 422,
		title: 'This item is not filed at the counter; guide the applicant only',
	},

	// sessions
	unknownSession: { code: 'CALL-5001', status: 404, title: 'There is no such session' },
	alreadyAnswered: { code: 'CALL-5002', status: 409, title: 'Somebody else has answered this call' },
	sessionOver: { code: 'CALL-5003', status: 409, title: 'This session has ended' },
	notInThisState: { code: 'CALL-5004', status: 409, title: 'The session does not allow this now' },
	alreadyInSession: { code: 'CALL-5005', status: 409, title: 'You are in another session' },
	caseInSession: { code: 'CALL-5006', status: 409, title: 'This case has a session already' },
	inAnotherPage: { code: 'CALL-5007', status: 409, title: 'This call is open in another page' },
	noMediaNode: { code: 'CALL-5008', status: 503, title: 'No media node is available' },
	notARungParty: { code: 'CALL-5009', status: 403, title: 'This call does not ring at your counter' },

	// media node
	invalidGrant: { code: 'MEDIA-6001', status: 401, title: 'The media token is not valid' },
	grantExpired: { code: 'MEDIA-6002', status: 401, title: 'The media token has expired' },
	wrongRoom: { code: 'MEDIA-6003', status: 403, title: 'The media token is for another room' },
	publishForbidden: {
		code: 'MEDIA-6004',
		status: 403,
		title: 'The media token does not allow publishing this source',
	},
	lobbyOnly: { code: 'MEDIA-6006', status: 403, title: 'Not possible before the call is answered' },
	unknownProducer: { code: 'MEDIA-6008', status: 404, title: 'There is no such stream' },
	unknownConsumer: { code: 'MEDIA-6009', status: 404, title: 'There is no such received stream' },
	invalidRtp: { code: 'MEDIA-6010', status: 422, title: 'The RTP parameters are not usable' },
	superseded: { code: 'MEDIA-6011', status: 409, title: 'This call was taken over by another page' },
	roomUnavailable: { code: 'MEDIA-6012', status: 503, title: 'The room is being rebuilt' },
	peerLimit: { code: 'MEDIA-6013', status: 429, title: 'Too many streams or transports' },
	staleGrant: { code: 'MEDIA-6014', status: 409, title: 'A newer media token is already in force' },
	nodeRefused: { code: 'NODE-7001', status: 401, title: 'The media node credential is not valid' },

	// the rest
	unavailable: { code: 'SYS-9001', status: 503, title: 'The service is stopping or not ready' },
	databaseUnavailable: {
		code: 'SYS-9002',
		status: 503,
		title: 'The database does not answer; nothing was lost',
	},
	timeout: { code: 'SYS-9003', status: 504, title: 'No answer in time' },
	internal: { code: 'SYS-9999', status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { code: string; status: number; title: string }>;

export type ErrorKey = keyof typeof ERROR_CATALOGUE;
export type ErrorCode = (typeof ERROR_CATALOGUE)[ErrorKey]['code'];
