import { authNotices } from '../auth/notices.ts';
import { authRequests } from '../auth/requests.ts';
import { caseNotices } from '../cases/notices.ts';
import { caseRequests } from '../cases/requests.ts';
import { cityNotices } from '../cities/notices.ts';
import { presenceNotices } from '../presence/notices.ts';
import { presenceRequests } from '../presence/requests.ts';
import { stillRequests } from '../stills/requests.ts';
import { reviewRequests } from '../reviews/requests.ts';
import { annotationRequests } from '../annotations/requests.ts';
import { formRequests } from '../forms/requests.ts';
import { chatRequests } from '../chat/requests.ts';
import { checkNotices } from '../checks/notices.ts';
import { reminderNotices } from '../reminders/notices.ts';
import { shiftNotices } from '../shifts/notices.ts';
import { ticketNotices } from '../tickets/notices.ts';
import { linkNotices } from '../links/notices.ts';
import { linkRequests } from '../links/requests.ts';
import { guideRequests } from '../guides/requests.ts';
import { stillNotices } from '../stills/notices.ts';
import { formNotices } from '../forms/notices.ts';
import { fileNotices } from '../files/notices.ts';
import { rotaNotices } from '../rota/notices.ts';
import { fitnessNotices } from '../fitness/notices.ts';
import { sessionNotices } from '../sessions/notices.ts';
import { sessionRequests } from '../sessions/requests.ts';
import { timelineNotices } from '../timeline/notices.ts';
import type { NoticeEvents, RequestEvents } from './ack.ts';
import { connectionNotices } from './notices.ts';
import { connectionRequests } from './requests.ts';

/** What the page asks of the hub (client to server, acknowledged): one line a feature. */
export const hubRequests = {
	...connectionRequests,
	...authRequests,
	...presenceRequests,
	...caseRequests,
	...sessionRequests,
	...stillRequests,
	...reviewRequests,
	...annotationRequests,
	...formRequests,
	...chatRequests,
	...guideRequests,
	...linkRequests,
} as const;
export type HubRequests = typeof hubRequests;
export type HubRequestName = keyof HubRequests;

/** What the hub tells (server to client, no acknowledgement): one line a feature. */
export const hubNotices = {
	...connectionNotices,
	...authNotices,
	...presenceNotices,
	...timelineNotices,
	...caseNotices,
	...cityNotices,
	...sessionNotices,
	...stillNotices,
	...formNotices,
	...fileNotices,
	...fitnessNotices,
	...rotaNotices,
	...linkNotices,
	...checkNotices,
	...ticketNotices,
	...shiftNotices,
	...reminderNotices,
} as const;
export type HubNotices = typeof hubNotices;

export type ClientToHub = RequestEvents<HubRequests>;
export type HubToClient = NoticeEvents<HubNotices>;
