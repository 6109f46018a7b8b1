import { trusted } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { SignInAnswer } from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { actBy } from '../people/registerActs.ts';
import { settleActs } from '../people/settleActs.ts';
import { staffModel, type StaffRecord } from '../people/Staff.model.ts';
import { signAccessToken } from './accessToken.ts';
import { assertStrongPassword, hashPassword, newOneTimePassword, verifyPassword } from './passwords.ts';
import type { Principal } from './Principal.ts';
import { guesses, signIns } from './services.ts';
import type { LiveSignIn, Whence } from './SignIns.ts';

export interface Admitted {
	answer: SignInAnswer;
	signIn: LiveSignIn;
}

let nobodysHash: string | undefined;
/** Checked in place of a hash for names that nobody has, so that both take the same time. */
const hashOfNobody = async () => (nobodysHash ??= await hashPassword(newOneTimePassword()));

/**
 * Signs a person in.
 * @throws AppError `wrongCredentials` (also for unknown names), `lockedOut` with `params.minutes`, `accountDisabled`
 */
export async function signIn(
	hub: HubContext,
	{ name, password }: { name: string; password: string },
	whence: Whence & { deviceId: string | null },
): Promise<Admitted> {
	const now = new Date(hub.now());
	const { address, deviceId } = whence;
	const staff = await staffModel(hub.connection).findOne({ name }).lean();
	const attempt = await guesses(hub).begin({ name, address, deviceId }, now);
	const right = await guesses(hub).check(attempt, async () =>
		fits(password, staff?.passwordHash ?? (await hashOfNobody())),
	);
	if (!right || !staff) {
		const wait = await guesses(hub).wrong(attempt, staff !== null, now);
		if (staff && wait !== null) await noteSlowed(hub, staff._id, wait);
		throw new AppError('wrongCredentials');
	}
	await guesses(hub).right(attempt, now);
	if (staff.disabled) throw new AppError('accountDisabled');
	const live = await signIns(hub).create(staff._id, whence, now);
	// A password that was changed, or an account disabled, meanwhile has ended the sign-ins that it knew of.
	const { matchedCount } = await staffModel(hub.connection).updateOne(
		{ _id: staff._id, passwordHash: staff.passwordHash, disabled: false },
		{ lastSignInAt: now },
	);
	if (matchedCount === 0) {
		await signIns(hub).revoke({ _id: live.id }, 'revoked', now);
		throw new AppError('wrongCredentials');
	}
	return admit(hub, staff, live);
}

/** A password as it was given, or without what pasting brings along at its ends: blanks, line ends, unseen characters. */
async function fits(password: string, hash: string): Promise<boolean> {
	if (await verifyPassword(password, hash)) return true;
	const bare = password.replace(/^[\s\u200B-\u200D\u2060\uFEFF]+|[\s\u200B-\u200D\u2060\uFEFF]+$/g, '');
	return bare !== password && bare !== '' && verifyPassword(bare, hash);
}

/** Puts on the person's timeline that guessing was slowed down. */
async function noteSlowed(hub: HubContext, staffId: string, seconds: number): Promise<void> {
	const act = actBy({ kind: 'system', by: 'hub' }, 'staff.guessingSlowed', { seconds });
	const record = await staffModel(hub.connection)
		.findOneAndUpdate({ _id: staffId }, { $push: { pendingActs: act } }, { returnDocument: 'after' })
		.lean();
	if (record) await settleActs(hub, 'staff', [record]);
}

/** A fresh access token for a refresh token, which is replaced. */
export async function refresh(
	hub: HubContext,
	signInId: string,
	refreshToken: string | undefined,
	whence: Whence,
): Promise<Admitted> {
	const live = await signIns(hub).refresh(signInId, refreshToken, whence, new Date(hub.now()));
	const staff = await staffModel(hub.connection).findById(live.staffId).lean();
	if (!staff) throw new AppError('notSignedIn');
	if (staff.disabled) throw new AppError('accountDisabled');
	return admit(hub, staff, live);
}

function admit(hub: HubContext, staff: StaffRecord, live: LiveSignIn): Admitted {
	const { token, expiresAt } = signAccessToken(
		hub.config.accessTokenSecret,
		{ staffId: staff._id, signInId: live.id, generation: live.generation },
		hub.now(),
	);
	return {
		signIn: live,
		answer: {
			accessToken: token,
			expiresAt: expiresAt.toISOString(),
			signInId: live.id,
			mustChangePassword: staff.mustChangePassword,
		},
	};
}

/**
 * Changes one's own password and ends the person's other sign-ins.
 * @throws AppError `wrongCredentials`, `lockedOut` or `weakPassword`
 */
export async function changePassword(
	hub: HubContext,
	principal: Principal,
	{ current, next }: { current: string; next: string },
): Promise<void> {
	const now = new Date(hub.now());
	const staff = await staffModel(hub.connection).findById(principal.actor.staffId).lean();
	if (!staff) throw new AppError('notSignedIn');
	// Whoever sits at a page that was left open counts for this sign-in, not for the person's others.
	const own = { name: staff.name, address: 'own page', deviceId: principal.signInId };
	const attempt = await guesses(hub).begin(own, now);
	if (!(await guesses(hub).check(attempt, () => fits(current, staff.passwordHash)))) {
		const wait = await guesses(hub).wrong(attempt, true, now);
		if (wait !== null) await noteSlowed(hub, staff._id, wait);
		throw new AppError('wrongCredentials');
	}
	await guesses(hub).right(attempt, now);
	if (current === next) throw new AppError('weakPassword', { params: { reason: 'unchanged' } });
	assertStrongPassword(next, [staff.name, staff.displayName]);
	const passwordHash = await hashPassword(next);
	const { matchedCount } = await staffModel(hub.connection).updateOne(
		{ _id: staff._id, passwordHash: staff.passwordHash },
		{ $set: { passwordHash, mustChangePassword: false, changedAt: now }, $inc: { version: 1 } },
	);
	if (matchedCount === 0) throw new AppError('staleVersion');
	await signIns(hub).revoke(
		{ staffId: staff._id, _id: trusted({ $ne: principal.signInId }) },
		'passwordChanged',
		now,
	);
}
