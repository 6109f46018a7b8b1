import type { Feature } from '../../HubContext.ts';
import { UPLOAD_SWEEP_INTERVAL } from '../../platform/blobs/limits.ts';
import { blobRoutes } from './blob.routes.ts';
import { blobs } from './blobs.ts';
import { uploadRoutes } from './upload.routes.ts';

/** The one door for bytes: resumable uploads, and downloads under a grant. Features refer to blobs by their SHA-256. */
export const blobsFeature: Feature = {
	name: 'blobs',
	register(hub) {
		uploadRoutes(hub);
		blobRoutes(hub);
		hub.sweeper.every(UPLOAD_SWEEP_INTERVAL, 'expired uploads', async () => {
			await blobs(hub).store.dropExpired(new Date(hub.now()));
		});
	},
	start: (hub) => blobs(hub).store.ensureIndexes(),
};
