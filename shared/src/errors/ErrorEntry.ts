/**
 * One error that a client can meet. The key is what code throws; `code` is what people quote on the telephone and what
 * the page translates; `status` is the HTTP status of the problem document.
 */
interface ErrorEntry {
	code: string;
	status: number;
	title: string;
}

/** What a feature adds to the catalogue. */
export type ErrorEntries = Record<string, ErrorEntry>;
