import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { formRoutes } from './form.routes.ts';
import { formSockets } from './form.sockets.ts';
import { formDraftModel } from './FormDraft.model.ts';
import { formsProjection } from './formsProjection.ts';
import { SAY_SWEEP_MS, sayChanges } from './sayChanges.ts';
import { followForms } from './tellForms.ts';

/** Guided forms (V8): filled in by the receiving side, followed and commented on by the permit side. */
export const forms: Feature = {
	name: 'forms',
	register(hub) {
		timeline(hub).register(formsProjection);
		formDraftModel(hub.connection);
		formRoutes(hub);
		formSockets(hub);
		followForms(hub);
		hub.sweeper.every(SAY_SWEEP_MS, 'written forms', () => sayChanges(hub));
	},
};
