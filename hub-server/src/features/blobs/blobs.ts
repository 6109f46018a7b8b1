import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { perHub } from '../../perHub.ts';
import type { BlobStore } from '../../platform/blobs/BlobStore.ts';
import { GridFsBlobs } from '../../platform/blobs/GridFsBlobs.ts';
import { scannerAt, type Scan } from '../../platform/blobs/scan.ts';
import type { Principal } from '../auth/Principal.ts';

/** What a feature says of the blobs that its things refer to. */
interface BlobOwner {
	/** Whether the thing refers to these bytes now and this person may read them now. */
	mayRead(principal: Principal, id: string, sha256: string): Promise<boolean>;
}

/** The hub's bytes, and which features refer to them. */
class Blobs {
	readonly store: BlobStore;
	readonly scan: Scan;
	readonly #owners = new Map<string, BlobOwner>();

	constructor(store: BlobStore, scan: Scan) {
		this.store = store;
		this.scan = scan;
	}

	/** For things called `kind:id`. Call while the features register. */
	own(kind: string, owner: BlobOwner): void {
		if (this.#owners.has(kind)) throw new Error(`two features own blobs of ${kind}`);
		this.#owners.set(kind, owner);
	}

	/** @throws AppError `notAllowed` also where nothing of that kind refers to blobs */
	async assertMayRead(principal: Principal, referrer: string, sha256: string): Promise<void> {
		const at = referrer.indexOf(':');
		const owner = this.#owners.get(referrer.slice(0, at));
		const may = await owner?.mayRead(principal, referrer.slice(at + 1), sha256);
		if (may !== true) throw new AppError('notAllowed');
	}
}

export const blobs = perHub(({ connection, config }) => {
	return new Blobs(new GridFsBlobs(connection, config.blobDiskReserve), scannerAt(config.blobScanUrl));
});
