import Ban from '@lucide/svelte/icons/ban';
import Check from '@lucide/svelte/icons/check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import Clock from '@lucide/svelte/icons/clock';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import Minus from '@lucide/svelte/icons/minus';
import OctagonX from '@lucide/svelte/icons/octagon-x';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { ShownState } from './cellWords.ts';

/** Icon and tone of each state, wherever it is shown. */
export const STATE_LOOKS = {
	pass: { icon: Check, tone: 'ok' },
	warn: { icon: TriangleAlert, tone: 'warn' },
	fail: { icon: OctagonX, tone: 'bad' },
	running: { icon: LoaderCircle, tone: 'accent' },
	waiting: { icon: CircleDashed, tone: 'muted' },
	notDue: { icon: Ban, tone: 'muted' },
	stale: { icon: Clock, tone: 'muted' },
	unmeasured: { icon: Minus, tone: 'muted' },
} as const satisfies Record<ShownState, unknown>;
