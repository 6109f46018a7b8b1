import type { Feature } from '../../HubContext.ts';
import { roomKinds } from '../rooms/RoomKind.ts';
import { timeline } from '../timeline/timeline.ts';
import { followBeginnings } from './beginExchanges.ts';
import { cityNodeModel } from './cityNodes.ts';
import { followEndings } from './endings.ts';
import { exchangeModel } from './Exchange.model.ts';
import { exchangeRoom } from './exchangeRoom.ts';
import { linkRoutes } from './link.routes.ts';
import { linkSockets } from './link.sockets.ts';
import { linkDayModel, linkDays } from './linkDays.ts';
import { linkEndModel } from './LinkEnd.model.ts';
import { linkLimitsProjection } from './linkLimits.ts';
import { linkWishModel } from './linkWishes.ts';
import { tellLinks } from './tellLinks.ts';
import { watchLinks } from './watchLinks.ts';

/** Links between cities, measured by real pictures and sound at the receiving end, and kept (L3, L4). */
export const links: Feature = {
	name: 'links',
	register(hub) {
		for (const model of [linkDayModel, linkEndModel, exchangeModel, linkWishModel, cityNodeModel])
			model(hub.connection);
		timeline(hub).register(linkDays);
		timeline(hub).register(linkLimitsProjection);
		linkRoutes(hub);
		linkSockets(hub);
		followBeginnings(hub);
		followEndings(hub);
		tellLinks(hub);
		watchLinks(hub);
		roomKinds(hub).register(exchangeRoom(hub));
	},
};
