import { z } from 'zod';
import { cityCode, knownCity } from '../cities/cities.ts';
import { commandId, counterId, staffId, uuid } from '../ids/ids.ts';
import { linkCause, linkDate } from './linkMeasurement.ts';
import { finding, linkLimits, verdict } from './linkTerms.ts';
import { receivedLink } from './measured.ts';

/**
 * 通过 · 注意 · 不通 · 检测中 · 等待 (measured as soon as both ends are there) · 不检 (a city that is closed that day) ·
 * 过时 (measured so long ago that it says little).
 */
const cellState = z
	.enum(['pass', 'warn', 'fail', 'running', 'waiting', 'notDue', 'stale'])
	.meta({ id: 'LinkState' });
export type CellState = z.infer<typeof cellState>;

const endInWords = z.object({
	counterId,
	counterName: z.string(),
	windowNumber: z.int().nullable(),
	staffId,
	displayName: z.string(),
});
export type EndInWords = z.infer<typeof endInWords>;

/** One direction between two counters, as last measured. */
const linkOfCounters = z.object({
	from: endInWords,
	to: endInWords,
	at: z.iso.datetime(),
	cause: linkCause,
	/** The exchange, or the session of the call, in which it was measured. */
	sourceId: uuid,
	verdict,
	findings: z.array(finding),
	measured: receivedLink.nullable(),
	/** The nodes that the two came in by. */
	path: z.tuple([z.string().nullable(), z.string().nullable()]),
});
export type LinkOfCounters = z.infer<typeof linkOfCounters>;

/** One direction between two cities: as bad as the worst of its counters. */
const matrixCell = z.object({
	from: cityCode,
	to: cityCode,
	state: cellState,
	/** The last verdict, whatever the state is now. */
	verdict: verdict.nullable(),
	/** Of the day before on which anything was measured. */
	before: verdict.nullable(),
	counters: z.array(linkOfCounters),
});
export type MatrixCell = z.infer<typeof matrixCell>;

const matrixCity = z.object({
	cityCode,
	/** Whether its counters serve that day. */
	due: z.boolean(),
	/** Checked windows that are there now. */
	ready: z.int(),
	/** Its media nodes: how many are known, and how many of them are there. */
	nodes: z.object({ known: z.int(), there: z.int() }),
});
export type MatrixCity = z.infer<typeof matrixCity>;

/**
 * Where the trouble is, by the pattern: `everything` the hub or the whole network; `city` whatever goes to and from it:
 * its node or line; `sends`, `receives` one way only: its cameras and uplink, or its downlink; `path` between two alone.
 */
const diagnosis = z.object({
	kind: z.enum(['everything', 'node', 'city', 'sends', 'receives', 'path']),
	/** One city, or the two of a path; none where it is everything. */
	cities: z.array(cityCode),
	/** Directions that do not work, and those that were measured at all, of those that it is about. */
	failed: z.int(),
	of: z.int(),
});
export type Diagnosis = z.infer<typeof diagnosis>;

export const linkMatrix = z
	.object({
		date: linkDate,
		at: z.iso.datetime(),
		cities: z.array(matrixCity),
		cells: z.array(matrixCell),
		diagnoses: z.array(diagnosis),
	})
	.meta({ id: 'LinkMatrix' });
export type LinkMatrix = z.infer<typeof linkMatrix>;

export const matrixQuery = z.strictObject({ date: linkDate.optional() });

/** Days of one direction that a page may ask for at once. */
const DAYS_MAX = 366;
export const historyQuery = z.strictObject({
	from: knownCity,
	to: knownCity,
	days: z.coerce.number().int().min(1).max(DAYS_MAX).default(30),
});

/** One direction between two cities on one day; a day without measurements is missing. */
const linkHistoryDay = z.object({
	date: linkDate,
	/** The last of the day. */
	verdict,
	/** The worst of the day. */
	worst: verdict,
	/** Medians of the day; null where no measurement has the figure. */
	roundTripMs: z.number().nullable(),
	lossPercent: z.number().nullable(),
	measurements: z.int(),
});
export const linkHistory = z
	.object({ from: cityCode, to: cityCode, until: linkDate, days: z.array(linkHistoryDay) })
	.meta({ id: 'LinkHistory' });
export type LinkHistory = z.infer<typeof linkHistory>;

/** What a city has decided of its links, by which all that arrives there is judged. */
export const linkLimitsOfCity = z
	.object({
		/** Rises with each change; 0 while nobody has decided anything. */
		version: z.int(),
		limits: linkLimits,
	})
	.meta({ id: 'LinkLimitsOfCity' });
export type LinkLimitsOfCity = z.infer<typeof linkLimitsOfCity>;
/** `version`: the one last read, so that two administrators do not overwrite each other. */
export const linkLimitsBody = z.strictObject({
	commandId,
	version: z.int().min(0),
	limits: linkLimits,
});
