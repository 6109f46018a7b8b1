import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

/** One encrypted field: which key, and base64 of nonce, ciphertext and tag. */
export interface SealedField {
	keyId: string;
	nonce: string;
	text: string;
	tag: string;
}

/**
 * Encrypts single fields with AES-256-GCM. `context` (record and field) is authenticated with them, so that a value
 * cannot be moved to another record or field. The key's id is kept beside each value, for a later change of keys.
 */
export class FieldCipher {
	readonly #key: Buffer;
	readonly #hashKey: Buffer;
	readonly #keyId: string;

	/** Both keys have 32 bytes. */
	constructor(key: Buffer, hashKey: Buffer) {
		this.#key = key;
		this.#hashKey = hashKey;
		this.#keyId = createHash('sha256').update('persons-key').update(key).digest('hex').slice(0, 8);
	}

	seal(clear: string, context: string): SealedField {
		const nonce = randomBytes(12);
		const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
		cipher.setAAD(Buffer.from(context));
		const text = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
		return {
			keyId: this.#keyId,
			nonce: nonce.toString('base64'),
			text: text.toString('base64'),
			tag: cipher.getAuthTag().toString('base64'),
		};
	}

	/** @throws Error when the key is another one, or value or context were changed */
	open(sealed: SealedField, context: string): string {
		if (sealed.keyId !== this.#keyId) throw new Error(`personal data are sealed with key ${sealed.keyId}`);
		const decipher = createDecipheriv('aes-256-gcm', this.#key, Buffer.from(sealed.nonce, 'base64'));
		decipher.setAAD(Buffer.from(context));
		decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
		return Buffer.concat([decipher.update(Buffer.from(sealed.text, 'base64')), decipher.final()]).toString(
			'utf8',
		);
	}

	/** Finds equal values without showing them; useless without the key. */
	hash(clear: string, field: string): string {
		return createHmac('sha256', this.#hashKey).update(`${field}\0${clear}`).digest('base64url');
	}
}
