import { perHub } from './perHub.ts';
import { PdfMaker } from './platform/pdf/PdfMaker.ts';

/** Printed documents: features bring a template and what it is filled with. */
export const pdf = perHub((hub) => {
	const made = new PdfMaker();
	hub.shutdown.add('work', 'PDFs', () => made.close());
	return made;
});
