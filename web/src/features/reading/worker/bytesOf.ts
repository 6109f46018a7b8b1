/** Bytes of this origin. @throws TypeError, Error */
export async function bytesOf(url: string): Promise<ArrayBuffer> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url}: ${response.status}`);
	return response.arrayBuffer();
}

/** A server may have unpacked a `.gz` file on its way, and another may not. */
export async function unpacked(bytes: ArrayBuffer): Promise<ArrayBuffer> {
	const [first, second] = new Uint8Array(bytes, 0, 2);
	if (first !== 0x1f || second !== 0x8b) return bytes;
	return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}
