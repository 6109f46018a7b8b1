import { trusted } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { cityOf } from '@counter-hub/shared/cities/cities.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { participantIdOf } from '../media-nodes/MediaGrants.ts';
import type { RoomKind, RoomRules } from '../rooms/RoomKind.ts';
import { breakOff } from './endings.ts';
import { exchangeModel, type ExchangeEnd, type ExchangeRecord } from './Exchange.model.ts';

const party = (exchange: ExchangeRecord, { staffId }: ExchangeEnd) => ({
	participantId: participantIdOf(exchange._id, staffId),
	staffId,
});

/** Both ends are members from the start; each sends what a call would send of it, and hears the other. */
export const exchangeRules: RoomRules<ExchangeRecord> = {
	describe: (exchange) => ({
		roomId: exchange._id,
		nodeId: exchange.nodeId,
		version: 1,
		rightsVersion: 1,
		parties: exchange.ends.map((end) => party(exchange, end)),
		present: exchange.joined,
		mediaLost: false,
	}),
	cityOf: (exchange, { staffId }) => endOf(exchange, staffId).cityCode,
	rightsOf(exchange, { staffId, displayName }) {
		return {
			label: `${displayName} · ${cityOf(endOf(exchange, staffId).cityCode).zh}`,
			side: endOf(exchange, staffId).cityCode,
			stage: 'member',
			publish: (['camera', 'microphone'] as const).map((source) => ({ source, audience: 'room' })),
			subscribe: true,
			hidden: false,
			// Echoes, by which the way from page to page is measured.
			say: true,
		};
	},
};

function endOf({ ends }: ExchangeRecord, staffId: string): ExchangeEnd {
	const end = ends.find((one) => one.staffId === staffId);
	if (!end) throw new AppError('notInExchange');
	return end;
}

/** The room in which two pages measure each other. Who came in is noted: nobody tells of a room he was not in. */
export const exchangeRoom = perHub((hub: HubContext): RoomKind<ExchangeRecord> => ({
	...exchangeRules,
	name: 'link-check',
	find: async (roomId) => (await exchangeModel(hub.connection).findById(roomId).lean()) ?? undefined,
	live: (nodeId) =>
		exchangeModel(hub.connection)
			.find({ state: 'running', ...(nodeId !== undefined && { nodeId }) })
			.lean(),
	async over(roomIds) {
		const over = await exchangeModel(hub.connection)
			.find({ _id: trusted({ $in: roomIds }), state: trusted({ $ne: 'running' }) }, { state: 1 })
			.lean();
		return over.map(({ _id, state }) => ({ roomId: _id, reason: state }));
	},
	async record(exchange, happening) {
		if (happening.type === 'participantJoined') {
			const { participantId } = happening;
			const isParty = exchange.ends.some((end) => party(exchange, end).participantId === participantId);
			if (isParty)
				await exchangeModel(hub.connection).updateOne(
					{ _id: exchange._id },
					{ $addToSet: { joined: participantId } },
				);
		} else if (happening.type === 'mediaLost') {
			// What was received around the loss says nothing of the link.
			await breakOff(hub, exchange);
		}
	},
}));
