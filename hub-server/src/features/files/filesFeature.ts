import type { Feature } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { blobs } from '../blobs/blobs.ts';
import { timeline } from '../timeline/timeline.ts';
import { fileRoutes } from './file.routes.ts';
import { filesProjection } from './filesProjection.ts';
import { ownFiles } from './ownFiles.ts';
import { scanningRoutes } from './scanning.routes.ts';
import { isScanWaived, scanDecisions, showScanning } from './scanWaivers.ts';

/** Files 文件 that the two sides of a case give each other (V9), and what happens to them while the scanner is away. */
export const files: Feature = {
	name: 'files',
	register(hub) {
		timeline(hub).register(filesProjection);
		timeline(hub).register(scanDecisions);
		fileRoutes(hub);
		scanningRoutes(hub);
		ownFiles(hub);
		blobs(hub).waiveScan(({ actor }) => isScanWaived(hub, actor.cities));
		timeline(hub).live({
			name: 'scanning of cities',
			kind: 'city',
			onEvents: async () => {
				hubSockets(hub).namespace.local.emit('scanning:changed', await showScanning(hub));
			},
		});
	},
};
