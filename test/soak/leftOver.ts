import { trusted } from 'mongoose';
import { engagementModel } from '@counter-hub/hub-server/features/presence/Engagement.model.ts';
import { presenceModel } from '@counter-hub/hub-server/features/presence/Presence.model.ts';
import { sessionModel } from '@counter-hub/hub-server/features/sessions/Session.model.ts';
import type { Processes } from '../platform/processes.ts';

const OF_HUB = ['hub_sockets', 'hub_watched_cases', 'hub_timeline_waiting'];
const OF_NODE = [
	'media_rooms',
	'media_peers',
	'media_lines',
	'media_transports',
	'media_streams',
	'media_subscriptions',
	'media_facts_waiting',
];

/** What somebody still holds, by where and what; empty when everything is given back. */
export async function leftOver(processes: Processes): Promise<Record<string, number>> {
	const held: Record<string, number> = {};
	const look = async (where: string, origin: string, names: readonly string[]) => {
		const text = await (await fetch(`${origin}/metrics`)).text();
		for (const name of names) held[`${where}: ${name}`] = figure(text, name);
	};
	for (const [i, hub] of processes.hubs.entries()) await look(`hub ${i + 1}`, hub.ready.url, OF_HUB);
	for (const [i, node] of processes.nodes.entries())
		await look(`node ${i + 1}`, node.ready.signalUrl, OF_NODE);
	const { connection } = processes.registry.context;
	const unexpired = { expiresAt: trusted({ $gt: new Date() }) };
	held['presence leases'] = await presenceModel(connection).countDocuments(unexpired);
	held['engagements'] = await engagementModel(connection).countDocuments();
	held['sessions that are not over'] = await sessionModel(connection).countDocuments({
		state: trusted({ $in: ['requested', 'ringing', 'active'] }),
	});
	return Object.fromEntries(Object.entries(held).filter(([, count]) => count !== 0));
}

/** @throws Error where there is no such figure: a figure that is not told must not pass for none */
function figure(metrics: string, name: string): number {
	const line = metrics.split('\n').find((one) => one.startsWith(`${name} `) || one.startsWith(`${name}{`));
	if (line === undefined) throw new Error(`there is no figure ${name}`);
	return Number(line.slice(line.lastIndexOf(' ')));
}
