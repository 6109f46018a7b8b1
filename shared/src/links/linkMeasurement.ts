import { z } from 'zod';
import { cityCode, type CityCode } from '../cities/cities.ts';
import { counterId, sessionId, staffId, uuid, windowId } from '../ids/ids.ts';
import { finding, verdict } from './linkTerms.ts';
import { receivedLink } from './measured.ts';

/** A calendar date in Asia/Shanghai. */
export const linkDate = z.iso.date();

/** One end of a link: a window of a counter that was there, and who sat at it. */
const linkEnd = z.object({
	cityCode,
	counterId,
	windowId: windowId.nullable(),
	staffId,
	/** By which media node its page came in; null where it did not come. */
	nodeId: z.string().nullable(),
});
export type LinkEnd = z.infer<typeof linkEnd>;

/** One direction, judged by what its receiving end measured. */
export const linkResult = z
	.object({ verdict, findings: z.array(finding).max(20), measured: receivedLink.nullable() })
	.meta({ id: 'LinkResult' });
export type LinkResult = z.infer<typeof linkResult>;

/** How it came to be measured: by an exchange, in a call of the day, or known by the hub without one. */
export const linkCause = z.enum(['exchange', 'call', 'node']);

/** In the order of their cities' codes. */
const ends = z.tuple([linkEnd, linkEnd]);

/** What two ends found of each other (L3, L4): `forth` from the first end to the second, `back` the other way. */
export const linkMeasurement = z.object({
	exchangeId: uuid,
	date: linkDate,
	cause: linkCause.exclude(['call']),
	/** Of the cause `node`: the cities whose media nodes were all away. */
	away: z.array(cityCode).max(2).exactOptional(),
	ends,
	forth: linkResult,
	back: linkResult,
});
export type LinkMeasurement = z.infer<typeof linkMeasurement>;

/** From the first end to the second, or the other way. */
const linkWay = z.enum(['forth', 'back']);
export type LinkWay = z.infer<typeof linkWay>;

/** What one end of a call of the day received of the other: one direction, and what of it can be judged. */
export const callMeasurement = z.object({
	sessionId,
	date: linkDate,
	ends,
	way: linkWay,
	result: linkResult,
});
export type CallMeasurement = z.infer<typeof callMeasurement>;

/** `310117-330100`: two cities, the smaller code first. */
export type LinkPair = `${CityCode}-${CityCode}`;
export const pairOf = (one: CityCode, other: CityCode): LinkPair =>
	one < other ? `${one}-${other}` : `${other}-${one}`;
