import { trusted } from 'mongoose';
import { z } from 'zod';
import { ERROR_CATALOGUE } from '@counter-hub/shared/errors/errorCatalogue.ts';
import { signInId, staffId } from '@counter-hub/shared/ids/ids.ts';
import { revocationReason, type RevocationReason } from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf, type HubSocket } from '../../hubSockets.ts';
import { perHub } from '../../perHub.ts';
import { actorOf, staffModel, type StaffRecord } from '../people/Staff.model.ts';
import { REVOCATION_OVERLAP_MS, SOCKET_EXPIRY_GRACE_MS } from './limits.ts';
import { defineSignal, type Signal } from '../../platform/stream/Signals.ts';
import { signals } from '../../signals.ts';
import { signIns } from './services.ts';
import type { Revocation } from './SignIns.ts';

const revoked = defineSignal(
	'auth.revoked',
	z.strictObject({ revocations: z.array(z.strictObject({ id: signInId, reason: revocationReason })) }),
);
const changed = defineSignal('staff.changed', z.strictObject({ staffIds: z.array(staffId) }));

/**
 * Keeps the sockets of this hub true to the register: cuts those whose sign-in was revoked or whose token expired
 * unrenewed, and gives the others the rights that their person has now. What any hub changes shows at
 * once, at each hub; what a signal did not bring, `sweep` finds.
 */
class LiveSockets {
	readonly #hub: HubContext;
	readonly #onRightsChanged = new Set<(socket: HubSocket) => void>();
	readonly #onCut = new Set<(socket: HubSocket) => void>();
	/** When the last sweep that went through began (ms since 1970). */
	#sweptAt: number;

	constructor(hub: HubContext) {
		this.#hub = hub;
		this.#sweptAt = hub.now();
		signIns(hub).onRevoked((revocations) => {
			this.#cut(revocations);
			this.#tell(revoked, { revocations });
		});
		signals(hub).on(revoked, ({ revocations }) => this.#cut(revocations), { own: false });
		signals(hub).on(changed, ({ staffIds }) => this.#renewRights(staffIds), { own: false });
	}

	/** Called for each socket whose person's post changed, after its `data.actor` was renewed. */
	onRightsChanged(listener: (socket: HubSocket) => void): void {
		this.#onRightsChanged.add(listener);
	}

	/** Called for each socket that is cut because its sign-in was ended or its person disabled. */
	onCut(listener: (socket: HubSocket) => void): void {
		this.#onCut.add(listener);
	}

	/** After a change of the register: the person's sockets get the new rights. */
	async renewRights(staffIds: readonly string[]): Promise<void> {
		this.#tell(changed, { staffIds: [...staffIds] });
		await this.#renewRights(staffIds);
	}

	async #renewRights(staffIds: readonly string[]): Promise<void> {
		const renewed = new Set(staffIds);
		const sockets = this.#sockets().filter(({ data }) => renewed.has(data.actor.staffId));
		if (sockets.length === 0) return;
		const ids = [...new Set(sockets.map(({ data }) => data.actor.staffId))];
		const records = await staffModel(this.#hub.connection)
			.find({ _id: trusted({ $in: ids }) })
			.lean();
		const byId = new Map(records.map((record) => [record._id, record]));
		for (const socket of sockets) await this.#renew(socket, byId.get(socket.data.actor.staffId));
	}

	/** Looks for what other hubs revoked or changed, and for expired tokens. */
	async sweep(): Promise<void> {
		const now = this.#hub.now();
		if (this.#sockets().length === 0) {
			// Whoever comes is let in by what the register says then.
			this.#sweptAt = now;
			return;
		}
		for (const socket of this.#sockets()) {
			if (socket.data.expiresAt + SOCKET_EXPIRY_GRACE_MS < now) socket.disconnect(true);
		}
		// From the last one on, however long ago that was: the database, or this hub, may have been away.
		const since = new Date(Math.min(now, this.#sweptAt) - REVOCATION_OVERLAP_MS);
		this.#cut(await signIns(this.#hub).revokedSince(since));
		const recent = await staffModel(this.#hub.connection)
			.find({ changedAt: trusted({ $gt: since }) })
			.lean();
		const byId = new Map(recent.map((record) => [record._id, record]));
		for (const socket of this.#sockets()) {
			const staff = byId.get(socket.data.actor.staffId);
			if (staff) await this.#renew(socket, staff);
		}
		this.#sweptAt = now;
	}

	/** What was read before something newer came in changes nothing. */
	async #renew(socket: HubSocket, staff: StaffRecord | undefined): Promise<void> {
		if (staff && staff.version <= socket.data.staffVersion) return;
		if (!staff || staff.disabled) {
			this.#end(socket, 'disabled');
			return;
		}
		const before = socket.data.actor;
		const actor = actorOf(staff);
		socket.data.staffVersion = staff.version;
		socket.data.displayName = staff.displayName;
		if (JSON.stringify(before) === JSON.stringify(actor)) return;
		socket.data.actor = actor;
		if (before.counterId !== actor.counterId) {
			socket.data.windowId = null;
			if (before.counterId !== null) await socket.leave(roomOf.counter(before.counterId));
			if (actor.counterId !== null) await socket.join(roomOf.counter(actor.counterId));
		}
		for (const listener of this.#onRightsChanged) listener(socket);
	}

	#cut(revocations: readonly Revocation[]): void {
		const reasons = new Map(revocations.map(({ id, reason }) => [id, reason]));
		for (const socket of this.#sockets()) {
			const reason = reasons.get(socket.data.signInId);
			if (reason !== undefined) this.#end(socket, reason);
		}
	}

	#end(socket: HubSocket, reason: RevocationReason): void {
		for (const listener of this.#onCut) listener(socket);
		socket.emit('auth:revoked', { code: ERROR_CATALOGUE.signInRevoked.code, reason });
		socket.disconnect(true);
	}

	/** Tells the other hubs; where it fails, they find it in their next sweep. */
	#tell<P>(signal: Signal<P>, payload: P): void {
		signals(this.#hub)
			.send(signal, payload)
			.catch((error: unknown) => {
				this.#hub.logger.warn({ err: error, signal: signal.name }, 'other hubs learn of it by their sweep');
			});
	}

	/** The sockets of this hub only. */
	#sockets(): HubSocket[] {
		return [...hubSockets(this.#hub).namespace.sockets.values()];
	}
}

export const liveSockets = perHub((hub) => new LiveSockets(hub));
