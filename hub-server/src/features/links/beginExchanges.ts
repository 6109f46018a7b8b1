import { trusted } from 'mongoose';
import { z } from 'zod';
import { newId, uuid } from '@counter-hub/shared/ids/ids.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { ExchangeTask } from '@counter-hub/shared/links/exchanges.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { isDuplicateKey } from '../../platform/mongo.ts';
import { defineSignal } from '../../platform/stream/Signals.ts';
import { signals } from '../../signals.ts';
import { places } from '../counters/Places.ts';
import { nodeForRoom } from '../media-nodes/nodesInReach.ts';
import { admit } from '../rooms/admission.ts';
import { dueExchanges, slotsOf, type DueExchange } from './dueExchanges.ts';
import { exchangeModel, type ExchangeEnd, type ExchangeRecord } from './Exchange.model.ts';
import { exchangeRules } from './exchangeRoom.ts';
import type { LinkEndRecord } from './LinkEnd.model.ts';
import { linkDayModel } from './linkDays.ts';
import { BEGUN_AT_ONCE, EXCHANGE_MS, MEASURE_SECONDS } from './linkTimes.ts';
import { linkWishModel } from './linkWishes.ts';
import { roomOfPage } from './readyEnds.ts';
import { linkNews } from './linkNews.ts';

const begun = defineSignal('links.begun', z.strictObject({ exchangeId: uuid }));

/** Pages of this hub that belong to an exchange that any hub began are told, each with its own way in. */
export function followBeginnings(hub: HubContext): void {
	signals(hub).on(begun, async ({ exchangeId }) => {
		linkNews(hub).tell();
		const exchange = await exchangeModel(hub.connection).findById(exchangeId).lean();
		if (exchange?.state !== 'running') return;
		for (const end of exchange.ends) {
			const { namespace } = hubSockets(hub);
			if (!namespace.adapter.rooms.has(roomOfPage(end.pageId))) continue;
			const task = await taskFor(hub, exchange, end);
			namespace.local.to(roomOfPage(end.pageId)).emit('link:measure', task);
		}
	});
}

/** Begins what can be measured now; what another hub has begun meanwhile is left to it. */
export async function beginExchanges(
	hub: HubContext,
	ends: readonly LinkEndRecord[],
	cutOff: ReadonlySet<CityCode>,
): Promise<void> {
	const now = hub.now();
	const date = shanghaiDate(now);
	// First what goes on: what has ended by then has its result in the documents that are read after it.
	const running = await exchangeModel(hub.connection)
		.find({ state: 'running' }, { counters: 1, slots: 1 })
		.lean();
	const [days, wishes] = await Promise.all([
		linkDayModel(hub.connection).find({ date }).lean(),
		linkWishModel(hub.connection).find().lean(),
	]);
	const due = dueExchanges({
		now,
		ends,
		running,
		days: new Map(days.map((day) => [day.pair, day])),
		wishes: new Map(wishes.map(({ _id, at }) => [_id, at.getTime()])),
		cutOff,
	});
	for (const one of due.slice(0, BEGUN_AT_ONCE)) await begin(hub, date, one);
}

async function begin(hub: HubContext, date: string, { ends, counters, slots }: DueExchange): Promise<void> {
	const node = await nodeForRoom(
		hub,
		ends.map(({ cityCode }) => cityCode),
	);
	// Without any node nothing can be measured; that nodes are away is said elsewhere.
	if (!node) return;
	const startedAt = new Date(hub.now());
	const exchange: ExchangeRecord = {
		_id: newId(startedAt.getTime()),
		date,
		ends: [endOf(ends[0]), endOf(ends[1])],
		counters,
		slots,
		state: 'running',
		nodeId: node.nodeId,
		startedAt,
		until: new Date(startedAt.getTime() + EXCHANGE_MS),
		joined: [],
		reports: [null, null],
	};
	try {
		await exchangeModel(hub.connection).create(exchange);
	} catch (error) {
		if (isDuplicateKey(error)) return;
		throw error;
	}
	await signals(hub).send(begun, { exchangeId: exchange._id });
}

const endOf = ({ _id, staffId, displayName, cityCode, counterId, windowId }: LinkEndRecord): ExchangeEnd => ({
	pageId: _id,
	staffId,
	displayName,
	cityCode,
	counterId,
	windowId,
});

/** The exchanges that a page is in, each with its way in. */
export async function tasksOf(hub: HubContext, pageId: string): Promise<ExchangeTask[]> {
	const running = await exchangeModel(hub.connection)
		.find({ state: 'running', slots: trusted({ $in: slotsOf(pageId) }) })
		.lean();
	const tasks: ExchangeTask[] = [];
	for (const exchange of running) {
		const end = exchange.ends.find((one) => one.pageId === pageId);
		if (end) tasks.push(await taskFor(hub, exchange, end));
	}
	return tasks;
}

async function taskFor(hub: HubContext, exchange: ExchangeRecord, end: ExchangeEnd): Promise<ExchangeTask> {
	const other = exchange.ends.find(({ pageId }) => pageId !== end.pageId) ?? end;
	const counter = await places(hub).requireCounter(other.counterId);
	return {
		exchangeId: exchange._id,
		admission: await admit(hub, exchangeRules, exchange, end),
		with: {
			cityCode: other.cityCode,
			counterId: other.counterId,
			counterName: counter.name,
			windowNumber: counter.windows.find(({ id }) => id === other.windowId)?.number ?? null,
			displayName: other.displayName,
		},
		seconds: MEASURE_SECONDS,
		until: exchange.until.toISOString(),
	};
}
