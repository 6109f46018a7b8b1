import { trusted } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { failed, judge } from '@counter-hub/shared/links/judge.ts';
import { pairOf, type LinkResult } from '@counter-hub/shared/links/linkMeasurement.ts';
import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';
import type { HubContext } from '../../HubContext.ts';
import type { HubSocketData } from '../../hubSockets.ts';
import { participantIdOf } from '../media-nodes/MediaGrants.ts';
import { slotsOf } from './dueExchanges.ts';
import { endBy } from './endBy.ts';
import { breakOff, end } from './endings.ts';
import { exchangeModel, type ExchangeEnd, type ExchangeRecord } from './Exchange.model.ts';
import { readLinkLimits } from './linkLimits.ts';
import { linkEndModel } from './LinkEnd.model.ts';
import { recordMeasurement } from './recordMeasurement.ts';

/**
 * What one end received. With the second report the exchange is settled at once.
 * @throws AppError `notInExchange`, `exchangeOver`
 */
export async function report(
	hub: HubContext,
	{ pageId, actor }: HubSocketData,
	exchangeId: string,
	measured: MeasuredLink,
): Promise<void> {
	const exchange = await exchangeModel(hub.connection).findById(exchangeId).lean();
	const which = exchange?.ends.findIndex((one) => one.pageId === pageId && one.staffId === actor.staffId);
	if (!exchange || which === undefined || which < 0) throw new AppError('notInExchange');
	if (exchange.reports[which]) return;
	const field = `reports.${which}`;
	const after = await exchangeModel(hub.connection)
		.findOneAndUpdate(
			{ _id: exchangeId, state: 'running', [field]: null },
			{ $set: { [field]: measured } },
			{ returnDocument: 'after' },
		)
		.lean();
	if (!after) throw new AppError('exchangeOver');
	if (isComplete(after)) await settle(hub, after);
}

/** Settles what is complete, which its hub may have left behind, and what waits no longer. */
export async function settleDue(hub: HubContext): Promise<void> {
	const running = await exchangeModel(hub.connection).find({ state: 'running' }).sort({ until: 1 }).lean();
	for (const exchange of running)
		if (isComplete(exchange) || exchange.until.getTime() <= hub.now()) await settle(hub, exchange);
}

/** Both have told, and both were seen in the room by a node. */
const isComplete = (exchange: ExchangeRecord): boolean =>
	exchange.ends.every((one, at) => exchange.reports[at] && wasThere(exchange, one));

const wasThere = ({ _id, joined }: ExchangeRecord, { staffId }: ExchangeEnd): boolean =>
	joined.includes(participantIdOf(_id, staffId));

async function settle(hub: HubContext, exchange: ExchangeRecord): Promise<void> {
	const { _id, date, ends } = exchange;
	if (!isComplete(exchange) && (await isForsaken(hub, exchange))) return breakOff(hub, exchange);
	const [one, other] = ends;
	const [back, forth] = [await resultAt(hub, exchange, 0), await resultAt(hub, exchange, 1)];
	await recordMeasurement(hub, pairOf(one.cityCode, other.cityCode), `exchange:${_id}`, {
		type: 'link.measured',
		data: {
			exchangeId: _id,
			date,
			cause: 'exchange',
			ends: [await endBy(hub, one, exchange.nodeId), await endBy(hub, other, exchange.nodeId)],
			forth,
			back,
		},
	});
	await end(hub, exchange, 'done');
}

/** An end that told nothing is no longer there, or in a call: that is no fault of the link. */
async function isForsaken(hub: HubContext, { ends, reports }: ExchangeRecord): Promise<boolean> {
	const owing = ends.filter((_, at) => !reports[at]).map(({ pageId }) => pageId);
	const there = await linkEndModel(hub.connection).countDocuments({
		_id: trusted({ $in: owing }),
		expiresAt: trusted({ $gt: new Date(hub.now()) }),
	});
	return there < owing.length;
}

/** What arrived at one of the two ends, by the limits of its city. */
async function resultAt(hub: HubContext, exchange: ExchangeRecord, at: 0 | 1): Promise<LinkResult> {
	const receiver = exchange.ends[at];
	const measured = exchange.reports[at];
	if (!wasThere(exchange, receiver)) return { ...failed('absent'), measured: null };
	if (!measured) return { ...failed('unreported'), measured: null };
	return { ...judge(measured, await readLinkLimits(hub, receiver.cityCode)), measured };
}

/** The exchanges of a page that has something better to do. */
export async function forsake(hub: HubContext, pageId: string): Promise<void> {
	const running = await exchangeModel(hub.connection)
		.find({ state: 'running', slots: trusted({ $in: slotsOf(pageId) }) })
		.lean();
	for (const exchange of running) {
		const which = exchange.ends.findIndex((one) => one.pageId === pageId);
		if (!exchange.reports[which]) await breakOff(hub, exchange);
	}
}
