import { z } from 'zod';
import { uuid } from '../ids/ids.ts';

/** Topic of the volatile line: what lies under the camera of whoever speaks. Said at each change and once a second. */
export const PAPER_TOPIC = 'paper';

/** Papers are counted upwards for as long as a call lasts; no call sees so many. */
export const PAPERS_MOST = 1_000_000;

export const paperSaid = z.strictObject({
	/** The stream that shows it. */
	stream: uuid,
	/** Which rest of the picture it is, or was last: the number in its frames. */
	rest: z.int().min(0),
	/** It lies still now. */
	still: z.boolean(),
	/** The best frame of it that has been sent. */
	frame: uuid.nullable(),
	/** Which paper it is: rises when another one lies there, or the same elsewhere. A hand that comes before it is none. */
	paper: z.int().min(0).max(PAPERS_MOST),
});
export type PaperSaid = z.infer<typeof paperSaid>;
