import { trusted, type Model } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { Batches } from '../../platform/Batches.ts';
import { places } from '../counters/Places.ts';
import { actorOf, staffModel, type StaffRecord } from '../people/Staff.model.ts';
import { verifyAccessToken, type AccessClaims } from './accessToken.ts';
import type { Principal } from './Principal.ts';
import { signInModel, type SignInRecord } from './SignIn.model.ts';
import { signInRevoked, type SignIns } from './SignIns.ts';

/**
 * Turns an access token into the person behind it. Sign-in and post are read from the database each time, so that a
 * revocation or a new post counts at once; requests that arrive together share one read. A token that comes shows that
 * the page has what was made with it, which is noted before anything is answered.
 */
export class Principals {
	readonly #records: Model<SignInRecord>;
	readonly #signIns: SignIns;
	readonly #staff: Model<StaffRecord>;
	readonly #hub: HubContext;
	readonly #reads = new Batches<AccessClaims, Principal>((batch) => this.#read(batch));

	constructor(hub: HubContext, signIns: SignIns) {
		this.#records = signInModel(hub.connection);
		this.#signIns = signIns;
		this.#staff = staffModel(hub.connection);
		this.#hub = hub;
	}

	/** @throws AppError `notSignedIn`, `signInRevoked`, `accountDisabled` */
	async of(token: string): Promise<{ principal: Principal; expiresAt: number }> {
		const claims = verifyAccessToken(this.#hub.config.accessTokenSecret, token, this.#hub.now());
		return { principal: await this.#reads.add(claims), expiresAt: claims.expiresAt };
	}

	/**
	 * The person of a sign-in as he stands now, for what was signed for that sign-in.
	 * @throws AppError as `of`
	 */
	standing(who: Pick<AccessClaims, 'staffId' | 'signInId'>): Promise<Principal> {
		const { staffId, signInId } = who;
		return this.#reads.add({ staffId, signInId, generation: 0, expiresAt: 0 });
	}

	async #read(batch: readonly AccessClaims[]): Promise<Promise<Principal>[]> {
		const signInIds = [...new Set(batch.map(({ signInId }) => signInId))];
		const staffIds = [...new Set(batch.map(({ staffId }) => staffId))];
		const [signIns, staff] = await Promise.all([
			this.#records.find({ _id: trusted({ $in: signInIds }) }).lean(),
			this.#staff.find({ _id: trusted({ $in: staffIds }) }).lean(),
		]);
		const signInOf = new Map(signIns.map((record) => [record._id, record]));
		const staffOf = new Map(staff.map((record) => [record._id, record]));
		await this.#signIns.markUsed(
			batch.flatMap(({ signInId: id, generation }) =>
				generation > (signInOf.get(id)?.usedGeneration ?? generation) ? [{ id, generation }] : [],
			),
		);
		return batch.map(async ({ signInId, staffId }) => {
			const principal = principalOf(signInOf.get(signInId), staffOf.get(staffId), this.#hub.now());
			// The window of a counter that the person has left since is no window of his.
			const window = await places(this.#hub).window(principal.actor.counterId, principal.windowId);
			return { ...principal, windowId: window?.id ?? null };
		});
	}
}

function principalOf(
	signIn: SignInRecord | undefined,
	staff: StaffRecord | undefined,
	now: number,
): Principal {
	if (!signIn || signIn.staffId !== staff?._id || signIn.expiresAt.getTime() <= now) {
		throw new AppError('notSignedIn');
	}
	if (staff.disabled) throw new AppError('accountDisabled');
	if (signIn.revokedAt) throw signInRevoked(signIn.revokedBecause);
	return {
		actor: actorOf(staff),
		staffVersion: staff.version,
		displayName: staff.displayName,
		signInId: signIn._id,
		windowId: signIn.windowId,
	};
}
