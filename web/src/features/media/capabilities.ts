import type { MediaHandshake } from '@counter-hub/shared/media/mediaProtocol.ts';
import { rtpCapabilities, type RtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import { Device } from 'mediasoup-client';
import { z } from 'zod';

const STORAGE_KEY = 'counter-hub.codecs';
const kept = z.object({ capabilitiesId: z.string(), routerRtpCapabilities: rtpCapabilities });

/**
 * What this browser can do with the node's codecs takes some 30 ms to find out and never changes while the page is
 * open, so it is found out once per set of codecs.
 */
const known = new Map<string, Promise<Device>>();
let latest: MediaHandshake['device'];

export async function deviceFor(
	capabilitiesId: string,
	routerRtpCapabilities: RtpCapabilities,
): Promise<Device> {
	let device = known.get(capabilitiesId);
	if (!device) {
		device = load(routerRtpCapabilities);
		known.set(capabilitiesId, device);
		device.catch(() => known.delete(capabilitiesId));
	}
	const loaded = await device;
	if (latest?.capabilitiesId !== capabilitiesId) keep({ capabilitiesId, routerRtpCapabilities });
	latest = { capabilitiesId, rtpCapabilities: rtpCapabilities.parse(loaded.recvRtpCapabilities) };
	return loaded;
}

/** Finds out at leisure what the first call would have to wait for: nodes rarely change what they offer. */
export async function prepareDevice(): Promise<void> {
	try {
		const last = kept.parse(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null'));
		await deviceFor(last.capabilitiesId, last.routerRtpCapabilities);
	} catch {
		// Nothing kept, or not by this version: the first call finds out.
	}
}

function keep(last: z.infer<typeof kept>): void {
	try {
		localStorage.setItem(STORAGE_KEY, JSON.stringify(last));
	} catch {
		// Storage may be full or forbidden.
	}
}

const TIME_OFFSET = 'urn:ietf:params:rtp-hdrext:toffset';

/** mediasoup-client does not know transmission time offsets, and browsers do without. */
export function isKnownExtension<E extends { uri: string }>(
	extension: E,
): extension is E & { uri: Exclude<E['uri'], typeof TIME_OFFSET> } {
	return extension.uri !== TIME_OFFSET;
}

/** For the handshake: lets the node prepare everything before it answers. */
export function knownDevice(): MediaHandshake['device'] {
	return latest;
}

async function load(routerRtpCapabilities: RtpCapabilities): Promise<Device> {
	const device = await Device.factory();
	const { headerExtensions = [], ...codecs } = routerRtpCapabilities;
	await device.load({
		routerRtpCapabilities: { ...codecs, headerExtensions: headerExtensions.filter(isKnownExtension) },
	});
	return device;
}
