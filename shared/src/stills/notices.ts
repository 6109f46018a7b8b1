import { z } from 'zod';
import { sessionId, staffId } from '../ids/ids.ts';
import { stillId, stillMaterialNo } from './stills.ts';

export const stillNotices = {
	/** The other side of the call asks for a still of the paper under this side's document camera. */
	'still:asked': z.object({ sessionId, stillId, materialNo: stillMaterialNo, askedBy: staffId }),
} as const;
