import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { caseModel } from './Case.model.ts';
import { caseRoutes } from './case.routes.ts';
import { caseSockets } from './case.sockets.ts';
import { caseOpenings } from './CaseOpenings.ts';
import { caseProjection } from './caseProjection.ts';
import { dropFormerIndexes } from './dropFormerIndexes.ts';
import { sweepUnopened, UNOPENED_SWEEP_MS } from './sweepUnopened.ts';
import { tellCases } from './tellCases.ts';

/** Cases 办件 and their timelines. */
export const cases: Feature = {
	name: 'cases',
	register(hub) {
		timeline(hub).register(caseProjection);
		caseModel(hub.connection);
		caseOpenings(hub);
		caseRoutes(hub);
		caseSockets(hub);
		tellCases(hub);
		hub.sweeper.every(UNOPENED_SWEEP_MS, 'cases never opened', () => sweepUnopened(hub));
	},
	start: (hub) => dropFormerIndexes(hub.connection),
};
