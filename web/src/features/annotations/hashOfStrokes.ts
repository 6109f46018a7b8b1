import type { Marks } from '@counter-hub/shared/annotations/marks.ts';
import { strokesOf } from '@counter-hub/shared/annotations/strokesOf.ts';
import { sha256Of } from '#platform/blobs/sha256Of.ts';

/** SHA-256 of the marks on a still, hex, as the hub reckons it for the timeline. */
export const hashOfStrokes = ({ marks }: Pick<Marks, 'marks'>, stillId: string): Promise<string> =>
	sha256Of(new Blob([strokesOf(marks, stillId)]));
