import ArrowUpRight from '@lucide/svelte/icons/arrow-up-right';
import Eraser from '@lucide/svelte/icons/eraser';
import MousePointer2 from '@lucide/svelte/icons/mouse-pointer-2';
import Pencil from '@lucide/svelte/icons/pencil';
import Square from '@lucide/svelte/icons/square';
import Type from '@lucide/svelte/icons/type';
import type { MarkTool } from '@counter-hub/shared/annotations/marks.ts';
import type { Component } from 'svelte';
import { m } from '#paraglide/messages.js';
import type { ToolId } from './Hand.svelte.ts';

interface ToolWords {
	readonly icon: Component<{ size?: number }>;
	readonly label: () => string;
	readonly key: string;
}

/** The tools with their keys, in the order of the rail. */
export const TOOLS: Readonly<Record<ToolId, ToolWords>> = {
	pointer: { icon: MousePointer2, label: m.annotations_tool_pointer, key: 'V' },
	pen: { icon: Pencil, label: m.annotations_tool_pen, key: 'P' },
	arrow: { icon: ArrowUpRight, label: m.annotations_tool_arrow, key: 'A' },
	box: { icon: Square, label: m.annotations_tool_box, key: 'R' },
	text: { icon: Type, label: m.annotations_tool_text, key: 'T' },
	eraser: { icon: Eraser, label: m.annotations_tool_eraser, key: 'E' },
};

/** What was drawn, in a word. */
export const drawnWord = (tool: MarkTool): string =>
	({
		pen: m.annotations_drawn_pen,
		arrow: m.annotations_drawn_arrow,
		box: m.annotations_drawn_box,
		text: m.annotations_drawn_text,
	})[tool]();
