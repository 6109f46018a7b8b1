import type { FromWatcher, ToWatcher } from './messages.ts';
import { Watch } from './Watch.ts';

/*
 * The worker that watches a camera: it goes on at its pace when the page has other work, or is not seen.
 */

const TICK_MS = 1000;

let watch: Watch | null = null;

function tell(message: FromWatcher, transfer: Transferable[] = []): void {
	self.postMessage(message, { transfer });
}

self.addEventListener('message', ({ data }: MessageEvent<ToWatcher>) => {
	switch (data.type) {
		case 'watch':
			watch?.stop();
			watch = new Watch(data.frames, tell);
			break;
		case 'stop':
			watch?.stop();
			watch = null;
			break;
		case 'write':
			void watch?.write(data.id, data.near);
			break;
	}
});
setInterval(() => tell({ type: 'tick' }), TICK_MS);
