import { trusted } from 'mongoose';
import { addDays, startOfDay } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { HubContext } from '../../HubContext.ts';
import { moveShift } from './moveShift.ts';
import { shiftModel } from './shiftProjections.ts';

const SWEEP_MS = 30_000;
const SWEPT_AT_ONCE = 200;
/** So long after the end of its day a shift that nobody closed is over: past the end of any late service. */
const GRACE_MS = 4 * 3_600_000;

/**
 * A shift that nobody closed, and a handover that nobody confirmed, end by themselves in the small hours after their day;
 * which is shown and not made good (S7.1a). Any hub does it, by an ordinary command.
 */
export function sweepLapses(hub: HubContext): void {
	hub.sweeper.every(SWEEP_MS, 'shifts that nobody closed', async () => {
		// Of yesterday, once the grace is over, and of all days before.
		const date = shanghaiDate(hub.now() - GRACE_MS);
		const found = await shiftModel(hub.connection)
			.find(
				{
					date: trusted({ $lt: date }),
					$or: [{ closedAt: null }, { 'handover.state': 'offered' }],
				},
				{ date: 1, version: 1 },
			)
			.limit(SWEPT_AT_ONCE)
			.lean();
		for (const { _id: shiftId, date: ofShift, version } of found) {
			try {
				await moveShift(hub, {
					shiftId,
					commandId: `lapse:${shiftId}:${version}`,
					content: { lapse: shiftId },
					actor: { kind: 'system', by: 'deadline' },
					decide: ({ closedAt, handover }) => {
						const isDue = closedAt === null || handover?.state === 'offered';
						const isTime = hub.now() >= startOfDay(addDays(ofShift, 1)) + GRACE_MS;
						return isDue && isTime ? { type: 'shift.lapsed', data: {} } : null;
					},
				});
			} catch (error) {
				hub.logger.warn({ err: error, shiftId }, 'a shift could not be ended; it is tried again');
			}
		}
	});
}
