import { expect, onTestFinished, test } from 'vitest';
import { features } from '@counter-hub/hub-server/features.ts';
import type { Feature } from '@counter-hub/hub-server/HubContext.ts';
import { liveSockets } from '@counter-hub/hub-server/features/auth/LiveSockets.ts';
import { hubSockets } from '@counter-hub/hub-server/hubSockets.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { newHub } from '../platform/newHub.ts';

test('H-3 a page whose person gets another post while it is being let in has the rights of that post', async () => {
	const isRead = Promise.withResolvers<undefined>();
	const isOpen = Promise.withResolvers<undefined>();
	/** Holds the next page up between what the register said of its person and its connection. */
	const gate: Feature = {
		name: 'test-gate',
		register: (hub) => {
			hubSockets(hub).namespace.use((socket, next) => {
				if (socket.handshake.auth['pageId'] !== late.pageId) {
					next();
					return;
				}
				isRead.resolve(undefined);
				void isOpen.promise.then(() => {
					next();
				});
			});
		},
	};
	const elsewhere = await newHub();
	const late = await elsewhere.signIn('clerk', '310117');
	const hub = await newHub({ sharing: elsewhere, features: [...features, gate] });
	// Somebody is there, so that the hub looks after its sockets.
	const present = await (await elsewhere.signIn('clerk', '310117')).socket({ url: hub.url });
	onTestFinished(() => void present.close());
	const administrator = await elsewhere.signIn('administrator', '310117', { cities: ['310117', '330100'] });
	const connecting = late.socket({ url: hub.url });
	await isRead.promise;
	const { staff } = await late.me();
	await administrator.patch(`/staff/${staff.id}`, {
		version: staff.version,
		post: { role: 'clerk', cities: ['330100'], counterId: seededCounterId('330100') },
	});
	// The hub looks for what has changed, and this page is not there yet.
	await liveSockets(hub.context).sweep();
	isOpen.resolve(undefined);
	const socket = await connecting;
	onTestFinished(() => void socket.close());
	await liveSockets(hub.context).sweep();
	const { sockets } = hubSockets(hub.context).namespace;
	const actors = [...sockets.values()].map(({ data }) => data.actor);
	expect(actors.find(({ staffId }) => staffId === staff.id)).toMatchObject({
		counterId: seededCounterId('330100'),
	});
});
