import { auth } from './features/auth/authFeature.ts';
import { blobsFeature } from './features/blobs/blobsFeature.ts';
import { cases } from './features/cases/casesFeature.ts';
import { catalogue } from './features/catalogue/catalogueFeature.ts';
import { connection } from './features/connection/connectionFeature.ts';
import { counters } from './features/counters/countersFeature.ts';
import { figures } from './features/figures/figuresFeature.ts';
import { jobs } from './features/jobs/jobsFeature.ts';
import { mediaNodes } from './features/media-nodes/mediaNodesFeature.ts';
import { notes } from './features/notes/notesFeature.ts';
import { people } from './features/people/peopleFeature.ts';
import { persons } from './features/persons/personsFeature.ts';
import { presence } from './features/presence/presenceFeature.ts';
import { rooms } from './features/rooms/roomsFeature.ts';
import { sessions } from './features/sessions/sessionsFeature.ts';
import { timelineFeature } from './features/timeline/timelineFeature.ts';
import type { Feature } from './HubContext.ts';

/** The features of the hub, in the order of registration: one line each. */
export const features: readonly Feature[] = [
	timelineFeature,
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
];
