import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** The media node, and the way to one. */
export const mediaErrors = {
	noMediaNode: { code: 'CALL-5008', status: 503, title: 'No media node is available' },
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
	invalidRtp: { code: 'MEDIA-6010', status: 422, title: 'The RTP parameters are not usable' },
	superseded: { code: 'MEDIA-6011', status: 409, title: 'This call was taken over by another page' },
	roomUnavailable: { code: 'MEDIA-6012', status: 503, title: 'The room is being rebuilt' },
	peerLimit: { code: 'MEDIA-6013', status: 429, title: 'Too many streams or transports' },
	staleGrant: { code: 'MEDIA-6014', status: 409, title: 'A newer media token is already in force' },
	frameRefused: {
		code: 'MEDIA-6015',
		status: 409,
		title: 'This is no continuation of a frame that may be sent now',
	},
	frameTooLarge: { code: 'MEDIA-6016', status: 413, title: 'The frame has too many bytes' },
	roomMoved: { code: 'MEDIA-6017', status: 409, title: 'The room stands on another media node now' },
	nodeRefused: { code: 'NODE-7001', status: 401, title: 'The media node credential is not valid' },
	nodeCityRefused: {
		code: 'NODE-7002',
		status: 403,
		title: 'The media node is not of the city that it announces',
	},
} as const satisfies ErrorEntries;
