import { trusted } from 'mongoose';
import type { z } from 'zod';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { createStaffBody, Post, StaffView, updateStaffBody } from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { isDuplicateKey } from '../../platform/mongo.ts';
import { liveSockets } from '../auth/LiveSockets.ts';
import { hashPassword, newOneTimePassword } from '../auth/passwords.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { guesses, signIns } from '../auth/services.ts';
import { places } from '../counters/Places.ts';
import { actBy, administratorOf } from './registerActs.ts';
import { settleActs } from './settleActs.ts';
import { staffModel, staffSearch, staffViewOf, type StaffRecord } from './Staff.model.ts';
import { staffNames } from './StaffNames.ts';

/**
 * A new person with a one-time password, which is returned once and stored nowhere: a repeat of the command gives another
 * one, as long as nobody has signed in or changed anything since.
 */
export async function createStaff(
	hub: HubContext,
	principal: Principal,
	body: z.output<typeof createStaffBody>,
): Promise<{ staff: StaffView; password: string }> {
	assertMay(may.manageAll(principal.actor, body.cities));
	const post = await checkedPost(hub, body);
	const now = new Date(hub.now());
	const password = newOneTimePassword();
	const record: StaffRecord = {
		_id: newId(),
		name: body.name,
		displayName: body.displayName,
		search: staffSearch(body),
		...post,
		passwordHash: await hashPassword(password),
		mustChangePassword: true,
		disabled: false,
		lastSignInAt: null,
		demo: false,
		version: 1,
		createdAt: now,
		changedAt: now,
		commandId: body.commandId,
		pendingActs: [actBy(administratorOf(principal), 'staff.created', post, body.commandId)],
	};
	try {
		await staffModel(hub.connection).create(record);
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		const made = await registeredBefore(hub, principal, body.commandId, record.passwordHash);
		if (!made) throw new AppError('nameTaken', { params: { name: body.name }, cause: error });
		return { staff: made, password };
	}
	await settleActs(hub, 'staff', [record]);
	return { staff: staffViewOf(record), password };
}

/** Whom this very command registered, under a new one-time password; null where it was none, or something has happened since. */
async function registeredBefore(
	hub: HubContext,
	{ actor }: Principal,
	commandId: string,
	passwordHash: string,
): Promise<StaffView | null> {
	const made = await staffModel(hub.connection).findOne({ commandId }).lean();
	if (!made) return null;
	assertMay(may.manageAll(actor, made.cities));
	const record = await staffModel(hub.connection)
		.findOneAndUpdate(
			{ _id: made._id, version: 1, lastSignInAt: null },
			{ $set: { passwordHash } },
			{ returnDocument: 'after' },
		)
		.lean();
	if (!record) return null;
	await settleActs(hub, 'staff', [record]);
	return staffViewOf(record);
}

/** Changes name, post or access. Who is disabled is signed out everywhere at once. */
export async function updateStaff(
	hub: HubContext,
	principal: Principal,
	id: string,
	body: z.output<typeof updateStaffBody>,
): Promise<StaffView> {
	const before = await requireStaff(hub, principal, id);
	if (body.post) assertMay(may.manageAll(principal.actor, body.post.cities));
	const post = body.post ? await checkedPost(hub, body.post) : postOf(before);
	const disabled = body.disabled ?? before.disabled;
	const displayName = body.displayName ?? before.displayName;
	const changed = [
		...(displayName === before.displayName ? [] : ['displayName']),
		...(JSON.stringify(post) === JSON.stringify(postOf(before)) ? [] : ['post']),
		...(disabled === before.disabled ? [] : ['disabled']),
	];
	if (before.version !== body.version) throw new AppError('staleVersion');
	if (changed.length === 0) {
		// Once more what an earlier attempt may have left undone.
		await takeEffect(hub, before);
		return staffViewOf(before);
	}
	const act = actBy(administratorOf(principal), 'staff.changed', { changed, ...post, disabled });
	const now = new Date(hub.now());
	const left = disabled || post.role !== 'administrator' ? [] : post.cities;
	const givenUp =
		before.role === 'administrator' && !before.disabled
			? before.cities.filter((city) => !left.includes(city))
			: [];
	const record = await staffModel(hub.connection)
		.findOneAndUpdate(
			{ _id: id, version: body.version },
			{
				$set: {
					displayName,
					search: staffSearch({ name: before.name, displayName }),
					...post,
					disabled,
					changedAt: now,
				},
				$inc: { version: 1 },
				$push: { pendingActs: act },
			},
			{ returnDocument: 'after' },
		)
		.lean();
	if (!record) throw new AppError('staleVersion');
	if (!(await haveAdministrator(hub, givenUp))) {
		await undo(hub, before, record, act.commandId);
		throw new AppError('lastAdministrator');
	}
	await takeEffect(hub, record);
	await settleActs(hub, 'staff', [record]);
	return staffViewOf(record);
}

/** Before the timeline, which may keep one waiting: nobody works on with rights that are taken away. */
async function takeEffect(hub: HubContext, { _id: id, disabled }: StaffRecord): Promise<void> {
	staffNames(hub).forget(id);
	if (disabled) await signIns(hub).revoke({ staffId: id }, 'disabled', new Date(hub.now()));
	await liveSockets(hub).renewRights([id]);
}

/** A new one-time password; ends the person's sign-ins and a lock-out. */
export async function resetPassword(
	hub: HubContext,
	principal: Principal,
	id: string,
): Promise<{ staff: StaffView; password: string }> {
	await requireStaff(hub, principal, id);
	const password = newOneTimePassword();
	const now = new Date(hub.now());
	const record = await staffModel(hub.connection)
		.findOneAndUpdate(
			{ _id: id },
			{
				$set: { passwordHash: await hashPassword(password), mustChangePassword: true, changedAt: now },
				$inc: { version: 1 },
				$push: { pendingActs: actBy(administratorOf(principal), 'staff.passwordReset', {}) },
			},
			{ returnDocument: 'after' },
		)
		.lean();
	if (!record) throw new AppError('notFound');
	await signIns(hub).revoke({ staffId: id }, 'passwordReset', now);
	await guesses(hub).lift(record.name);
	await settleActs(hub, 'staff', [record]);
	return { staff: staffViewOf(record), password };
}

/** Lets a person, and whoever else was slowed down under this name, try again at once. */
export async function liftSlowing(hub: HubContext, principal: Principal, id: string): Promise<StaffView> {
	await requireStaff(hub, principal, id);
	const act = actBy(administratorOf(principal), 'staff.slowingLifted', {});
	const record = await staffModel(hub.connection)
		.findOneAndUpdate({ _id: id }, { $push: { pendingActs: act } }, { returnDocument: 'after' })
		.lean();
	if (!record) throw new AppError('notFound');
	await guesses(hub).lift(record.name);
	await settleActs(hub, 'staff', [record]);
	return staffViewOf(record);
}

async function requireStaff(hub: HubContext, principal: Principal, id: string): Promise<StaffRecord> {
	assertMay(may.manageAny(principal.actor));
	const record = await staffModel(hub.connection).findById(id).lean();
	if (!record) throw new AppError('notFound');
	assertMay(may.manageAll(principal.actor, record.cities));
	return record;
}

const postOf = ({ role, cities, counterId }: Post): Post => ({ role, cities: [...cities], counterId });

/** Clerks and approvers are bound to a counter and its city, the others to cities only. */
async function checkedPost(hub: HubContext, post: Post): Promise<Post> {
	const atCounter = post.role === 'clerk' || post.role === 'approver';
	if (!atCounter) return { role: post.role, cities: [...new Set(post.cities)].sort(), counterId: null };
	if (post.counterId === null)
		throw new AppError('unknownCounter', { detail: `A ${post.role} needs a counter` });
	const counter = await places(hub).requireCounter(post.counterId);
	if (post.cities.length !== 1 || post.cities[0] !== counter.cityCode) {
		throw new AppError('unknownCounter', { detail: 'The counter is not in the city of the post' });
	}
	return { role: post.role, cities: [counter.cityCode], counterId: counter.id };
}

/** Whether somebody manages each of these cities. */
async function haveAdministrator(hub: HubContext, cities: readonly CityCode[]): Promise<boolean> {
	const found = await Promise.all(
		cities.map((city) =>
			staffModel(hub.connection).exists({ role: 'administrator', disabled: false, cities: city }),
		),
	);
	return found.every((one) => one !== null);
}

/** Two administrators may disable each other at the same moment: so the rule is checked after the write, and the write undone. */
async function undo(
	hub: HubContext,
	before: StaffRecord,
	after: StaffRecord,
	commandId: string,
): Promise<void> {
	await staffModel(hub.connection).updateOne(
		{ _id: before._id, version: after.version },
		{
			$set: {
				displayName: before.displayName,
				search: before.search,
				...postOf(before),
				disabled: before.disabled,
			},
			$inc: { version: 1 },
			$pull: { pendingActs: trusted({ commandId }) },
		},
	);
}
