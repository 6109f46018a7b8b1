import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { ExchangeTask } from '@counter-hub/shared/links/exchanges.ts';
import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';
import { onTestFinished } from 'vitest';
import { checkedWindow } from '../checks/checkedWindow.ts';
import type { TestHub } from '../platform/newHub.ts';
import { ask, type TestClient, type TestSocket } from '../platform/TestClient.ts';
import { TestPeer } from '../media/TestPeer.ts';
import { GOOD } from './goodLink.ts';

/** What a window does when it is to measure: most come into the room and tell; a test may choose otherwise. */
type Behaviour = (window: LinkWindow, task: ExchangeTask) => Promise<void>;

/** Pages with a browser sit at the first one: they do not measure only because this one is checked. */
const WINDOW = 2;

/** A checked window without a browser: signalling is real, what it tells is the test's. */
export class LinkWindow {
	readonly client: TestClient;
	readonly socket: TestSocket;
	readonly city: CityCode;
	/** Every exchange that it was called to, in order. */
	readonly tasks: ExchangeTask[] = [];
	/** Those that it was told are over. */
	readonly ended: string[] = [];
	behaviour: Behaviour;
	/** What is to be closed when an exchange is over. */
	readonly leaving = new Map<string, () => void>();

	private constructor(client: TestClient, socket: TestSocket, city: CityCode, behaviour: Behaviour) {
		this.client = client;
		this.socket = socket;
		this.city = city;
		this.behaviour = behaviour;
		socket.on('link:measure', (task) => {
			this.tasks.push(task);
			void this.behaviour(this, task).catch(() => undefined);
		});
		socket.on('link:done', ({ exchangeId }) => {
			this.ended.push(exchangeId);
			this.leaving.get(exchangeId)?.();
		});
	}

	static async open(
		hub: TestHub,
		city: CityCode,
		behaviour: Behaviour = tells(GOOD),
		role: 'clerk' | 'approver' = 'clerk',
	): Promise<LinkWindow> {
		return LinkWindow.of(await hub.signIn(role, city), city, behaviour);
	}

	/** Of somebody who is signed in. */
	static async of(client: TestClient, city: CityCode, behaviour: Behaviour): Promise<LinkWindow> {
		const socket = await client.socket({ windowId: await checkedWindow(client, WINDOW) });
		onTestFinished(() => {
			socket.close();
		});
		const window = new LinkWindow(client, socket, city, behaviour);
		await window.ready();
		return window;
	}

	ready() {
		return ask(this.socket, 'link:ready', {});
	}

	report(exchangeId: string, measured: MeasuredLink = GOOD) {
		return ask(this.socket, 'link:report', { exchangeId, measured });
	}
}

/** Comes into a room by its node, as a page that can receive. */
export async function comeIn({ admission }: Pick<ExchangeTask, 'admission'>): Promise<TestPeer> {
	const peer = await TestPeer.join(admission.signalUrl, { token: admission.token });
	onTestFinished(() => {
		peer.socket.close();
	});
	await peer.ready();
	return peer;
}

/** Comes in and tells that it received this. */
export const tells =
	(measured: MeasuredLink): Behaviour =>
	async (window, task) => {
		await comeIn(task);
		await window.report(task.exchangeId, measured);
	};
export const staysAway: Behaviour = () => Promise.resolve();
export const comesAndIsSilent: Behaviour = async (_window, task) => {
	await comeIn(task);
};
