const ascii = (text: string) => Buffer.from(text, 'latin1');

/** Kinds of files that are taken, by the bytes that they begin with. What a file is called, or called itself, is not believed. */
const KINDS: readonly { kind: string; at: number; magic: Buffer; and?: { at: number; magic: Buffer } }[] = [
	{ kind: 'application/pdf', at: 0, magic: ascii('%PDF-') },
	{ kind: 'image/png', at: 0, magic: ascii('\x89PNG\r\n\x1a\n') },
	{ kind: 'image/jpeg', at: 0, magic: ascii('\xff\xd8\xff') },
	{ kind: 'image/webp', at: 0, magic: ascii('RIFF'), and: { at: 8, magic: ascii('WEBP') } },
	{ kind: 'video/webm', at: 0, magic: ascii('\x1a\x45\xdf\xa3') },
	{ kind: 'video/mp4', at: 4, magic: ascii('ftyp') },
];
export const KIND_BYTES = 16;

/** The MIME type of a file, by its first `KIND_BYTES` bytes; undefined for kinds that are not taken. */
export function kindOf(head: Buffer): string | undefined {
	const holds = ({ at, magic }: { at: number; magic: Buffer }) =>
		head.subarray(at, at + magic.length).equals(magic);
	return KINDS.find((each) => holds(each) && (!each.and || holds(each.and)))?.kind;
}
