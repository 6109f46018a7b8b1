import { z } from 'zod';
import { item } from '@counter-hub/shared/catalogue/catalogue.ts';
import type { Feature } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { catalogue as catalogueOf } from './Catalogue.ts';

/** The items that counters deal with (S6.2). */
export const catalogue: Feature = {
	name: 'catalogue',
	register(hub) {
		const items = catalogueOf(hub);
		hub.api.route({
			method: 'get',
			path: '/items',
			operationId: 'listItems',
			summary: 'The catalogue of items with their lists of materials',
			tag: 'Catalogue',
			guard: signedIn(hub),
			response: z.object({ items: z.array(item) }),
			handler: async () => ({ items: await items.all() }),
		});
	},
};
