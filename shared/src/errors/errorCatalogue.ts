import { authErrors } from '../auth/errors.ts';
import { blobErrors } from '../blobs/errors.ts';
import { calendarErrors } from '../calendar/errors.ts';
import { caseErrors } from '../cases/errors.ts';
import { catalogueErrors } from '../catalogue/errors.ts';
import { cityErrors } from '../cities/errors.ts';
import { codeErrors } from '../codes/errors.ts';
import { counterErrors } from '../counters/errors.ts';
import { mediaErrors } from '../media/errors.ts';
import { peopleErrors } from '../people/errors.ts';
import { stillErrors } from '../stills/errors.ts';
import { reviewErrors } from '../reviews/errors.ts';
import { annotationErrors } from '../annotations/errors.ts';
import { formErrors } from '../forms/errors.ts';
import { fileErrors } from '../files/errors.ts';
import { linkErrors } from '../links/errors.ts';
import { shiftErrors } from '../shifts/errors.ts';
import { ticketErrors } from '../tickets/errors.ts';
import { guideErrors } from '../guides/errors.ts';
import { hoursErrors } from '../hours/errors.ts';
import { rotaErrors } from '../rota/errors.ts';
import { qualificationErrors } from '../qualifications/errors.ts';
import { undertakingErrors } from '../undertakings/errors.ts';
import { importErrors } from '../imports/errors.ts';
import { sessionErrors } from '../sessions/errors.ts';
import { commonErrors } from './commonErrors.ts';

/** Every error a client can meet, once: one line a feature. */
export const ERROR_CATALOGUE = {
	...commonErrors,
	...authErrors,
	...peopleErrors,
	...counterErrors,
	...cityErrors,
	...codeErrors,
	...catalogueErrors,
	...caseErrors,
	...sessionErrors,
	...mediaErrors,
	...blobErrors,
	...stillErrors,
	...reviewErrors,
	...annotationErrors,
	...formErrors,
	...fileErrors,
	...guideErrors,
	...rotaErrors,
	...qualificationErrors,
	...undertakingErrors,
	...importErrors,
	...calendarErrors,
	...hoursErrors,
	...linkErrors,
	...ticketErrors,
	...shiftErrors,
} as const;

export type ErrorKey = keyof typeof ERROR_CATALOGUE;
export type ErrorCode = (typeof ERROR_CATALOGUE)[ErrorKey]['code'];
