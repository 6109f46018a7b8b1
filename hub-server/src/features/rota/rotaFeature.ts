import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { rotaProjection } from './rotaProjection.ts';
import { rotaRoutes } from './rota.routes.ts';
import { tellRotas } from './tellRotas.ts';

/** Who is on posts A and B of each window, week by week (S4.2), and who is on duty. */
export const rota: Feature = {
	name: 'rota',
	register(hub) {
		timeline(hub).register(rotaProjection);
		rotaRoutes(hub);
		tellRotas(hub);
	},
};
