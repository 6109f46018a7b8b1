import { cases } from '#features/cases/feature.ts';
import { desk } from '#features/desk/feature.ts';
import { figures } from '#features/figures/feature.ts';
import { jobs } from '#features/jobs/feature.ts';
import { notes } from '#features/notes/feature.ts';
import { people } from '#features/people/feature.ts';
import { presence } from '#features/presence/feature.ts';
import { sessions } from '#features/sessions/feature.ts';
import { timeline } from '#features/timeline/feature.ts';
import type { Feature } from './Feature.ts';

/** The features of the page, one line each. */
export const features: readonly Feature[] = [
	// What they add is shown in this order.
	presence,
	desk,
	cases,
	sessions,
	timeline,
	notes,
	people,
	figures,
	jobs,
];
