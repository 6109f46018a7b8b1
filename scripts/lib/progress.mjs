const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 120;
/** Where no line can be redrawn, long steps tell that they are alive. */
const reportMs = 30_000;

/**
 * Shows each step with its state and time: live lines on a terminal, plain lines elsewhere, or one JSON
 * object per line.
 */
export class Progress {
	/** @param {{ json?: boolean, out?: NodeJS.WriteStream }} [options] */
	constructor({ json = false, out = process.stdout } = {}) {
		this.json = json;
		this.out = out;
		this.live = !json && out.isTTY === true;
		/** @type {Step[]} */
		this.running = [];
		this.drawn = 0;
		this.frame = 0;
	}

	/**
	 * Runs one step.
	 * @template T
	 * @param {string} id stable name in `--json`
	 * @param {string} title
	 * @param {(step: Step) => Promise<T>} work may set `step.result` (shown when done) and `step.detail` (while running)
	 * @returns {Promise<T>}
	 */
	async step(id, title, work) {
		const step = new Step(id, title);
		this.running.push(step);
		if (!this.live) this.line(step, 'started');
		this.animate();
		try {
			const value = await work(step);
			this.finish(step, step.state);
			return value;
		} catch (error) {
			this.finish(step, 'failed');
			throw error;
		}
	}

	/** Text for the person, not part of any step; nothing in `--json`. @param {string} text */
	say(text) {
		if (this.json) return;
		this.clear();
		this.out.write(`${text}\n`);
		this.draw();
	}

	/** Ends the live display. */
	close() {
		this.clear();
		this.running = [];
		clearInterval(this.timer);
		this.timer = undefined;
	}

	/** @param {Step} step @param {string} state */
	finish(step, state) {
		this.running = this.running.filter((other) => other !== step);
		this.clear();
		this.line(step, state);
		this.draw();
		if (this.running.length === 0) {
			clearInterval(this.timer);
			this.timer = undefined;
		}
	}

	/** @param {Step} step @param {string} state */
	line(step, state) {
		const seconds = step.seconds();
		const over = state !== 'started' && state !== 'running';
		const text = over ? step.result : step.detail;
		if (this.json) {
			const detail = text ? { [over ? 'result' : 'detail']: text } : {};
			this.out.write(`${JSON.stringify({ step: step.id, state, seconds, ...detail })}\n`);
			return;
		}
		const mark = { done: '✓', skipped: '✓', failed: '✗' }[state] ?? '…';
		const time = state === 'started' ? '' : ` (${seconds.toFixed(1)} s)`;
		this.out.write(`${mark} ${step.title}${text ? `: ${text}` : ''}${time}\n`);
	}

	animate() {
		if (this.timer) return;
		const tick = () => {
			if (!this.live) return this.running.forEach((step) => this.line(step, 'running'));
			this.frame += 1;
			this.clear();
			this.draw();
		};
		this.timer = setInterval(tick, this.live ? frameMs : reportMs);
		this.timer.unref();
	}

	draw() {
		if (!this.live) return;
		const mark = frames[this.frame % frames.length];
		const width = this.out.columns || 80;
		for (const step of this.running) {
			const detail = step.detail ? ` ${step.detail}` : '';
			this.out.write(
				`${`${mark} ${step.title} ${step.seconds().toFixed(0)} s${detail}`.slice(0, width - 1)}\n`,
			);
		}
		this.drawn = this.running.length;
	}

	clear() {
		if (this.drawn > 0) this.out.write(`\x1b[${this.drawn}A\x1b[0J`);
		this.drawn = 0;
	}
}

class Step {
	/** @param {string} id @param {string} title */
	constructor(id, title) {
		this.id = id;
		this.title = title;
		this.startedAt = Date.now();
		this.result = '';
		this.detail = '';
		this.state = 'done';
	}

	/** @returns {number} since its start, to a tenth */
	seconds() {
		return Math.round((Date.now() - this.startedAt) / 100) / 10;
	}

	/** Notes that there was nothing to do. @param {string} result */
	skip(result) {
		this.state = 'skipped';
		this.result = result;
	}

	/** Notes that its outcome is bad, though it ran to its end. @param {string} result */
	fail(result) {
		this.state = 'failed';
		this.result = result;
	}
}
