const PREFIX = 'watching:';

/** The room of the `/hub` sockets that watch a case. */
export const caseRoom = (caseId: string): string => `${PREFIX}${caseId}`;

/** The cases that somebody watches, by the rooms there are. */
export const watchedCases = (rooms: Iterable<string>): string[] =>
	[...rooms].filter((room) => room.startsWith(PREFIX)).map((room) => room.slice(PREFIX.length));
