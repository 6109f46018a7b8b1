import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** One document to be made. */
export interface PdfOrder {
	readonly id: number;
	readonly template: string;
	readonly source: string;
	/** JSON. */
	readonly data: string;
	readonly pictures: Readonly<Record<string, Uint8Array>>;
	/** Milliseconds since 1970. */
	readonly at: number;
}
export interface PdfAnswer {
	readonly id: number;
	readonly pdf?: Uint8Array;
	/** In the compiler's words. */
	readonly error?: string;
}

/** Song 宋 for text, Hei 黑 for headings; the files are those that the packages bring. */
const FONTS = {
	'@expo-google-fonts/noto-serif-sc': [
		'400Regular/NotoSerifSC_400Regular.ttf',
		'700Bold/NotoSerifSC_700Bold.ttf',
	],
	'@expo-google-fonts/noto-sans-sc': [
		'400Regular/NotoSansSC_400Regular.ttf',
		'700Bold/NotoSansSC_700Bold.ttf',
	],
} as const;

/** Compiled documents that nobody has asked for again so often are forgotten. */
const CACHE_AGE = 10;

const require = createRequire(import.meta.url);
const compiler = NodeCompiler.create({
	// Nothing of the machine is within reach of a template.
	workspace: import.meta.dirname,
	fontArgs: [
		{
			fontBlobs: Object.entries(FONTS).flatMap(([name, files]) =>
				files.map((file) => readFileSync(join(dirname(require.resolve(`${name}/package.json`)), file))),
			),
		},
	],
});

parentPort?.on('message', (order: PdfOrder) => {
	parentPort?.postMessage(answerTo(order));
});

function answerTo({ id, source, data, pictures, at }: PdfOrder): PdfAnswer {
	const paths = Object.keys(pictures).map((path) => join(import.meta.dirname, path));
	try {
		for (const [path, bytes] of Object.entries(pictures)) {
			compiler.mapShadow(join(import.meta.dirname, path), Buffer.from(bytes));
		}
		const compiled = compiler.compile({ mainFileContent: source, inputs: { data } });
		const { result } = compiled;
		if (!result) return { id, error: wordsOf(compiled.takeDiagnostics()) };
		return { id, pdf: compiler.pdf(result, { creationTimestamp: Math.floor(at / 1000) }) };
	} catch (error) {
		return { id, error: String(error) };
	} finally {
		for (const path of paths) compiler.unmapShadow(path);
		compiler.evictCache(CACHE_AGE);
	}
}

function wordsOf(diagnostics: ReturnType<ReturnType<NodeCompiler['compile']>['takeDiagnostics']>): string {
	return diagnostics
		? JSON.stringify(compiler.fetchDiagnostics(diagnostics))
		: 'the template gives no document';
}
