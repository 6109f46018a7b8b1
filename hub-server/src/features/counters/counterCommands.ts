import { trusted } from 'mongoose';
import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type {
	CounterView,
	createCounterBody,
	createWindowBody,
	updateCounterBody,
	updateWindowBody,
} from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { isDuplicateKey } from '../../platform/mongo.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { actBy, administratorOf, type PendingAct } from '../people/registerActs.ts';
import { settleActs } from '../people/settleActs.ts';
import { counterModel, counterViewOf, type CounterRecord, type WindowRecord } from './Counter.model.ts';
import { places } from './Places.ts';

const WINDOWS_MAX = 40;
const newWindow = (number: number, commandId?: string): WindowRecord => ({
	_id: newId(),
	number,
	open: true,
	version: 1,
	...(commandId !== undefined && { commandId }),
});

/** A new counter with windows numbered from 1. A repeat of the command returns what it made. */
export async function createCounter(
	hub: HubContext,
	principal: Principal,
	body: z.output<typeof createCounterBody>,
): Promise<CounterView> {
	assertMay(may.manage(principal.actor, body.cityCode));
	const { cityCode, name, centreName, windows } = body;
	const record: CounterRecord = {
		_id: newId(),
		cityCode,
		name,
		centreName,
		managingBody: body.managingBody ?? '',
		managingPerson: body.managingPerson ?? '',
		address: body.address ?? '',
		phone: body.phone ?? '',
		windows: Array.from({ length: windows }, (_, index) => newWindow(index + 1)),
		version: 1,
		commandId: body.commandId,
		pendingActs: [
			actBy(administratorOf(principal), 'counter.created', { cityCode, name, windows }, body.commandId),
		],
	};
	try {
		await counterModel(hub.connection).create(record);
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		const made = await counterModel(hub.connection).findOne({ commandId: body.commandId }).lean();
		if (!made) throw new AppError('nameTaken', { params: { name }, cause: error });
		assertMay(may.manage(principal.actor, made.cityCode));
		return settled(hub, made);
	}
	return settled(hub, record);
}

export async function updateCounter(
	hub: HubContext,
	principal: Principal,
	id: string,
	{ version, ...changes }: z.output<typeof updateCounterBody>,
): Promise<CounterView> {
	const before = await requireCounter(hub, principal, id);
	if (before.version !== version) throw new AppError('staleVersion');
	const changed = Object.entries(changes).flatMap(([field, value]) =>
		value === undefined || value === before[field as keyof typeof changes] ? [] : [field],
	);
	if (changed.length === 0) return counterViewOf(before);
	const act = actBy(administratorOf(principal), 'counter.changed', { changed });
	const record = await refuseTakenName(changes.name ?? '', () =>
		counterModel(hub.connection)
			.findOneAndUpdate(
				{ _id: id, version },
				{ $set: changes, $inc: { version: 1 }, $push: { pendingActs: act } },
				{ returnDocument: 'after' },
			)
			.lean(),
	);
	if (!record) throw new AppError('staleVersion');
	return settled(hub, record);
}

/**
 * A repeat of the command returns the counter with the window that it made.
 * @throws AppError `nameTaken` where the counter has a window of that number, `tooManyWindows`
 */
export async function createWindow(
	hub: HubContext,
	principal: Principal,
	id: string,
	{ commandId, number }: z.output<typeof createWindowBody>,
): Promise<CounterView> {
	const before = await requireCounter(hub, principal, id);
	const { windows } = before;
	const isIts = (one: WindowRecord) => one.commandId === commandId;
	if (windows.some(isIts)) return settled(hub, before);
	if (windows.length >= WINDOWS_MAX) throw new AppError('tooManyWindows', { params: { most: WINDOWS_MAX } });
	const window = newWindow(number, commandId);
	const made = { windowId: window._id, number };
	const act = actBy(administratorOf(principal), 'window.created', made, commandId);
	const record = await counterModel(hub.connection)
		.findOneAndUpdate(
			{
				_id: id,
				'windows.number': trusted({ $ne: number }),
				[`windows.${WINDOWS_MAX - 1}`]: trusted({ $exists: false }),
			},
			{ $push: { windows: window, pendingActs: act }, $inc: { version: 1 } },
			{ returnDocument: 'after' },
		)
		.lean();
	if (record) return settled(hub, record);
	// The same command through another hub may have been faster by a moment.
	const now = await requireCounter(hub, principal, id);
	if (!now.windows.some(isIts)) throw new AppError('nameTaken', { params: { name: number } });
	return settled(hub, now);
}

export async function updateWindow(
	hub: HubContext,
	principal: Principal,
	id: string,
	windowId: string,
	{ version, open }: z.output<typeof updateWindowBody>,
): Promise<CounterView> {
	const counter = await requireCounter(hub, principal, id);
	if (!counter.windows.some(({ _id }) => _id === windowId)) throw new AppError('unknownWindow');
	const act: PendingAct = actBy(administratorOf(principal), 'window.changed', { windowId, open });
	const record = await counterModel(hub.connection)
		.findOneAndUpdate(
			{ _id: id, windows: trusted({ $elemMatch: { _id: windowId, version } }) },
			{
				$set: { 'windows.$.open': open },
				$inc: { 'windows.$.version': 1, version: 1 },
				$push: { pendingActs: act },
			},
			{ returnDocument: 'after' },
		)
		.lean();
	if (!record) throw new AppError('staleVersion');
	return settled(hub, record);
}

async function requireCounter(hub: HubContext, principal: Principal, id: string): Promise<CounterRecord> {
	assertMay(may.manageAny(principal.actor));
	const record = await counterModel(hub.connection).findById(id).lean();
	if (!record) throw new AppError('notFound');
	assertMay(may.manage(principal.actor, record.cityCode));
	return record;
}

async function settled(hub: HubContext, record: CounterRecord): Promise<CounterView> {
	places(hub).forget();
	await settleActs(hub, 'counter', [record]);
	return counterViewOf(record);
}

async function refuseTakenName<T>(name: string, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		if (isDuplicateKey(error)) throw new AppError('nameTaken', { params: { name }, cause: error });
		throw error;
	}
}
