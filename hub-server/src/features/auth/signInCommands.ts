import { trusted } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { SignInAnswer } from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { staffModel, type StaffRecord } from '../people/Staff.model.ts';
import { signAccessToken } from './accessToken.ts';
import { assertStrongPassword, hashPassword, newOneTimePassword, verifyPassword } from './passwords.ts';
import type { Principal } from './Principal.ts';
import { lockOut, signIns } from './services.ts';
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
	whence: Whence,
): Promise<Admitted> {
	const now = new Date(hub.now());
	const lockedUntil = await lockOut(hub).begin(name, now);
	if (lockedUntil) {
		const minutes = Math.max(1, Math.ceil((lockedUntil.getTime() - now.getTime()) / 60_000));
		throw new AppError('lockedOut', { params: { minutes } });
	}
	const staff = await staffModel(hub.connection).findOne({ name }).lean();
	const hash = staff?.passwordHash ?? (await hashOfNobody());
	const right = await verifyPassword(password, hash);
	if (!right || !staff) throw new AppError('wrongCredentials');
	await lockOut(hub).forget(name);
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
	const lockedUntil = await lockOut(hub).begin(staff.name, now);
	if (lockedUntil) {
		const minutes = Math.max(1, Math.ceil((lockedUntil.getTime() - now.getTime()) / 60_000));
		throw new AppError('lockedOut', { params: { minutes } });
	}
	if (!(await verifyPassword(current, staff.passwordHash))) throw new AppError('wrongCredentials');
	await lockOut(hub).forget(staff.name);
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
