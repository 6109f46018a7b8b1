import { cases } from '#features/cases/feature.ts';
import { cities } from '#features/cities/feature.ts';
import { desk } from '#features/desk/feature.ts';
import { facilities } from '#features/facilities/feature.ts';
import { figures } from '#features/figures/feature.ts';
import { jobs } from '#features/jobs/feature.ts';
import { notes } from '#features/notes/feature.ts';
import { people } from '#features/people/feature.ts';
import { presence } from '#features/presence/feature.ts';
import { sessions } from '#features/sessions/feature.ts';
import { timeline } from '#features/timeline/feature.ts';
import { stills } from '#features/stills/feature.ts';
import { reviews } from '#features/reviews/feature.ts';
import { annotations } from '#features/annotations/feature.ts';
import { forms } from '#features/forms/feature.ts';
import { chat } from '#features/chat/feature.ts';
import { files } from '#features/files/feature.ts';
import { guides } from '#features/guides/feature.ts';
import { hours } from '#features/hours/feature.ts';
import { checks } from '#features/checks/feature.ts';
import { tickets } from '#features/tickets/feature.ts';
import { reminders } from '#features/reminders/feature.ts';
import { shifts } from '#features/shifts/feature.ts';
import { links } from '#features/links/feature.ts';
import { reading } from '#features/reading/feature.ts';
import { rota } from '#features/rota/feature.ts';
import { papers } from '#features/papers/feature.ts';
import { audit } from '#features/audit/feature.ts';
import { calendar } from '#features/calendar/feature.ts';
import { fitness } from '#features/fitness/feature.ts';
import { qualifications } from '#features/qualifications/feature.ts';
import { undertakings } from '#features/undertakings/feature.ts';
import { imports } from '#features/imports/feature.ts';
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
	// Layers over a picture lie in this order.
	papers,
	stills,
	annotations,
	reviews,
	forms,
	chat,
	files,
	guides,
	reading,
	audit,
	qualifications,
	undertakings,
	fitness,
	imports,
	people,
	cities,
	rota,
	calendar,
	hours,
	links,
	checks,
	tickets,
	shifts,
	reminders,
	figures,
	facilities,
	jobs,
];
