/*
 * Just enough RTP and RTCP for a load that an SFU takes for a browser's: RFC 3550, RFC 8285 (one-byte header
 * extensions), draft-holmer-rmcat-transport-wide-cc-extensions-01.
 */

/** Ids of the header extensions in use; absent where the other end did not ask for them. */
export interface ExtensionIds {
	mid?: number;
	absSendTime?: number;
	transportCc?: number;
}

export interface PacketFields {
	payloadType: number;
	sequence: number;
	timestamp: number;
	ssrc: number;
	marker: boolean;
	mid: string;
	/** Transport-wide sequence number. */
	transportSequence: number;
	payload: Buffer;
}

export function rtpPacket(fields: PacketFields, ids: ExtensionIds): Buffer {
	const extensions: number[] = [];
	if (ids.mid !== undefined) {
		const text = Buffer.from(fields.mid);
		extensions.push((ids.mid << 4) | (text.length - 1), ...text);
	}
	if (ids.absSendTime !== undefined) {
		// 24 bits: seconds with 18 bits of fraction.
		const now = Math.floor((Date.now() / 1000) * 2 ** 18) % 2 ** 24;
		extensions.push((ids.absSendTime << 4) | 2, (now >> 16) & 255, (now >> 8) & 255, now & 255);
	}
	if (ids.transportCc !== undefined) {
		const { transportSequence: n } = fields;
		extensions.push((ids.transportCc << 4) | 1, (n >> 8) & 255, n & 255);
	}
	while (extensions.length % 4) extensions.push(0);
	const head = extensions.length ? 16 + extensions.length : 12;
	const packet = Buffer.allocUnsafe(head + fields.payload.length);
	packet[0] = extensions.length ? 0x90 : 0x80;
	packet[1] = (fields.marker ? 0x80 : 0) | fields.payloadType;
	packet.writeUInt16BE(fields.sequence & 0xffff, 2);
	packet.writeUInt32BE(fields.timestamp >>> 0, 4);
	packet.writeUInt32BE(fields.ssrc, 8);
	if (extensions.length) {
		packet.writeUInt16BE(0xbede, 12);
		packet.writeUInt16BE(extensions.length / 4, 14);
		for (let i = 0; i < extensions.length; i++) packet[16 + i] = extensions[i] ?? 0;
	}
	fields.payload.copy(packet, head);
	return packet;
}

export const isRtcp = (packet: Buffer): boolean => {
	const type = packet[1] ?? 0;
	return type >= 192 && type <= 223;
};

/** The transport-wide sequence number of a received packet, or undefined. */
export function transportSequenceOf(packet: Buffer, id: number): number | undefined {
	if (((packet[0] ?? 0) & 0x10) === 0) return undefined;
	const start = 12 + 4 * ((packet[0] ?? 0) & 15);
	if (packet.readUInt16BE(start) !== 0xbede) return undefined;
	const end = start + 4 + 4 * packet.readUInt16BE(start + 2);
	for (let at = start + 4; at < end;) {
		const head = packet[at] ?? 0;
		if (head === 0) {
			at++;
			continue;
		}
		if (head >> 4 === id) return packet.readUInt16BE(at + 1);
		at += 2 + (head & 15);
	}
	return undefined;
}

/** SSRCs for which a compound RTCP packet asks a key frame (PLI or FIR). */
export function keyFrameRequests(compound: Buffer): number[] {
	const asked: number[] = [];
	for (let at = 0; at + 4 <= compound.length;) {
		const length = 4 * (compound.readUInt16BE(at + 2) + 1);
		const format = (compound[at] ?? 0) & 31;
		if (compound[at + 1] === 206 && format === 1) asked.push(compound.readUInt32BE(at + 8));
		if (compound[at + 1] === 206 && format === 4) asked.push(compound.readUInt32BE(at + 12));
		at += length;
	}
	return asked;
}

/** What arrived of one stream, for its receiver report. */
export class ReceiverStatistics {
	packets = 0;
	bytes = 0;
	private highest: number | undefined;
	private first = 0;
	private cycles = 0;

	/** `sequence` is the 16-bit number of the packet. */
	add(sequence: number, bytes: number): void {
		this.packets++;
		this.bytes += bytes;
		if (this.highest === undefined) this.first = this.highest = sequence;
		const ahead = (sequence - this.highest) & 0xffff;
		if (ahead === 0 || ahead > 0x8000) return;
		if (sequence < this.highest) this.cycles++;
		this.highest = sequence;
	}

	get extendedHighest(): number {
		return this.cycles * 0x1_0000 + (this.highest ?? 0);
	}

	get lost(): number {
		return this.highest === undefined ? 0 : this.extendedHighest - this.first + 1 - this.packets;
	}
}

export function receiverReport(ownSsrc: number, streams: ReadonlyMap<number, ReceiverStatistics>): Buffer {
	const blocks = [...streams].slice(0, 31);
	const packet = Buffer.alloc(8 + 24 * blocks.length);
	packet[0] = 0x80 | blocks.length;
	packet[1] = 201;
	packet.writeUInt16BE(packet.length / 4 - 1, 2);
	packet.writeUInt32BE(ownSsrc, 4);
	for (const [index, [ssrc, statistics]] of blocks.entries()) {
		const at = 8 + 24 * index;
		packet.writeUInt32BE(ssrc, at);
		packet.writeUIntBE(Math.max(0, statistics.lost) & 0x7fffff, at + 5, 3);
		packet.writeUInt32BE(statistics.extendedHighest >>> 0, at + 8);
	}
	return packet;
}

const TICK_MS = 0.25;

/**
 * Transport-wide feedback for consecutive packets, all of them received: `arrivals` holds the sequence number and
 * the arrival time in milliseconds, in order.
 */
export function transportFeedback(
	ownSsrc: number,
	mediaSsrc: number,
	count: number,
	arrivals: readonly { sequence: number; at: number }[],
): Buffer {
	const first = arrivals[0];
	if (!first) throw new Error('feedback without packets');
	const reference = Math.floor(first.at / 64);
	const deltas: number[] = [];
	let last = reference * 64;
	for (const { at } of arrivals) {
		const delta = Math.max(0, Math.min(255, Math.round((at - last) / TICK_MS)));
		last += delta * TICK_MS;
		deltas.push(delta);
	}
	// One run-length chunk “small delta” covers all: up to 8,191 packets.
	const size = 20 + 2 + deltas.length;
	const padding = (4 - (size % 4)) % 4;
	const packet = Buffer.alloc(size + padding);
	packet[0] = padding ? 0xaf : 0x8f;
	packet[1] = 205;
	packet.writeUInt16BE(packet.length / 4 - 1, 2);
	packet.writeUInt32BE(ownSsrc, 4);
	packet.writeUInt32BE(mediaSsrc, 8);
	packet.writeUInt16BE(first.sequence, 12);
	packet.writeUInt16BE(deltas.length, 14);
	packet.writeUIntBE(reference & 0xffffff, 16, 3);
	packet[19] = count & 255;
	packet.writeUInt16BE((1 << 13) | deltas.length, 20);
	for (const [index, delta] of deltas.entries()) packet[22 + index] = delta;
	if (padding) packet[packet.length - 1] = padding;
	return packet;
}

/** A sender report without report blocks. */
export function senderReport(ssrc: number, timestamp: number, packets: number, bytes: number): Buffer {
	const packet = Buffer.alloc(28);
	packet[0] = 0x80;
	packet[1] = 200;
	packet.writeUInt16BE(6, 2);
	packet.writeUInt32BE(ssrc, 4);
	const now = Date.now();
	packet.writeUInt32BE((Math.floor(now / 1000) + 2_208_988_800) >>> 0, 8);
	packet.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32) >>> 0, 12);
	packet.writeUInt32BE(timestamp >>> 0, 16);
	packet.writeUInt32BE(packets >>> 0, 20);
	packet.writeUInt32BE(bytes >>> 0, 24);
	return packet;
}
