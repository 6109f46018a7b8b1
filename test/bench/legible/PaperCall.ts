/// <reference lib="dom" />
import { setTimeout as sleep } from 'node:timers/promises';
import { blobGrantAnswer } from '@counter-hub/shared/blobs/blobs.ts';
import { stillList } from '@counter-hub/shared/stills/stills.ts';
import type { Page } from 'playwright-core';
import { installPaperCamera, SHEET } from '../../papers/paperCamera.ts';
import type { Print } from '../../papers/printPage.ts';
import { TestClient } from '../../platform/TestClient.ts';
import { CallPair, type SignIns } from '../support/CallPair.ts';
import type { FarLine } from '../support/FarLine.ts';
import { until } from '../support/processes.ts';
import type { CountedBrowser } from './CountedBrowser.ts';
import { grabPictures, grabSource } from './pictures.ts';

/** The second of the made-up cameras, which the product takes for papers. */
const DEVICE = 'fake_device_1';
export const CAMERAS = ['--use-fake-device-for-media-stream=device-count=3'];
const FACE = 'fake_device_0';
const LIVE = '.stage video[data-source="document"][data-own="false"]';
/** Built to lossless (V14). */
const EXACT = '.stage [data-testid="crisp"][data-near="0"]';
const LIMIT_MS = 30_000;
/** After a page was laid it is looked at; the hand is still on it. */
const LOOK_MS = 2_500;

interface PaperCallOptions {
	readonly url: string;
	readonly people: SignIns;
	readonly clerk: CountedBrowser;
	readonly approver: CountedBrowser;
	readonly size: { readonly width: number; readonly height: number };
	/** Over it come the media to the approver. */
	readonly line: FarLine;
	readonly prints: readonly Print[];
	/** Without: a browser that shows a page no single pictures, so that nothing is ever known to lie still. */
	readonly buildsToLossless: boolean;
}

/** A call of the product in which the clerk lays printed pages under a camera and the approver looks at them. */
export class PaperCall {
	readonly #pair: CallPair;
	readonly #clerk: CountedBrowser;
	/** Opens stills. */
	readonly #supervisor: TestClient;

	static async open(options: PaperCallOptions): Promise<PaperCall> {
		const { url, people, clerk, approver, size, line, prints, buildsToLossless } = options;
		let isClerk = true;
		const watch = async (page: Page) => {
			const made = isClerk ? size : { width: 1280, height: 720 };
			await page.addInitScript(installPaperCamera, { ...made, label: DEVICE, face: FACE, sheet: SHEET });
			if (!isClerk) await line.lead(page);
			if (!buildsToLossless)
				await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor'));
			isClerk = false;
		};
		const pair = await CallPair.create([clerk.browser, approver.browser], url, people, watch);
		await pair.ring();
		await pair.answer();
		const load = ([name, picture]: readonly [string, string]) => globalThis.paperCamera.load(name, picture);
		for (const { name, picture } of prints) await pair.caller.evaluate(load, [name, picture] as const);
		await pair.callee.locator(LIVE).waitFor();
		const supervisor = new TestClient(url);
		const who = people.find(({ city, role }) => city === '松江' && role === 'supervisor');
		if (!who) throw new Error('no supervisor of 松江');
		await supervisor.signIn(who.name, who.password);
		return new PaperCall(pair, clerk, supervisor);
	}

	private constructor(pair: CallPair, clerk: CountedBrowser, supervisor: TestClient) {
		this.#pair = pair;
		this.#clerk = clerk;
		this.#supervisor = supervisor;
	}

	/** Lays the page and holds it. What the approver then sees live, and what the clerk's browser spends (cores). */
	async look(print: Print, count: number): Promise<{ live: string[]; cores: number }> {
		const { caller, callee } = this.#pair;
		await caller.evaluate((name) => globalThis.paperCamera.lay(name), print.name);
		const [from, cpu] = [performance.now(), this.#clerk.cpu()];
		await sleep(LOOK_MS);
		const cores = ((this.#clerk.cpu() - cpu) * 1000) / (performance.now() - from);
		return { live: await grabPictures(callee, LIVE, count), cores };
	}

	/** What the camera gives of the page that is held. */
	source(count: number): Promise<string[]> {
		return grabSource(this.#pair.caller, count);
	}

	/** What the approver sees once it is built to lossless, with the hand still on the page. */
	async lossless(print: Print, count: number): Promise<string[]> {
		const { caller, callee } = this.#pair;
		const pictures: string[] = [];
		for (let i = 0; i < count; i++) {
			await caller.evaluate((name) => globalThis.paperCamera.lay(name), print.name);
			await callee.locator(EXACT).waitFor({ timeout: LIMIT_MS });
			pictures.push(...(await grabPictures(callee, `${EXACT} canvas`, 1)));
		}
		return pictures;
	}

	/** The hand is taken off the page. */
	async rest(): Promise<void> {
		await this.#pair.caller.evaluate(() => globalThis.paperCamera.rest());
	}

	/** Takes a still with the approver's key and returns it as it is stored. */
	async still(): Promise<string> {
		const before = (await this.#stills()).length;
		await this.#pair.callee.keyboard.press('s');
		const still = await until('a still', LIMIT_MS, async () => (await this.#stills())[before]);
		const referrer = `still:${this.#pair.caseId}_${still.stillId}`;
		const grant = await this.#supervisor.post(`/blobs/${still.sha256}/grants`, { referrer });
		const { url } = blobGrantAnswer.parse(grant);
		const answer = await fetch(new URL(url, this.#supervisor.url), {
			headers: { authorization: `Bearer ${this.#supervisor.token}` },
		});
		if (!answer.ok) throw new Error(`the still was refused with ${String(answer.status)}`);
		return Buffer.from(await answer.arrayBuffer()).toString('base64');
	}

	async end(): Promise<void> {
		await this.#pair.hangUp();
		await this.#pair.close();
	}

	async #stills() {
		return stillList.parse(await this.#supervisor.get(`/cases/${this.#pair.caseId}/stills`)).state;
	}
}
