/** SHA-256 of bytes, hex. */
export async function sha256Of(bytes: Blob): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
