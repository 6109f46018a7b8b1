import { z } from 'zod';
import { conclusion } from '../sessions/sessionTerms.ts';
import { countContent, markContent, materialNo, notice, noticeId, reviewSettings } from './reviews.ts';

const round = z.int().min(1);

export const reviewEvents = {
	/** A material is to be put under the camera, or lies there now. */
	'review.called': z.object({ materialNo }),
	/** What the permit side says of a material from now on, all of it. */
	'review.marked': markContent.extend({ round }),
	/** Originals and copies of a material at the window. */
	'review.counted': countContent,
	/** A round has ended with the conclusion of its call. */
	'review.ended': z.object({ round, conclusion, passed: z.int(), toFix: z.int(), open: z.int() }),
	/** The one-time notice 一次性告知（补正）, made of the marks in the moment of the conclusion. */
	'review.noticeIssued': notice,
	/** Its PDF is stored. */
	'review.noticeFiled': z.object({ noticeId, sha256: z.string(), size: z.int() }),
	/** A city's administrator has changed how reviews are made there. */
	'city.reviewSettings': reviewSettings,
} as const;
