import { audit } from './features/audit/auditFeature.ts';
import { auth } from './features/auth/authFeature.ts';
import { blobsFeature } from './features/blobs/blobsFeature.ts';
import { calendar } from './features/calendar/calendarFeature.ts';
import { cases } from './features/cases/casesFeature.ts';
import { catalogue } from './features/catalogue/catalogueFeature.ts';
import { cities } from './features/cities/citiesFeature.ts';
import { connection } from './features/connection/connectionFeature.ts';
import { counters } from './features/counters/countersFeature.ts';
import { facilities } from './features/facilities/facilitiesFeature.ts';
import { figures } from './features/figures/figuresFeature.ts';
import { hours } from './features/hours/hoursFeature.ts';
import { jobs } from './features/jobs/jobsFeature.ts';
import { mediaNodes } from './features/media-nodes/mediaNodesFeature.ts';
import { notes } from './features/notes/notesFeature.ts';
import { people } from './features/people/peopleFeature.ts';
import { persons } from './features/persons/personsFeature.ts';
import { presence } from './features/presence/presenceFeature.ts';
import { rooms } from './features/rooms/roomsFeature.ts';
import { sessions } from './features/sessions/sessionsFeature.ts';
import { timelineFeature } from './features/timeline/timelineFeature.ts';
import { stills } from './features/stills/stillsFeature.ts';
import { reviews } from './features/reviews/reviewsFeature.ts';
import { annotations } from './features/annotations/annotationsFeature.ts';
import { forms } from './features/forms/formsFeature.ts';
import { chat } from './features/chat/chatFeature.ts';
import { files } from './features/files/filesFeature.ts';
import { guides } from './features/guides/guidesFeature.ts';
import { checks } from './features/checks/checksFeature.ts';
import { tickets } from './features/tickets/ticketsFeature.ts';
import { reminders } from './features/reminders/remindersFeature.ts';
import { shifts } from './features/shifts/shiftsFeature.ts';
import { links } from './features/links/linksFeature.ts';
import { reading } from './features/reading/readingFeature.ts';
import { rota } from './features/rota/rotaFeature.ts';
import { qualifications } from './features/qualifications/qualificationsFeature.ts';
import { undertakings } from './features/undertakings/undertakingsFeature.ts';
import { fitness } from './features/fitness/fitnessFeature.ts';
import { imports } from './features/imports/importsFeature.ts';
import type { Feature } from './HubContext.ts';

/** The features of the hub, in the order of registration: one line each. */
export const features: readonly Feature[] = [
	timelineFeature,
	cities,
	auth,
	connection,
	people,
	counters,
	catalogue,
	persons,
	cases,
	presence,
	mediaNodes,
	rooms,
	sessions,
	figures,
	jobs,
	notes,
	blobsFeature,
	audit,
	stills,
	reviews,
	annotations,
	forms,
	chat,
	files,
	guides,
	reading,
	rota,
	qualifications,
	undertakings,
	fitness,
	imports,
	calendar,
	hours,
	facilities,
	links,
	checks,
	tickets,
	shifts,
	reminders,
];
