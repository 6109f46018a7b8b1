import type { Finding } from '@counter-hub/shared/reading/findings.ts';

/** What the page tells the reader's worker. */
export type ReaderOrder =
	| {
			readonly type: 'read';
			readonly id: number;
			/** Address of the picture: of this origin, or a `blob:` of this page. */
			readonly src: string;
			/** Quarter turns clockwise after which somebody sees it upright. */
			readonly turns: number;
			/** A call goes on: rest as long as you work. */
			readonly gentle: boolean;
			/** Name of the case's enterprise. */
			readonly name: string;
			/** ISO date, Asia/Shanghai. */
			readonly today: string;
	  }
	| { readonly type: 'cancel'; readonly id: number };

/** Why a picture was not read: its bytes, the parts that read it, or too little memory and the like. */
export type ReadFailure = 'picture' | 'parts' | 'reading';

/** What the worker tells the page. A cancelled order is answered with `cancelled`. */
export type ReaderNews =
	| { readonly type: 'progress'; readonly id: number; readonly share: number }
	| { readonly type: 'done'; readonly id: number; readonly findings: readonly Finding[] }
	| { readonly type: 'cancelled'; readonly id: number }
	| { readonly type: 'failed'; readonly id: number; readonly failure: ReadFailure; readonly why: string };
