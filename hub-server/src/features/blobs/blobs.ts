import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { perHub } from '../../perHub.ts';
import type { BlobStore } from '../../platform/blobs/BlobStore.ts';
import type { Inspection } from '../../platform/blobs/finishUpload.ts';
import { GridFsBlobs } from '../../platform/blobs/GridFsBlobs.ts';
import { scannerAt, type Scan } from '../../platform/blobs/scan.ts';
import type { Principal } from '../auth/Principal.ts';

/** What a feature says of the blobs that its things refer to. */
interface BlobOwner {
	/** Whether the thing refers to these bytes now and this person may read them now. */
	mayRead(principal: Principal, id: string, sha256: string): Promise<boolean>;
	/** Before a grant is given; what it throws refuses the grant. */
	onGrant?(principal: Principal, id: string, sha256: string): Promise<void>;
}

/** The hub's bytes, and which features refer to them. */
class Blobs {
	readonly store: BlobStore;
	/** Undefined where this installation has no scanner. */
	readonly scan: Scan | undefined;
	readonly #owners = new Map<string, BlobOwner>();

	#waiver: (principal: Principal) => Promise<boolean> = () => Promise.resolve(false);

	constructor(store: BlobStore, scan: Scan | undefined) {
		this.store = store;
		this.scan = scan;
	}

	/** For things called `kind:id`. Call while the features register. */
	own(kind: string, owner: BlobOwner): void {
		if (this.#owners.has(kind)) throw new Error(`two features own blobs of ${kind}`);
		this.#owners.set(kind, owner);
	}

	/** Whose files are taken while the scanner does not answer; without it nobody's. Call while the features register. */
	waiveScan(waiver: (principal: Principal) => Promise<boolean>): void {
		this.#waiver = waiver;
	}

	/** How this person's uploads are looked at. */
	inspectionFor(principal: Principal): Inspection {
		return { scan: this.scan, isWaived: () => this.#waiver(principal) };
	}

	/** @throws AppError `notAllowed` also where nothing of that kind refers to blobs */
	async assertMayRead(principal: Principal, referrer: string, sha256: string): Promise<void> {
		const { owner, id } = this.#ownerOf(referrer);
		if ((await owner?.mayRead(principal, id, sha256)) !== true) throw new AppError('notAllowed');
	}

	/** Lets the thing's feature put on record that these bytes are about to be given. Once `assertMayRead` has let them. */
	async noteGrant(principal: Principal, referrer: string, sha256: string): Promise<void> {
		const { owner, id } = this.#ownerOf(referrer);
		await owner?.onGrant?.(principal, id, sha256);
	}

	#ownerOf(referrer: string): { owner: BlobOwner | undefined; id: string } {
		const at = referrer.indexOf(':');
		return { owner: this.#owners.get(referrer.slice(0, at)), id: referrer.slice(at + 1) };
	}
}

export const blobs = perHub(({ connection, config }) => {
	return new Blobs(new GridFsBlobs(connection, config.blobDiskReserve), scannerAt(config.blobScanUrl));
});
